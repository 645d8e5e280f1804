//! Reads the words of a clause, one after the other, each by its meaning.

use super::super::clause::Clause;
use super::super::lexicon::{Token, normalised, tokens};
use super::super::sense::Sense;
use super::{By, Denied, Last, Reading};

/// Reads one clause: everything that it says; the result is never empty.
pub(in super::super) fn read(clause: &str) -> Vec<Clause> {
    let tokens = tokens(&normalised(clause));
    let mut reading = Reading::default();
    for token in &tokens {
        match token {
            Token::Known(sense) => reading.take(*sense),
            Token::Number(number, percent) => reading.number(*number, *percent),
            Token::Unknown => reading.unknown_word(),
        }
    }
    reading.end()
}

impl Reading {
    /// Adds a known word.
    fn take(&mut self, sense: Sense) {
        let last = self.last;
        let now = match sense {
            // 没有用: the denial is part of another word.
            Sense::Filler if last == Last::Denial => Last::Other,
            Sense::Filler => return,
            Sense::Sound => self.works(),
            Sense::New => {
                self.works();
                Last::New
            }
            Sense::Nothing => self.deny(By::Nothing),
            Sense::Denial => self.deny(By::Denial),
            Sense::Inability => self.deny(By::Inability),
            Sense::Ability => {
                self.ability = true;
                Last::Other
            }
            Sense::Free => self.none_of_that(last),
            Sense::Part(part) => self.part(part, last),
            Sense::Does(part) => {
                // Without a denial the part has no fault, so it is not named: "turns on slowly" is not
                // a device that does not turn on.
                if matches!(self.denied, Denied::Open(_)) {
                    self.name(part, last);
                }
                self.works()
            }
            Sense::Defect(defect) => self.defect(defect, last),
            Sense::Repair(kind) => self.repair(kind),
            Sense::Touched => self.touched(),
            Sense::Original => self.original(),
            Sense::Yet => self.still_needed(last),
            Sense::Unclear => {
                self.unclear = true;
                Last::Other
            }
            Sense::Doubt => {
                self.doubt = true;
                Last::Other
            }
            Sense::Verified => {
                self.unclear |= matches!(self.denied, Denied::Open(_));
                Last::Other
            }
            Sense::Health => {
                self.battery = true;
                Last::Battery
            }
            Sense::Cycles => {
                self.cycles = true;
                Last::Other
            }
            Sense::Below => {
                self.below = true;
                Last::Other
            }
            Sense::And => {
                self.before_joint = last;
                Last::Joint
            }
            Sense::Or => {
                self.before_joint = last;
                Last::Or
            }
        };
        self.last = now;
    }
}

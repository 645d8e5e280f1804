//! Blocks calls to a partner that refuses the account itself: its key, its permission for a kind of call, or
//! the path. Further calls cannot change that, so only one call a minute is made, to find out whether it is
//! over.

use std::collections::HashMap;
use std::time::Duration;

use provider::{Refusal, Subject};

/// How long calls are blocked until the next probe.
const PAUSE: Duration = Duration::from_secs(60);
/// How many different questions in a row must be refused for a missing permission until all calls of that
/// kind are blocked. A permission may be missing only for some questions, such as those about damaged
/// devices.
const PERMISSION_QUESTIONS: usize = 3;
/// How many different questions must be refused until the latch shuts, where key and path worked before: a
/// single question may be refused because something is wrong with it alone.
const PROVEN_QUESTIONS: usize = 2;
/// The most refused questions that are remembered.
const MOST_QUESTIONS: usize = 1_000;

/// What is asked: the call's name, and a hash of the whole question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) call: &'static str,
    pub(crate) question: u64,
}

/// What a refusal applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scope {
    /// Every call: the key is refused.
    Account,
    /// Calls of that name: a permission or the path.
    Call(&'static str),
    /// One question.
    Question(u64),
}

/// Refusals of the account, and how long they block calls.
#[derive(Debug, Default)]
pub(crate) struct Latch {
    shut: HashMap<Scope, Shut>,
    sides: HashMap<Scope, Side>,
}

#[derive(Clone, Debug)]
struct Shut {
    kind: Refusal,
    /// When the next call may probe.
    next: Duration,
}

/// What is known about the account or about a kind of call.
#[derive(Debug, Default)]
struct Side {
    /// Whether the partner has answered since the latch last shut.
    proven: bool,
    /// The different questions that were refused since the last answer.
    refused: Vec<u64>,
    last: Option<Refusal>,
}

/// Whether a refusal applies to the account, and not to one question.
pub(crate) fn is_of_the_account(refusal: &Refusal) -> bool {
    scope(refusal, "").is_some()
}

fn scope(refusal: &Refusal, call: &'static str) -> Option<Scope> {
    match refusal.subject() {
        Subject::Account => Some(Scope::Account),
        Subject::CallKind => Some(Scope::Call(call)),
        Subject::Device | Subject::Question | Subject::Quota | Subject::Moment => None,
    }
}

impl Latch {
    /// The refusal that a call would get now without being made; `None` if it may be made.
    pub(crate) fn refusal(&self, asked: Asked, now: Duration) -> Option<&Refusal> {
        let shut = scopes(asked).into_iter().filter_map(|scope| self.shut.get(&scope));
        shut.filter(|shut| now < shut.next).map(|shut| &shut.kind).next()
    }

    /// Lets a call through. Returns whether it is the probe.
    ///
    /// # Errors
    /// The refusal that the call gets instead.
    pub(crate) fn pass(&mut self, asked: Asked, now: Duration) -> Result<bool, Refusal> {
        if let Some(kind) = self.refusal(asked, now) {
            return Err(kind.clone());
        }
        let next = later(now);
        let due = scopes(asked).into_iter().filter(|scope| match self.shut.get_mut(scope) {
            Some(shut) => {
                shut.next = next;
                true
            }
            None => false,
        });
        Ok(due.count() > 0)
    }

    /// The probe was not made: the next call may probe at once.
    pub(crate) fn give_back(&mut self, asked: Asked, now: Duration) {
        for scope in scopes(asked) {
            self.shut.entry(scope).and_modify(|shut| shut.next = now);
        }
    }

    /// Notes that the partner handled the call, with a price or without: the account is in order.
    pub(crate) fn answered(&mut self, asked: Asked) {
        for scope in scopes(asked) {
            self.shut.remove(&scope);
        }
        for scope in [Scope::Account, Scope::Call(asked.call)] {
            self.sides.insert(scope, Side { proven: true, ..Side::default() });
        }
    }

    /// Notes that the partner refused the account. Returns whether this shut the latch for all calls of that
    /// kind. Other refusals change nothing.
    pub(crate) fn refused(&mut self, asked: Asked, kind: &Refusal, now: Duration) -> bool {
        let Some(scope) = scope(kind, asked.call) else { return false };
        let shut = Shut { kind: kind.clone(), next: later(now) };
        self.forget_old(now);
        if matches!(kind, Refusal::PermissionDenied(_)) {
            // The partner has accepted the key.
            self.shut.remove(&Scope::Account);
            self.sides.insert(Scope::Account, Side { proven: true, ..Side::default() });
        }
        self.shut.insert(Scope::Question(asked.question), shut.clone());
        let side = self.sides.entry(scope).or_default();
        if !side.refused.contains(&asked.question) {
            side.refused.push(asked.question);
        }
        side.last = Some(kind.clone());
        let enough = if matches!(kind, Refusal::PermissionDenied(_)) {
            PERMISSION_QUESTIONS
        } else if side.proven {
            PROVEN_QUESTIONS
        } else {
            1
        };
        if side.refused.len() < enough && !self.shut.contains_key(&scope) {
            return false;
        }
        side.proven = false;
        side.refused.truncate(PERMISSION_QUESTIONS);
        self.shut.insert(scope, shut).is_none()
    }

    /// Whether the account is the cause of refusals that match `such`, for calls of that name: either the
    /// latch is shut for such a refusal, or the key or the path was refused since the last answer, which no
    /// device can cause.
    pub(crate) fn condemns(&self, call: &'static str, such: impl Fn(&Refusal) -> bool) -> bool {
        [Scope::Account, Scope::Call(call)].into_iter().any(|scope| {
            let shut = self.shut.get(&scope).map(|shut| &shut.kind);
            let last = self.sides.get(&scope).and_then(|side| side.last.as_ref());
            let last = last.filter(|kind| !matches!(kind, Refusal::PermissionDenied(_)));
            shut.into_iter().chain(last).any(&such)
        })
    }

    /// Whether the account may be the cause of refusals of calls of that name: there was a refusal, and no
    /// answer since the latch last shut shows that the account is in order.
    pub(crate) fn doubts(&self, call: &'static str) -> bool {
        let doubted = |side: &Side| side.last.is_some() && !side.proven;
        self.condemns(call, |_| true) || self.sides.get(&Scope::Call(call)).is_some_and(doubted)
    }

    /// For what the latch is shut: the call's name (`all` for every call), and the refusal's name.
    pub(crate) fn shut(&self) -> Vec<(&'static str, &'static str)> {
        let named = |(scope, shut): (&Scope, &Shut)| match scope {
            Scope::Account => Some(("all", shut.kind.name())),
            Scope::Call(call) => Some((*call, shut.kind.name())),
            Scope::Question(_) => None,
        };
        let mut shut: Vec<_> = self.shut.iter().filter_map(named).collect();
        shut.sort_unstable();
        shut
    }

    /// Lets the next call probe at once: the operator says that the cause is fixed.
    pub(crate) fn let_one_try(&mut self, now: Duration) {
        self.shut.values_mut().for_each(|shut| shut.next = now);
    }

    /// Forgets everything, because another key is in use now.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Limits the number of remembered questions.
    fn forget_old(&mut self, now: Duration) {
        if self.shut.len() >= MOST_QUESTIONS {
            self.shut.retain(|scope, shut| !matches!(scope, Scope::Question(_)) || now < shut.next);
        }
        if self.shut.len() >= MOST_QUESTIONS {
            self.shut.retain(|scope, _| !matches!(scope, Scope::Question(_)));
        }
    }
}

fn scopes(asked: Asked) -> [Scope; 3] {
    [Scope::Account, Scope::Call(asked.call), Scope::Question(asked.question)]
}

fn later(now: Duration) -> Duration {
    now.saturating_add(PAUSE)
}

#[cfg(test)]
mod tests {
    use provider::Credential;

    use super::*;

    const SEARCH: &str = "search";

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn quote(question: u64) -> Asked {
        Asked { call: "quote", question }
    }

    fn key() -> Refusal {
        Refusal::Unauthorized { credential: Credential::Unknown, message: "wrong".into(), another: false }
    }

    fn permission() -> Refusal {
        Refusal::PermissionDenied("none".into())
    }

    #[test]
    fn a_key_that_never_worked_is_tried_once_a_minute() {
        let mut latch = Latch::default();
        assert_eq!(latch.pass(quote(1), at(0)), Ok(false));
        assert!(latch.refused(quote(1), &key(), at(0)));
        assert_eq!(latch.pass(quote(2), at(59)), Err(key()));
        assert_eq!(latch.pass(Asked { call: SEARCH, question: 9 }, at(59)), Err(key()), "every call");
        assert_eq!(latch.pass(quote(2), at(60)), Ok(true));
        assert_eq!(latch.pass(quote(3), at(60)), Err(key()), "one is under way");
        assert!(!latch.refused(quote(2), &key(), at(61)));
        assert!(latch.refusal(quote(3), at(120)).is_some() && latch.refusal(quote(3), at(121)).is_none());
        latch.answered(quote(3));
        assert_eq!((latch.pass(quote(4), at(121)), latch.shut()), (Ok(false), vec![]));
    }

    #[test]
    fn one_odd_question_does_not_shut_an_account_that_works() {
        let mut latch = Latch::default();
        latch.answered(quote(1));
        assert!(!latch.refused(quote(2), &key(), at(0)));
        assert_eq!(latch.pass(quote(2), at(1)), Err(key()), "that question is not asked again");
        assert_eq!(latch.pass(quote(3), at(1)), Ok(false), "others are");
        assert!(latch.condemns("quote", |_| true), "yet no device is to blame for a key");
        assert!(latch.refused(quote(3), &key(), at(1)), "a second question: it is the account");
        assert_eq!(latch.pass(quote(4), at(1)), Err(key()));
        latch.clear();
        assert_eq!(latch.pass(quote(4), at(1)), Ok(false));
    }

    #[test]
    fn a_permission_is_of_a_kind_of_call_and_found_missing_by_three_questions() {
        let mut latch = Latch::default();
        for question in [1, 1, 1, 2] {
            assert!(!latch.refused(quote(question), &permission(), at(0)));
        }
        assert!(!latch.condemns("quote", |_| true));
        assert!(latch.refused(quote(3), &permission(), at(0)) && latch.condemns("quote", |_| true));
        assert_eq!(latch.pass(quote(4), at(1)), Err(permission()));
        assert_eq!(latch.pass(Asked { call: SEARCH, question: 9 }, at(1)), Ok(false));
        assert_eq!(latch.shut(), [("quote", "permission_denied")]);
        // An answer to another kind of call does not clear this one.
        latch.answered(Asked { call: SEARCH, question: 9 });
        assert_eq!(latch.pass(quote(4), at(1)), Err(permission()));
    }

    #[test]
    fn a_missing_permission_says_that_the_key_was_taken() {
        let mut latch = Latch::default();
        latch.refused(quote(1), &permission(), at(0));
        assert!(!latch.refused(quote(2), &key(), at(0)), "it worked, so one question says nothing");
        assert!(latch.refused(quote(3), &key(), at(0)));
    }

    #[test]
    fn a_refusal_is_the_accounts_or_the_devices() {
        assert!(is_of_the_account(&key()) && is_of_the_account(&permission()));
        assert!(is_of_the_account(&Refusal::WrongAddress));
        assert!(!is_of_the_account(&Refusal::BadAnswer(provider::BadAnswer::NoPrice)));
    }

    #[test]
    fn an_account_is_doubted_where_it_was_refused_and_nothing_was_answered_before() {
        let mut latch = Latch::default();
        assert!(!latch.doubts("quote"));
        latch.refused(quote(1), &permission(), at(0));
        assert!(latch.doubts("quote") && !latch.doubts(SEARCH));
        latch.answered(quote(2));
        assert!(!latch.doubts("quote"));
        latch.refused(quote(1), &permission(), at(0));
        assert!(!latch.doubts("quote"), "another question was answered before");
        latch.refused(quote(3), &key(), at(0));
        assert!(latch.doubts("quote") && latch.doubts(SEARCH), "a key is refused for every call");
    }

    #[test]
    fn a_thousand_refused_questions_are_remembered_and_those_go_first_whose_time_is_over() {
        let mut latch = Latch::default();
        let refuse = |latch: &mut Latch, questions: std::ops::Range<u64>, second: u64| {
            for question in questions {
                latch.refused(quote(question), &permission(), at(second));
                latch.answered(quote(u64::MAX));
            }
        };
        refuse(&mut latch, 0..500, 0);
        refuse(&mut latch, 500..MOST_QUESTIONS as u64, 30);
        assert_eq!(latch.shut.len(), MOST_QUESTIONS);
        refuse(&mut latch, 1_000..1_001, 60);
        assert_eq!(latch.shut.len(), 501);
        assert!(latch.pass(quote(0), at(60)).is_ok() && latch.pass(quote(500), at(60)).is_err());
        refuse(&mut latch, 1_001..1_500, 60);
        assert_eq!(latch.shut.len(), MOST_QUESTIONS);
        refuse(&mut latch, 1_500..1_501, 60);
        assert_eq!(latch.shut.len(), 1, "none was over, so all are forgotten");
    }

    #[test]
    fn the_caller_that_finds_out_hands_the_turn_on_and_an_operator_may_give_one() {
        let mut latch = Latch::default();
        latch.refused(quote(1), &Refusal::WrongAddress, at(0));
        assert_eq!(latch.pass(quote(2), at(60)), Ok(true));
        latch.give_back(quote(2), at(60));
        assert_eq!(latch.pass(quote(3), at(60)), Ok(true));
        assert!(latch.pass(quote(4), at(61)).is_err());
        latch.let_one_try(at(61));
        assert_eq!(latch.pass(quote(4), at(61)), Ok(true));
    }
}

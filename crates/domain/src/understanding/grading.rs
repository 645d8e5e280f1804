//! The grade of a device: of its cell, or told elsewhere in the row.

use super::grades;
use super::question::Why;
use super::spelling::tidied;
use super::understood::Understood;
use super::written::Written;
use crate::{Field, Grade, Term};

/// The grade. Returns what stands beside it in its cell.
pub(super) fn grade(understood: &mut Understood, written: &Written) -> Vec<String> {
    let text = tidied(&written.form.condition);
    let answer = written.answer(Field::Condition);
    if Grade::means_scrapped(&text) {
        understood.form.condition = text;
        return Vec::new();
    }
    let said = grades::read(&text);
    // Elsewhere in the row: 9成新 among the remarks.
    let (form, notes) = (&written.form, &written.notes);
    let cells =
        [notes, &form.function_status, &form.repair_history].map(|cell| (grades::among(cell).0, cell));
    let cells = cells.into_iter().chain([(grades::in_a_name(&form.model).0, &form.model)]);
    let mut elsewhere =
        cells.filter(|(said, cell)| **cell != form.condition && *said != grades::Said::Nothing);
    let elsewhere = elsewhere.next();
    let begins =
        (elsewhere.is_none() && said == grades::Said::Nothing).then(|| (grades::leading(notes), notes));
    let elsewhere = elsewhere.or(begins.filter(|(said, _)| *said != grades::Said::Nothing));
    let (said, text) = match (said, elsewhere) {
        (grades::Said::Nothing, Some((told, place))) => {
            understood.guessed.push(Field::Condition);
            (told, tidied(place))
        }
        // 100% and 未拆封: only what was never used is as good as that.
        (grades::Said::Unclear(Why::BetweenGrades, _), Some((told, _)))
            if text == "100%" && told == grades::Said::Grade(Grade::New, Vec::new()) =>
        {
            (told, text)
        }
        (grades::Said::Grade(grade, _), Some((told, place)))
            if told != grades::Said::Grade(grade, Vec::new()) =>
        {
            let both = format!("{text}, {}", tidied(place));
            (grades::Said::Unclear(Why::NoGrade, Vec::new()), both)
        }
        (said, _) => (said, text),
    };
    match said {
        grades::Said::Grade(grade, others) => {
            understood.form.condition = answer.unwrap_or(grade.word()).to_owned();
            others
        }
        grades::Said::Nothing => {
            understood.form.condition = answer.unwrap_or_default().to_owned();
            Vec::new()
        }
        grades::Said::Unclear(why, others) => {
            understood.ask_about(written, Field::Condition, why, grades::asked(&text));
            understood.form.condition = answer.map_or(text, str::to_owned);
            others
        }
    }
}

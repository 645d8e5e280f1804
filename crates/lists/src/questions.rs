//! What companies mean by their own grades: answered once, and offered again for the company's next list.

use domain::Field;
use jiff::Timestamp;
use records::{BatchId, Records, RecordsError};
use sheet::{Answers, DeviceList, ListQuestion, QuestionId, Remarks, Source, leaves_out};

use crate::draft::{Fingerprint, new_rows};

/// Adds what the company has said of its own grades for earlier lists to the answers.
///
/// # Errors
/// [`RecordsError`] when it cannot be read.
pub async fn recall_answers(
    records: &Records,
    company: &[u8; 32],
    answers: &mut Answers,
) -> Result<(), RecordsError> {
    for (written, grade) in records.own_grades(company).await? {
        answers.set(QuestionId::of(Field::Condition, &written, ""), Source::Remembered, &grade);
    }
    Ok(())
}

/// Records what a person has answered about the company's own grades.
///
/// # Errors
/// [`RecordsError`] when it cannot be written.
pub async fn remember_answers(
    records: &Records,
    company: &[u8; 32],
    list: &DeviceList,
    now: Timestamp,
) -> Result<(), RecordsError> {
    let grade = |question: &ListQuestion| {
        let given = question.given.as_ref().filter(|given| given.is_allowed && !leaves_out(&given.text))?;
        Some((question.remembered_as()?, given.text.clone()))
    };
    let grades: Vec<(String, String)> = list.questions.all().iter().filter_map(grade).collect();
    if grades.is_empty() { Ok(()) } else { records.remember_own_grades(company, &grades, now).await }
}

/// Records a list. If the same list was recorded before, without these answers, it counts as added then, so that what
/// has a price since is not asked for again.
///
/// # Errors
/// [`RecordsError`] when it cannot be written.
pub async fn record(
    records: &Records,
    name: &str,
    fingerprint: &Fingerprint,
    list: DeviceList,
    now: Timestamp,
) -> Result<BatchId, RecordsError> {
    let is_answered = fingerprint.answered != fingerprint.unanswered;
    let before = if is_answered { records.batch_added_at(&fingerprint.unanswered).await? } else { None };
    let remarks = Remarks::of(&list);
    let id = records.add_batch(name, &fingerprint.answered, &new_rows(list), before.unwrap_or(now)).await?;
    if remarks != Remarks::default() {
        let remarks = serde_json::to_string(&remarks).unwrap_or_default();
        records.set_batch_remarks(id, &remarks).await?;
    }
    Ok(id)
}

/// What the report of a list says besides its rows. What cannot be read, from another version, is left out.
///
/// # Errors
/// [`RecordsError`] when it cannot be read.
pub async fn remarks(records: &Records, id: BatchId) -> Result<Remarks, RecordsError> {
    let remarks = records.batch_remarks(id).await?;
    Ok(remarks.and_then(|remarks| serde_json::from_str(&remarks).ok()).unwrap_or_default())
}

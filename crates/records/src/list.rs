//! A company's device list: its rows, its different devices and its progress.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{Failure, Moment, ProviderName, Quote, QuoteForm, QuoteRequest};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::RecordsError;
use crate::instance_id::InstanceId;
use crate::number::count;

/// A batch's number, in the order in which batches were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub i64);

/// A row of a list that is about to become a batch.
#[derive(Clone, Debug)]
pub struct NewRow {
    /// Its number in the file, 1 for the first line; no number occurs twice.
    pub number: u32,
    /// Its text in the trade's words.
    pub form: Arc<QuoteForm>,
    /// The name of the model as the file has it, without personal data, if it is another one.
    pub written_model: Option<Arc<str>>,
    /// The request that the text stands for, or what is wrong with the text.
    pub request: Result<Arc<QuoteRequest>, Failure>,
    /// Whether there is no request because a question about the row has no answer yet.
    pub waits: bool,
}

impl NewRow {
    /// A row whose text was written as the trade writes it.
    pub fn new(number: u32, form: QuoteForm) -> Self {
        let request = form.parse().map(Arc::new);
        Self { number, request, form: Arc::new(form), written_model: None, waits: false }
    }
}

/// Whether a batch is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchState {
    /// The server quotes it, and continues after a restart.
    Open,
    /// It is not quoted, unless a command at the command line does so.
    Paused,
    /// It was stopped and will not continue.
    Cancelled,
    /// Every device has a price, or is known to have none.
    Done,
}

/// A batch.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its number.
    pub id: BatchId,
    /// The file's name.
    pub name: String,
    /// When it was added.
    pub created_at: Moment,
    /// Whether it is quoted.
    pub state: BatchState,
    /// Its progress; if it asks several providers, that of the main one.
    pub counts: Counts,
    /// How far each of its providers has come, the main one first; empty if it asks one only.
    pub providers: Vec<ProviderCounts>,
    /// The instance that quotes it now; `None` if none does.
    pub holder: Option<InstanceId>,
    /// What the latest instance that quoted it reported last about its work, in a form that the crate `lists`
    /// knows; `None` if none has.
    pub doing: Option<String>,
}

/// How far one provider of a list has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderCounts {
    /// The provider.
    pub provider: ProviderName,
    /// Devices that have a price there.
    pub priced: u32,
    /// Devices for which it is known that there is none.
    pub failed: u32,
}

/// The progress of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All rows, valid or not.
    pub rows: u32,
    /// Rows that describe no device, so that no price can be asked for.
    pub bad_rows: u32,
    /// Those of them that wait for the answer to a question.
    pub waiting_rows: u32,
    /// Different devices.
    pub devices: u32,
    /// Devices that have a price.
    pub priced: u32,
    /// Devices for which it is known that there is no price.
    pub failed: u32,
}

impl Counts {
    /// Devices without a result yet.
    pub fn open(&self) -> u32 {
        self.devices.saturating_sub(self.priced + self.failed)
    }
}

/// A row of a batch, with its result.
#[derive(Clone, Debug)]
pub struct BatchRow {
    /// Its number in the file.
    pub number: u32,
    /// Its text in the trade's words.
    pub form: QuoteForm,
    /// The name of the model as the file has it, if it is another one.
    pub written_model: Option<String>,
    /// Its result; `None` if there is none yet.
    pub answer: Option<Result<Arc<Quote>, Failure>>,
    /// Whether it has no price because a question about it has no answer yet.
    pub waits: bool,
}

/// A device of a batch without a result yet.
#[derive(Clone, Debug)]
pub struct OpenDevice {
    /// The first row that describes it.
    pub device: u32,
    /// The request for its price.
    pub request: QuoteRequest,
}

impl BatchState {
    /// Its name in the database.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Cancelled => "cancelled",
            Self::Done => "done",
        }
    }

    /// The state of that name in the database. A name that is unknown here, from a newer version or a repair by
    /// hand, counts as paused: so nothing is spent on the list until the operator starts it.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "open" => Self::Open,
            "cancelled" => Self::Cancelled,
            "done" => Self::Done,
            _ => Self::Paused,
        }
    }
}

/// Columns of a batch, in the order of [`Batch`]'s fields.
pub(crate) type BatchColumns =
    (i64, String, i64, String, i64, i64, i64, i64, i64, i64, Option<String>, Option<String>);

impl From<BatchColumns> for Batch {
    fn from(columns: BatchColumns) -> Self {
        let (id, name, created_at, state, rows, bad, waiting, devices, priced, failed, holder, doing) =
            columns;
        Self {
            id: BatchId(id),
            name,
            created_at: Moment::new(Timestamp::from_second(created_at).unwrap_or_default()),
            state: BatchState::named(&state),
            counts: Counts {
                rows: count(rows),
                bad_rows: count(bad),
                waiting_rows: count(waiting),
                devices: count(devices),
                priced: count(priced),
                failed: count(failed),
            },
            providers: Vec::new(),
            holder: holder.map(InstanceId::read),
            doing,
        }
    }
}

/// Columns of a row: its number, its form, what is wrong with it or with its device, and its quote.
pub(crate) type RowColumns = (i64, String, Option<String>, Option<String>, Option<String>);

impl TryFrom<RowColumns> for BatchRow {
    type Error = RecordsError;

    fn try_from((number, form, bad, failed, quote): RowColumns) -> Result<Self, RecordsError> {
        let answer = match (bad.or(failed), quote) {
            (Some(failure), _) => Some(Err(serde_json::from_str::<Failure>(&failure)?)),
            (None, Some(quote)) => Some(Ok(Arc::new(serde_json::from_str::<Quote>(&quote)?))),
            (None, None) => None,
        };
        let Kept { written_model, waits } = serde_json::from_str(&form)?;
        Ok(Self { number: count(number), form: serde_json::from_str(&form)?, written_model, answer, waits })
    }
}

/// What is stored of a row's text.
#[derive(Serialize)]
struct Text<'a> {
    #[serde(flatten)]
    form: &'a QuoteForm,
    #[serde(skip_serializing_if = "Option::is_none")]
    written_model: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    waits: bool,
}

/// What is stored of a row beside its form.
#[derive(Deserialize)]
struct Kept {
    written_model: Option<String>,
    #[serde(default)]
    waits: bool,
}

/// A row as it is written: number, form, device and failure.
pub(crate) type WrittenRow = (u32, String, Option<u32>, Option<String>);

/// The rows as they are written, and the numbers of the rows that describe a device for the first time.
/// `first` holds the devices of earlier rows, with the row of each.
pub(crate) fn written<'a>(
    rows: &'a [NewRow],
    first: &mut HashMap<&'a QuoteRequest, u32>,
) -> Result<(Vec<WrittenRow>, Vec<u32>), RecordsError> {
    let mut written = Vec::with_capacity(rows.len());
    let mut devices = Vec::new();
    for NewRow { number, form, written_model, request, waits } in rows {
        let device = request.as_deref().ok().map(|request| {
            *first.entry(request).or_insert_with(|| {
                devices.push(*number);
                *number
            })
        });
        let failure = request.as_ref().err().map(serde_json::to_string).transpose()?;
        let text = Text { form, written_model: written_model.as_deref(), waits: *waits };
        written.push((*number, serde_json::to_string(&text)?, device, failure));
    }
    Ok((written, devices))
}

/// The devices of rows, given as device and form.
pub(crate) fn open_devices(rows: Vec<(i64, String)>) -> Result<Vec<OpenDevice>, RecordsError> {
    let mut open = Vec::with_capacity(rows.len());
    for (device, form) in rows {
        // The form was valid when it was recorded.
        if let Ok(request) = serde_json::from_str::<QuoteForm>(&form)?.parse() {
            open.push(OpenDevice { device: count(device), request });
        }
    }
    Ok(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_written_and_an_unknown_one_spends_nothing() {
        for state in [BatchState::Open, BatchState::Paused, BatchState::Cancelled, BatchState::Done] {
            assert_eq!(BatchState::named(state.name()), state);
        }
        assert_eq!(BatchState::named("postponed"), BatchState::Paused);
    }

    #[test]
    fn devices_with_neither_a_price_nor_a_failure_are_open() {
        let counts = Counts { rows: 9, bad_rows: 1, waiting_rows: 0, devices: 7, priced: 3, failed: 2 };
        assert_eq!(counts.open(), 2);
        assert_eq!(Counts { devices: 5, ..counts }.open(), 0);
    }
}

//! A company's device list: its rows, its different devices, and how far it has come.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{Failure, Moment, Quote, QuoteForm, QuoteRequest};
use jiff::Timestamp;

use crate::error::RecordsError;
use crate::number::count;

/// A batch's number, in the order in which they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub i64);

/// A row of a list that is to become a batch.
#[derive(Clone, Debug)]
pub struct NewRow {
    /// Its number in the file, 1 for the first line; each occurs once.
    pub number: u32,
    /// What it says.
    pub form: QuoteForm,
    /// What that means, or what is wrong with it.
    pub request: Result<QuoteRequest, Failure>,
}

/// How a batch stands with those who run it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchState {
    /// The server quotes it, also after a restart.
    Open,
    /// It stands still, unless it is run at the command line.
    Paused,
    /// It was stopped for good.
    Cancelled,
    /// All is known that can be.
    Done,
}

/// A batch.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its number.
    pub id: BatchId,
    /// The file's name.
    pub name: String,
    /// When it came.
    pub created_at: Moment,
    /// How it stands.
    pub state: BatchState,
    /// How far it has come.
    pub counts: Counts,
}

/// How far a batch has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows, good and bad.
    pub rows: u32,
    /// Rows that describe no device, so that nothing can be asked for them.
    pub bad_rows: u32,
    /// Different devices.
    pub devices: u32,
    /// Devices that have a price.
    pub priced: u32,
    /// Devices that are known to have none.
    pub failed: u32,
}

impl Counts {
    /// Devices that nothing is known of yet.
    pub fn open(&self) -> u32 {
        self.devices.saturating_sub(self.priced + self.failed)
    }
}

/// A row of a batch, with what is known of it.
#[derive(Clone, Debug)]
pub struct BatchRow {
    /// Its number in the file.
    pub number: u32,
    /// What it says.
    pub form: QuoteForm,
    /// What is known; `None` as long as nothing is.
    pub answer: Option<Result<Arc<Quote>, Failure>>,
}

/// A device of a batch that nothing is known of yet.
#[derive(Clone, Debug)]
pub struct OpenDevice {
    /// The first row that describes it.
    pub device: u32,
    /// What it is.
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

    /// Its name in the database.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "paused" => Self::Paused,
            "cancelled" => Self::Cancelled,
            "done" => Self::Done,
            _ => Self::Open,
        }
    }
}

/// Columns of a batch, in the order of [`Batch`]'s fields.
pub(crate) type BatchColumns = (i64, String, i64, String, i64, i64, i64, i64, i64);

impl From<BatchColumns> for Batch {
    fn from(columns: BatchColumns) -> Self {
        let (id, name, created_at, state, rows, bad_rows, devices, priced, failed) = columns;
        Self {
            id: BatchId(id),
            name,
            created_at: Moment::new(Timestamp::from_second(created_at).unwrap_or_default()),
            state: BatchState::named(&state),
            counts: Counts {
                rows: count(rows),
                bad_rows: count(bad_rows),
                devices: count(devices),
                priced: count(priced),
                failed: count(failed),
            },
        }
    }
}

/// A row's number, what it says, what is wrong with it or its device, and its quote.
pub(crate) type RowColumns = (i64, String, Option<String>, Option<String>, Option<String>);

impl TryFrom<RowColumns> for BatchRow {
    type Error = RecordsError;

    fn try_from((number, form, bad, failed, quote): RowColumns) -> Result<Self, RecordsError> {
        let answer = match (bad.or(failed), quote) {
            (Some(failure), _) => Some(Err(serde_json::from_str::<Failure>(&failure)?)),
            (None, Some(quote)) => Some(Ok(Arc::new(serde_json::from_str::<Quote>(&quote)?))),
            (None, None) => None,
        };
        Ok(Self { number: count(number), form: serde_json::from_str(&form)?, answer })
    }
}

/// A row as it is written: number, form, device and failure.
pub(crate) type WrittenRow = (u32, String, Option<u32>, Option<String>);

/// How rows are written, and which of them describe a device for the first time: `first` knows the
/// devices of the rows before.
pub(crate) fn written<'a>(
    rows: &'a [NewRow],
    first: &mut HashMap<&'a QuoteRequest, u32>,
) -> Result<(Vec<WrittenRow>, Vec<u32>), RecordsError> {
    let mut written = Vec::with_capacity(rows.len());
    let mut devices = Vec::new();
    for NewRow { number, form, request } in rows {
        let device = request.as_ref().ok().map(|request| {
            *first.entry(request).or_insert_with(|| {
                devices.push(*number);
                *number
            })
        });
        let failure = request.as_ref().err().map(serde_json::to_string).transpose()?;
        written.push((*number, serde_json::to_string(form)?, device, failure));
    }
    Ok((written, devices))
}

/// The devices of those rows (device and form).
pub(crate) fn open_devices(rows: Vec<(i64, String)>) -> Result<Vec<OpenDevice>, RecordsError> {
    let mut open = Vec::with_capacity(rows.len());
    for (device, form) in rows {
        // It was a request when it was kept.
        if let Ok(request) = serde_json::from_str::<QuoteForm>(&form)?.parse() {
            open.push(OpenDevice { device: count(device), request });
        }
    }
    Ok(open)
}

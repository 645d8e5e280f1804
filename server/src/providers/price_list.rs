//! A dealer's own list of prices.

use std::path::PathBuf;

use domain::RecycleKind;
use jiff::SignedDuration;
use provider::GradeWords;

use super::grades;
use super::section::PriceListSection;
use crate::invalid_key::InvalidKey;

/// How long a price holds if the section does not say.
const VALID_HOURS: u32 = 24;
/// The longest that a price may hold, in hours: thirty days.
const MOST_HOURS: u32 = 720;

/// A dealer's own list of prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceListSettings {
    /// `providers.path`: the file.
    pub path: PathBuf,
    /// `providers.valid_hours`: how long a price holds.
    pub holds: SignedDuration,
    /// `providers.ways`: how a device can be handed over.
    pub ways: Vec<RecycleKind>,
    /// `providers.grades`: the list's words for grades; `None` if they are the trade's.
    pub grades: Option<GradeWords>,
}

impl PriceListSettings {
    pub(super) fn parse(section: PriceListSection) -> Result<Self, InvalidKey> {
        let PriceListSection { path, valid_hours, ways, grades, .. } = section;
        let hours = valid_hours.unwrap_or(VALID_HOURS);
        if !(1..=MOST_HOURS).contains(&hours) {
            return Err(InvalidKey::new("valid_hours", hours, format!("whole hours from 1 to {MOST_HOURS}")));
        }
        if path.trim().is_empty() {
            return Err(InvalidKey::new("path", path, "the path of a file: .xlsx, .csv or .ods"));
        }
        let known = [RecycleKind::Store, RecycleKind::Pickup, RecycleKind::Mail];
        let way = |text: &String| {
            let found = known.iter().find(|kind| kind.code() == text.trim()).copied();
            found.ok_or_else(|| InvalidKey::new("ways", text, known.map(RecycleKind::code).join(", ")))
        };
        Ok(Self {
            path: PathBuf::from(path.trim()),
            holds: SignedDuration::from_hours(i64::from(hours)),
            ways: ways.iter().map(way).collect::<Result<_, _>>()?,
            grades: grades::words(grades)?,
        })
    }
}

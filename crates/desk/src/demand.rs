//! How often each model was asked for in the last days.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use domain::{CatalogueItem, Term};
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

/// How long counts are kept before they are read again.
const KEPT: SignedDuration = SignedDuration::from_mins(10);

/// How many answers each model had: a model as category, brand and name.
pub(crate) type Answers = HashMap<[String; 3], u32>;

/// The counts of answers, as they were last read, and when.
#[derive(Default)]
pub(crate) struct Demand(Mutex<(Option<Timestamp>, Arc<Answers>)>);

impl Demand {
    /// The counts as they were last read, and whether it is time to read them again.
    pub(crate) fn known(&self, now: Timestamp) -> (Arc<Answers>, bool) {
        let known = self.0.lock();
        let (at, answers) = &*known;
        (Arc::clone(answers), at.is_none_or(|at| now.duration_since(at).abs() >= KEPT))
    }

    /// Keeps counts that were read; while they cannot be read, the former ones.
    pub(crate) fn keep(&self, now: Timestamp, answers: Option<Answers>) -> Arc<Answers> {
        let mut known = self.0.lock();
        known.0 = Some(now);
        if let Some(answers) = answers {
            known.1 = Arc::new(answers);
        }
        Arc::clone(&known.1)
    }
}

/// The models, with those first that had the most answers. Among equals the order stays.
pub(crate) fn sorted(items: &[CatalogueItem], answers: &Answers) -> Arc<[CatalogueItem]> {
    let name =
        |item: &CatalogueItem| [item.device_type.word().to_owned(), item.brand.clone(), item.model.clone()];
    let mut sorted = items.to_vec();
    sorted.sort_by_cached_key(|item| Reverse(answers.get(&name(item)).copied().unwrap_or_default()));
    sorted.into()
}

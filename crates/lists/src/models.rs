//! Looks up the models of a list: which names are known for nothing, which searches the others take, and the searches.
//!
//! A name is resolved where the known models have exactly one that it means. Others are looked up by as few searches
//! as possible: one by the brand or by the series may answer for several names ([`plan`]). What was found is recorded
//! by the desk and read again, so a restart repeats no search of the last day.

mod keywords;
mod plan;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use desk::Quoter;
use domain::{Failure, ModelName, Models};
use futures::{StreamExt, stream};

pub use keywords::Search;

/// How many rounds of searches there are at most: by brand, by series, by name, and what is left of these for names
/// that were not found.
const MOST_ROUNDS: usize = 6;

/// The most searches of the last day that are read from the records in a round. More names than that are no list of
/// devices as companies have them, and a page must not wait for so many reads.
const MOST_RECALLED: usize = 500;

/// What is known of the models of a list, and what was looked up for it.
#[derive(Clone, Debug, Default)]
pub struct LookUp {
    models: Models,
    /// The searches that were made, and how many models each found.
    done: BTreeMap<Search, usize>,
    /// Whether the provider offers no search.
    no_search: bool,
    /// Why it was ended before all names were looked up.
    failed: Option<Failure>,
    /// The calls that it took.
    calls: u32,
}

/// What became of the names of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameCounts {
    /// Different names.
    pub names: usize,
    /// Those that mean exactly one model.
    pub one: usize,
    /// Those that mean several.
    pub several: usize,
    /// Those that the catalogue does not have.
    pub none: usize,
    /// Those that were not looked up.
    pub open: usize,
}

impl LookUp {
    /// What is known without a call: models from searches and prices of the last 30 days.
    pub async fn known(quoter: &Quoter) -> Self {
        let mut look_up = Self { no_search: !quoter.can_search(), ..Self::default() };
        look_up.models.known.add(quoter.known_models().await);
        look_up
    }

    /// The models that are known, and the names that were looked up.
    pub fn models(&self) -> &Models {
        &self.models
    }

    /// About how many calls it takes to look up the names of these that are not known: those of the first searches. A
    /// name that they do not find may take more.
    pub fn calls_needed(&self, names: &BTreeSet<ModelName>) -> usize {
        self.next(names).len()
    }

    /// Why it was ended before all names were looked up.
    pub fn failure(&self) -> Option<&Failure> {
        self.failed.as_ref()
    }

    /// The calls that it took.
    pub fn calls(&self) -> u32 {
        self.calls
    }

    /// Whether the provider offers no search, so that nothing can be looked up.
    pub fn is_without_search(&self) -> bool {
        self.no_search
    }

    /// What became of these names.
    pub fn counts(&self, names: &BTreeSet<ModelName>) -> NameCounts {
        let mut counts = NameCounts { names: names.len(), ..NameCounts::default() };
        for name in names {
            let is_looked_up = self.models.looked_up.contains(name);
            *match self.models.naming(name) {
                domain::Naming::One(_) => &mut counts.one,
                domain::Naming::Several(_) | domain::Naming::None if !is_looked_up => &mut counts.open,
                domain::Naming::Several(_) => &mut counts.several,
                domain::Naming::None => &mut counts.none,
            } += 1;
        }
        counts
    }

    /// The names of these that were not looked up, and of which it is unknown what they mean.
    pub fn open(&self, names: &BTreeSet<ModelName>) -> BTreeSet<ModelName> {
        let is_open = |name: &&ModelName| {
            let is_known = matches!(self.models.naming(name), domain::Naming::One(_));
            !is_known && !self.models.looked_up.contains(*name)
        };
        names.iter().filter(is_open).cloned().collect()
    }

    /// Takes over what searches of the last day have found, without a call. Returns whether that told anything new.
    pub async fn recall(&mut self, quoter: &Quoter, names: &BTreeSet<ModelName>) -> bool {
        let before = self.done.len();
        for _ in 0..MOST_ROUNDS {
            let mut known = Vec::new();
            let mut searches = self.next(names);
            // A search that was made for more names, or by a person, may tell of these too.
            searches.extend(plan::of_many(&self.open(names)));
            searches.retain(|search| !self.done.contains_key(search));
            for search in searches.into_iter().take(MOST_RECALLED) {
                if let Some(Ok(items)) = quoter.known_search(&search.keyword, search.category).await {
                    known.push((search, items));
                }
            }
            if known.is_empty() {
                break;
            }
            for (search, items) in known {
                self.found(search, &items);
            }
        }
        self.settle(names);
        self.done.len() > before
    }

    /// Looks up these names, and tells after each search how many of how many are made. It ends at the first search
    /// that fails, because the next ones would fail as it did, and as soon as it is not wanted any more; names without
    /// an answer stay as they are.
    pub async fn run(
        &mut self,
        quoter: &Quoter,
        names: &BTreeSet<ModelName>,
        is_wanted: impl Fn() -> bool + Sync,
        tell: impl Fn(usize, usize) + Sync,
    ) {
        self.failed = None;
        for _ in 0..MOST_ROUNDS {
            let searches = self.next(names);
            if searches.is_empty() || self.failed.is_some() || !is_wanted() {
                break;
            }
            let (begun, planned) = (self.done.len(), searches.len());
            tell(begun, begun + planned);
            let ended = AtomicBool::new(false);
            let search = async |search: Search| {
                if ended.load(Ordering::Relaxed) || !is_wanted() {
                    return None;
                }
                let known = quoter.known_search(&search.keyword, search.category).await;
                let (answer, called) = match known {
                    Some(answer) => (answer, false),
                    None => (quoter.search(&search.keyword, search.category).await, true),
                };
                ended.fetch_or(answer.is_err(), Ordering::Relaxed);
                Some((search, answer, called))
            };
            let mut answers = stream::iter(searches).map(search).buffer_unordered(quoter.most_at_once());
            // Searches that are under way when one fails or they are not wanted any more are completed.
            while let Some(made) = answers.next().await {
                let Some((search, answer, called)) = made else { continue };
                match answer {
                    Ok(items) => {
                        self.calls += u32::from(called);
                        self.found(search, &items);
                        tell(self.done.len(), begun + planned);
                    }
                    Err(failure) => self.failed = Some(failure),
                }
            }
        }
        self.settle(names);
    }

    fn found(&mut self, search: Search, items: &[domain::CatalogueItem]) {
        self.models.known.add(items.iter().cloned());
        self.done.insert(search, items.len());
    }

    fn next(&self, names: &BTreeSet<ModelName>) -> BTreeSet<Search> {
        if self.no_search { BTreeSet::new() } else { plan::next(names, &self.models, &self.done) }
    }

    /// Marks the names that no search is left for.
    fn settle(&mut self, names: &BTreeSet<ModelName>) {
        if self.no_search {
            return;
        }
        let settled = plan::settled(names, &self.models, &self.done);
        self.models.looked_up.extend(settled);
    }
}

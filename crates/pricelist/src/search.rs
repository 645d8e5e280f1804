//! Searches the models of a list.

use domain::{Brand, Field, Term};
use domain::{CatalogueItem, half_width, tidied, trades_word};
use provider::SearchRequest;

use crate::PriceList;
use crate::list::ListedModel;

/// The most models in an answer.
const MOST: usize = 20;

/// A model, prepared to be found.
pub(crate) fn listed(item: CatalogueItem) -> ListedModel {
    let mut brand = folded(&item.brand);
    if let Some(known) = Brand::find(&item.brand) {
        brand.push(' ');
        brand.push_str(known.code());
    }
    ListedModel { name: folded(&item.model).into(), brand: brand.into(), item }
}

impl PriceList {
    /// The models that match, best first, 20 at most: those with that name, those whose names begin with the keyword,
    /// those that have it within, and those that have each of its words. Letter case, spaces and full-width forms do
    /// not matter. Without a keyword, the first models of each brand.
    pub fn search(&self, request: &SearchRequest) -> Vec<CatalogueItem> {
        let keyword = request.keyword.as_ref().map(|keyword| tidied(keyword.as_str())).unwrap_or_default();
        let brand = request.brand.as_ref().map(|brand| folded(&trades_word(Field::Brand, brand.as_str())));
        let fits = |model: &&ListedModel| {
            request.device_type.is_none_or(|wanted| model.item.device_type == wanted)
                && brand.as_ref().is_none_or(|wanted| folded(&model.item.brand) == *wanted)
        };
        let models = self.models.iter().filter(fits);
        if keyword.is_empty() {
            return first_of_each_brand(models);
        }
        let whole = folded(&keyword);
        let words: Vec<String> = keyword.split(' ').map(folded).collect();
        let mut found: Vec<(u8, usize, &ListedModel)> = models
            .filter_map(|model| Some((rank(&whole, &words, model)?, model.name.chars().count(), model)))
            .collect();
        // Of equals the shorter name first: it is nearer to the keyword.
        found.sort_by_key(|(rank, length, _)| (*rank, *length));
        found.into_iter().take(MOST).map(|(_, _, model)| model.item.clone()).collect()
    }
}

/// How well a model matches: 0 is best; `None` for no match.
fn rank(whole: &str, words: &[String], model: &ListedModel) -> Option<u8> {
    let has = |word: &String| model.name.contains(word.as_str()) || model.brand.contains(word.as_str());
    match () {
        () if *model.name == *whole => Some(0),
        () if model.name.starts_with(whole) => Some(1),
        () if model.name.contains(whole) => Some(2),
        () if words.iter().all(has) => Some(3),
        () => None,
    }
}

/// The first model of each brand, then the second of each, and so on, in the list's order.
fn first_of_each_brand<'a>(models: impl Iterator<Item = &'a ListedModel>) -> Vec<CatalogueItem> {
    let mut brands: Vec<(&str, Vec<&ListedModel>)> = Vec::new();
    for model in models {
        match brands.iter_mut().find(|(brand, _)| *brand == &*model.brand) {
            Some((_, models)) if models.len() < MOST => models.push(model),
            Some(_) => {}
            None => brands.push((&model.brand, vec![model])),
        }
    }
    let rounds = (0..MOST).flat_map(|round| brands.iter().filter_map(move |(_, models)| models.get(round)));
    rounds.take(MOST).map(|model| model.item.clone()).collect()
}

/// A text without letter case and spaces.
fn folded(text: &str) -> String {
    let mut folded = half_width(text).to_lowercase();
    folded.retain(|letter| !letter.is_whitespace());
    folded
}

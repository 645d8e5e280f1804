//! Resolves models by the partner's catalogue: a name in people's spelling becomes the catalogue's, what may be several
//! models is asked, and a size that the model does not come in is never quoted silently.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::matching::{KnownModels, Naming};
use super::question::Why;
use super::spelling::is_blank;
use super::{Understood, Written, trades_word};
use crate::{CatalogueItem, Category, Field, Term};

/// A name of a model as it was understood: what is resolved.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelName {
    /// The brand, in the trade's words where it is known.
    pub brand: String,
    /// The model.
    pub model: String,
    /// The kind of device, if that is known.
    pub category: Option<Category>,
}

impl ModelName {
    /// Whether it is the name of a phone or tablet as catalogues write it, its words apart and with its number:
    /// `iPhone 14 Pro`, `小米平板 6 Pro`. With a storage beside it, such a name is asked for as it is. A search for it would cost as many calls as
    /// its price, and the partner refuses a model that it does not have. Of an iPad, the number alone says too little.
    pub fn is_written_out(&self) -> bool {
        const AFTER_THE_NUMBER: [&str; 7] = ["Pro", "Max", "Plus", "Ultra", "mini", "Pro+", "Lite"];
        if !matches!(self.category, Some(Category::Phone | Category::Tablet)) {
            return false;
        }
        let mut words = self.model.split(' ');
        let (first, number) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let is_name = first.chars().all(char::is_alphabetic)
            && first.chars().any(|letter| letter.is_uppercase() || !letter.is_ascii());
        let is_number = !number.is_empty() && number.bytes().all(|letter| letter.is_ascii_digit());
        is_name && first != "iPad" && is_number && words.all(|word| AFTER_THE_NUMBER.contains(&word))
    }
}

/// What is known of the partner's catalogue for a list.
#[derive(Clone, Debug, Default)]
pub struct Models {
    /// The models that are known.
    pub known: KnownModels,
    /// The names that were looked up, so that all models that they may mean are known.
    pub looked_up: HashSet<ModelName>,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Resolution<'a> {
    /// This model.
    One(&'a CatalogueItem),
    /// One of these.
    Several(Vec<&'a CatalogueItem>),
    /// No model of the catalogue; these are the nearest.
    Unknown(Vec<&'a CatalogueItem>),
    /// The catalogue has the name under another brand, so the partner decides.
    AsWritten,
    /// It was not looked up.
    Open,
}

impl Models {
    /// Which models a name means, as far as is known.
    pub fn naming(&self, name: &ModelName) -> Naming<'_> {
        self.known.naming(&name.model, &name.brand, name.category)
    }

    fn resolution(&self, name: &ModelName) -> Resolution<'_> {
        let is_looked_up = self.looked_up.contains(name);
        match self.naming(name) {
            Naming::One(item) => Resolution::One(item),
            Naming::Several(_) | Naming::None if !is_looked_up => Resolution::Open,
            Naming::Several(items) => Resolution::Several(items),
            Naming::None if self.known.has_name(&name.model, &name.brand) => Resolution::AsWritten,
            Naming::None => Resolution::Unknown(self.known.nearest(&name.model, &name.brand, name.category)),
        }
    }
}

/// Resolves the names of a list, each different name once.
#[derive(Debug)]
pub struct Resolver<'a> {
    models: &'a Models,
    resolved: HashMap<ModelName, Resolution<'a>>,
}

impl<'a> Resolver<'a> {
    /// A resolver by these models.
    pub fn new(models: &'a Models) -> Self {
        Self { models, resolved: HashMap::new() }
    }

    /// The names of the rows that were read so far, without those that are asked for as they are written.
    pub fn names(&self) -> BTreeSet<ModelName> {
        self.resolved.keys().cloned().collect()
    }

    /// The names of these that are to be looked up: it is unknown what they mean.
    pub fn open(&self) -> BTreeSet<ModelName> {
        let is_open = |(_, resolution): &(&ModelName, &Resolution<'_>)| **resolution == Resolution::Open;
        self.resolved.iter().filter(is_open).map(|(name, _)| name.clone()).collect()
    }

    fn knows_nothing_of(&self, name: &ModelName) -> bool {
        !self.models.looked_up.contains(name) && matches!(self.models.naming(name), Naming::None)
    }

    fn resolution(&mut self, name: ModelName) -> &Resolution<'a> {
        let models = self.models;
        self.resolved.entry(name).or_insert_with_key(|name| models.resolution(name))
    }
}

impl Understood {
    /// Resolves the model, and compares the sizes with those that it comes in. A person's answer counts over the
    /// catalogue.
    pub fn resolve(&mut self, written: &Written, resolver: &mut Resolver<'_>) {
        let form = &self.form;
        let category = Category::find(&form.device_type);
        let is_asked = |field| self.questions.iter().any(|question| question.field == field);
        let is_named = !is_blank(&form.model) && !is_blank(&form.brand);
        // A kind that is written and unknown is asked first.
        let has_kind = category.is_some() || is_blank(&form.device_type);
        let clear = !is_asked(Field::Model) && !is_asked(Field::Brand) && !is_asked(Field::DeviceType);
        if self.no_device.is_some() || !is_named || !has_kind || !clear {
            return;
        }
        let name = ModelName { brand: form.brand.clone(), model: form.model.clone(), category };
        if name.is_written_out() && !is_blank(&form.storage) && resolver.knows_nothing_of(&name) {
            return;
        }
        let names = |items: &[&CatalogueItem]| items.iter().map(|item| item.model.clone()).collect();
        match resolver.resolution(name) {
            Resolution::One(item) => self.take(written, item),
            Resolution::Several(items) => self.ask_for_model(written, Why::Model, names(items)),
            Resolution::Unknown(nearest) => self.ask_for_model(written, Why::UnknownModel, names(nearest)),
            Resolution::AsWritten | Resolution::Open => {}
        }
    }

    fn ask_for_model(&mut self, written: &Written, why: Why, names: Vec<String>) {
        let text = self.form.model.clone();
        self.ask_about(written, Field::Model, why, text);
        self.candidates.push((Field::Model, names));
    }

    /// Takes the catalogue's name, and the sizes where there is only one.
    fn take(&mut self, written: &Written, item: &CatalogueItem) {
        if self.form.model != item.model {
            self.form.model.clone_from(&item.model);
            self.guess(Field::Model);
        }
        if is_blank(&self.form.device_type) {
            item.device_type.word().clone_into(&mut self.form.device_type);
            self.guess(Field::DeviceType);
        }
        self.size(written, Field::Storage, &item.storages, true);
        self.size(written, Field::Ram, &item.rams, item.device_type.requires_memory());
    }

    /// Compares a size with those that the model comes in. One that is needed and not written is taken if there is
    /// only one.
    fn size(&mut self, written: &Written, field: Field, sold: &[String], is_needed: bool) {
        let text = trades_word(field, self.form.text(field)).into_owned();
        let sold: Vec<String> = sold.iter().map(|size| trades_word(field, size).into_owned()).collect();
        let is_asked = self.questions.iter().any(|question| question.field == field);
        if sold.is_empty() || (is_blank(&text) && !is_needed && !is_asked) {
            return;
        }
        if let Some(alone) = alone(&text, &sold).filter(|_| !is_asked) {
            if let Some(place) = self.form.text_mut(field) {
                alone.clone_into(place);
            }
            self.guess(field);
            return;
        }
        match &sold[..] {
            [only] if is_blank(&text) && !is_asked => {
                if let Some(place) = self.form.text_mut(field) {
                    place.clone_from(only);
                }
                self.guess(field);
            }
            _ if sold.contains(&text) && !is_asked => {}
            _ => {
                if !is_blank(&text) {
                    self.ask(written, field, Why::Size);
                }
                self.candidates.push((field, sold));
            }
        }
    }

    fn guess(&mut self, field: Field) {
        if !self.guessed.contains(&field) {
            self.guessed.push(field);
        }
    }
}

/// What a camera by itself is called, which depends on whether its lens comes off: 单机 of a 5D is its body.
fn alone(text: &str, sold: &[String]) -> Option<&'static str> {
    let other = match text {
        "机身" => "单机",
        "单机" => "机身",
        _ => return None,
    };
    let is_sold = |name: &str| sold.iter().any(|it| it == name);
    (is_sold(other) && !is_sold(text)).then_some(other)
}

#[cfg(test)]
mod tests;

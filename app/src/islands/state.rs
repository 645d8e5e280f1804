use std::str::FromStr;

use domain::{Category, Field};
use leptos::prelude::*;

use crate::refusal::Refusal;
use crate::{Locale, words};

/// What the form's islands share. What is typed stays in the page's own fields, so that
/// nothing typed before an island woke is lost.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) locale: Locale,
    pub(super) category: RwSignal<Option<Category>>,
    pub(super) refusal: RwSignal<Option<Refusal>>,
    pub(super) pending: RwSignal<bool>,
}

impl State {
    pub(super) fn new(locale: &str, category: Option<Category>, refusal: Option<Refusal>) -> Self {
        Self {
            locale: Locale::from_str(locale).unwrap_or_default(),
            category: RwSignal::new(category),
            refusal: RwSignal::new(refusal),
            pending: RwSignal::new(false),
        }
    }

    /// The state of the form around an island.
    pub(super) fn of_the_form() -> Self {
        use_context().unwrap_or_else(|| Self::new("", None, None))
    }

    /// What is wrong with `field`, in the reader's words.
    pub(super) fn problem(self, field: Field) -> Option<String> {
        self.refusal.with(|refusal| {
            let fields = refusal.iter().flat_map(|refusal| &refusal.fields);
            let error = fields.into_iter().find(|error| error.field == field)?;
            Some(words::problem(self.locale, *error))
        })
    }
}

//! The description, and searches.

use domain::{CatalogueItem, Category, Grade, PlainText, QuoteRequest, Term as _};
use provider::SearchRequest;
use reqwest::Method;
use serde_json::Value;

use super::answers::{faultless, finding, json};
use super::device::{UNKNOWN, of_catalogue};
use super::findings::{Cause, Detail, Finding};
use super::trial::{About, Trial};
use crate::client::Sent;
use crate::{asked, description_faults, search_faults};

impl Trial<'_> {
    /// The description, and the most devices in one call.
    pub(super) async fn description(&self) -> (Finding, Option<usize>) {
        let url = self.client.address().url().clone();
        let sent = Sent { method: Method::GET, url, headers: &[], body: Vec::new() };
        let answer = match self.client.send(sent, self.attempt()).await {
            Ok(received) => json(&received),
            Err(error) => Err(Cause::NoAnswer(error.into())),
        };
        match answer.and_then(|answer| faultless(description_faults(&answer)).map(|()| answer)) {
            Ok(answer) => {
                let many = answer["many"].as_u64().and_then(|many| usize::try_from(many).ok());
                let name = answer["name"].as_str().unwrap_or_default().to_owned();
                (Finding::Well(Detail::Service(name, many)), many)
            }
            Err(cause) => (Finding::Wrong(cause), None),
        }
    }

    /// The search for popular models, and a device of what it found.
    pub(super) async fn search(&self) -> (Finding, Option<QuoteRequest>) {
        let (device_type, grade) = match &self.about {
            About::Device(_) => (None, Grade::Excellent),
            About::First { device_type, grade } => (*device_type, *grade),
        };
        let answer = match self.found(&SearchRequest { device_type, ..SearchRequest::default() }).await {
            Ok(answer) => answer,
            Err(cause) => return (Finding::Wrong(cause), None),
        };
        let items = items(&answer);
        let found = items.iter().find_map(|item| of_catalogue(item, grade));
        let result = match faultless(search_faults(&answer)) {
            Err(cause) => Err(cause),
            Ok(()) if found.is_none() => Err(Cause::NoModels),
            Ok(()) => Ok(Detail::Models(items.len())),
        };
        (finding(result), found)
    }

    /// Whether keywords find what fits, and only that.
    pub(super) async fn keywords(&self, device: &QuoteRequest) -> Finding {
        finding(self.keywords_fit(device).await.map(|()| Detail::None))
    }

    async fn keywords_fit(&self, device: &QuoteRequest) -> Result<(), Cause> {
        let (model, brand) = (device.model(), device.brand());
        let kinds = [None, Some(device.category())];
        // As a shopper types it, as the desk asks, and as a device list is understood.
        for (keyword, kind) in [
            (model.to_owned(), None),
            (model.to_lowercase(), Some(device.category())),
            (format!("{brand} {model}"), Some(device.category())),
        ] {
            let items = self.items_of(&keyword, kind).await?;
            if !items.iter().any(|item| item.model.trim().eq_ignore_ascii_case(model.trim())) {
                return Err(Cause::NotFound(model.to_owned()).about(keyword));
            }
        }
        for kind in kinds {
            if let Some(item) = self.items_of(UNKNOWN, kind).await?.first() {
                return Err(Cause::FoundAnyway(item.model.clone()).about(UNKNOWN.to_owned()));
            }
        }
        let other = Category::ALL.iter().copied().find(|kind| *kind != device.category());
        for item in self.items_of(model, other).await? {
            if Some(item.device_type) != other {
                let kind = other.map_or("", |kind| kind.word());
                return Err(Cause::FoundAnyway(item.model).about(format!("{model} (device_type {kind})")));
            }
        }
        Ok(())
    }

    /// What a search for `keyword` finds, in the agreed shape.
    async fn items_of(&self, keyword: &str, kind: Option<Category>) -> Result<Vec<CatalogueItem>, Cause> {
        let request =
            SearchRequest { keyword: PlainText::parse(keyword).ok(), device_type: kind, brand: None };
        let answer = self.found(&request).await.map_err(|cause| cause.about(keyword.to_owned()))?;
        faultless(search_faults(&answer)).map_err(|cause| cause.about(keyword.to_owned()))?;
        Ok(items(&answer))
    }

    async fn found(&self, request: &SearchRequest) -> Result<Value, Cause> {
        match self.client.post("search", asked::search(request), self.attempt()).await {
            Ok(received) => json(&received),
            Err(error) => Err(Cause::NoAnswer(error.into())),
        }
    }
}

/// The models in an answer that can be read.
fn items(answer: &Value) -> Vec<CatalogueItem> {
    let items = answer["items"].as_array().map_or(&[][..], Vec::as_slice);
    items.iter().filter_map(|item| serde_json::from_value(item.clone()).ok()).collect()
}

//! A price list as a [`Provider`].

use std::sync::Arc;

use domain::{
    CatalogueItem, Label, LabelledStep, Moment, NotAccepted, Price, PriceParts, QuoteRequest, RecycleKind,
    RecycleOption, Term,
};
use jiff::SignedDuration;
use provider::{
    Answer, Attempt, CallError, Calling, Capabilities, Identity, Provider, ProviderName, Refusal, Reply,
    SearchRequest, may_be_public,
};

use crate::list::{NoPrice, Priced};
use crate::pricing::Step;
use crate::{Language, PriceList, PriceLists};

/// What a dealer's settings say besides the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How long a price is valid.
    pub valid_for: SignedDuration,
    /// The ways to hand a device over. [`RecycleKind::Other`] is left out, since it has no words.
    pub ways: Vec<RecycleKind>,
}

/// A dealer's list in use, for the quote desk. No call leaves the process, and none costs quota.
#[derive(Debug)]
pub struct PriceListProvider {
    identity: Identity,
    lists: Arc<PriceLists>,
    valid_for: SignedDuration,
    recycle: Vec<RecycleOption>,
}

impl PriceListProvider {
    /// The provider of this name, with the list of `lists` that is in use at each call.
    pub fn new(name: ProviderName, lists: Arc<PriceLists>, terms: Terms) -> Self {
        let identity = Identity { account: name.as_str().into(), name, protocol: "price-list-1" };
        let labels: Vec<&str> = terms.ways.iter().filter_map(|way| label(*way)).collect();
        let recycle = RecycleOption::list(&labels.join("/"), None, None);
        Self { identity, lists, valid_for: terms.valid_for, recycle }
    }

    fn answer(&self, list: &PriceList, device: &QuoteRequest, attempt: Attempt) -> Result<Answer, Refusal> {
        let Priced { model, storage, worked } = list.price(device).map_err(refusal)?;
        let parts = PriceParts {
            base: Some(worked.base),
            condition_discount: None,
            function_deduction: None,
            market_coefficient: None,
            final_price: worked.price,
        };
        let until = attempt.at.checked_add(self.valid_for).ok();
        Ok(Answer {
            valid_until: until.map(Moment::new),
            recycle: self.recycle.clone(),
            public_model: may_be_public(device, Some(storage)).then(|| model.to_owned()),
            model: Some(model.to_owned()),
            storage: Some(storage.to_owned()),
            grade: Some(device.grade().word().to_owned()),
            ..Answer::new(Price::new(parts).with_steps(labelled(&worked.steps)))
        })
    }
}

/// The steps in both languages; none if the text of one could not be shown.
fn labelled(steps: &[Step]) -> Vec<LabelledStep> {
    let labelled = |step: &Step| {
        let told = |language| step.reason.told(language);
        let label = Label::parse(&told(Language::Chinese), &told(Language::English)).ok()?;
        Some(LabelledStep { label, amount: step.amount })
    };
    steps.iter().map(labelled).collect::<Option<_>>().unwrap_or_default()
}

/// The refusal for a device without a price.
fn refusal(why: NoPrice) -> Refusal {
    match why {
        NoPrice::Unknown => Refusal::ModelUnknown("it is not in the price list".into()),
        NoPrice::WhichMemory => {
            Refusal::ModelUnknown("the price list has it with several memories, and none is told".into())
        }
        NoPrice::Grade(_) | NoPrice::Fault(_) | NoPrice::Repair(_) | NoPrice::Nothing => {
            Refusal::NotAccepted(NotAccepted::Unspecified)
        }
    }
}

/// The trade's word for a way.
fn label(way: RecycleKind) -> Option<&'static str> {
    match way {
        RecycleKind::Store => Some("到店"),
        RecycleKind::Pickup => Some("上门"),
        RecycleKind::Mail => Some("邮寄"),
        RecycleKind::Other => None,
    }
}

impl Provider for PriceListProvider {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { search: true, ..Capabilities::IN_MEMORY }
    }

    fn takes(&self, device: &QuoteRequest) -> bool {
        self.lists.grades().is_none_or(|words| words.word(device.grade()).is_some())
    }

    fn quote<'a>(&'a self, device: &'a QuoteRequest, attempt: Attempt) -> Calling<'a, Answer> {
        Box::pin(async move {
            let list = self.lists.current().ok_or_else(no_list)?;
            let value = self.answer(&list.list, device, attempt)?;
            Ok(Reply { value, provider_time: None })
        })
    }

    fn search<'a>(&'a self, request: &'a SearchRequest, _: Attempt) -> Calling<'a, Vec<CatalogueItem>> {
        Box::pin(async move {
            let list = self.lists.current().ok_or_else(no_list)?;
            Ok(Reply { value: list.list.search(request), provider_time: None })
        })
    }
}

fn no_list() -> CallError {
    Refusal::Unavailable("no price list is in use".into()).into()
}

//! The state of the router, and its parts as extractors take them.

use std::sync::Arc;

use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;
use checkout::Checkout;
use desk::{Desk, Desks, Records};
use lists::{Drafts, Lists};
use pricelist::Intake;
use provider::ProviderName;

use super::edge::limits::Limits;
use super::operator::auth::OperatorAuth;
use super::site::Site;
use crate::reading::Reader;

/// The state of the router. Handlers extract its parts.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) site: Site,
    pub(super) desk: Desk,
    pub(super) desks: Desks,
    pub(super) checkout: Arc<Checkout>,
    pub(super) limits: Limits,
    pub(super) auth: OperatorAuth,
    pub(super) lists: Lists,
    pub(super) drafts: Drafts,
    pub(super) reader: Reader,
    pub(super) prices: PriceIntakes,
}

/// What takes the price lists, by the name of the buyer.
#[derive(Clone, Debug, Default)]
pub struct PriceIntakes(pub Arc<[(ProviderName, Arc<Intake>)]>);

impl FromRef<Context> for OperatorAuth {
    fn from_ref(context: &Context) -> Self {
        context.auth.clone()
    }
}

impl FromRef<Context> for Key {
    fn from_ref(context: &Context) -> Self {
        context.auth.key()
    }
}

impl FromRef<Context> for Limits {
    fn from_ref(context: &Context) -> Self {
        context.limits.clone()
    }
}

impl FromRef<Context> for Site {
    fn from_ref(context: &Context) -> Self {
        context.site.clone()
    }
}

impl FromRef<Context> for Desk {
    fn from_ref(context: &Context) -> Self {
        context.desk.clone()
    }
}

impl FromRef<Context> for Desks {
    fn from_ref(context: &Context) -> Self {
        context.desks.clone()
    }
}

impl FromRef<Context> for Arc<Checkout> {
    fn from_ref(context: &Context) -> Self {
        Arc::clone(&context.checkout)
    }
}

impl FromRef<Context> for Records {
    fn from_ref(context: &Context) -> Self {
        context.lists.records().clone()
    }
}

impl FromRef<Context> for Lists {
    fn from_ref(context: &Context) -> Self {
        context.lists.clone()
    }
}

impl FromRef<Context> for Drafts {
    fn from_ref(context: &Context) -> Self {
        context.drafts.clone()
    }
}

impl FromRef<Context> for Reader {
    fn from_ref(context: &Context) -> Self {
        context.reader.clone()
    }
}

impl FromRef<Context> for PriceIntakes {
    fn from_ref(context: &Context) -> Self {
        context.prices.clone()
    }
}

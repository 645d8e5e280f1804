//! The operator's pages about offers: all of them, one offer's story, and deliveries of events.

mod deliveries;
mod list;
mod query;
mod story;

pub use deliveries::{DeliveriesPage, draw_deliveries};
pub use list::{OffersPage, draw_offers};
pub use query::OffersQuery;
pub use story::{OfferPage, draw_offer};

use checkout::{EventKind, Offer, State};
use leptos::prelude::*;

use crate::parts::icon::icon;
use crate::words::{self, Locale, td_string};

/// The name of a state.
fn state(locale: Locale, state: &State) -> &'static str {
    match state {
        State::Accepted => td_string!(locale, offers.accepted),
        State::Redeemed { .. } => td_string!(locale, offers.redeemed),
        State::Withdrawn => td_string!(locale, offers.withdrawn),
        State::Expired => td_string!(locale, offers.expired),
    }
}

/// What an event reports. The records may hold kinds of a newer version, which are shown by their own name.
fn event(locale: Locale, kind: &str) -> String {
    let Some(known) = EventKind::find(kind) else { return kind.to_owned() };
    let text = match known {
        EventKind::OfferAccepted => td_string!(locale, offers.accepted),
        EventKind::OfferWithdrawn => td_string!(locale, offers.withdrawn),
        EventKind::OfferRedeemed => td_string!(locale, offers.redeemed),
        EventKind::OfferReleased => td_string!(locale, offers.released),
        EventKind::OfferExpired => td_string!(locale, offers.expired),
        EventKind::EndpointDisabled => td_string!(locale, offers.endpoint_disabled),
        EventKind::Ping => td_string!(locale, offers.ping),
    };
    text.to_owned()
}

/// Brand, model and storage of an offer's device.
fn device(locale: Locale, offer: &Offer) -> String {
    let device = &offer.quote().device;
    let model = device.model.trim_start_matches(&*device.brand).trim();
    format!("{} {model} {}", words::brand(locale, &device.brand), device.storage)
}

/// A card in the place of what is not there.
fn note(text: &'static str) -> impl IntoView {
    view! { <section class="card note">{icon("picture", "lost")} <p>{text}</p></section> }
}

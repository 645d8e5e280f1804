//! One offer: what was accepted, and what happened to it, with each delivery.

use checkout::{DeliveryRecord, EventRecord, Kept, State};
use desk::AttemptRecord;
use domain::Moment;
use leptos::prelude::*;

use super::deliveries::delivery;
use super::{device, event, state};
use crate::operator::title_bar::{Page, title_bar};
use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::words::{self, Locale, language, td_string};

/// The content of the page.
#[derive(Clone, Debug)]
pub struct OfferPage {
    /// The offer.
    pub kept: Kept,
    /// The attempts that brought its quote, the oldest first; none after they were deleted.
    pub asked: Vec<AttemptRecord>,
    /// Its events, the oldest first.
    pub events: Vec<EventRecord>,
    /// The deliveries of its events.
    pub deliveries: Vec<DeliveryRecord>,
    /// What came of the last press of a button.
    pub said: Option<String>,
}

/// Draws the page.
pub fn draw_offer(setting: &Setting, page: &OfferPage) -> String {
    let locale = setting.locale;
    let OfferPage { kept, said, .. } = page;
    let path = format!("/ops/offers/{}", kept.offer.id());
    let title = format!("{} · {}", device(locale, &kept.offer), kept.offer.credit().amount().amount);
    let said = said.clone().map(|said| view! { <p class="alerts" role="status">{said}</p> });
    draw(setting, &title.clone(), &News::None, || {
        view! {
            {site_masthead(setting, &path)}
            <main class="ops">
                {title_bar(locale, title, Page::Inner)} {said}
                <section class="card">{facts(locale, kept)} {release(locale, &path, &kept.standing.state)}</section>
                <section class="card" id="story">
                    <h2>{td_string!(locale, offers.story)}</h2>
                    <ol class="story">{story(locale, page)}</ol>
                </section>
            </main>
        }
    })
}

fn facts(locale: Locale, kept: &Kept) -> impl IntoView + use<> {
    let (offer, state_now) = (&kept.offer, &kept.standing.state);
    let credit = offer.credit();
    let product = offer.product().map(|product| match product.price {
        Some(price) => format!("{} · {price}", product.name),
        None => product.name.clone(),
    });
    let rows = [
        (td_string!(locale, offers.state), Some(state(locale, state_now).to_owned())),
        (td_string!(locale, offers.order), state_now.order_id().map(ToString::to_string)),
        (td_string!(locale, offers.amount), Some(credit.amount().amount.to_string())),
        (td_string!(locale, offers.price), Some(credit.price().to_string())),
        (td_string!(locale, offers.top_up), Some(credit.top_up().to_string())),
        (td_string!(locale, offers.until), Some(words::time(locale, offer.expires_at()))),
        (td_string!(locale, offers.product), product),
        (td_string!(locale, offers.merchant), Some(offer.merchant().to_owned())),
        (td_string!(locale, offers.code), Some(offer.code().to_string())),
        (td_string!(locale, offers.id), Some(offer.id().to_string())),
    ];
    let rows = rows.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let rows = rows.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="figures">{rows.collect_view()}</dl> }
}

/// Releases an offer that an order holds, behind a question.
fn release(locale: Locale, path: &str, state: &State) -> Option<impl IntoView + use<>> {
    let order = state.order_id()?.to_string();
    let action = format!("{path}?locale={}", language::tag(locale));
    Some(view! {
        <form class="presses" method="post" action=action>
            <input type="hidden" name="order" value=order/>
            <details>
                <summary>{td_string!(locale, offers.release)}</summary>
                <p class="hint">{td_string!(locale, offers.release_hint)}</p>
                <label>
                    <span>{td_string!(locale, offers.reason)}</span>
                    <input type="text" name="reason" maxlength="200"/>
                </label>
                <button class="quiet" name="do" value="release">{td_string!(locale, offers.release_really)}</button>
            </details>
        </form>
    })
}

/// From the call to the last event, the oldest first.
fn story(locale: Locale, page: &OfferPage) -> impl IntoView + use<> {
    let quote = page.kept.offer.quote();
    let link = format!("/quote/{}?locale={}", quote.id, language::tag(locale));
    let events = page.events.iter().map(|told| {
        let deliveries = page.deliveries.iter().filter(|it| it.event == told.id);
        let deliveries = deliveries.map(|it| view! { <li>{delivery(locale, it)}</li> }).collect_view();
        view! {
            <li>
                <strong>{event(locale, &told.kind)}</strong>
                <small>{words::time(locale, Moment::new(told.at))} " · " {told.id.clone()}</small>
                {told.reason.clone().map(|reason| view! { <p>{reason}</p> })}
                <ul>{deliveries}</ul>
            </li>
        }
    });
    let asked = page.asked.iter().map(|attempt| {
        let outcome = attempt.outcome.clone().unwrap_or_default();
        let took = attempt.latency_ms.map(|ms| format!(" · {ms} ms"));
        view! {
            <li>
                <strong>{td_string!(locale, offers.asked)}</strong>
                <small>{words::time(locale, attempt.at)} " · " {outcome} {took}</small>
            </li>
        }
    });
    view! {
        {asked.collect_view()}
        <li>
            <strong>{td_string!(locale, offers.quoted)}</strong>
            <small>{words::time(locale, quote.quoted_at)} " · " <a href=link>{quote.id.to_string()}</a></small>
        </li>
        {events.collect_view()}
    }
}

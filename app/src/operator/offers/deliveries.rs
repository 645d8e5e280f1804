//! Deliveries of events to shops' endpoints: what waits, what was given up, and which endpoints are off.

use checkout::{DeliveryRecord, EndpointOff};
use domain::Moment;
use leptos::prelude::*;

use super::{event, note};
use crate::operator::title_bar::{Page, title_bar};
use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::words::{self, Locale, language, td_string};

/// The content of the page.
#[derive(Clone, Debug, Default)]
pub struct DeliveriesPage {
    /// Deliveries that wait for their next try, those of the newest event first; `None` if they cannot be read.
    pub waiting: Option<Vec<DeliveryRecord>>,
    /// Deliveries that were given up.
    pub given_up: Vec<DeliveryRecord>,
    /// Endpoints that are switched off.
    pub off: Vec<EndpointOff>,
    /// What came of the last press of a button.
    pub said: Option<String>,
}

const PATH: &str = "/ops/deliveries";

/// Draws the page.
pub fn draw_deliveries(setting: &Setting, page: &DeliveriesPage) -> String {
    let locale = setting.locale;
    let DeliveriesPage { waiting, given_up, off, said } = page;
    let said = said.clone().map(|said| view! { <p class="alerts" role="status">{said}</p> });
    let content = match waiting {
        None => note(td_string!(locale, offers.unreadable)).into_any(),
        Some(waiting) if waiting.is_empty() && given_up.is_empty() && off.is_empty() => {
            note(td_string!(locale, offers.all_delivered)).into_any()
        }
        Some(waiting) => view! {
            {endpoints_off(locale, off)}
            {section(locale, td_string!(locale, offers.given_up), given_up)}
            {section(locale, td_string!(locale, offers.waiting), waiting)}
        }
        .into_any(),
    };
    draw(setting, td_string!(locale, offers.deliveries), &News::None, || {
        view! {
            {site_masthead(setting, PATH)}
            <main class="ops">
                {title_bar(locale, td_string!(locale, offers.deliveries).to_owned(), Page::Deliveries)}
                <p class="lead">{td_string!(locale, offers.deliveries_lead)}</p> {said} {content}
            </main>
        }
    })
}

fn section(locale: Locale, title: &'static str, all: &[DeliveryRecord]) -> Option<impl IntoView + use<>> {
    let rows = all.iter().map(|it| {
        let link = it.offer.clone().map(|offer| {
            let link = format!("/ops/offers/{offer}?locale={}", language::tag(locale));
            view! { <a href=link>{offer}</a> }
        });
        view! {
            <li>
                <strong>{event(locale, &it.kind)}</strong>
                <small>{words::time(locale, Moment::new(it.at))} " · " {it.merchant.clone()} " · " {link}</small>
                {delivery(locale, it)}
            </li>
        }
    });
    let rows = rows.collect_view();
    (!all.is_empty()).then(|| {
        view! { <section class="card"><h2>{title}</h2> <ul class="story">{rows}</ul></section> }
    })
}

/// One delivery: to which endpoint, how far it has come, and a button that sends the event again.
pub(super) fn delivery(locale: Locale, it: &DeliveryRecord) -> impl IntoView + use<> {
    let tries = it.tries.to_string();
    let answer = match it.status {
        Some(status) => td_string!(locale, offers.answered, status = status.to_string()),
        None if it.tries > 0 => td_string!(locale, offers.no_answer).to_owned(),
        None => String::new(),
    };
    let due = it.due_at.map(|due| words::time(locale, Moment::new(due)));
    let state = match (&*it.state, due) {
        ("delivered", _) => td_string!(locale, offers.delivered, tries = tries),
        (_, Some(due)) => td_string!(locale, offers.next_try, tries = tries, time = due),
        (_, None) => td_string!(locale, offers.given_up_after, tries = tries),
    };
    let action = format!("{PATH}?locale={}", language::tag(locale));
    view! {
        <form class="delivery" method="post" action=action>
            <input type="hidden" name="event" value=it.event.clone()/>
            <span>{it.endpoint.clone()} <small>{state} " " {answer}</small></span>
            <button class="quiet" name="do" value="replay">{td_string!(locale, offers.replay)}</button>
        </form>
    }
}

fn endpoints_off(locale: Locale, off: &[EndpointOff]) -> Option<impl IntoView + use<>> {
    let action = format!("{PATH}?locale={}", language::tag(locale));
    let rows = off.iter().map(|it| {
        let since = words::time(locale, Moment::new(it.since));
        view! {
            <li>
                <form class="delivery" method="post" action=action.clone()>
                    <input type="hidden" name="merchant" value=it.merchant.clone()/>
                    <input type="hidden" name="endpoint" value=it.endpoint.clone()/>
                    <span>
                        {it.endpoint.clone()}
                        <small>{it.merchant.clone()} " · " {td_string!(locale, offers.off_since, time = since)}</small>
                    </span>
                    <button class="quiet" name="do" value="switch_on">{td_string!(locale, offers.switch_on)}</button>
                </form>
            </li>
        }
    });
    let rows = rows.collect_view();
    (!off.is_empty()).then(|| {
        view! {
            <section class="alerts attention">
                <h2>{td_string!(locale, offers.endpoints_off)}</h2>
                <p>{td_string!(locale, offers.endpoints_off_hint)}</p>
                <ul>{rows}</ul>
            </section>
        }
    })
}

//! What comes after the price: the ways to hand the device over, what happens then, and what to do before.

use domain::{Device, FaultKind, RecycleKind, RecycleOption};
use leptos::prelude::*;

use crate::parts::icon::icon;
use crate::words::{self, Locale, td_string};

/// The ways to hand the device over, the preferred one first.
pub(super) fn handing_over(locale: Locale, options: &[RecycleOption]) -> impl IntoView + use<> {
    let cards = options
        .iter()
        .map(|option| {
            let own = words::recycle(locale, option.kind);
            let (name, hint) = own.map_or((option.label.clone(), ""), |(name, hint)| (name.to_owned(), hint));
            let distance = option
                .store_distance_km
                .map(|km| view! { <p class="fact">{td_string!(locale, quote.distance, km = km.to_string())}</p> });
            let window = option
                .door_time_window
                .clone()
                .map(|window| view! { <p class="fact">{td_string!(locale, quote.window, window = window)}</p> });
            view! {
                <li class="way" class:recommended=option.recommended>
                    {icon("icon", picture(option.kind))}
                    <div>
                        <h3>
                            {name} " "
                            {option.recommended.then(|| view! { <span class="badge good">{td_string!(locale, quote.recommended)}</span> })}
                        </h3>
                        {distance} {window}
                        <p class="hint">{hint}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    let unknown = options.is_empty().then(|| view! { <p>{td_string!(locale, quote.recycle_unknown)}</p> });
    view! {
        <section>
            <h2>{td_string!(locale, quote.recycle)}</h2>
            <ul class="ways">{cards}</ul>
            {unknown}
        </section>
    }
}

/// The ways to hand the device over, in a line each.
pub(super) fn in_short(locale: Locale, options: &[RecycleOption]) -> impl IntoView + use<> {
    let ways = options.iter().map(|option| {
        let distance =
            option.store_distance_km.map(|km| td_string!(locale, quote.distance, km = km.to_string()));
        let window = option.door_time_window.clone();
        let window = window.map(|window| td_string!(locale, quote.window, window = window));
        let name = view! { <strong>{words::offers::way(locale, option)}</strong> };
        view! { <li>{name} " " {distance} {window}</li> }
    });
    let ways = ways.collect_view();
    let unknown = options.is_empty().then(|| view! { <p>{td_string!(locale, quote.recycle_unknown)}</p> });
    view! {
        <ul>{ways}</ul>
        {unknown}
    }
}

/// The name of the picture of a way to hand the device over.
fn picture(kind: RecycleKind) -> &'static str {
    match kind {
        RecycleKind::Store => "store",
        RecycleKind::Pickup => "pickup",
        RecycleKind::Mail => "mail",
        RecycleKind::Other => "info",
    }
}

/// What happens after that, also if the inspection disagrees.
pub(super) fn what_happens(locale: Locale, inspected: &[String]) -> impl IntoView + use<> {
    let inspection = match inspected {
        [] => td_string!(locale, quote.then_inspected),
        _ => td_string!(locale, quote.then_inspection),
    };
    let steps = [
        td_string!(locale, quote.then_hand_over),
        inspection,
        td_string!(locale, quote.then_confirmed),
        td_string!(locale, quote.then_changed),
    ]
    .map(|step| view! { <li>{step}</li> })
    .collect_view();
    view! {
        <section>
            <h2>{td_string!(locale, quote.then)}</h2>
            <ol class="then">{steps}</ol>
        </section>
    }
}

/// The inspection's points, in the partner's words.
pub(super) fn inspection(locale: Locale, points: &[String]) -> Option<impl IntoView + use<>> {
    let count = points.len();
    (count > 0).then(|| {
        let points = points.iter().map(|point| view! { <li>{point.clone()}</li> }).collect_view();
        view! {
            <section>
                <details>
                    <summary>
                        <h2>{td_string!(locale, quote.checks, count = count.to_string())}</h2>
                    </summary>
                    <p class="hint">{td_string!(locale, quote.checks_hint)}</p>
                    <ul class="points" lang="zh-CN">{points}</ul>
                </details>
            </section>
        }
    })
}

/// What to do before the device is handed over, to tick and to print. The boxes have no names, so nothing is
/// sent.
pub(super) fn checklist(locale: Locale, device: &Device) -> impl IntoView + use<> {
    let has_accounts = FaultKind::Account.applies_to(device.device_type);
    let items = [
        (true, td_string!(locale, before.back_up), td_string!(locale, before.back_up_hint)),
        (has_accounts, td_string!(locale, before.sign_out), td_string!(locale, before.sign_out_hint)),
        (has_accounts, td_string!(locale, before.unlock), td_string!(locale, before.unlock_hint)),
        (true, td_string!(locale, before.cards), td_string!(locale, before.cards_hint)),
        (true, td_string!(locale, before.erase), td_string!(locale, before.erase_hint)),
    ]
    .into_iter()
    .filter(|(fits, ..)| *fits)
    .map(|(_, item, hint)| {
        view! {
            <li>
                <label class="choice">
                    <input type="checkbox"/>
                    <span class="choice-text">
                        <strong>{item}</strong>
                        <small>{hint}</small>
                    </span>
                </label>
            </li>
        }
    })
    .collect_view();
    view! {
        <section class="before">
            <h2>{td_string!(locale, before.title)}</h2>
            <ul class="choices">{items}</ul>
        </section>
    }
}

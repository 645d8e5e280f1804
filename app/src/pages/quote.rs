//! One quote: what the device is worth, how that came about, and what comes next.

use domain::{Moment, Money, Quote, RecycleOption, Source};
use leptos::prelude::*;

use super::answers::answers;
use super::masthead;
use super::steps::steps;
use crate::document::{News, Setting, draw};
use crate::form_query::FormQuery;
use crate::frame::FrameFields;
use crate::i18n::td_string;
use crate::icon::icon;
use crate::{Locale, language, words};

/// Draws the page of a quote as it stands at `now`.
pub fn draw_page(setting: &Setting, quote: &Quote, frame: &FrameFields, now: Moment) -> String {
    let news = News::Quote(Box::new(quote.clone()));
    draw(setting, td_string!(setting.locale, quote.title), &news, || {
        view! {
            {masthead(setting)}
            <main class="page quote">
                {verdict(setting.locale, quote, frame, now)}
                {handing_over(setting.locale, &quote.recycle)}
                {steps(setting.locale, &quote.price)}
                {inspection(setting.locale, quote)}
                {answers(setting.locale, &quote.device)}
                {next(setting.locale, quote, frame)}
            </main>
        }
    })
}

/// The price, how long it holds, and what the new device costs after it.
fn verdict(locale: Locale, quote: &Quote, frame: &FrameFields, now: Moment) -> impl IntoView {
    let name = words::device(locale, &quote.device.brand, &quote.device.model);
    let device = format!("{name} {}", quote.device.storage);
    let price = quote.price.final_price();
    let expired = quote.expired(now);
    let title = match (expired, price == Money::ZERO) {
        (true, _) => td_string!(locale, quote.expired),
        (_, true) => td_string!(locale, quote.worth_nothing),
        _ => td_string!(locale, quote.worth),
    };
    view! {
        <section class="verdict" class:expired=expired>
            <p class="device-name">{device}</p>
            <h1>{title}</h1>
            {(price > Money::ZERO).then(|| view! { <p class="amount">{price.to_string()}</p> })}
            {(price == Money::ZERO).then(|| view! { <p>{td_string!(locale, quote.worth_nothing_hint)}</p> })}
            {quote.sandbox.then(|| view! { <p class="note">{icon("icon", "info")} {td_string!(locale, sandbox.note)}</p> })}
            {validity(locale, quote, expired)}
            {(!expired).then(|| new_price(locale, price, frame))}
            {quote.acceptable(now).then(|| {
                view! {
                    <button class="primary accept" data-post="accept">{td_string!(locale, quote.accept)}</button>
                }
            })}
            {expired.then(|| again(locale, quote, frame))}
        </section>
    }
}

fn validity(locale: Locale, quote: &Quote, expired: bool) -> impl IntoView + use<> {
    let until = quote.valid_until.map(|until| {
        let time = language::time(locale, until);
        view! { <time datetime=until.to_string()>{td_string!(locale, quote.until, time = time)}</time> }
            .into_any()
    });
    let until = until.unwrap_or_else(|| td_string!(locale, quote.until_unknown).into_any());
    let source = match quote.source {
        Source::Partner | Source::Cache => None,
        Source::Stale => Some(td_string!(locale, quote.stale)),
    };
    view! {
        {(!expired).then(|| view! { <p class="until">{icon("icon", "clock")} {until}</p> })}
        {source.map(|text| view! { <p class="hint">{text}</p> })}
    }
}

/// What the shopper is about to buy costs, less this.
fn new_price(locale: Locale, credit: Money, frame: &FrameFields) -> Option<impl IntoView + use<>> {
    let product = frame.product().filter(|_| credit > Money::ZERO)?;
    let label = match product.name {
        Some(name) => td_string!(locale, quote.off, product = name),
        None => td_string!(locale, quote.off_unnamed).to_owned(),
    };
    let rest = if credit < product.price { product.price - credit } else { Money::ZERO };
    Some(view! {
        <p class="after">
            {label} " " <s>{product.price.to_string()}</s> " " <strong>{rest.to_string()}</strong>
        </p>
    })
}

/// Asks for the same device once more.
fn again(locale: Locale, quote: &Quote, frame: &FrameFields) -> impl IntoView + use<> {
    let form = quote.device.to_form();
    let device = domain::Field::OF_A_DEVICE.map(|field| (field.name(), form.text(field).to_owned()));
    let hidden = device
        .into_iter()
        .chain(frame.filled().map(|(name, value)| (name, value.to_owned())))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form method="post" action="/api/fn/quote">
            {hidden} <button class="primary">{td_string!(locale, quote.again)}</button>
        </form>
    }
}

fn handing_over(locale: Locale, options: &[RecycleOption]) -> impl IntoView + use<> {
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
                    {icon("icon", words::recycle_icon(option.kind))}
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

/// The inspection's points, in the partner's words.
fn inspection(locale: Locale, quote: &Quote) -> Option<impl IntoView + use<>> {
    let count = quote.quality_check.len();
    (count > 0).then(|| {
        let points =
            quote.quality_check.iter().map(|point| view! { <li>{point.clone()}</li> }).collect_view();
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

fn next(locale: Locale, quote: &Quote, frame: &FrameFields) -> impl IntoView + use<> {
    let edit = FormQuery::new(&quote.device.to_form(), frame).link();
    view! {
        <footer class="next">
            <a class="quiet" href=edit>{icon("icon", "edit")} {td_string!(locale, quote.edit)}</a>
            <button class="quiet needs-script" type="button" data-print>{icon("icon", "print")} {td_string!(locale, quote.print)}</button>
            <p class="hint">
                {td_string!(locale, quote.quoted_at)} " " {language::time(locale, quote.quoted_at)}
            </p>
        </footer>
    }
}

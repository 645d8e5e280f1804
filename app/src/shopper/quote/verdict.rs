//! The price: how much, until when, and what the new product costs after it.

use std::cmp::Ordering;

use domain::{Moment, Money, Quote, Score, Source};
use leptos::prelude::*;

use super::acceptance::acceptance;
use super::page::QuotePage;
use super::whose::whose;
use crate::parts::frame::FrameFields;
use crate::parts::icon::icon;
use crate::words::{self, Locale, td_string};

/// The price, how long it is valid, and what the new device costs after it.
pub(super) fn verdict(locale: Locale, page: &QuotePage) -> impl IntoView + use<> {
    let QuotePage { quote, frame, now, before, .. } = page;
    let now = *now;
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
            {whose(locale, page)}
            {(price == Money::ZERO).then(|| view! { <p>{td_string!(locale, quote.worth_nothing_hint)}</p> })}
            {quote.sandbox.then(|| view! { <p class="note">{icon("icon", "info")} {td_string!(locale, sandbox.note)}</p> })}
            {before.as_ref().map(|before| difference(locale, price - before.price.final_price(), before.price.final_price()))}
            {validity(locale, quote, now)}
            {score(locale, quote.device.condition_score)}
            {(!expired).then(|| new_price(locale, page))}
            {acceptance(locale, page)}
            {expired.then(|| again(locale, quote, frame))}
        </section>
    }
}

/// Until when the price is valid and how long that is from the server's `now`; `public/page.js` counts it
/// down. Screen readers get only the time itself.
fn validity(locale: Locale, quote: &Quote, now: Moment) -> impl IntoView + use<> {
    let until = quote.valid_until.map(|until| {
        let time = words::time(locale, until);
        let left = until.since(now).as_secs();
        view! {
            <time datetime=until.to_string()>{td_string!(locale, quote.until, time = time)}</time>
            <span
                class="left"
                aria-hidden="true"
                data-left=left.to_string()
                data-hours=td_string!(locale, quote.left_hours, hours = "{h}", minutes = "{m}")
                data-minutes=td_string!(locale, quote.left_minutes, minutes = "{m}")
            >
                {words::left(locale, left)}
            </span>
        }
        .into_any()
    });
    let until = until.unwrap_or_else(|| td_string!(locale, quote.until_unknown).into_any());
    let source = match quote.source {
        Source::Partner | Source::Cache => None,
        Source::Stale => Some(td_string!(locale, quote.stale)),
    };
    view! {
        {(!quote.expired(now)).then(|| view! { <p class="until">{icon("icon", "clock")} <span>{until}</span></p> })}
        {source.map(|text| view! { <p class="note">{icon("icon", "info")} {text}</p> })}
    }
}

/// The condition score, as a number and as a bar.
fn score(locale: Locale, score: Score) -> impl IntoView {
    let of_ten = td_string!(locale, quote.score_of, score = score.to_string());
    view! {
        <p class="score">
            {td_string!(locale, quote.score)} " " <strong>{of_ten}</strong>
            <progress max="10" value=score.to_string() aria-hidden="true"></progress>
        </p>
    }
}

/// How the price differs from an `earlier` one of the same device.
fn difference(locale: Locale, more: Money, earlier: Money) -> impl IntoView + use<> {
    let (earlier, by) = (earlier.to_string(), more.abs().to_string());
    let text = match more.cmp(&Money::ZERO) {
        Ordering::Greater => td_string!(locale, quote.more_than_before, by = by, earlier = earlier),
        Ordering::Less => td_string!(locale, quote.less_than_before, by = by, earlier = earlier),
        Ordering::Equal => td_string!(locale, quote.same_as_before, earlier = earlier),
    };
    view! { <p class="difference">{text}</p> }
}

/// The price of the new product, less the device's value and, on a separate line, less what the shop adds.
fn new_price(locale: Locale, page: &QuotePage) -> Option<impl IntoView + use<>> {
    let credit = page.quote.price.final_price();
    let product = page.frame.product().filter(|_| credit > Money::ZERO)?;
    let top_up = page.top_up.unwrap_or(Money::ZERO);
    let name = product.name.unwrap_or_else(|| td_string!(locale, quote.new_device).to_owned());
    // A remainder is not paid out.
    let rest = (product.price - credit - top_up).max(Money::ZERO);
    let row = |class: &'static str, label: String, amount: String| {
        view! { <div class=class><dt>{label}</dt><dd>{amount}</dd></div> }
    };
    let added = (top_up > Money::ZERO)
        .then(|| row("", td_string!(locale, quote.top_up).to_owned(), format!("− {top_up}")));
    Some(view! {
        <dl class="after">
            {row("", name, product.price.to_string())}
            {row("", td_string!(locale, quote.old_device).to_owned(), format!("− {credit}"))}
            {added}
            {row("sum", td_string!(locale, quote.rest).to_owned(), rest.to_string())}
        </dl>
    })
}

/// A button that asks for the same device once more; the page of the new quote shows the difference.
fn again(locale: Locale, quote: &Quote, frame: &FrameFields) -> impl IntoView + use<> {
    let form = quote.device.to_form();
    let device = domain::Field::OF_A_DEVICE.map(|field| (field.name(), form.text(field).to_owned()));
    let hidden = device
        .into_iter()
        .chain(frame.filled().map(|(name, value)| (name, value.to_owned())))
        .chain([("before", quote.id.to_string())])
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form method="post" action="/api/fn/quote">
            {hidden} <button class="primary">{td_string!(locale, quote.again)}</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_the_right_way_round() {
        let told = |more, earlier| {
            let (more, earlier) = (Money::from_fen(more), Money::from_fen(earlier));
            difference(Locale::en, more, earlier).to_html()
        };
        assert!(told(20_000, 430_000).contains("¥200 more than the price that expired, ¥4,300"));
        assert!(told(-20_000, 430_000).contains("¥200 less than the price that expired, ¥4,300"));
        assert!(told(0, 430_000).contains("The same as the price that expired, ¥4,300"));
    }
}

//! All offers: the credit that is outstanding, the last days, and the offers that were selected.

use checkout::{Kept, OfferDay, Outstanding};
use domain::Money;
use leptos::prelude::*;

use super::query::{OffersQuery, STATES};
use super::{device, note, state};
use crate::operator::bars::{Bar, bars};
use crate::operator::title_bar::{Page, title_bar};
use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::words::{self, Locale, language, td_string};

/// The content of the page.
#[derive(Clone, Debug)]
pub struct OffersPage {
    /// The selection.
    pub asked: OffersQuery,
    /// The ids of the merchants in the settings.
    pub merchants: Vec<String>,
    /// The offers that can still be redeemed; `None` if the records cannot be read.
    pub outstanding: Option<Outstanding>,
    /// The offers of the last 14 days, all merchants' of the selection.
    pub days: Vec<OfferDay>,
    /// The selected offers, the newest first; `None` if the records cannot be read.
    pub found: Option<Vec<Kept>>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

const PATH: &str = "/ops/offers";

/// Draws the page.
pub fn draw_offers(setting: &Setting, page: &OffersPage) -> String {
    let locale = setting.locale;
    let OffersPage { asked, found, next, .. } = page;
    let offers = match found {
        None => note(td_string!(locale, offers.unreadable)).into_any(),
        Some(found) if found.is_empty() && asked.filters() => {
            note(td_string!(locale, offers.none_such)).into_any()
        }
        Some(found) if found.is_empty() => note(td_string!(locale, offers.none)).into_any(),
        Some(found) => table(locale, found).into_any(),
    };
    draw(setting, td_string!(locale, offers.title), &News::None, || {
        view! {
            {site_masthead(setting, PATH)}
            <main class="ops">
                {title_bar(locale, td_string!(locale, offers.title).to_owned(), Page::Offers)}
                <p class="lead">{td_string!(locale, offers.lead)}</p>
                <div class="cards">{outstanding(locale, page.outstanding)} {days(locale, &page.days)}</div>
                <section class="card" id="offers" tabindex="-1">
                    {filter(locale, page)} {offers} {pages(locale, asked, next.as_deref())}
                    {downloads(locale, asked)}
                </section>
            </main>
        }
    })
}

fn outstanding(locale: Locale, known: Option<Outstanding>) -> impl IntoView + use<> {
    let figure = known.map_or_else(
        || td_string!(locale, offers.unknown).to_owned(),
        |known| {
            let (amount, count) = (Money::from_fen(known.amount).to_string(), known.offers.to_string());
            td_string!(locale, offers.outstanding_of, amount = amount, count = count)
        },
    );
    view! {
        <section class="card">
            <h2>{td_string!(locale, offers.outstanding)}</h2>
            <p class="figure">{figure}</p>
            <p class="hint">{td_string!(locale, offers.outstanding_hint)}</p>
        </section>
    }
}

/// The amounts that were accepted and redeemed on each day, the latest first.
fn days(locale: Locale, days: &[OfferDay]) -> impl IntoView + use<> {
    let Some(latest) = days.iter().map(|it| it.day).max() else { return ().into_any() };
    let mut dates: Vec<_> = days.iter().map(|it| it.day).collect();
    dates.dedup();
    let rows = |title: &'static str, of: fn(&OfferDay) -> (u32, i64), class: &'static str| {
        let rows = dates.iter().rev().map(|date| {
            let of_day = days.iter().filter(|it| it.day == *date).map(of);
            let (count, amount) = of_day.fold((0, 0), |(count, sum), (more, fen)| (count + more, sum + fen));
            Bar {
                label: words::day(locale, *date, latest),
                class,
                size: u64::try_from(amount).unwrap_or_default(),
                shown: format!("{} · {count}", Money::from_fen(amount)),
            }
        });
        let head = [td_string!(locale, offers.day), title];
        view! {
            <section class="card">
                <h2>{title}</h2>
                <p class="hint">{td_string!(locale, offers.by_day)}</p>
                {bars(head, rows.collect())}
            </section>
        }
    };
    let accepted = |it: &OfferDay| (it.accepted, it.accepted_amount);
    let redeemed = |it: &OfferDay| (it.redeemed, it.redeemed_amount);
    view! {
        {rows(td_string!(locale, offers.accepted), accepted, "open")}
        {rows(td_string!(locale, offers.redeemed), redeemed, "answered")}
    }
    .into_any()
}

fn filter(locale: Locale, page: &OffersPage) -> impl IntoView + use<> {
    let asked = page.asked.clone();
    let merchants = page.merchants.iter().map(|id| {
        let is = asked.merchant() == Some(id);
        view! { <option value=id.clone() selected=is>{id.clone()}</option> }
    });
    let merchants = merchants.collect_view();
    let states = STATES.map(|name| {
        let text = match name {
            "accepted" => td_string!(locale, offers.accepted),
            "redeemed" => td_string!(locale, offers.redeemed),
            "withdrawn" => td_string!(locale, offers.withdrawn),
            _ => td_string!(locale, offers.expired),
        };
        view! { <option value=name selected=asked.state() == Some(name)>{text}</option> }
    });
    view! {
        <form class="filter" method="get" action=format!("{PATH}#offers") role="search">
            <input type="hidden" name="locale" value=language::tag(locale)/>
            <label>
                <span>{td_string!(locale, offers.merchant)}</span>
                <select name="merchant"><option value="">{td_string!(locale, offers.all)}</option> {merchants}</select>
            </label>
            <label>
                <span>{td_string!(locale, offers.state)}</span>
                <select name="state">
                    <option value="">{td_string!(locale, offers.all)}</option> {states.collect_view()}
                </select>
            </label>
            <label>
                <span>{td_string!(locale, offers.day)}</span>
                <input type="date" name="day" value=asked.day().map(|day| day.to_string())/>
            </label>
            <button class="quiet">{td_string!(locale, lists.show)}</button>
        </form>
    }
}

fn table(locale: Locale, found: &[Kept]) -> impl IntoView + use<> {
    let tag = language::tag(locale);
    let rows = found.iter().map(|Kept { offer, standing }| {
        let order = standing.state.order_id().map(ToString::to_string);
        let link = format!("{PATH}/{}?locale={tag}", offer.id());
        view! {
            <tr>
                <td>{state(locale, &standing.state)}</td>
                <td>
                    <a href=link><strong>{device(locale, offer)}</strong></a>
                    <small>{offer.merchant().to_owned()} " · " {offer.code().to_string()}</small>
                </td>
                <td class="amount">{offer.credit().amount().amount.to_string()}</td>
                <td>{words::time(locale, offer.accepted_at())} <small>{order}</small></td>
            </tr>
        }
    });
    view! {
        <table class="rows">
            <caption class="hidden">{td_string!(locale, offers.title)}</caption>
            <thead>
                <tr>
                    <th scope="col">{td_string!(locale, offers.state)}</th>
                    <th scope="col">{td_string!(locale, lists.device)}</th>
                    <th scope="col">{td_string!(locale, offers.amount)}</th>
                    <th scope="col">{td_string!(locale, offers.accepted_at)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

fn pages(locale: Locale, asked: &OffersQuery, next: Option<&str>) -> impl IntoView + use<> {
    let to = |after: &str, rel: &'static str, name: &'static str| {
        let link = OffersQuery { after: after.to_owned(), ..asked.clone() }.link(PATH, locale);
        view! { <a class="quiet" href=format!("{link}#offers") rel=rel>{name}</a> }
    };
    let newest = asked.after().map(|_| to("", "first", td_string!(locale, offers.newest)));
    let older = next.map(|next| to(next, "next", td_string!(locale, offers.older)));
    view! { <nav class="pages" aria-label=td_string!(locale, lists.pages)>{newest} {older}</nav> }
}

fn downloads(locale: Locale, asked: &OffersQuery) -> impl IntoView + use<> {
    let all = OffersQuery { after: String::new(), ..asked.clone() };
    let files = [("csv", "CSV"), ("jsonl", "JSON Lines")].map(|(ending, name)| {
        let link = all.link(&format!("{PATH}/export.{ending}"), locale);
        view! { <a class="quiet" href=link download="">{name}<span class="hint">{format!(".{ending}")}</span></a> }
    });
    view! {
        <h2>{td_string!(locale, offers.export)}</h2>
        <p class="actions">{files.collect_view()}</p>
    }
}

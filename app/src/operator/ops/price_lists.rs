//! The price lists of buyers that have one, with the way to their page.

use leptos::prelude::*;

use super::overview::PriceListState;
use crate::words::{Locale, language, td_string};

/// A card with a row for each list; nothing without a list.
pub(super) fn price_lists(locale: Locale, lists: &[PriceListState]) -> Option<impl IntoView + use<>> {
    let rows = lists.iter().map(|list| {
        let state = match list.devices {
            Some(devices) => td_string!(locale, price_lists.brief, devices = devices.to_string()),
            None => td_string!(locale, price_lists.brief_none).to_owned(),
        };
        view! { <div><dt>{list.provider.clone()}</dt><dd>{state}</dd></div> }
    });
    let rows = rows.collect_view();
    let link = format!("/ops/prices?locale={}", language::tag(locale));
    (!lists.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2><a href=link>{td_string!(locale, price_lists.title)}</a></h2>
                <dl>{rows}</dl>
            </section>
        }
    })
}

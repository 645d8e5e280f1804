//! Whose price the page shows, and why it comes first.

use leptos::prelude::*;

use super::alternative::Alternative;
use super::page::QuotePage;
use crate::words::{Locale, td_string};

/// Whose price it is and why it comes first, or the name alone on the page of another offer. `None` for a price that
/// was compared with no other.
pub(super) fn whose(locale: Locale, page: &QuotePage) -> Option<impl IntoView + use<>> {
    let compared = &page.compared;
    let buyer = compared.label(&page.quote.provider);
    let is_first = !compared.alternatives.is_empty() && !page.quote.expired(page.now);
    let text = match is_first {
        true => td_string!(locale, buyers.of, buyer = buyer, why = why(locale, page)),
        false if compared.is_comparison() || compared.back.is_some() => {
            td_string!(locale, buyers.by, buyer = buyer)
        }
        false => return None,
    };
    Some(view! { <p class="whose">{text}</p> })
}

/// Why the price comes before the others: by what the shopper gets, then by validity, then by the shop's order.
fn why(locale: Locale, page: &QuotePage) -> String {
    let QuotePage { compared, quote, now, .. } = page;
    let (all, mine) = (&compared.alternatives, page.credit());
    let count = (all.len() + 1).to_string();
    if !quote.acceptable(*now) {
        return td_string!(locale, buyers.none_usable, count = count);
    }
    let ties = |offer: &&Alternative| offer.acceptable(*now) && offer.credit() == mine;
    if let Some(tie) = all.iter().find(ties) {
        let other = compared.label(&tie.quote.provider);
        return if quote.valid_until > tie.quote.valid_until {
            td_string!(locale, buyers.tie_longer, other = other)
        } else {
            td_string!(locale, buyers.tie, other = other)
        };
    }
    if all.iter().all(|offer| offer.credit() <= mine) {
        td_string!(locale, buyers.highest, count = count)
    } else {
        td_string!(locale, buyers.highest_of_usable).to_owned()
    }
}

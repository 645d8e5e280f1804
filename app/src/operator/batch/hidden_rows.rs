//! How many rows the spreadsheet does not show, and a button that leaves them out.

use leptos::prelude::*;

use crate::words::{Locale, batch_text, td_string};

/// What the button does, as the form says it: leaves these rows out.
pub const LEAVE_HIDDEN_OUT: &str = "leave_hidden_out";
/// ... and quotes them again.
pub const QUOTE_HIDDEN: &str = "quote_hidden";

/// The notice with its button, which posts the page's form; nothing if the spreadsheet shows all rows.
pub(super) fn hidden_rows(
    locale: Locale,
    form: &'static str,
    (count, left_out): (usize, bool),
) -> impl IntoView + use<> {
    let notice = batch_text::hidden_rows(locale, count, left_out)?;
    let (press, name) = if left_out {
        (QUOTE_HIDDEN, td_string!(locale, lists.quote_hidden))
    } else {
        (LEAVE_HIDDEN_OUT, td_string!(locale, lists.leave_hidden_out))
    };
    Some(view! {
        <div class="alerts attention">
            <p>{notice}</p>
            <button class="quiet" form=form name="do" value=press>{name}</button>
        </div>
    })
}

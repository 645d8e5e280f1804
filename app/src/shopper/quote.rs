//! The page of a quote: the price, its steps, and what to do next.

mod acceptance;
mod alternative;
mod changes;
mod compared;
mod comparison;
mod handing_over;
mod page;
mod sort;
mod standing;
mod verdict;
mod waterfall;
mod whose;

use domain::Quote;
use leptos::prelude::*;

pub use self::alternative::Alternative;
pub use self::compared::Compared;
pub use self::page::QuotePage;
pub use self::sort::Sort;
pub use self::standing::{Acceptance, Standing, Taken};

use self::changes::changes;
use self::comparison::{back, comparison};
use self::handing_over::{checklist, handing_over, inspection, what_happens};
use self::verdict::verdict;
use self::waterfall::waterfall;
use crate::parts::document::{News, Priced, Setting, draw, draw_part};
use crate::parts::icon::icon;
use crate::parts::masthead::masthead;
use crate::shopper::answers::answers;
use crate::shopper::form_query::FormQuery;
use crate::words::{self, Locale, td_string};

/// Draws the page of a quote.
pub fn draw_page(setting: &Setting, page: &QuotePage) -> String {
    let QuotePage { quote, top_up, .. } = page;
    let locale = setting.locale;
    let news = News::Quote(Box::new(Priced { quote: Quote::clone(quote), top_up: *top_up }));
    draw(setting, td_string!(locale, quote.title), &news, || {
        view! {
            {masthead(setting)}
            <main class="page quote">
                {back(locale, page)}
                {verdict(locale, page)}
                {handing_over(locale, &quote.recycle)}
                {comparison(locale, page, setting.still)}
                {waterfall(locale, &quote.price)}
                {changes(locale, page)}
                {what_happens(locale, &quote.quality_check)}
                {inspection(locale, &quote.quality_check)}
                {checklist(locale, &quote.device)}
                {answers(locale, quote, &page.frame)}
                {next(locale, page)}
            </main>
        }
    })
}

/// Draws the price and what has become of it, to replace that part of a page that is shown already.
pub fn draw_verdict(setting: &Setting, page: &QuotePage) -> String {
    draw_part(setting, || verdict(setting.locale, page))
}

/// The link back to the answers, and ways to keep the quote: its link, and paper.
fn next(locale: Locale, page: &QuotePage) -> impl IntoView + use<> {
    let QuotePage { quote, frame, link, .. } = page;
    let edit = FormQuery::new(&quote.device.to_form(), frame).link();
    view! {
        <section class="keep">
            <label for="link"><h2>{td_string!(locale, quote.keep)}</h2></label>
            <p class="hint" id="link-hint">{td_string!(locale, quote.keep_hint)}</p>
            <div class="search">
                <input id="link" readonly value=link.clone() aria-describedby="link-hint"/>
                <button class="quiet needs-script" type="button" data-copy="link" data-copied=td_string!(locale, studio.copied)>
                    {td_string!(locale, quote.copy_link)}
                </button>
                <button class="quiet" type="button" data-share="link" hidden>
                    {td_string!(locale, quote.share)}
                </button>
            </div>
        </section>
        <footer class="next">
            <a class="quiet" href=edit>{icon("icon", "edit")} {td_string!(locale, quote.edit)}</a>
            <button class="quiet needs-script" type="button" data-print>{icon("icon", "print")} {td_string!(locale, quote.print)}</button>
            <p class="hint">
                {td_string!(locale, quote.quoted_at)} " " {words::time(locale, quote.quoted_at)}
            </p>
        </footer>
    }
}

//! The page that asks for the operator's token, and its messages.

use leptos::prelude::*;

use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::words::{Locale, language, td_string};

/// Draws the form for the operator token, which leads to the page at `way`. `problem` says what was wrong
/// with the last token.
pub fn draw_sign_in(setting: &Setting, way: &str, problem: Option<&str>) -> String {
    let locale = setting.locale;
    let wrong = problem.is_some();
    let problem = problem
        .map(|problem| view! { <p class="problem" id="problem" role="alert">{problem.to_owned()}</p> });
    let described = if wrong { "token-hint problem" } else { "token-hint" };
    draw(setting, td_string!(locale, ops.sign_in), &News::None, || {
        view! {
            {site_masthead(setting, way)}
            <main class="page sign-in">
                <h1>{td_string!(locale, ops.sign_in)}</h1>
                <p class="lead">{td_string!(locale, ops.sign_in_lead)}</p>
                <form method="post" action=format!("/ops?locale={}", language::tag(locale))>
                    <input type="hidden" name="way" value=way.to_owned()/>
                    <label for="token">{td_string!(locale, ops.token)}</label>
                    <p class="hint" id="token-hint">{td_string!(locale, ops.token_hint)}</p>
                    {problem}
                    <input
                        id="token"
                        type="password"
                        name="token"
                        required
                        autofocus
                        autocomplete="current-password"
                        aria-describedby=described
                        aria-invalid=wrong.then_some("true")
                    />
                    <button class="primary">{td_string!(locale, ops.sign_in)}</button>
                </form>
            </main>
        }
    })
}

/// Draws the page for a browser that came by http and so keeps no session. It has no form, but a link to the
/// page at `way` of `site`, which is https.
pub fn draw_by_https(setting: &Setting, way: &str, site: &str) -> String {
    let locale = setting.locale;
    let address = format!("{site}{way}?locale={}", language::tag(locale));
    draw(setting, td_string!(locale, ops.by_https), &News::None, || {
        view! {
            {site_masthead(setting, way)}
            <main class="page sign-in">
                <h1>{td_string!(locale, ops.by_https)}</h1>
                <p class="problem" role="alert">{td_string!(locale, ops.by_https_lead, site = site.to_owned())}</p>
                <p><a class="primary" href=address.clone()>{address.clone()}</a></p>
            </main>
        }
    })
}

/// The message after too many wrong tokens: how long to wait.
pub fn too_many_tokens(locale: Locale, seconds: u64) -> String {
    td_string!(locale, ops.token_too_many, seconds = seconds.to_string())
}

/// The message after a wrong token.
pub fn wrong_token(locale: Locale) -> &'static str {
    td_string!(locale, ops.token_wrong)
}

/// The message for a browser that signs in by http, where the session is kept at `site`, which is https.
pub fn sign_in_by_https(locale: Locale, site: &str) -> String {
    td_string!(locale, ops.by_https_lead, site = site.to_owned())
}

//! The reference of the API, drawn from its OpenAPI document. It has no scripts.

use leptos::prelude::*;

use super::call::{anchor, draw_call};
use super::described::ApiPage;
use crate::parts::document::{News, Setting, draw};
use crate::parts::masthead::site_masthead;
use crate::words::{Locale, td_string};

/// Draws the reference.
pub fn draw_page(setting: &Setting, page: &ApiPage) -> String {
    let locale = setting.locale;
    let title = td_string!(locale, api.title);
    let calls = page
        .calls
        .iter()
        .map(|call| view! { <li><a href=format!("#{}", call.id)><code>{anchor(call)}</code></a></li> })
        .collect_view();
    let key = format!("curl -H 'Authorization: Bearer tik_test_demo' {}/offers", page.address);
    let document = format!("{}/openapi.json", page.address);
    draw(setting, title, &News::Silent, || {
        view! {
            {site_masthead(setting, "/docs/api")}
            <main class="page reference">
                <h1>{title}</h1>
                <p class="lead">{td_string!(locale, api.lead)}</p>
                <p><a href=document>"openapi.json"</a>{format!(": {}", td_string!(locale, api.document))}</p>
                <h2>{td_string!(locale, api.keys)}</h2>
                <p>{td_string!(locale, api.keys_about)}</p>
                <pre><code>{key}</code></pre>
                <p>{td_string!(locale, api.rate)}</p>
                <h2>{td_string!(locale, api.repeats)}</h2>
                <p>{td_string!(locale, api.repeats_about)}</p>
                <h2>{td_string!(locale, api.calls)}</h2>
                <ul class="calls">{calls}</ul>
                {page.calls.iter().map(|call| draw_call(locale, call)).collect_view()}
                <h2>{td_string!(locale, api.failures)}</h2>
                <p>{td_string!(locale, api.failures_about)}</p>
                <dl>{page.codes.iter().map(|code| draw_code(locale, code)).collect_view()}</dl>
            </main>
        }
    })
}

fn draw_code(locale: Locale, code: &str) -> impl IntoView + use<> {
    let (id, code_shown) = (code.to_owned(), code.to_owned());
    view! {
        <dt id=id><code>{code_shown}</code></dt>
        <dd>{meaning(locale, code)}</dd>
    }
}

/// What a code means for a backend, and what to do.
fn meaning(locale: Locale, code: &str) -> &'static str {
    match code {
        "invalid_input" => td_string!(locale, api.invalid_input),
        "model_unknown" => td_string!(locale, api.model_unknown),
        "not_accepted" => td_string!(locale, api.not_accepted),
        "quota_exhausted" => td_string!(locale, api.quota_exhausted),
        "rate_limited" => td_string!(locale, api.rate_limited),
        "partner_unavailable" => td_string!(locale, api.partner_unavailable),
        "partner_refused" => td_string!(locale, api.partner_refused),
        "expired" => td_string!(locale, api.expired),
        "not_found" => td_string!(locale, api.not_found),
        "not_allowed" => td_string!(locale, api.not_allowed),
        "unauthorized" => td_string!(locale, api.unauthorized),
        "already_redeemed" => td_string!(locale, api.already_redeemed),
        "amount_mismatch" => td_string!(locale, api.amount_mismatch),
        "withdrawn" => td_string!(locale, api.withdrawn),
        "conflict" => td_string!(locale, api.conflict),
        _ => td_string!(locale, api.internal),
    }
}

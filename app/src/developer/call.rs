//! One call of the API: what it does, what it takes, what it answers.

use leptos::prelude::*;

use super::described::{ApiField, Call};
use crate::words::{Locale, td_string};

/// The call's method and path.
pub(super) fn anchor(call: &Call) -> String {
    format!("{} {}", call.method, call.path)
}

/// Draws a call.
pub(super) fn draw_call(locale: Locale, call: &Call) -> impl IntoView + use<> {
    let title = title(locale, &call.id).map_or_else(|| call.summary.clone(), str::to_owned);
    let about = about(locale, call).to_owned();
    let rows = call.fields.iter().map(|field| row(locale, field)).collect_view();
    let table = (!call.fields.is_empty()).then(|| {
        view! {
            <table>
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, api.field)}</th>
                        <th scope="col">{td_string!(locale, api.kind)}</th>
                        <th scope="col">{td_string!(locale, api.about)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let failures = call.failures.iter().map(|(status, codes)| failure(status, codes)).collect_view();
    let (id, heading, curl, answers) =
        (call.id.clone(), anchor(call), call.curl.clone(), call.answers.clone());
    view! {
        <section class="call" id=id>
            <h3><code>{heading}</code>{format!(" {title}")}</h3>
            <p>{about}</p>
            <pre><code>{curl}</code></pre>
            {table}
            <p>{td_string!(locale, api.answer)}" "<code>{answers}</code></p>
            <p>{td_string!(locale, api.failures)}{failures}</p>
        </section>
    }
}

/// A status and its codes, which link to their meanings.
fn failure(status: &str, codes: &[String]) -> impl IntoView + use<> {
    let links = codes
        .iter()
        .map(|code| view! { " "<a href=format!("#{code}")><code>{code.clone()}</code></a> })
        .collect_view();
    view! { {format!(" · {status}")}{links} }
}

fn row(locale: Locale, field: &ApiField) -> impl IntoView + use<> {
    let ApiField { name, place, kind, required, about } = field.clone();
    let place = if required { format!("{place} · {}", td_string!(locale, api.required)) } else { place };
    let text = field_about(locale, &name).map_or(about, str::to_owned);
    view! {
        <tr>
            <th scope="row"><code>{name}</code> <small>{place}</small></th>
            <td><code>{kind}</code></td>
            <td>{text}</td>
        </tr>
    }
}

/// The call's title in the reader's language; `None` if there is none yet, so that the document's is shown.
fn title(locale: Locale, id: &str) -> Option<&'static str> {
    Some(match id {
        "createQuote" => td_string!(locale, api.create_quote),
        "getQuote" => td_string!(locale, api.get_quote),
        "listModels" => td_string!(locale, api.list_models),
        "createOffer" => td_string!(locale, api.create_offer),
        "getOffer" => td_string!(locale, api.get_offer),
        "listOffers" => td_string!(locale, api.list_offers),
        "redeemOffer" => td_string!(locale, api.redeem_offer),
        "releaseOffer" => td_string!(locale, api.release_offer),
        "listEvents" => td_string!(locale, api.list_events),
        "getUsage" => td_string!(locale, api.get_usage),
        "getDocument" => td_string!(locale, api.get_document),
        _ => return None,
    })
}

/// More about the call in the reader's language, or as the document has it.
fn about(locale: Locale, call: &Call) -> &str {
    match call.id.as_str() {
        "createQuote" => td_string!(locale, api.create_quote_about),
        "getQuote" => td_string!(locale, api.get_quote_about),
        "listModels" => td_string!(locale, api.list_models_about),
        "createOffer" => td_string!(locale, api.create_offer_about),
        "listOffers" => td_string!(locale, api.list_offers_about),
        "redeemOffer" => td_string!(locale, api.redeem_offer_about),
        "releaseOffer" => td_string!(locale, api.release_offer_about),
        "listEvents" => td_string!(locale, api.list_events_about),
        "getUsage" => td_string!(locale, api.get_usage_about),
        "getDocument" => td_string!(locale, api.get_document_about),
        _ => &call.description,
    }
}

/// What a field is for, in the reader's language; `None` if there is no such string, so that the document's is shown.
fn field_about(locale: Locale, name: &str) -> Option<&'static str> {
    Some(match name {
        "id" => td_string!(locale, api.f_id),
        "keyword" => td_string!(locale, api.f_keyword),
        "device_type" => td_string!(locale, api.f_device_type),
        "state" => td_string!(locale, api.f_state),
        "after" => td_string!(locale, api.f_after),
        "limit" => td_string!(locale, api.f_limit),
        "from" => td_string!(locale, api.f_from),
        "to" => td_string!(locale, api.f_to),
        "Idempotency-Key" => td_string!(locale, api.f_idempotency_key),
        "quote_id" => td_string!(locale, api.f_quote_id),
        "product" => td_string!(locale, api.f_product),
        "product_price" => td_string!(locale, api.f_product_price),
        "order_id" => td_string!(locale, api.f_order_id),
        "amount" => td_string!(locale, api.f_amount),
        "currency" => td_string!(locale, api.f_currency),
        "token" => td_string!(locale, api.f_token),
        "reason" => td_string!(locale, api.f_reason),
        "model" => td_string!(locale, api.f_model),
        "ram" => td_string!(locale, api.f_ram),
        "condition" => td_string!(locale, api.f_condition),
        "function_status" => td_string!(locale, api.f_function_status),
        "faults" => td_string!(locale, api.f_faults),
        _ => return None,
    })
}

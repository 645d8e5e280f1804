use domain::{Device, FaultKind, FunctionStatus, Grade, PurchaseChannel, RepairHistory, Term};
use leptos::prelude::*;

use crate::i18n::td_string;
use crate::{Locale, words};

/// What the shopper said of the device, in their own language.
pub(super) fn answers(locale: Locale, device: &Device) -> impl IntoView + use<> {
    let grade = Grade::find(&device.condition)
        .map_or_else(|| device.condition.clone(), |grade| words::grade(locale, grade).to_owned());
    let score = td_string!(locale, quote.score_of, score = device.condition_score.to_string());
    let rows = [
        (td_string!(locale, form.model), Some(words::device(locale, &device.brand, &device.model))),
        (words::storage(locale, device.device_type), Some(device.storage.clone())),
        (td_string!(locale, form.ram), device.ram.clone()),
        (td_string!(locale, quote.looks), Some(grade)),
        (td_string!(locale, quote.works), Some(functions(locale, &device.function_status))),
        (
            td_string!(locale, form.repairs),
            device.repair_history.as_deref().map(|text| repairs(locale, text)),
        ),
        (
            td_string!(locale, form.channel),
            device.purchase_channel.as_deref().map(|text| channel(locale, text)),
        ),
        (td_string!(locale, quote.score), Some(score)),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! {
        <section>
            <h2>{td_string!(locale, quote.your_answers)}</h2>
            <dl class="answers">{rows}</dl>
        </section>
    }
}

fn functions(locale: Locale, text: &str) -> String {
    let Ok(status) = FunctionStatus::parse(text, std::iter::empty()) else { return text.to_owned() };
    if status.is_normal() {
        return td_string!(locale, form.all_works).to_owned();
    }
    let named = |kind: FaultKind| words::fault(locale, kind).to_owned();
    let faults: Vec<String> =
        status.faults().iter().map(|fault| fault.kind().map_or_else(|| fault.to_string(), named)).collect();
    faults.join(if locale == Locale::zh_CN { "；" } else { "; " })
}

fn repairs(locale: Locale, text: &str) -> String {
    match RepairHistory::parse(text) {
        Ok(RepairHistory::Listed(kind)) => words::repair(locale, kind).to_owned(),
        _ => text.to_owned(),
    }
}

fn channel(locale: Locale, text: &str) -> String {
    match PurchaseChannel::parse(text) {
        Ok(PurchaseChannel::Listed(kind)) => words::channel(locale, kind).to_owned(),
        _ => text.to_owned(),
    }
}

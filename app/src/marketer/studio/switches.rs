//! The studio's settings: fields of a plain form, which `public/studio.js` sends whenever they change.

use leptos::prelude::*;

use super::page::Studio;
use crate::parts::accent::Accent;
use crate::parts::sample_shop::Sample;
use crate::parts::state::State;
use crate::words::{Locale, language, td_string};

/// The colour that is shown where none is chosen.
const SAMPLE_ACCENT: &str = "#0a7d5a";

/// Draws the switches.
pub(super) fn switches(locale: Locale, studio: &Studio, sample: &Sample) -> impl IntoView + use<> {
    let merchants = studio.merchants.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
    let languages = language::all()
        .iter()
        .map(|offered| (language::tag(*offered).to_owned(), language::name(*offered).to_owned()))
        .collect();
    let themes = [
        ("auto", td_string!(locale, studio.theme_auto)),
        ("light", td_string!(locale, studio.theme_light)),
        ("dark", td_string!(locale, studio.theme_dark)),
    ];
    let widths = [
        ("auto", td_string!(locale, studio.width_auto)),
        ("tablet", td_string!(locale, studio.width_tablet)),
        ("phone", td_string!(locale, studio.width_phone)),
    ];
    let looks = [
        ("plain", td_string!(locale, studio.look_plain)),
        ("serif", td_string!(locale, studio.look_serif)),
        ("night", td_string!(locale, studio.look_night)),
    ];
    let others = (!studio.all_merchants).then(|| {
        let sign_in = format!("/ops?locale={}&way=/preview", language::tag(locale));
        view! { <p class="hint"><a href=sign_in>{td_string!(locale, studio.others)}</a></p> }
    });
    let price = sample.price.map(|price| price.to_yuan().to_string());
    let name = sample.name.clone();
    let shown = language::tag(sample.locale).to_owned();
    view! {
        <form id="options" class="options" method="get" action="/preview" aria-label=td_string!(locale, studio.options)>
            <input type="hidden" name="locale" value=language::tag(locale)/>
            {select("merchant", td_string!(locale, studio.merchant), merchants, &sample.merchant)}
            {states(locale, sample.state)}
            {select("shown", td_string!(locale, studio.locale), languages, &shown)}
            {select("theme", td_string!(locale, studio.theme), owned(themes), sample.theme)}
            {select("width", td_string!(locale, studio.width), owned(widths), sample.width)}
            {select("look", td_string!(locale, studio.look), owned(looks), sample.look)}
            {accent(locale, &sample.accent)}
            {text("price", td_string!(locale, studio.price), &price.unwrap_or_default(), "7999")}
            {text("product", td_string!(locale, studio.name), &name.unwrap_or_default(), "")}
            <button class="quiet">{td_string!(locale, studio.apply)}</button>
        </form>
        {others}
        <div data-live="warning" role="status">{warning(locale, &sample.accent)}</div>
    }
}

fn owned<const N: usize>(pairs: [(&'static str, &'static str); N]) -> Vec<(String, String)> {
    pairs.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec()
}

fn select(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    chosen: &str,
) -> impl IntoView + use<> {
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name>{options}</select>
        </div>
    }
}

/// The states by name, after the working widget.
fn states(locale: Locale, chosen: Option<State>) -> impl IntoView + use<> {
    let options = State::ALL
        .into_iter()
        .map(|state| {
            let selected = Some(state) == chosen;
            view! { <option value=state.code() selected=selected data-state="">{state.name(locale)}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="state">{td_string!(locale, studio.state)}</label>
            <select id="state" name="state">
                <option value="">{td_string!(locale, studio.at_work)}</option>
                {options}
            </select>
        </div>
    }
}

fn text(name: &'static str, label: &'static str, value: &str, sample: &'static str) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input id=name name=name value=value.to_owned() placeholder=sample autocomplete="off"/>
        </div>
    }
}

/// The shop's colour: any CSS colour is typed, or one is picked where scripts run.
fn accent(locale: Locale, typed: &str) -> impl IntoView + use<> {
    let picked = Accent::parse(typed).map_or(SAMPLE_ACCENT.to_owned(), |accent| accent.hex());
    view! {
        <div class="field">
            <label for="accent">{td_string!(locale, studio.accent)}</label>
            <div class="picked">
                <input id="accent" name="accent" value=typed.to_owned() placeholder=SAMPLE_ACCENT autocomplete="off"/>
                <input type="color" data-picks="accent" value=picked aria-label=td_string!(locale, studio.pick_accent) hidden/>
            </div>
        </div>
    }
}

/// A warning about the colour, if there is something wrong with it.
fn warning(locale: Locale, typed: &str) -> Option<impl IntoView + use<>> {
    let told = match Accent::parse(typed).map(|accent| accent.faint()) {
        None if typed.trim().is_empty() => None,
        None => Some(td_string!(locale, studio.no_colour)),
        Some((true, _)) => Some(td_string!(locale, studio.faint_light)),
        Some((_, true)) => Some(td_string!(locale, studio.faint_dark)),
        Some(_) => None,
    };
    told.map(|told| view! { <p class="note">{told}</p> })
}

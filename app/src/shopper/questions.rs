//! The questions that only the server draws: the kind of device, its looks, what works, and its history. The
//! browser has no code for them.

use domain::{
    Category, ChannelKind, Fault, FaultKind, Field, FunctionStatus, Grade, PurchaseChannel, QuoteForm,
    RepairHistory, RepairKind, Term,
};
use leptos::prelude::*;

use crate::parts::failure_report::FailureReport;
use crate::parts::icon::icon;
use crate::shopper::choice::{choice, question};
use crate::words::{self, Locale, td_string};

/// The data that every question is drawn with.
pub(super) struct Draft<'a> {
    pub(super) locale: Locale,
    /// The answers so far.
    pub(super) form: &'a QuoteForm,
    /// Why there was no price.
    pub(super) report: Option<&'a FailureReport>,
    /// The kinds of devices that the shop accepts.
    pub(super) taken: &'a [Category],
}

impl Draft<'_> {
    pub(super) fn problem(&self, field: Field) -> &str {
        self.report.map_or("", |report| report.of(field))
    }

    fn ask<A: IntoView + Send + 'static>(&self, field: Field, title: &'static str, answers: A) -> AnyView {
        question(field, title, self.problem(field), answers).into_any()
    }
}

/// The categories that the shop accepts, as pictures to tap.
pub(super) fn categories(draft: &Draft<'_>) -> AnyView {
    let Draft { locale, form, .. } = *draft;
    let drawn = Category::find(&form.device_type);
    let cards = Category::ALL
        .iter()
        .filter(|category| draft.taken.contains(category))
        .map(|category| {
            let body = view! {
                {icon("icon", category.code())}
                <span class="choice-text">{words::category(locale, *category)}</span>
            };
            choice("device_type", category.word().to_owned(), drawn == Some(*category), body)
        })
        .collect_view();
    draft.ask(
        Field::DeviceType,
        td_string!(locale, form.category),
        view! { <div class="choices tiles">{cards}</div> },
    )
}

/// The grades, described by what can be seen.
pub(super) fn grades(draft: &Draft<'_>) -> AnyView {
    let Draft { locale, form, .. } = *draft;
    let drawn = Grade::find(&form.condition);
    let cards = Grade::ALL
        .iter()
        .map(|grade| {
            let body = view! {
                {icon("grade-picture", grade.code())}
                <span class="choice-text">
                    <strong>{words::grade(locale, *grade)}</strong>
                    <small>{words::grade_hint(locale, *grade)}</small>
                </span>
            };
            choice("condition", grade.word().to_owned(), drawn == Some(*grade), body)
        })
        .collect_view();
    draft.ask(
        Field::Condition,
        td_string!(locale, form.condition),
        view! { <div class="choices rows">{cards}</div> },
    )
}

/// Whether everything works and, if not, what does not. By style rules alone, the list of faults appears when
/// "something does not work" is chosen, and shows only faults that a device of the chosen category can have.
pub(super) fn function(draft: &Draft<'_>) -> AnyView {
    let Draft { locale, form, .. } = *draft;
    let Ticked { normal, faulty, listed, own } = Ticked::of(form);
    let told = |kind: FaultKind| listed.iter().find(|(listed, _)| *listed == kind);
    // The value contains the detail that a person gave, which the fault's code alone would lose.
    let value = |kind: FaultKind| told(kind).map_or_else(|| kind.code().to_owned(), |(_, text)| text.clone());

    // Faults in the person's own words stay in the form, each as a separate answer.
    let own = own
        .into_iter()
        .map(|told| {
            view! {
                <label class="choice check">
                    <input type="checkbox" name="faults[]" value=told.clone() checked/>
                    <span class="choice-text">{told}</span>
                </label>
            }
        })
        .collect_view();
    let answer = |title: &'static str, hint: &'static str| {
        view! {
            <span class="choice-text"><strong>{title}</strong> <small>{hint}</small></span>
        }
    };
    let works = answer(td_string!(locale, form.all_works), td_string!(locale, form.all_works_hint));
    let broken = answer(td_string!(locale, form.some_broken), td_string!(locale, form.some_broken_hint));
    let faults = FaultKind::ALL
        .iter()
        .map(|kind| {
            let fits: Vec<&str> = Category::ALL
                .iter()
                .filter(|category| kind.applies_to(**category))
                .map(|category| category.code())
                .collect();
            view! {
                <label class="choice check" data-fits=fits.join(" ")>
                    <input type="checkbox" name="faults[]" value=value(*kind) checked=told(*kind).is_some()/>
                    <span class="choice-text">{words::fault(locale, *kind)}</span>
                </label>
            }
        })
        .collect_view();
    let answers = view! {
        <div class="choices rows">
            {choice("function_status", FunctionStatus::NORMAL.to_owned(), normal, works)}
            {choice("function_status", FunctionStatus::FAULTY.to_owned(), faulty, broken)}
        </div>
        <fieldset class="faults">
            <legend>{td_string!(locale, form.faults)}</legend>
            <div class="choices">{faults} {own}</div>
        </fieldset>
    };
    draft.ask(Field::FunctionStatus, td_string!(locale, form.function), answers)
}

/// The answers to the question about functions.
#[derive(Debug, Default, PartialEq, Eq)]
struct Ticked {
    normal: bool,
    faulty: bool,
    /// Faults of the list, as they are sent again.
    listed: Vec<(FaultKind, String)>,
    /// All other faults, and further ones of a kind.
    own: Vec<String>,
}

impl Ticked {
    fn of(form: &QuoteForm) -> Self {
        let named = || form.faults.iter().map(String::as_str);
        let mut ticked = Self::default();
        match FunctionStatus::parse(&form.function_status, named()) {
            Ok(status) => {
                ticked.normal = status.is_normal();
                ticked.faulty = !ticked.normal;
                for fault in status.faults() {
                    let text = match fault {
                        Fault::Listed(kind, None) => kind.code().to_owned(),
                        fault => fault.to_string(),
                    };
                    ticked.add(fault.kind(), text);
                }
            }
            // A text that is refused is kept as it was typed.
            Err(_) => {
                let text = Some(form.function_status.as_str()).filter(|text| *text != FunctionStatus::FAULTY);
                for fault in text.into_iter().chain(named()).filter(|text| !text.trim().is_empty()) {
                    ticked.add(FaultKind::find(fault), fault.to_owned());
                }
                ticked.faulty = form.function_status == FunctionStatus::FAULTY || !ticked.own.is_empty();
            }
        }
        ticked
    }

    fn add(&mut self, kind: Option<FaultKind>, text: String) {
        match kind.filter(|kind| self.listed.iter().all(|(listed, _)| listed != kind)) {
            Some(kind) => self.listed.push((kind, text)),
            None => self.own.push(text),
        }
    }
}

/// Repairs and place of purchase, which need no answer.
pub(super) fn history(draft: &Draft<'_>) -> impl IntoView + use<> {
    let Draft { locale, form, .. } = *draft;
    let repairs =
        RepairHistory::listed().map(|kind| (RepairKind::word(kind), words::repair(locale, kind))).collect();
    let channels = PurchaseChannel::listed()
        .map(|kind| (ChannelKind::word(kind), words::channel(locale, kind)))
        .collect();
    let repair = form.repairs().map(|it| it.word().to_owned());
    let channel =
        PurchaseChannel::parse(&form.purchase_channel).ok().flatten().map(|it| it.word().to_owned());
    let asked = [td_string!(locale, form.repairs_question), td_string!(locale, form.channel_question)];
    view! {
        {optional(draft, Field::RepairHistory, asked[0], repairs, repair.unwrap_or_default())}
        {optional(draft, Field::PurchaseChannel, asked[1], channels, channel.unwrap_or_default())}
    }
}

/// A question that needs no answer. A text that a shop's page filled in and that is not in the list is kept
/// as a separate answer.
fn optional(
    draft: &Draft<'_>,
    field: Field,
    title: &'static str,
    words: Vec<(&'static str, &'static str)>,
    drawn: String,
) -> impl IntoView + use<> {
    let locale = draft.locale;
    let own =
        Some(drawn.clone()).filter(|text| words.iter().all(|(word, _)| word != text) && !text.is_empty());
    let unsaid = (String::new(), td_string!(locale, form.unsaid).to_owned());
    let listed = words.into_iter().map(|(word, label)| (word.to_owned(), label.to_owned()));
    let cards = std::iter::once(unsaid)
        .chain(listed)
        .chain(own.map(|text| (text.clone(), text)))
        .map(|(value, label)| {
            let checked = value == drawn;
            choice(field.name(), value, checked, view! { <span class="choice-text">{label}</span> })
        })
        .collect_view();
    draft.ask(field, title, view! { <div class="choices chips">{cards}</div> })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The form that a page drawn from `form` sends.
    fn sent_again(form: &QuoteForm) -> QuoteForm {
        let Ticked { normal, faulty, listed, own } = Ticked::of(form);
        let status = if faulty { FunctionStatus::FAULTY } else { FunctionStatus::NORMAL };
        assert!(normal || faulty);
        let faults = listed.into_iter().map(|(_, text)| text).chain(own).collect();
        QuoteForm { function_status: status.to_owned(), faults, ..form.clone() }
    }

    #[test]
    fn faults_that_are_drawn_again_are_the_same() {
        let long = |word: &str| format!("{word}{}", "长".repeat(100 - word.chars().count()));
        for faults in [
            vec![long("屏碎"), long("转轴松")],
            vec![format!("屏幕损坏({})", long(""))],
            vec!["屏幕损坏(右上(角))".into(), "屏幕损坏(右(下)".into(), "进水".into()],
            vec!["屏幕损坏(绿线)".into(), "屏幕损坏(坏点)".into(), "display".into(), "water".into()],
            vec!["屏碎，电池不行".into()],
        ] {
            let form =
                QuoteForm { function_status: FunctionStatus::FAULTY.into(), faults, ..QuoteForm::default() };
            let read = |form: &QuoteForm| {
                FunctionStatus::parse(&form.function_status, form.faults.iter().map(String::as_str))
            };
            let again = sent_again(&form);
            assert_eq!(read(&again), read(&form), "{form:?}");
            assert!(read(&form).is_ok(), "{form:?}");
            assert_eq!(sent_again(&again), again);
        }
    }

    #[test]
    fn faults_that_are_refused_are_not_lost() {
        let faults: Vec<String> = (0..21).map(|number| format!("第{number}处松")).collect();
        let form =
            QuoteForm { function_status: FunctionStatus::FAULTY.into(), faults, ..QuoteForm::default() };
        assert_eq!(sent_again(&form), form);
        let told = QuoteForm { function_status: "屏碎，其他不清楚".into(), ..QuoteForm::default() };
        assert_eq!(sent_again(&told).faults, ["屏碎，其他不清楚"]);
        assert_eq!(Ticked::of(&QuoteForm::default()), Ticked::default());
    }
}

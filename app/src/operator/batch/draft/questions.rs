//! The questions of a list, each with the row as it was written and the answers to choose from. Their fields belong to the
//! page's one form, whose buttons send all that was typed.

use leptos::prelude::*;
use sheet::{ListQuestion, Source, leaves_out};

use super::page::{DraftPage, FORM};
use crate::operator::batch::asked::rows_of;
use crate::words::{Locale, questions, td_string};

/// The most questions on the page. The report has them all.
const MOST: usize = 50;

/// What is added to a question's name for the field with an answer in one's own words.
pub const OWN_WORDS: &str = "-other";

pub(super) fn open_questions(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let open: Vec<&ListQuestion> = page.questions.iter().filter(|it| it.is_unanswered()).collect();
    if open.is_empty() || !page.mapping.missing().is_empty() {
        return None;
    }
    let count = open.len();
    let wrong = open.iter().filter(|it| it.given.is_some()).count();
    let wrong = (wrong > 0).then(|| {
        let text = td_string!(locale, lists.answers_wrong, count = wrong.to_string());
        view! { <p class="problem" role="alert">{text}</p> }
    });
    let more = count.saturating_sub(MOST);
    let more = (more > 0).then(|| {
        view! { <p class="hint">{td_string!(locale, lists.more_questions, count = more.to_string())}</p> }
    });
    let asked = open.into_iter().take(MOST).map(|it| asked(locale, it)).collect_view();
    Some(view! {
        <section class="card questions">
            <h2>{td_string!(locale, lists.questions, count = count.to_string())}</h2>
            <p class="hint">{td_string!(locale, lists.questions_hint)}</p>
            {wrong}
            <ol>{asked}</ol>
            {more}
            <div class="presses">{apply(locale, true)}</div>
        </section>
    })
}

/// The questions that have an answer, which can be changed.
pub(super) fn answered(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let done: Vec<&ListQuestion> = page.questions.iter().filter(|it| !it.is_unanswered()).collect();
    if done.is_empty() || !page.mapping.missing().is_empty() {
        return None;
    }
    let guessed =
        |it: &&ListQuestion| it.given.as_ref().is_some_and(|given| given.source == Source::Remembered);
    let is_guessed = done.iter().any(guessed);
    let count = done.len().to_string();
    let asked = done.into_iter().take(MOST).map(|it| asked(locale, it)).collect_view();
    Some(view! {
        <details class="card questions" open=is_guessed>
            <summary><h2>{td_string!(locale, lists.answered, count = count)}</h2></summary>
            <ol>{asked}</ol>
            <div class="presses">{apply(locale, false)}</div>
        </details>
    })
}

fn apply(locale: Locale, is_foremost: bool) -> impl IntoView + use<> {
    let class = if is_foremost { "primary" } else { "quiet" };
    view! {
        <button class=class form=FORM name="do" value="answer">{td_string!(locale, lists.apply_answers)}</button>
    }
}

fn asked(locale: Locale, question: &ListQuestion) -> impl IntoView + use<> {
    let id = question.id.to_string();
    let given = question.given.as_ref();
    let text = given.map_or("", |given| given.text.as_str());
    let is_listed = question.options.iter().any(|it| it == text) || leaves_out(text);
    let own_words = if is_listed { String::new() } else { text.to_owned() };
    let options = question.options.iter().map(|word| {
        let name = questions::choice(locale, question.field, word);
        view! { <option value=word.clone() selected=word == text>{name}</option> }
    });
    let options = options.collect_view();
    let leave = questions::leave_out(locale);
    let (hint, problem) = (format!("{id}-hint"), format!("{id}-problem"));
    let wrong = given.filter(|given| !given.is_allowed).map(|given| {
        let allowed = questions::allowed(locale, question);
        td_string!(locale, lists.answer_wrong, text = given.text.clone(), allowed = allowed)
    });
    let described = if wrong.is_some() { format!("{problem} {hint}") } else { hint.clone() };
    let invalid = wrong.is_some().then_some("true");
    let wrong = wrong.map(|text| view! { <p class="problem" id=problem>{text}</p> });
    let remembered = given.filter(|given| given.source == Source::Remembered).map(|given| {
        let grade = questions::choice(locale, question.field, &given.text);
        let text = td_string!(locale, lists.remembered, text = question.text.clone(), grade = grade);
        view! { <p class="hint">{text}</p> }
    });
    let own = question.is_open.then(|| {
        let name = format!("{id}{OWN_WORDS}");
        view! {
            <label class="own">
                <span>{td_string!(locale, lists.own_words)}</span>
                <input form=FORM name=name value=own_words maxlength="400" aria-describedby=described.clone() aria-invalid=invalid/>
            </label>
        }
    });
    let select = format!("{id}-select");
    view! {
        <li>
            <label for=select.clone()>{questions::question(locale, question)}</label>
            <p class="hint" id=hint>{rows_of(locale, question)} <br/> <span class="written">{question.example.clone()}</span></p>
            {remembered} {wrong}
            <div class="answer">
                <select form=FORM id=select name=id.clone() aria-describedby=described.clone() aria-invalid=invalid>
                    <option value="">{td_string!(locale, lists.no_answer)}</option>
                    {options}
                    <option value=leave selected=leaves_out(text)>{leave}</option>
                </select>
                {own}
            </div>
        </li>
    }
}

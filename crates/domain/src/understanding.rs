//! Understands a device in people's words: any of them in any cell, or all in one.
//!
//! ```
//! use domain::{QuoteForm, Written, understand};
//!
//! let form = QuoteForm {
//!     model: "苹果 iPhone13 128G 黑色 国行".into(),
//!     condition: "95新".into(),
//!     function_status: "完好".into(),
//!     ..QuoteForm::default()
//! };
//! let understood = understand(&Written { form, ..Written::default() });
//! let request = understood.request().unwrap();
//! assert_eq!((request.brand(), request.model(), request.storage()), ("苹果", "iPhone13", "128GB"));
//! ```
//!
//! The tables are closed lists: brands, families of models, kinds of device, asides. What they do not know stays in
//! the model's name, which is then compared with the partner's catalogue ([`Naming`]), so that an unknown word never
//! becomes another device. What cannot be told is a [`Question`].

mod accessories;
mod alarms;
mod answering;
mod asides;
mod battery;
mod beside_others;
mod besides;
mod brands;
mod families;
mod function_cell;
mod grades;
mod grading;
mod harmless;
mod identifiers;
mod identity;
mod kinds;
mod kits;
mod lenses;
mod lines;
mod matching;
mod mended;
mod naming;
mod not_quoted;
mod of_a_form;
mod one_cell;
mod question;
mod remarks;
mod resolving;
mod size;
mod size_words;
mod sizes;
mod spaced;
mod spelling;
mod state;
mod storage;
mod telling;
mod traditional;
mod two_languages;
mod understood;
mod word_forms;
mod written;

pub(crate) use accessories::lacks_an_extra;
pub use accessories::names_an_extra;
pub use answering::{Choice, choice, read_answer};
pub use brands::Brand;
pub use families::series;
pub use identifiers::is_a_code;
pub use lines::no_device;
pub use matching::{KnownModels, Naming, candidates, model_key};
pub use of_a_form::read_form;
pub use question::{Answered, NoDevice, Question, Why};
pub use resolving::{ModelName, Models, Resolver};
pub use spelling::tidied;
pub use telling::{is_of_one_thing, names_one_part, tells_a_fault, told_by};
pub use understood::Understood;
pub use written::Written;

use std::borrow::Cow;

use grading::grade;
use identity::name;
use size::Of;
use state::State;

use crate::{Category, Field, Term};

/// The text of a brand, a storage or a memory in the trade's words, where they are known. Another text stays as it is.
pub fn trades_word(field: Field, text: &str) -> Cow<'_, str> {
    match field {
        Field::Brand => Cow::Borrowed(brands::in_the_trades_words(text)),
        Field::Storage => Cow::Owned(size_words::in_the_trades_words(text, Of::Storage)),
        Field::Ram => Cow::Owned(size_words::in_the_trades_words(text, Of::Memory)),
        Field::DeviceType
        | Field::Model
        | Field::Condition
        | Field::FunctionStatus
        | Field::RepairHistory
        | Field::PurchaseChannel
        | Field::Keyword => Cow::Borrowed(text),
    }
}

/// Understands what was written.
pub fn understand(written: &Written) -> Understood {
    let answered = with_answers(written);
    let written = answered.as_ref().unwrap_or(written);
    let (apart, of_its_state) = one_cell::without_its_state(written);
    let written = apart.as_ref().unwrap_or(written);
    let said = &written.form;
    let mut understood = Understood { form: said.clone(), ..Understood::default() };
    let kind = name(&mut understood, written);
    if let Some(reason) = kind {
        understood.no_device = Some(reason);
    }
    let mut others = grade(&mut understood, written);
    others.extend(of_its_state);
    // One cell for grade and function: what stands beside the grade is the function.
    let function = if said.function_status == said.condition { "" } else { &said.function_status };
    let state = State::read(function, written, &others, Category::find(&understood.form.device_type));
    for text in state.unclear {
        understood.questions.push(Question { field: Field::FunctionStatus, why: Why::Function, text });
    }
    if state.from_elsewhere {
        understood.guessed.push(Field::FunctionStatus);
    }
    understood.form.function_status = state.function;
    understood.form.repair_history = state.repairs;
    for field in [Field::Model, Field::RepairHistory, Field::PurchaseChannel] {
        if let (Some(answer), Some(place)) = (written.answer(field), understood.form.text_mut(field)) {
            *place = answer.to_owned();
        }
    }
    understood
}

/// What was written with a person's answers in their cells, where the words of other cells are read by them: the kind,
/// the brand, and a model where none is written.
fn with_answers(written: &Written) -> Option<Written> {
    if written.answers.is_empty() {
        return None;
    }
    let mut answered = written.clone();
    for field in [Field::DeviceType, Field::Brand, Field::Model] {
        let is_read = field != Field::Model || spelling::is_blank(&written.form.model);
        if let (true, Some(answer), Some(place)) =
            (is_read, written.answer(field), answered.form.text_mut(field))
        {
            *place = answer.to_owned();
        }
    }
    Some(answered)
}

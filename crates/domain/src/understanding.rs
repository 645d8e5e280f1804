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

mod answering;
mod asides;
mod brands;
mod families;
mod grades;
mod kinds;
mod kits;
mod lines;
mod matching;
mod naming;
mod question;
mod remarks;
mod resolving;
mod sizes;
mod spelling;
mod state;
mod telling;
mod written;

pub use answering::{Choice, choice, read_answer};
pub use brands::Brand;
pub use families::series;
pub use lines::no_device;
pub use matching::{KnownModels, Naming, candidates, model_key};
pub use question::{Answered, NoDevice, Question, Why};
pub use resolving::{ModelName, Models, Resolver};
pub use spelling::tidied;
pub use telling::told_by;
pub use written::Written;

use std::borrow::Cow;

use brands::Brand as B;
use families::{Family, family, kind_of_short_name};
use kinds::Kind;
use kits::kit;
use sizes::{Device, Of, Sizes};
use state::State;

use crate::{Category, Failure, Field, FieldError, Problem, QuoteForm, QuoteRequest, StorageIs, Term};

/// What was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Understood {
    /// The fields in the trade's words. Where a field has to be asked, as it was written.
    pub form: QuoteForm,
    /// Fields that their own cells do not say, and that follow from other words.
    pub guessed: Vec<Field>,
    /// What the cells say that cannot be told. What they do not say at all is found by [`Understood::all_questions`].
    pub questions: Vec<Question>,
    /// Words to choose from for a field, where the partner's catalogue has them.
    pub candidates: Vec<(Field, Vec<String>)>,
    /// Why it is no device that is quoted.
    pub no_device: Option<NoDevice>,
}

impl Understood {
    /// The device, if all that it needs is told.
    ///
    /// # Errors
    /// As [`QuoteForm::parse`]; a field that has to be asked is invalid.
    pub fn request(&self) -> Result<QuoteRequest, Failure> {
        let read = self.form.parse();
        if self.questions.is_empty() {
            return read;
        }
        let mut fields = match read {
            Err(Failure::InvalidInput { fields }) => fields,
            _ => Vec::new(),
        };
        for question in &self.questions {
            if fields.iter().all(|error| error.field != question.field) {
                fields.push(FieldError { field: question.field, problem: problem(question.why) });
            }
        }
        fields.sort_by_key(|error| Field::OF_A_DEVICE.iter().position(|field| *field == error.field));
        Err(Failure::InvalidInput { fields })
    }

    /// All questions of the row: those of its cells, and those that follow from what is missing or cannot be used in
    /// `request`, the result of [`Understood::request`].
    pub fn all_questions(&self, request: &Result<QuoteRequest, Failure>) -> Vec<Question> {
        let mut all = self.questions.clone();
        if let Err(Failure::InvalidInput { fields }) = request {
            for error in fields {
                if all.iter().all(|question| question.field != error.field) {
                    all.push(Question::of_mistake(*error, self.form.text(error.field)));
                }
            }
        }
        all
    }

    /// Asks for a field once, with what its cell says.
    fn ask(&mut self, written: &Written, field: Field, why: Why) {
        let text = tidied(written.form.text(field));
        self.ask_about(written, field, why, text);
    }

    /// Asks for a field once, unless a person has answered that.
    fn ask_about(&mut self, written: &Written, field: Field, why: Why, text: String) {
        if written.answer(field).is_none() && self.questions.iter().all(|question| question.field != field) {
            self.questions.push(Question { field, why, text });
        }
    }
}

/// The text of a brand, a storage or a memory in the trade's words, where they are known. Another text stays as it is.
pub fn trades_word(field: Field, text: &str) -> Cow<'_, str> {
    match field {
        Field::Brand => Cow::Borrowed(brands::in_the_trades_words(text)),
        Field::Storage => Cow::Owned(sizes::in_the_trades_words(text, Of::Storage)),
        Field::Ram => Cow::Owned(sizes::in_the_trades_words(text, Of::Memory)),
        Field::DeviceType
        | Field::Model
        | Field::Condition
        | Field::FunctionStatus
        | Field::RepairHistory
        | Field::PurchaseChannel
        | Field::Keyword => Cow::Borrowed(text),
    }
}

fn problem(why: Why) -> Problem {
    match why {
        Why::OwnGrade | Why::BetweenGrades | Why::NoGrade | Why::Kind | Why::Brand | Why::Size => {
            Problem::NotListed
        }
        Why::Function => Problem::Unclear,
        Why::Model => Problem::Unclear,
        Why::UnknownModel => Problem::NotListed,
        Why::Missing => Problem::Missing,
        Why::Invalid(problem) => problem,
    }
}

/// Understands what was written.
pub fn understand(written: &Written) -> Understood {
    let answered = with_answers(written);
    let written = answered.as_ref().unwrap_or(written);
    let said = &written.form;
    let mut understood = Understood { form: said.clone(), ..Understood::default() };
    let kind = name(&mut understood, written);
    if let Some(reason) = kind {
        understood.no_device = Some(reason);
    }
    let others = grade(&mut understood, written);
    // One cell for grade and function: what stands beside the grade is the function.
    let function = if said.function_status == said.condition { "" } else { &said.function_status };
    let state = State::read(function, written, &others);
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

/// Kind, brand, model and sizes, which the words for each other tell. Returns why it is no device.
fn name(understood: &mut Understood, written: &Written) -> Option<NoDevice> {
    let said = &written.form;
    // 苹果13 128G 95新
    let mut model = grades::in_a_name(&tidied(&said.model)).1;
    let kind_text = if said.device_type == said.model { "" } else { said.device_type.trim() };
    let mut kind = if said.device_type == said.model && Category::find(&model).is_none() {
        Kind::Nothing
    } else {
        kinds::read(&said.device_type)
    };
    if kind == Kind::Unknown && family(&kind_text.to_lowercase(), None).is_some() {
        kind = Kind::Nothing;
        if model.is_empty() {
            model = tidied(kind_text);
            understood.guessed.push(Field::Model);
        }
    }
    let brand_text = if said.brand == said.model { String::new() } else { tidied(&said.brand) };
    let mut stated = naming::brand_of_cell(&brand_text);
    if stated.is_none() && model.is_empty() && family(&brand_text.to_lowercase(), None).is_some() {
        model = brand_text.clone();
        understood.guessed.push(Field::Model);
    } else if brand_text.is_empty() || (stated.is_none() && model.is_empty()) {
        stated = None;
    }
    // In ASCII only, so that places in it are places in the model.
    let lower = model.to_ascii_lowercase();
    let leading = brands::leading_brand(&lower).map(|(brand, _)| brand);
    // 苹果手机 in the column of the kind.
    let of_kind_text = brands::leading_brand(&kind_text.to_ascii_lowercase()).map(|(brand, _)| brand);
    let known = stated.map(|(brand, _)| brand).or(leading).or(of_kind_text);
    let family = family(&lower, known);
    // A thing that belongs to a device, such as a keyboard for an iPad, has the device's family in its name.
    let thing = family.is_none_or(|family| known.is_some_and(|known| known != family.brand))
        && !sizes::speaks_of_sizes(&lower)
        && kinds::is_not_quoted(&lower);
    if kind == Kind::NotQuoted || kinds::is_model_not_quoted(&lower) || thing {
        return Some(NoDevice::OtherKind);
    }

    let brand = of_brand(understood, written, &brand_text, (known, leading), family);
    let category = of_kind(understood, written, kind, family, brand, &lower);
    let sizes = of_sizes(understood, written, &lower, category, brand);
    let series = stated.and_then(|(_, series)| series);
    let text = naming::name(&model, &sizes, brand, series);
    understood.form.model = text;
    None
}

/// The brand: of its cell, of the model's first word, or of the family.
fn of_brand(
    understood: &mut Understood,
    written: &Written,
    cell: &str,
    (known, leading): (Option<B>, Option<B>),
    family: Option<Family>,
) -> Option<B> {
    let unknown = !spelling::is_blank(cell) && naming::brand_of_cell(cell).is_none();
    let of_family = family.map(|family| family.brand);
    match known.or(of_family).filter(|_| !unknown) {
        Some(brand) => {
            let others = [leading, of_family];
            if others.into_iter().flatten().any(|other| other != brand) {
                understood.ask(written, Field::Brand, Why::Brand);
            }
            if cell.is_empty() {
                understood.guessed.push(Field::Brand);
            }
            understood.form.brand = brand.word().to_owned();
            Some(brand)
        }
        None => {
            understood.form.brand = if spelling::is_blank(cell) { String::new() } else { cell.to_owned() };
            if unknown && (of_family.is_some() || leading.is_some()) {
                understood.ask(written, Field::Brand, Why::Brand);
            }
            None
        }
    }
}

/// The kind of device: of its cell, or of the model's family.
fn of_kind(
    understood: &mut Understood,
    written: &Written,
    kind: Kind,
    family: Option<Family>,
    brand: Option<B>,
    lower: &str,
) -> Option<Category> {
    let guessed = || {
        let plain = naming::name(lower, &Sizes::among_words(lower, Device::Phone).places, None, None);
        family.map(|family| family.category).or_else(|| kind_of_short_name(&spelling::words(&plain), brand?))
    };
    let category = match kind {
        Kind::Is(category) => {
            if family.is_some_and(|family| family.category != category) {
                understood.ask(written, Field::DeviceType, Why::Kind);
            }
            Some(category)
        }
        Kind::Nothing => {
            let guess = guessed();
            if guess.is_some() {
                understood.guessed.push(Field::DeviceType);
            }
            guess
        }
        Kind::Unknown | Kind::NotQuoted => None,
    };
    understood.form.device_type = match (category, kind) {
        (Some(category), _) => category.word().to_owned(),
        (None, Kind::Nothing) => String::new(),
        (None, _) => written.form.device_type.clone(),
    };
    category
}

/// Storage and memory: of their cells, and of the model's words. Returns where sizes stand in the model.
fn of_sizes(
    understood: &mut Understood,
    written: &Written,
    lower: &str,
    category: Option<Category>,
    brand: Option<B>,
) -> Vec<(usize, usize)> {
    let said = &written.form;
    if category.is_some_and(|category| category.features().storage == StorageIs::Kit) {
        of_a_kit(understood, written, lower);
        return Vec::new();
    }
    let device = match (category, brand) {
        (Some(Category::Phone | Category::Tablet), Some(B::Apple)) => Device::StorageOnly,
        (Some(Category::Laptop), _) => Device::Computer,
        _ => Device::Phone,
    };
    let mut among = Sizes::among_words(lower, device);
    // A cell that the sizes share with the model is read with its words.
    let own = |text: &'_ str| if text == said.model { "" } else { text }.to_owned();
    let (storage, memory) = (own(&said.storage), own(&said.ram));
    let shared = storage == memory;
    let cell = |text: &str, of| Sizes::of_cell(&tidied(text).to_lowercase(), (!shared).then_some(of), device);
    let of_storage = cell(&storage, Of::Storage);
    let of_memory = if shared { Some(Sizes::default()) } else { cell(&memory, Of::Memory) };
    if among == Sizes::default() && of_storage.as_ref().is_some_and(|it| it.storage.is_none()) {
        among = bare_storage(lower, device);
        if among.storage.is_some() {
            understood.guessed.push(Field::Storage);
        }
    }
    // A storage in the memory's column, where its own is empty.
    let of_memory = match (of_memory, &of_storage) {
        (Some(sizes), Some(own))
            if *own == Sizes::default() && sizes.memory.is_some_and(sizes::Size::is_no_memory) =>
        {
            understood.guessed.push(Field::Storage);
            Some(Sizes { storage: sizes.memory, memory: None, ..sizes })
        }
        (of_memory, _) => of_memory,
    };
    let all = [of_storage.as_ref(), of_memory.as_ref(), Some(&among)];
    let all: Vec<&Sizes> = all.into_iter().flatten().collect();
    let mut agreed = |field: Field, cell: &str, unread: bool, get: fn(&Sizes) -> Option<sizes::Size>| {
        let mut values: Vec<_> = all.iter().filter_map(|it| get(it)).collect();
        values.dedup();
        let text = match (written.answer(field), &values[..], unread) {
            (Some(answer), ..) => trades_word(field, answer).into_owned(),
            (None, [one], false) => one.word(),
            (None, [], false) => String::new(),
            _ => {
                understood.ask(written, field, Why::Size);
                cell.to_owned()
            }
        };
        let is_new = !understood.guessed.contains(&field);
        if is_new && !text.is_empty() && spelling::is_blank(cell) && written.answer(field).is_none() {
            understood.guessed.push(field);
        }
        if let Some(place) = understood.form.text_mut(field) {
            *place = text;
        }
    };
    agreed(Field::Storage, &storage, of_storage.is_none(), |it| it.storage);
    agreed(Field::Ram, if shared { "" } else { &memory }, of_memory.is_none(), |it| it.memory);
    if all.iter().any(|it| it.unclear) {
        understood.ask(written, Field::Storage, Why::Size);
    }
    if all.iter().filter_map(|it| it.storage).any(sizes::Size::is_no_storage) {
        understood.ask(written, Field::Storage, Why::Size);
    }
    if all.iter().filter_map(|it| it.memory).any(sizes::Size::is_no_memory) {
        understood.ask(written, Field::Ram, Why::Size);
    }
    among.places
}

/// A storage without a unit behind the name, which has a number itself: `iPhone 14 Pro 256`, `iPhone14 256 暗紫`.
fn bare_storage(lower: &str, device: Device) -> Sizes {
    const BARE: [&str; 4] = ["64", "128", "256", "512"];
    let mut from = 0;
    let places = lower.split(' ').map(|word| {
        let place = (from, from + word.len());
        from = place.1 + 1;
        place
    });
    let mut bare = places.filter(|(from, until)| BARE.contains(&&lower[*from..*until]));
    let (Some((from, until)), None) = (bare.next(), bare.next()) else { return Sizes::default() };
    let has_number = |text: &str| text.chars().any(|letter| letter.is_ascii_digit());
    if device == Device::Computer || !has_number(&lower[..from]) || has_number(&lower[until..]) {
        return Sizes::default();
    }
    let of_cell = Sizes::of_cell(&lower[from..until], Some(Of::Storage), device).unwrap_or_default();
    Sizes { places: vec![(from, until)], ..of_cell }
}

/// What a camera is sold with: of its cell, or of the model's words.
fn of_a_kit(understood: &mut Understood, written: &Written, lower: &str) {
    let said = &written.form;
    let cell = tidied(&said.storage).to_lowercase();
    let storage = match (spelling::is_blank(&cell), kit(&cell), kit(lower)) {
        (true, _, Some(kit)) => {
            understood.guessed.push(Field::Storage);
            kit.to_owned()
        }
        (true, _, None) => String::new(),
        (false, Some(kit), other) => {
            if other.is_some_and(|other| other != kit) {
                understood.ask(written, Field::Storage, Why::Size);
            }
            kit.to_owned()
        }
        (false, None, _) => {
            if sizes::speaks_of_sizes(&cell) || cell.parse::<f64>().is_ok() {
                understood.ask(written, Field::Storage, Why::Size);
            }
            said.storage.clone()
        }
    };
    understood.form.storage = written.answer(Field::Storage).map_or(storage, str::to_owned);
    if spelling::is_blank(&said.ram) || said.ram == said.storage {
        understood.form.ram.clear();
    }
}

/// The grade. Returns what stands beside it in its cell.
fn grade(understood: &mut Understood, written: &Written) -> Vec<String> {
    use crate::Grade;
    let text = tidied(&written.form.condition);
    let answer = written.answer(Field::Condition);
    if Grade::means_scrapped(&text) {
        understood.form.condition = text;
        return Vec::new();
    }
    let said = grades::read(&text);
    // Elsewhere in the row: 9成新 among the remarks.
    let (form, notes) = (&written.form, &written.notes);
    let cells =
        [notes, &form.function_status, &form.repair_history].map(|cell| (grades::among(cell).0, cell));
    let cells = cells.into_iter().chain([(grades::in_a_name(&form.model).0, &form.model)]);
    let mut elsewhere =
        cells.filter(|(said, cell)| **cell != form.condition && *said != grades::Said::Nothing);
    let elsewhere = elsewhere.next();
    let (said, text) = match (said, elsewhere) {
        (grades::Said::Nothing, Some((told, place))) => {
            understood.guessed.push(Field::Condition);
            (told, tidied(place))
        }
        (grades::Said::Grade(grade, _), Some((told, place)))
            if told != grades::Said::Grade(grade, Vec::new()) =>
        {
            let both = format!("{text}, {}", tidied(place));
            (grades::Said::Unclear(Why::NoGrade, Vec::new()), both)
        }
        (said, _) => (said, text),
    };
    match said {
        grades::Said::Grade(grade, others) => {
            understood.form.condition = answer.unwrap_or(grade.word()).to_owned();
            others
        }
        grades::Said::Nothing => {
            understood.form.condition = answer.unwrap_or_default().to_owned();
            Vec::new()
        }
        grades::Said::Unclear(why, others) => {
            understood.ask_about(written, Field::Condition, why, grades::asked(&text));
            understood.form.condition = answer.map_or(text, str::to_owned);
            others
        }
    }
}

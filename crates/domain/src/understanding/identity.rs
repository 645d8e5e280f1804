//! Kind, brand and model of a device, which the words for each other tell.

use super::brands::{self, Brand};
use super::families::{Family, family, is_a_bare_phone, kind_of_short_name};
use super::kinds::{self, Kind};
use super::question::{NoDevice, Why};
use super::size::Device;
use super::size_words::speaks_of_sizes;
use super::sizes::Sizes;
use super::spaced::spaced;
use super::spelling::{self, tidied};
use super::storage::of_sizes;
use super::understood::Understood;
use super::written::Written;
use super::{besides, grades, identifiers, lenses, naming, not_quoted, word_forms};
use crate::{Category, Field, Term};

/// Kind, brand, model and sizes, which the words for each other tell. Returns why it is no device.
pub(super) fn name(understood: &mut Understood, written: &Written) -> Option<NoDevice> {
    let said = &written.form;
    // 苹果13 128G 95新
    let mut model = word_forms::of_the_maker(&spaced(&grades::in_a_name(&tidied(&said.model)).1));
    if let Some(rest) = naming::behind_a_person(&model) {
        model = rest.to_owned();
    }
    if let Some(rest) = naming::behind_a_dash(&model) {
        model = rest.to_owned();
    }
    if let Some(name) = identifiers::name_of(&model) {
        model = name.to_owned();
        understood.guessed.push(Field::Model);
    }
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
    if let Some((of_name, rest)) = besides::behind_a_kind(&model) {
        if kind == Kind::Nothing {
            kind = Kind::Is(of_name);
        }
        model = rest.to_owned();
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
    // iPhone in the place of the brand: 13 Pro Max.
    let of_series = || stated.and_then(|(_, series)| series).and_then(|series| family(series, known));
    let family = family(&lower, known).or_else(of_series);
    // A thing that belongs to a device, such as a keyboard for an iPad, has the device's family in its name.
    let thing = family.is_none_or(|family| known.is_some_and(|known| known != family.brand))
        && !speaks_of_sizes(&lower)
        && (not_quoted::is_not_quoted(&lower) || lenses::is_a_lens(&lower));
    // 心电图机 of a maker that sells none of our kinds.
    let is_foreign = kind == Kind::Unknown
        && known.is_none()
        && family.is_none()
        && !speaks_of_sizes(&lower)
        && is_another_kind(kind_text);
    let is_of_another_maker = known.is_none()
        && family.is_none()
        && [&*brand_text.to_lowercase(), &*lower].into_iter().any(not_quoted::is_of_another_maker);
    if is_of_another_maker
        || kind == Kind::NotQuoted
        || not_quoted::is_model_not_quoted(&lower)
        || thing
        || is_foreign
    {
        return Some(NoDevice::OtherKind);
    }

    let says_no_more = [&said.condition, &said.function_status, &said.storage];
    let says_no_more = says_no_more.iter().all(|text| spelling::is_blank(text) || ***text == *said.model);
    if says_no_more && kind == Kind::Nothing && known.is_none() && family.is_none() && is_a_sentence(&model) {
        return Some(NoDevice::Remark);
    }
    let brand = of_brand(understood, written, &brand_text, (known, leading), family);
    let category = of_kind(understood, written, kind, family, brand, &lower);
    let sizes = of_sizes(understood, written, &lower, category, brand);
    let series =
        stated.and_then(|(_, series)| series).or_else(|| apples_series(&lower, brand, family, category));
    let text = naming::name(&model, &sizes, brand, series);
    understood.form.model = text;
    None
}

/// The series of Apple's that a name leaves out, by its kind: 苹果 air M2 in the row of a laptop.
fn apples_series(
    lower: &str,
    brand: Option<Brand>,
    family: Option<Family>,
    category: Option<Category>,
) -> Option<&'static str> {
    let name = brands::leading_brand(lower).map_or(lower, |(_, length)| lower[length..].trim_start());
    let is_a_line = ["air", "pro", "mini"].iter().any(|line| name.starts_with(line));
    match category.filter(|_| brand == Some(Brand::Apple) && family.is_none() && is_a_line)? {
        Category::Laptop => Some("macbook"),
        Category::Tablet => Some("ipad"),
        Category::Phone | Category::Camera => None,
    }
}

/// Whether a text in the place of a model is a sentence: 大家尽量今晚接完，明天统一发货.
fn is_a_sentence(text: &str) -> bool {
    let chinese = text.chars().filter(|letter| !letter.is_ascii()).count();
    chinese >= 10 && text.contains([',', '，', '。', '!', '！'])
        || text.is_ascii() && text.split(' ').count() >= 7 && !text.bytes().any(|it| it.is_ascii_digit())
}

/// Whether a text names one kind, of which ours are known: 心电图机, radio; and not 手机/平板 or 其他.
fn is_another_kind(text: &str) -> bool {
    const ANY: [&str; 10] =
        ["other", "others", "misc", "various", "unknown", "其他", "其它", "未知", "杂项", "不详"];
    let lower = text.to_lowercase();
    let shortest = if lower.is_ascii() { 4 } else { 2 };
    lower.chars().count() >= shortest
        && lower.chars().all(char::is_alphabetic)
        && !ANY.contains(&lower.as_str())
}

/// The brand: of its cell, of the model's first word, or of the family.
fn of_brand(
    understood: &mut Understood,
    written: &Written,
    cell: &str,
    (known, leading): (Option<Brand>, Option<Brand>),
    family: Option<Family>,
) -> Option<Brand> {
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
    brand: Option<Brand>,
    lower: &str,
) -> Option<Category> {
    let guessed = || {
        let mut places = Sizes::among_words(lower, Device::Phone).places;
        places.extend(lenses::lenses(lower, brand));
        let plain = naming::name(lower, &places, None, None);
        let of_name = family.map(|family| family.category).or_else(|| besides::kind_beside(lower));
        let words = spelling::words(&plain);
        of_name.or_else(|| match brand {
            Some(brand) => kind_of_short_name(&words, brand),
            None => is_a_bare_phone(&words).then_some(Category::Phone),
        })
    };
    let category = match kind {
        Kind::Is(category) => {
            if family.is_some_and(|family| family.category != category) {
                understood.ask(written, Field::DeviceType, Why::Kind);
            }
            Some(category)
        }
        // Of 摄影器材, a Canon EOS R50 is a camera.
        kind if kind == Kind::Nothing || kinds::is_a_group(&written.form.device_type) => {
            let guess = guessed();
            if guess.is_some() {
                understood.guessed.push(Field::DeviceType);
            }
            guess
        }
        Kind::Nothing | Kind::Unknown | Kind::NotQuoted => None,
    };
    understood.form.device_type = match (category, kind) {
        (Some(category), _) => category.word().to_owned(),
        (None, Kind::Nothing) => String::new(),
        (None, _) => written.form.device_type.clone(),
    };
    category
}

//! The trade's lists in the reader's language.

use domain::{
    Category, ChannelKind, Failure, FaultKind, Field, FieldError, Grade, Price, Problem, Ratio, RecycleKind,
    RepairKind, StepKind, StorageIs, Term,
};

use crate::i18n::{Locale, td_string};

/// A category's name.
pub fn category(locale: Locale, category: Category) -> &'static str {
    match category {
        Category::Phone => td_string!(locale, category.phone),
        Category::Tablet => td_string!(locale, category.tablet),
        Category::Laptop => td_string!(locale, category.laptop),
        Category::Camera => td_string!(locale, category.camera),
    }
}

/// A grade's name.
pub fn grade(locale: Locale, grade: Grade) -> &'static str {
    match grade {
        Grade::New => td_string!(locale, grade.new),
        Grade::LikeNew => td_string!(locale, grade.like_new),
        Grade::Excellent => td_string!(locale, grade.excellent),
        Grade::Good => td_string!(locale, grade.good),
        Grade::Fair => td_string!(locale, grade.fair),
        Grade::Worn => td_string!(locale, grade.worn),
        Grade::Poor => td_string!(locale, grade.poor),
    }
}

/// What a device of that grade looks like.
pub fn grade_hint(locale: Locale, grade: Grade) -> &'static str {
    match grade {
        Grade::New => td_string!(locale, grade.new_hint),
        Grade::LikeNew => td_string!(locale, grade.like_new_hint),
        Grade::Excellent => td_string!(locale, grade.excellent_hint),
        Grade::Good => td_string!(locale, grade.good_hint),
        Grade::Fair => td_string!(locale, grade.fair_hint),
        Grade::Worn => td_string!(locale, grade.worn_hint),
        Grade::Poor => td_string!(locale, grade.poor_hint),
    }
}

/// A fault, told by what its owner sees.
pub fn fault(locale: Locale, fault: FaultKind) -> &'static str {
    match fault {
        FaultKind::OuterGlass => td_string!(locale, fault.outer_glass),
        FaultKind::Display => td_string!(locale, fault.display),
        FaultKind::Battery => td_string!(locale, fault.battery),
        FaultKind::Camera => td_string!(locale, fault.camera),
        FaultKind::Biometrics => td_string!(locale, fault.biometrics),
        FaultKind::Buttons => td_string!(locale, fault.buttons),
        FaultKind::Audio => td_string!(locale, fault.audio),
        FaultKind::Ports => td_string!(locale, fault.ports),
        FaultKind::Water => td_string!(locale, fault.water),
        FaultKind::Account => td_string!(locale, fault.account),
        FaultKind::Lens => td_string!(locale, fault.lens),
        FaultKind::Shutter => td_string!(locale, fault.shutter),
        FaultKind::Dead => td_string!(locale, fault.dead),
    }
}

/// A kind of repair.
pub fn repair(locale: Locale, repair: RepairKind) -> &'static str {
    match repair {
        RepairKind::None => td_string!(locale, repair.none),
        RepairKind::Battery => td_string!(locale, repair.battery),
        RepairKind::Screen => td_string!(locale, repair.screen),
        RepairKind::Housing => td_string!(locale, repair.housing),
        RepairKind::Mainboard => td_string!(locale, repair.mainboard),
    }
}

/// A place of purchase.
pub fn channel(locale: Locale, channel: ChannelKind) -> &'static str {
    match channel {
        ChannelKind::Official => td_string!(locale, channel.official),
        ChannelKind::Retailer => td_string!(locale, channel.retailer),
        ChannelKind::Online => td_string!(locale, channel.online),
        ChannelKind::Carrier => td_string!(locale, channel.carrier),
        ChannelKind::Overseas => td_string!(locale, channel.overseas),
        ChannelKind::SecondHand => td_string!(locale, channel.second_hand),
    }
}

/// The name and the explanation of a way to hand the device over; `None` for one that
/// only the partner's label names.
pub fn recycle(locale: Locale, kind: RecycleKind) -> Option<(&'static str, &'static str)> {
    match kind {
        RecycleKind::Store => Some((td_string!(locale, quote.store), td_string!(locale, quote.store_hint))),
        RecycleKind::Pickup => {
            Some((td_string!(locale, quote.pickup), td_string!(locale, quote.pickup_hint)))
        }
        RecycleKind::Mail => Some((td_string!(locale, quote.mail), td_string!(locale, quote.mail_hint))),
        RecycleKind::Other => None,
    }
}

/// The name of the picture of a way to hand the device over.
pub fn recycle_icon(kind: RecycleKind) -> &'static str {
    match kind {
        RecycleKind::Store => "store",
        RecycleKind::Pickup => "pickup",
        RecycleKind::Mail => "mail",
        RecycleKind::Other => "info",
    }
}

/// What a step of the price stands for, with its factor.
pub fn step(locale: Locale, price: &Price, kind: StepKind) -> String {
    let factor = |ratio: Option<Ratio>| ratio.map(|ratio| ratio.to_string()).unwrap_or_default();
    match kind {
        StepKind::Base => td_string!(locale, quote.step_base).to_owned(),
        StepKind::Condition => {
            td_string!(locale, quote.step_condition_factor, factor = factor(price.condition_discount()))
        }
        StepKind::Faults => td_string!(locale, quote.step_faults).to_owned(),
        StepKind::Market if price.market_coefficient_estimated() => {
            td_string!(locale, quote.step_market_estimated, factor = factor(price.market_coefficient()))
        }
        StepKind::Market => {
            td_string!(locale, quote.step_market, factor = factor(price.market_coefficient()))
        }
        StepKind::Difference => td_string!(locale, quote.step_difference).to_owned(),
        StepKind::Final => td_string!(locale, quote.step_final).to_owned(),
    }
}

/// Until when a price holds.
pub fn until(locale: Locale, time: &str) -> String {
    td_string!(locale, quote.until, time = time)
}

/// How long a price still holds, in hours and minutes; the last minute counts in full.
pub fn left(locale: Locale, seconds: i64) -> String {
    let minutes = (seconds.max(0) + 59) / 60;
    let (hours, minutes) = ((minutes / 60).to_string(), (minutes % 60).to_string());
    match hours.as_str() {
        "0" => td_string!(locale, quote.left_minutes, minutes = minutes),
        _ => td_string!(locale, quote.left_hours, hours = hours, minutes = minutes),
    }
}

/// What is said where nobody knows until when a price holds.
pub fn until_unknown(locale: Locale) -> &'static str {
    td_string!(locale, quote.until_unknown)
}

/// What is said of a price that nobody will pay.
pub fn sandbox_note(locale: Locale) -> &'static str {
    td_string!(locale, sandbox.note)
}

/// What to do next at the command line, where no form keeps anything.
pub fn next_at_command_line(locale: Locale, failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::ModelUnknown => Some(td_string!(locale, cli.search)),
        Failure::PartnerUnavailable | Failure::Internal { .. } => Some(td_string!(locale, cli.again)),
        Failure::InvalidInput { .. }
        | Failure::NotAccepted { .. }
        | Failure::QuotaExhausted { .. }
        | Failure::RateLimited { .. }
        | Failure::PartnerRefused
        | Failure::Expired
        | Failure::NotFound
        | Failure::NotAllowed => None,
    }
}

/// What is said when a search finds nothing.
pub fn found_none(locale: Locale) -> &'static str {
    td_string!(locale, form.found_none)
}

/// What is said of a keyword that is too short to be searched for.
pub fn keyword_short(locale: Locale) -> &'static str {
    td_string!(locale, problem.keyword_short)
}

/// A field's name, as it stands above it.
pub fn field(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::DeviceType => td_string!(locale, form.category),
        Field::Brand => td_string!(locale, form.brand),
        Field::Model => td_string!(locale, form.model),
        Field::Storage => td_string!(locale, form.storage),
        Field::Ram => td_string!(locale, form.ram),
        Field::Condition => td_string!(locale, form.condition),
        Field::FunctionStatus => td_string!(locale, form.function),
        Field::RepairHistory => td_string!(locale, form.repairs),
        Field::PurchaseChannel => td_string!(locale, form.channel),
        Field::Keyword => td_string!(locale, form.keyword),
    }
}

/// A field's name, as it stands above a column of a list.
pub fn column(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::DeviceType => td_string!(locale, column.device_type),
        Field::Brand => td_string!(locale, column.brand),
        Field::Model => td_string!(locale, column.model),
        Field::Storage => td_string!(locale, column.storage),
        Field::Ram => td_string!(locale, column.ram),
        Field::Condition => td_string!(locale, column.condition),
        Field::FunctionStatus => td_string!(locale, column.function_status),
        Field::RepairHistory => td_string!(locale, column.repair_history),
        Field::PurchaseChannel => td_string!(locale, column.purchase_channel),
        Field::Keyword => td_string!(locale, form.keyword),
    }
}

/// A brand that the catalogue writes in Chinese, as the language writes it; others as they are.
pub fn brand(locale: Locale, brand: &str) -> &str {
    match brand {
        "苹果" => td_string!(locale, brand.apple),
        "华为" => td_string!(locale, brand.huawei),
        "小米" => td_string!(locale, brand.xiaomi),
        "荣耀" => td_string!(locale, brand.honor),
        "三星" => td_string!(locale, brand.samsung),
        "一加" => td_string!(locale, brand.oneplus),
        "联想" => td_string!(locale, brand.lenovo),
        "戴尔" => td_string!(locale, brand.dell),
        "惠普" => td_string!(locale, brand.hp),
        "微软" => td_string!(locale, brand.microsoft),
        "华硕" => td_string!(locale, brand.asus),
        "索尼" => td_string!(locale, brand.sony),
        "佳能" => td_string!(locale, brand.canon),
        "尼康" => td_string!(locale, brand.nikon),
        "富士" => td_string!(locale, brand.fujifilm),
        "松下" => td_string!(locale, brand.panasonic),
        "奥林巴斯" => td_string!(locale, brand.olympus),
        "大疆" => td_string!(locale, brand.dji),
        other => other,
    }
}

/// A model by its full name, once: some catalogues write models with their brand.
pub fn device(locale: Locale, brand: &str, model: &str) -> String {
    let model = model.strip_prefix(brand).unwrap_or(model).trim_start();
    let brand = self::brand(locale, brand);
    // Apple Watch is no Apple Apple Watch.
    if model.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case(brand)) {
        return model.to_owned();
    }
    format!("{brand} {model}")
}

/// What the storage of that category is called.
pub fn storage(locale: Locale, category: Category) -> &'static str {
    match category.features().storage {
        StorageIs::Kit => td_string!(locale, form.storage_camera),
        StorageIs::Capacity => td_string!(locale, form.storage),
    }
}

/// The errors that a person has to hear of. Who has chosen no device lacks brand, model
/// and storage at once, and mends all three with one choice.
pub fn foremost(mut errors: Vec<FieldError>) -> Vec<FieldError> {
    let lacks = |field| errors.contains(&FieldError { field, problem: Problem::Missing });
    if lacks(Field::Model) && lacks(Field::Brand) {
        errors.retain(|error| !matches!(error.field, Field::Brand | Field::Storage | Field::Ram));
    }
    errors
}

/// What is wrong with a field and how to mend it.
pub fn problem(locale: Locale, error: FieldError) -> String {
    let name = || field(locale, error.field);
    match (error.problem, error.field) {
        (Problem::Missing, Field::DeviceType) => td_string!(locale, problem.category_missing).to_owned(),
        (Problem::Missing, Field::Brand) => td_string!(locale, problem.brand_missing).to_owned(),
        (Problem::Missing, Field::Storage) => td_string!(locale, problem.storage_missing).to_owned(),
        (Problem::Missing, Field::Ram) => td_string!(locale, problem.ram_missing).to_owned(),
        (Problem::Missing, Field::Condition) => td_string!(locale, problem.condition_missing).to_owned(),
        (Problem::Missing, Field::FunctionStatus) => td_string!(locale, problem.function_missing).to_owned(),
        (Problem::Missing, Field::Keyword) => keyword_short(locale).to_owned(),
        (Problem::Missing, _) => td_string!(locale, problem.model_missing).to_owned(),
        (Problem::TooLong, _) => td_string!(locale, problem.too_long, field = name()),
        (Problem::ForbiddenCharacter, _) => td_string!(locale, problem.forbidden, field = name()),
        (Problem::NotListed, _) => td_string!(locale, problem.not_listed, field = name()),
        (Problem::NoFaultNamed, _) => td_string!(locale, problem.no_fault).to_owned(),
        (Problem::Unclear, _) => td_string!(locale, problem.unclear).to_owned(),
        (Problem::TooMany, _) => td_string!(locale, problem.too_many).to_owned(),
    }
}

/// The words that a field takes, where these are a closed list, as the reader types them.
pub fn choices(locale: Locale, field: Field) -> Option<String> {
    fn listed<T: Term>(locale: Locale) -> String {
        let words = T::ALL.iter().map(|term| match locale {
            Locale::zh_CN => term.word().to_owned(),
            Locale::en => format!("{} ({})", term.code(), term.word()),
        });
        words.collect::<Vec<_>>().join(if locale == Locale::zh_CN { "、" } else { ", " })
    }
    let choices = match field {
        Field::DeviceType => listed::<Category>(locale),
        Field::Condition => listed::<Grade>(locale),
        Field::Brand
        | Field::Model
        | Field::Storage
        | Field::Ram
        | Field::FunctionStatus
        | Field::RepairHistory
        | Field::PurchaseChannel
        | Field::Keyword => return None,
    };
    Some(td_string!(locale, problem.choices, choices = choices))
}

/// A sentence with a note in brackets.
pub fn with_note(locale: Locale, sentence: &str, note: &str) -> String {
    match locale {
        Locale::zh_CN => format!("{sentence}（{note}）"),
        Locale::en => format!("{sentence} ({note})"),
    }
}

/// What is said to who sends too many tokens that are not the operator's.
pub fn too_many_tokens(locale: Locale, seconds: u64) -> String {
    td_string!(locale, ops.token_too_many, seconds = seconds.to_string())
}

/// What is said to who signs in with a token that is not the operator's.
pub fn wrong_token(locale: Locale) -> &'static str {
    td_string!(locale, ops.token_wrong)
}

/// What is said to who signs in by http where the session is kept at `site`, which is https.
pub fn sign_in_by_https(locale: Locale, site: &str) -> String {
    td_string!(locale, ops.by_https_lead, site = site.to_owned())
}

/// What a state of the widget is called.
#[cfg(feature = "ssr")]
pub(crate) fn state(locale: Locale, state: crate::pages::states::State) -> &'static str {
    use crate::pages::states::State;
    match state {
        State::Form => td_string!(locale, state.form),
        State::Review => td_string!(locale, state.review),
        State::Invalid => td_string!(locale, state.invalid),
        State::Loading => td_string!(locale, state.loading),
        State::Slow => td_string!(locale, state.slow),
        State::Quoted => td_string!(locale, state.quoted),
        State::Expiring => td_string!(locale, state.expiring),
        State::Expired => td_string!(locale, state.expired),
        State::Renewed => td_string!(locale, state.renewed),
        State::Stale => td_string!(locale, state.stale),
        State::Zero => td_string!(locale, state.zero),
        State::Unknown => td_string!(locale, state.unknown),
        State::NotAccepted => td_string!(locale, state.not_accepted),
        State::Quota => td_string!(locale, state.quota),
        State::Limited => td_string!(locale, state.limited),
        State::Down => td_string!(locale, state.down),
        State::Offline => td_string!(locale, state.offline),
        State::Internal => td_string!(locale, state.internal),
        State::Missing => td_string!(locale, state.missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_are_told_are_words_that_are_taken() {
        let kinds = choices(Locale::en, Field::DeviceType).unwrap();
        assert!(kinds.starts_with("choose one of: phone (手机), tablet (平板), "), "{kinds}");
        for kind in Category::ALL {
            assert!(kinds.contains(&format!("{} ({})", kind.code(), kind.word())), "{kinds}");
        }
        let grades = choices(Locale::zh_CN, Field::Condition).unwrap();
        let words = grades.split_once('：').unwrap().1.split('、');
        assert!(words.map(|word| Grade::find(word).unwrap()).eq(Grade::ALL.iter().copied()));
        assert_eq!(choices(Locale::en, Field::Storage), None);
    }

    #[test]
    fn a_device_is_called_by_its_brand_once() {
        let name = |locale, model| device(locale, "苹果", model);
        assert_eq!(name(Locale::en, "iPhone 14"), "Apple iPhone 14");
        assert_eq!(name(Locale::en, "苹果 iPhone 14"), "Apple iPhone 14");
        assert_eq!(name(Locale::en, "Apple Watch Series 9"), "Apple Watch Series 9");
        assert_eq!(name(Locale::zh_CN, "Apple Watch Series 9"), "苹果 Apple Watch Series 9");
        assert_eq!(name(Locale::en, "Applet"), "Apple Applet");
    }

    #[test]
    fn the_time_left_is_told_in_hours_and_begun_minutes() {
        let told = |seconds| left(Locale::en, seconds);
        assert_eq!(told(24 * 3600), "24 h 0 min left");
        assert_eq!(told(3600 - 1), "1 h 0 min left");
        assert_eq!(told(59 * 60), "59 min left");
        assert_eq!(told(1), "1 min left");
    }
}

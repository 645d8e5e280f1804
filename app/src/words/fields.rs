//! The fields of a device, and what is wrong with their values.

use domain::{Field, FieldError, Problem};

use super::strings::{Locale, td_string};

/// A field's name, as it is shown above the field.
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

/// A field's name, as it is shown above a column of a list.
#[cfg(feature = "ssr")]
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

/// The message that a keyword is too short to search for.
pub fn keyword_short(locale: Locale) -> &'static str {
    td_string!(locale, problem.keyword_short)
}

/// The errors that are shown to a person. Before a device is chosen, brand, model and storage are missing at
/// once, and one choice fixes all three: only the model is shown.
pub fn foremost(mut errors: Vec<FieldError>) -> Vec<FieldError> {
    let lacks = |field| errors.contains(&FieldError { field, problem: Problem::Missing });
    if lacks(Field::Model) && lacks(Field::Brand) {
        errors.retain(|error| !matches!(error.field, Field::Brand | Field::Storage | Field::Ram));
    }
    errors
}

/// What is wrong with a field, and how to fix it.
pub fn problem(locale: Locale, error: FieldError) -> String {
    let name = || field(locale, error.field);
    match error.problem {
        Problem::Missing => missing(locale, error.field).to_owned(),
        Problem::TooLong => td_string!(locale, problem.too_long, field = name()),
        Problem::ForbiddenCharacter => td_string!(locale, problem.forbidden, field = name()),
        Problem::NotListed => td_string!(locale, problem.not_listed, field = name()),
        Problem::NoFaultNamed => td_string!(locale, problem.no_fault).to_owned(),
        Problem::Unclear => td_string!(locale, problem.unclear).to_owned(),
        Problem::TooMany => td_string!(locale, problem.too_many).to_owned(),
    }
}

fn missing(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::DeviceType => td_string!(locale, problem.category_missing),
        Field::Brand => td_string!(locale, problem.brand_missing),
        Field::Storage => td_string!(locale, problem.storage_missing),
        Field::Ram => td_string!(locale, problem.ram_missing),
        Field::Condition => td_string!(locale, problem.condition_missing),
        Field::FunctionStatus => td_string!(locale, problem.function_missing),
        Field::Keyword => keyword_short(locale),
        // Repairs and place of purchase may be left out, so they are never missing.
        Field::Model | Field::RepairHistory | Field::PurchaseChannel => {
            td_string!(locale, problem.model_missing)
        }
    }
}

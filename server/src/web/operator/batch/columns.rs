//! The columns of a draft, as a person has named them, in forms and addresses.

use std::collections::HashMap;

use app::operator::batch::COMPARE;
use domain::Field;
use lists::Draft;
use sheet::Mapping;

/// The columns of the fields by their numbers from 0, as the form gives them.
pub(in crate::web) type Said = HashMap<String, String>;

/// The columns that the form names. If it has not been sent yet, they are those of the draft's list, or those that were
/// recognised.
pub(super) fn mapping(draft: &Draft, said: &Said) -> Mapping {
    if !Field::OF_A_DEVICE.iter().any(|field| said.contains_key(field.name())) {
        return draft.proposed();
    }
    // Remarks stay where they were recognised.
    let (mut mapping, columns) = (draft.recognised(), draft.columns().len());
    for field in Field::OF_A_DEVICE {
        let column = said.get(field.name()).and_then(|column| column.parse().ok());
        mapping.set(field, column.filter(|column: &usize| *column < columns));
    }
    mapping
}

/// The columns that a person has named, for the page's address; none if they are as the draft proposes them.
fn named_columns(draft: &Draft, mapping: &Mapping) -> Vec<(Field, String)> {
    if *mapping == draft.proposed() {
        return Vec::new();
    }
    let column = |field: Field| {
        let column = mapping.columns().find(|(it, _)| *it == field).map(|(_, column)| column.to_string());
        (field, column.unwrap_or_default())
    };
    Field::OF_A_DEVICE.map(column).into()
}

/// The page's address with the columns that a person has named, whether all buyers are to be asked, and the page of rows.
pub(super) fn with_columns(
    link: String,
    draft: &Draft,
    mapping: &Mapping,
    compare: bool,
    page: Option<u32>,
) -> String {
    let columns = named_columns(draft, mapping);
    let columns = columns.iter().map(|(field, column)| format!("{}={column}", field.name()));
    let pairs =
        columns.chain(compare.then(|| format!("{COMPARE}=1"))).chain(page.map(|page| format!("page={page}")));
    let link = pairs.fold(link, |link, pair| {
        let mark = if link.contains('?') { '&' } else { '?' };
        format!("{link}{mark}{pair}")
    });
    if page.is_some() { link + "#rows" } else { link }
}

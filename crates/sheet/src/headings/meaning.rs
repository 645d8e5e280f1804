//! What the names of the tables mean.

use domain::Field;

use super::locks::Lock;
use super::tables::{
    BATTERIES, BRANDS_AND_MODELS, CHIPS, GRADES_AND_FUNCTIONS, LOCKS, NAMES, NOTES, OWN_NAMES, STATES,
    STORAGES_AND_MEMORIES, names,
};

/// What a heading says that its column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A field, and nothing else.
    Field(Field),
    /// One of several fields, or all of them in one cell, such as brand and model.
    Fields(&'static [Field]),
    /// The kind of device or its model, which the cells tell.
    Name,
    /// The name that a person gave to the device, or its model.
    OwnName,
    /// The processor, which tells Apple's models apart.
    Chip,
    /// The state, of which only the cells tell whether it is the function or the grade.
    State,
    Notes,
    Battery,
    /// Whether the device is locked: Activation Lock, 激活锁.
    Lock,
}

pub(super) const BRAND_AND_MODEL: &[Field] = &[Field::Brand, Field::Model];
pub(super) const SIZES: &[Field] = &[Field::Storage, Field::Ram];
pub(super) const GRADE_AND_FUNCTION: &[Field] = &[Field::Condition, Field::FunctionStatus];

/// Whether a list has the name.
pub(super) fn is_one_of(name: &str, list: &str) -> bool {
    list.split(", ").any(|other| other == name)
}

/// What a name of the tables means, as [`plain`](super::names::plain) writes it.
pub(super) fn named(name: &str) -> Option<Meaning> {
    let field = Field::OF_A_DEVICE.into_iter().find(|field| is_one_of(name, names(*field)));
    field.map(Meaning::Field).or_else(|| match name {
        _ if is_one_of(name, NAMES) => Some(Meaning::Name),
        _ if is_one_of(name, OWN_NAMES) => Some(Meaning::OwnName),
        _ if is_one_of(name, CHIPS) => Some(Meaning::Chip),
        _ if is_one_of(name, STATES) => Some(Meaning::State),
        _ if is_one_of(name, NOTES) => Some(Meaning::Notes),
        _ if is_one_of(name, BATTERIES) => Some(Meaning::Battery),
        _ if is_one_of(name, LOCKS) || Lock::is_of_a_release(name) => Some(Meaning::Lock),
        _ if is_one_of(name, BRANDS_AND_MODELS) => Some(Meaning::Fields(BRAND_AND_MODEL)),
        _ if is_one_of(name, STORAGES_AND_MEMORIES) => Some(Meaning::Fields(SIZES)),
        _ if is_one_of(name, GRADES_AND_FUNCTIONS) => Some(Meaning::Fields(GRADE_AND_FUNCTION)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_means_one_thing_and_is_written_plainly() {
        let fields = Field::OF_A_DEVICE.into_iter().map(names).filter(|list| !list.is_empty());
        let others = [
            NAMES,
            OWN_NAMES,
            CHIPS,
            STATES,
            NOTES,
            BATTERIES,
            LOCKS,
            BRANDS_AND_MODELS,
            STORAGES_AND_MEMORIES,
            GRADES_AND_FUNCTIONS,
        ];
        let all: Vec<_> = fields.chain(others).flat_map(|list| list.split(", ")).collect();
        let mut different = std::collections::HashSet::new();
        for name in &all {
            assert!(different.insert(*name), "{name} stands twice");
            assert_eq!(super::super::names::plain(name), *name);
        }
    }
}

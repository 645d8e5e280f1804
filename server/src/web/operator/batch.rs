//! `/batch`: the operator's device lists.

mod answers;
mod columns;
mod draft;
mod events;
mod found;
mod list;
mod overview;
mod press;
mod report;

pub(super) use answers::take as take_answers;
pub(super) use draft::show as show_draft;
pub(super) use events::stream as events;
pub(super) use list::{act, show};
pub(super) use overview::{overview, upload};
pub(super) use press::act as act_on_draft;
pub(super) use report::{download as report, template};

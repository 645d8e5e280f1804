//! `/batch`: the operator's device lists.

mod answers;
mod draft;
mod events;
mod found;
mod list;
mod overview;
mod report;

pub(super) use answers::take as take_answers;
pub(super) use draft::{act as act_on_draft, show as show_draft};
pub(super) use events::stream as events;
pub(super) use list::{act, show};
pub(super) use overview::{overview, upload};
pub(super) use report::{download as report, template};

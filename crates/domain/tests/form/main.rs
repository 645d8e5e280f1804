//! Which forms are accepted, which are refused and why, and that no typed text is lost.

mod any_text;
mod faults;
mod fields;
mod forms;
mod personal_data;
mod repairs;
mod score;

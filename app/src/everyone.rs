//! Pages for anyone: the start page, what a model is worth, and the page of a failure.

pub mod failure;
pub mod home;
pub mod value;

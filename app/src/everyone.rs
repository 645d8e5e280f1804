//! Pages for anyone: the start page, the value of a model, and the page of a failure.

pub mod failure;
pub mod home;
pub mod value;

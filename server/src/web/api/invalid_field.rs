//! What is wrong with a field of a request.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

/// A field, parameter or header, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(in crate::web) struct InvalidField {
    /// Its name in the request.
    #[schema(value_type = String, examples("order_id"))]
    pub(in crate::web) field: Cow<'static, str>,
    /// What is wrong, for programs: `missing`, `malformed`, `not_valid`, `too_long`, `too_many`,
    /// `forbidden_character`, `not_listed`, `no_fault_named` or `unclear`.
    #[schema(value_type = String, examples("missing"))]
    pub(in crate::web) problem: &'static str,
    /// What is wrong, for people.
    pub(in crate::web) message: String,
}

impl InvalidField {
    /// The field `field` with that problem.
    pub(in crate::web) fn new(
        field: impl Into<Cow<'static, str>>,
        problem: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self { field: field.into(), problem, message: message.into() }
    }
}

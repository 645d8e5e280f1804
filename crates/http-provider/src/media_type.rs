//! The kinds of content of the contract.

/// A refusal (RFC 9457).
pub(crate) const PROBLEM: &str = "application/problem+json";
/// Every request and every other answer.
pub(crate) const JSON: &str = "application/json";

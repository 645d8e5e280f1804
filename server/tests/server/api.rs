//! The REST API for backends, as checkers and generated clients call it.

mod backend;
mod document;
mod failures;
mod idempotency;
mod keys;
mod offers;
mod reading;
mod redeeming;
mod reference;

//! The contract against real HTTP servers: one that wiremock plays, right or with one flaw at a time, and the
//! example in Python.

mod calls;
mod check;
mod document;
mod example;
mod flaw;
mod house;
mod service;
mod told;

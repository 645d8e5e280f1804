//! The desk against a real partner over HTTP and a real SQLite file.

mod answers;
mod house;
mod partner;
mod records;

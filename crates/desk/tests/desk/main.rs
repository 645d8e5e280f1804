//! The desk against a real partner over HTTP and a real SQLite file.

mod answers;
mod defects;
mod faults;
mod house;
mod load;
mod partner;
mod proxy;
mod records;

//! What people write about a device's functions, and how it is read: one line for each text.

mod denials;
mod faults;
mod reading;
mod repairs;
mod sound;

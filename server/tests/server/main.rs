//! The whole server on a free port, asked over HTTP, against the sandbox.

mod command_line;
mod doctor;
mod house;
mod keys;
mod killed;
mod limits;
mod monitoring;
mod ops;
mod pages;
mod process;
mod records;
mod secret;
mod server_functions;
mod shutdown;

//! The whole server on a free port, asked over HTTP, against the sandbox.

mod batch;
mod bombs;
mod command_line;
mod doctor;
mod embed;
mod errors;
mod form;
mod headers;
mod house;
mod keys;
mod killed;
mod limits;
mod lists;
mod merchants;
mod monitoring;
mod office;
mod ops;
mod pages;
mod process;
mod records;
mod reload;
mod same_origin;
mod secret;
mod server_functions;
mod shutdown;
mod value;

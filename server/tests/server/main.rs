//! The whole server on a free port, asked over HTTP, against the sandbox.

#[path = "../../../crates/desk/tests/desk/balancer.rs"]
mod balancer;
mod batch;
mod bombs;
mod command_line;
mod doctor;
mod embed;
mod errors;
mod forgotten;
mod form;
mod headers;
mod house;
mod keys;
mod killed;
mod limits;
mod lists;
mod merchants;
mod monitoring;
mod network;
mod office;
mod ops;
mod pages;
mod personal;
mod process;
mod records;
mod reload;
mod same_origin;
mod secret;
mod server_functions;
mod shutdown;
mod tls;
mod tunnel;
mod value;

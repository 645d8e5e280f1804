//! The HTTP edges: routes, pages, server functions, health, headers.

mod batch;
mod edge;
mod embed;
mod foreign_post;
mod functions;
mod guesses;
mod headers;
mod health;
mod host;
mod limits;
mod loader;
mod models;
mod operator;
mod ops;
mod pace;
mod pages;
mod proxies;
mod refused;
mod request_body;
mod router;
mod same_origin;
mod sessions;
mod shape;
mod site;
mod spare_slashes;
mod states;
mod value;
mod visit;
mod widget;

pub use loader::Loader;
pub use operator::Operator;
pub use router::{Routes, routes};
pub use site::{Site, SiteError};

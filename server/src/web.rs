//! The HTTP edges: routes, pages, server functions, health, headers.

mod context;
mod edge;
mod embed;
mod foreign_post;
mod functions;
mod headers;
mod health;
mod host;
mod limits;
mod loader;
mod models;
mod operator;
mod pace;
mod pages;
mod proxies;
mod refused;
mod request_body;
mod router;
mod same_origin;
mod site;
mod spare_slashes;
mod states;
mod value;
mod widget;

pub use loader::Loader;
pub use operator::OperatorAuth;
pub use router::{Routes, routes};
pub use site::{Site, SiteError};

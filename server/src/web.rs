//! The HTTP server's routes by audience, and the layer that every request passes before them (`edge`).

mod api;
mod context;
mod operator;
mod router;
mod site;
mod visit;

/// The layer that every request passes, whoever sends it.
mod edge {
    pub(super) mod foreign_post;
    pub(super) mod headers;
    pub(super) mod host;
    pub(super) mod limits;
    pub(super) mod pace;
    pub(super) mod pass;
    pub(super) mod proxies;
    pub(super) mod refused;
    pub(super) mod request_body;
    pub(super) mod request_id;
    pub(super) mod same_origin;
    pub(super) mod shape;
    pub(super) mod spare_slashes;
}

/// The widget: its form, its server functions, and the page of a quote.
mod shopper {
    pub(super) mod functions;
    pub(super) mod models;
    pub(super) mod offer;
    pub(super) mod quote;
    pub(super) mod widget;

    mod answer;
    mod pressed;
    mod priced;
    mod visit_id;
}

/// What a shop loads: scripts and checks for its pages, keys for its backend.
mod shop {
    pub(super) mod embed;
    pub(super) mod jwks;
    pub(super) mod loader;
    pub(super) mod value;
}

/// The reference of the API.
mod developer {
    pub(super) mod reference;
}

/// The studio, and every state of the widget.
mod marketer {
    pub(super) mod states;
    pub(super) mod studio;
}

/// Pages and probes for anyone.
mod everyone {
    pub(super) mod health;
    pub(super) mod home;
    pub(super) mod value;
}

pub use context::PriceIntakes;
pub use operator::OperatorAuth;
pub use router::{Parts, Routes, routes};
pub use shop::loader::Loader;
pub use site::{Site, SiteError};

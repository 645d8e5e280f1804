//! The marketer's page: the studio, in which a shop's people try the widget and copy its lines.

pub mod studio;

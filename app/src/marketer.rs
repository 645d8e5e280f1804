//! The marketer's page: the studio, where people of a shop try the widget and copy the lines for their page.

pub mod studio;

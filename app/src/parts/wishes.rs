//! The names of what the host page says about itself. They are fields of addresses and forms alike.

/// The names, in the order of an address. The islands copy these fields from the form, and the server writes
/// them ([`FrameFields::filled`](crate::parts::frame::FrameFields::filled)).
pub(crate) const WISHES: [&str; 6] =
    ["merchant", "locale", "theme", "accent", "product_price", "product_name"];

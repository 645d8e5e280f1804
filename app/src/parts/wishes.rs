//! The names of the host page's settings. Addresses and forms use the same names.

/// The names, in the order of an address. The islands copy these fields from the form, and the server writes
/// them ([`FrameFields::filled`](crate::parts::frame::FrameFields::filled)).
pub(crate) const WISHES: [&str; 6] =
    ["merchant", "locale", "theme", "accent", "product_price", "product_name"];

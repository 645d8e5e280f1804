//! Text in addresses, percent-encoded.

/// Names and values as the query of an address.
pub(crate) fn query<V: AsRef<str>>(pairs: impl IntoIterator<Item = (&'static str, V)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// A text as one segment of the path of an address.
pub(crate) fn in_path(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

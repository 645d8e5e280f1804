use std::collections::BTreeMap;

use domain::UTC8;
use jiff::Timestamp;

/// The parameters of a call, in byte order of their names.
///
/// Empty values and `sign` are left out. Both the text that is signed and the form that is sent are made from
/// these parameters, so the two cannot differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Takes the parameters in any order. If a name is given twice, the last value is used.
    pub fn new<N: Into<String>, V: Into<String>>(parameters: impl IntoIterator<Item = (N, V)>) -> Self {
        let filled = parameters
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .filter(|(name, value)| !value.is_empty() && name != "sign");
        Self(filled.collect())
    }

    /// Names and values, in byte order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// The partner's way to write a time: `YYYY-MM-DD HH:MM:SS` in UTC+8.
pub fn timestamp(at: Timestamp) -> String {
    let at = UTC8.to_datetime(at);
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_in_utc8() {
        let at: Timestamp = "2025-12-30T16:05:09Z".parse().unwrap();
        assert_eq!(timestamp(at), "2025-12-31 00:05:09");
    }
}

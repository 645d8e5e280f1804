//! The providers of sandbox mode.

use domain::ProviderName;

/// The names of the sandboxes, and how many hundredths of the usual base price each pays.
pub(crate) const PAYING: [(&str, u8); 2] = [(ProviderName::PARTNER, 100), ("second", 98)];
/// The name of the price list: the examples of the template.
pub(crate) const SAMPLE: &str = "own";
/// The names of all.
pub(crate) const SANDBOXES: [&str; 3] = [PAYING[0].0, PAYING[1].0, SAMPLE];

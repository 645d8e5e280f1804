//! Market coefficients of recent answers. They explain the price of an answer that has no coefficient of its
//! own.

use std::time::Duration;

use domain::{Category, Ratio};
use moka::sync::Cache;

/// How many answers are remembered for each device type and brand.
const REMEMBERED: usize = 20;
/// Older coefficients are not used, since the market moves.
const TTL: Duration = Duration::from_secs(24 * 3600);

/// The last coefficients by device type and brand.
pub(crate) struct Coefficients(Cache<(Category, String), Vec<Ratio>>);

impl Coefficients {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(1_000).time_to_live(TTL).build())
    }

    /// Remembers a coefficient from an answer of the partner.
    pub(crate) fn learn(&self, category: Category, brand: &str, coefficient: Ratio) {
        let key = (category, brand.to_owned());
        let mut last = self.0.get(&key).unwrap_or_default();
        if last.len() == REMEMBERED {
            last.remove(0);
        }
        last.push(coefficient);
        self.0.insert(key, last);
    }

    /// The median of the remembered coefficients; `None` if there are none.
    pub(crate) fn estimate(&self, category: Category, brand: &str) -> Option<Ratio> {
        let mut last = self.0.get(&(category, brand.to_owned()))?;
        last.sort();
        last.get(last.len() / 2).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_the_last_answers_of_that_brand_is_the_estimate() {
        let known = Coefficients::new();
        let ratio = |text: &str| serde_json::from_value::<Ratio>(text.into()).unwrap();
        assert_eq!(known.estimate(Category::Phone, "苹果"), None);
        for text in ["0.90", "1.02", "0.97"] {
            known.learn(Category::Phone, "苹果", ratio(text));
        }
        assert_eq!(known.estimate(Category::Phone, "苹果"), Some(ratio("0.97")));
        assert_eq!(known.estimate(Category::Tablet, "苹果"), None);
        (0..REMEMBERED).for_each(|_| known.learn(Category::Phone, "苹果", ratio("1.05")));
        assert_eq!(known.estimate(Category::Phone, "苹果"), Some(ratio("1.05")));
    }
}

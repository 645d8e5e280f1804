//! Reads sizes of storage and memory in a text, such as `12GB+256GB`, `1 TB` or `512GB SSD`.

use domain::half_width;
use rust_decimal::Decimal;

/// The most memory of a device, in megabytes. A larger size beside a storage is another drive.
const MOST_MEMORY: u64 = 128 * 1024;

/// The sizes in a text, in megabytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// Drives, the largest last. The largest size in a text is always a drive.
    drives: Vec<u64>,
    /// Memory.
    memory: Vec<u64>,
}

impl Sizes {
    /// The sizes in `text`, anywhere in it. A bare number is in gigabytes.
    pub(crate) fn of(text: &str) -> Self {
        let text = half_width(text).to_lowercase();
        let mut sizes: Vec<u64> = Vec::new();
        let mut rest = text.as_str();
        let mut before = ' ';
        while let Some(first) = rest.chars().next() {
            let Some((size, after)) =
                leading(rest).filter(|_| !before.is_ascii_alphanumeric() && before != '.')
            else {
                before = first;
                rest = &rest[first.len_utf8()..];
                continue;
            };
            sizes.extend(size);
            before = rest[..rest.len() - after.len()].chars().next_back().unwrap_or(' ');
            rest = after;
        }
        sizes.sort_unstable();
        let largest = sizes.pop();
        let (memory, mut drives): (Vec<_>, Vec<_>) = sizes.into_iter().partition(|it| *it <= MOST_MEMORY);
        drives.extend(largest);
        Self { drives, memory }
    }

    /// Adds memory that is named elsewhere.
    pub(crate) fn with_memory(mut self, text: Option<&str>) -> Self {
        self.memory.extend(text.and_then(size));
        self
    }

    /// Whether both may belong to the same device: the drives are the same, and so is the memory if both name
    /// it. If the answer has no size, there is nothing to compare, and the result is `true`.
    pub(crate) fn fits(&self, answered: &Self) -> bool {
        if answered.drives.is_empty() {
            return true;
        }
        let silent = self.memory.is_empty() || answered.memory.is_empty();
        self.drives == answered.drives
            && (silent || self.memory.iter().any(|it| answered.memory.contains(it)))
    }
}

/// Whether a text is a size and nothing else, such as `256GB`.
pub(crate) fn is_size(text: &str) -> bool {
    size(text).is_some()
}

/// A size in megabytes, if the text is exactly a size.
fn size(text: &str) -> Option<u64> {
    let text = half_width(text).trim().to_lowercase();
    let (size, after) = leading(&text)?;
    size.filter(|_| after.is_empty())
}

/// The number with its unit at the beginning of a text, and the text after it. It is not a size if the unit
/// is not one of storage, as in `7200rpm`, or is the network's, as in `5g`.
fn leading(text: &str) -> Option<(Option<u64>, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let number: Decimal = text[..end].trim_end_matches('.').parse().ok()?;
    let after = &text[end..];
    let spaced = after.trim_start();
    let unit_end = spaced.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(spaced.len());
    let gigabyte = Decimal::from(1024);
    let (factor, rest) = match &spaced[..unit_end] {
        "t" | "tb" => (gigabyte * gigabyte, &spaced[unit_end..]),
        "g" if number == Decimal::from(5) => return Some((None, &spaced[unit_end..])),
        "g" | "gb" => (gigabyte, &spaced[unit_end..]),
        "m" | "mb" => (Decimal::ONE, &spaced[unit_end..]),
        // A separate word is not a unit.
        _ if unit_end == 0 || spaced.len() < after.len() => (gigabyte, after),
        _ => return Some((None, &spaced[unit_end..])),
    };
    // 1000GB is sold as 1TB.
    let thousand = Decimal::ONE_THOUSAND;
    let whole = factor == gigabyte && number >= thousand && (number % thousand).is_zero();
    let number = if whole { number / thousand * gigabyte } else { number };
    Some((u64::try_from(number.checked_mul(factor)?).ok(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(asked: &str, answered: &str) -> bool {
        Sizes::of(asked).fits(&Sizes::of(answered))
    }

    #[test]
    fn a_storage_is_compared_by_size_however_it_is_written() {
        for answered in [
            "256GB",
            "256G",
            "256 gb",
            "256",
            "12GB+256GB",
            "12+256",
            "256GB SSD",
            "２５６ＧＢ",
            "256GB版",
            "5G 256GB",
        ] {
            assert!(fits("256GB", answered), "{answered}");
        }
        for (asked, answered) in [
            ("512GB SSD", "512GB"),
            ("8+256GB", "256GB"),
            ("12GB+256GB", "256GB"),
            ("1T", "1 TB"),
            ("1TB", "1024GB"),
            ("1TB", "1000GB"),
            ("0.5TB", "512GB"),
            ("512GB PCIe4.0 M.2", "512GB"),
            ("1TB 7200rpm", "1TB"),
            ("256GB + 1TB", "1TB+256GB"),
            ("256GB", "机身"),
            ("机身", "单机身"),
            ("256GB", "256 black"),
            ("512GB", "X1024 512GB"),
        ] {
            assert!(fits(asked, answered), "{asked} / {answered}");
        }
    }

    #[test]
    fn another_size_of_storage_or_memory_is_another_device() {
        for answered in [
            "128GB",
            "512G",
            "12GB+512GB",
            "1TB",
            "12GB＋512GB",
            "128GB版",
            "128 black",
            "512GB、12GB",
            "5128GB",
            "256GB+1TB",
            "256MB",
        ] {
            assert!(!fits("256GB", answered), "{answered}");
        }
        assert!(!fits("12GB+256GB", "8GB+256GB"));
        assert!(!Sizes::of("256GB").with_memory(Some("12GB")).fits(&Sizes::of("8GB+256GB")));
        assert!(Sizes::of("256GB").with_memory(Some("8 G")).fits(&Sizes::of("8GB+256GB")));
        assert!(!fits("500GB", "512GB"));
    }

    #[test]
    fn a_size_alone_is_told_from_other_texts() {
        for size in ["256GB", "1T", "512 m", "64"] {
            assert!(is_size(size), "{size}");
        }
        for other in ["机身", "256GB SSD", "5G", "", "12+256"] {
            assert!(!is_size(other), "{other}");
        }
    }
}

//! The sizes in a text, as people write them: `256`, `1024GB`, `127.9 GB`, `16G 内存`.

use super::size::{FEWEST_GIGABYTES, GIGABYTE, MEMORIES, Of, STORAGES, Size, TERABYTE};
use super::spelling::has;

/// A size in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    pub(super) number: f64,
    pub(super) unit: Option<Unit>,
    /// What the word beside it says that it is of.
    pub(super) of: Option<Of>,
    /// Whether a mark joins it to the next one: `12+512`.
    pub(super) joined: bool,
    /// Where it stands, in bytes, with the words that belong to it.
    pub(crate) from: usize,
    pub(crate) until: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Mega,
    Giga,
    Tera,
}

/// Units in lower case, the longer first.
const UNITS: [(&str, Unit); 9] = [
    ("gib", Unit::Giga),
    ("gb", Unit::Giga),
    ("tb", Unit::Tera),
    ("tib", Unit::Tera),
    ("mb", Unit::Mega),
    ("mib", Unit::Mega),
    ("g", Unit::Giga),
    ("t", Unit::Tera),
    ("m", Unit::Mega),
];

/// Words beside a size that say what it is of, the longer first.
pub(super) const LABELS: [(&str, Of); 30] = [
    ("运行内存", Of::Memory),
    ("机身内存", Of::Storage),
    ("机身存储", Of::Storage),
    ("固态硬盘", Of::Storage),
    ("机械硬盘", Of::Storage),
    ("存储空间", Of::Storage),
    ("内存", Of::Memory),
    ("运存", Of::Memory),
    ("固态", Of::Storage),
    ("硬盘", Of::Storage),
    ("存储", Of::Storage),
    ("闪存", Of::Storage),
    ("容量", Of::Storage),
    ("lpddr5x", Of::Memory),
    ("lpddr5", Of::Memory),
    ("lpddr4x", Of::Memory),
    ("ddr5", Of::Memory),
    ("ddr4", Of::Memory),
    ("ddr3", Of::Memory),
    ("unified memory", Of::Memory),
    ("memory", Of::Memory),
    ("ram", Of::Memory),
    ("nvme ssd", Of::Storage),
    ("pcie ssd", Of::Storage),
    ("nvme", Of::Storage),
    ("ssd", Of::Storage),
    ("hdd", Of::Storage),
    ("rom", Of::Storage),
    ("storage", Of::Storage),
    ("emmc", Of::Storage),
];

/// A number without a unit from here on is in kilobytes, and from `BYTES` on in bytes: the largest disk has 64,000,000
/// megabytes, and the smallest memory 1,000,000 kilobytes.
const KILOBYTES: f64 = 2_500_000.0;
const BYTES: f64 = 900_000_000.0;
/// The share of its size that a system reports at least: the rest is taken by the system itself.
const MOST_BELOW: f64 = 0.83;

impl Found {
    /// The size. A system reports less than the trade's size (127.9 GB, 119.2 GB and 107.3 GB of 128 GB), so a number
    /// with a fraction is the next size that devices are sold with, if it is not more than a sixth below that. Without a
    /// unit, large numbers are megabytes, kilobytes or bytes, as systems write them.
    pub(super) fn size(self, of: Of) -> Option<Size> {
        let unit = match self.unit {
            Some(unit) => unit,
            None if of == Of::Storage && self.number < FEWEST_GIGABYTES => Unit::Tera,
            // Systems report memory in megabytes.
            None if of == Of::Memory && self.number >= 1_000.0 => Unit::Mega,
            None if self.number >= 10_000.0 => Unit::Mega,
            None => Unit::Giga,
        };
        // Of disks, they count a thousand bytes as a kilobyte; of memory, 1,024.
        let thousand = if of == Of::Storage { 1_000.0 } else { 1_024.0 };
        if self.unit.is_none() && self.may_be_a_phone_number(of) {
            return None;
        }
        let of_unit = match unit {
            Unit::Mega if self.unit.is_none() && self.number >= BYTES => 1.0 / thousand / thousand,
            Unit::Mega if self.unit.is_none() && self.number >= KILOBYTES => 1.0 / thousand,
            Unit::Mega => 1.0,
            Unit::Giga => GIGABYTE as f64,
            Unit::Tera => TERABYTE as f64,
        };
        let mega = self.number * of_unit;
        if !(1.0..=(64 * TERABYTE) as f64).contains(&mega) {
            return None;
        }
        let giga = mega / GIGABYTE as f64;
        let whole =
            giga.fract() == 0.0 || (unit == Unit::Tera && (giga * 10.0).fract() == 0.0 && giga < 8_192.0);
        let reported = !whole || (of == Of::Storage && REPORTED.contains(&(giga as u64)));
        let sold: &[u64] = if of == Of::Storage { &STORAGES } else { &MEMORIES };
        let least = match self.number {
            number if number >= KILOBYTES => 0.95,
            number if number.fract() == 0.0 && number < 10_000.0 => 0.9,
            _ => MOST_BELOW,
        };
        let near = |sold: &&u64| (least..=1.0).contains(&(giga / **sold as f64));
        let giga = match sold.iter().find(near).filter(|_| reported) {
            Some(sold) => *sold as f64,
            None if giga == 1_000.0 || giga == 2_000.0 || giga == 4_000.0 => giga / 1_000.0 * GIGABYTE as f64,
            None => giga,
        };
        Some(Size((giga * GIGABYTE as f64).round() as u64))
    }
}

impl Found {
    /// Whether a number without a unit may be one of a phone: 13800138000. Memory in bytes has whole gigabytes.
    fn may_be_a_phone_number(self, of: Of) -> bool {
        let whole = of == Of::Memory && self.number % (GIGABYTE * GIGABYTE * GIGABYTE) as f64 == 0.0;
        (1e10..2e10).contains(&self.number) && !whole
    }
}

/// Whole gigabytes that systems report of a device's 128, 256, 512 and 1,024 GB.
const REPORTED: [u64; 20] =
    [118, 119, 121, 127, 236, 237, 238, 239, 245, 251, 255, 475, 476, 477, 494, 511, 931, 953, 954, 994];

/// The sizes that a text in lower case has, in order.
pub(crate) fn found(lower: &str) -> Vec<Found> {
    let bytes = lower.as_bytes();
    let mut all: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_digit()
            && (at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'.' | b'-')));
        if !begins {
            at += 1;
            continue;
        }
        let digits = lower[at..].bytes().take_while(|it| it.is_ascii_digit() || *it == b'.').count();
        let number = lower[at..at + digits].trim_end_matches('.');
        let mut until = at + number.len();
        let rest = &lower[until..];
        let space = rest.bytes().take_while(|it| *it == b' ').count();
        let unit = UNITS.iter().find(|(name, _)| {
            rest[space..].starts_with(name)
                && !rest[space + name.len()..].starts_with(|after: char| after.is_ascii_alphanumeric())
        });
        if let Some((name, _)) = unit {
            until += space + name.len();
        }
        if let Ok(number) = number.parse() {
            all.push(Found { number, unit: unit.map(|it| it.1), of: None, joined: false, from: at, until });
        }
        at = until.max(at + digits);
    }
    with_labels(lower, &mut all);
    all
}

/// Adds what the marks and the words between the numbers say.
fn with_labels(lower: &str, all: &mut [Found]) {
    for index in 0..all.len() {
        let (from, until) = (all[index].from, all[index].until);
        let next = all.get(index + 1).map_or(lower.len(), |next| next.from);
        let after = &lower[until..next];
        all[index].joined =
            index + 1 < all.len() && matches!(after.trim(), "+" | "/" | "|" | "*" | "x" | "&");
        let before =
            lower[if index == 0 { 0 } else { all[index - 1].until }..from].trim_end_matches([' ', ':']);
        if let Some((label, of)) = LABELS.iter().find(|(label, _)| before.ends_with(label)) {
            all[index].of = Some(*of);
            all[index].from = lower[..from].rfind(label).unwrap_or(from);
            continue;
        }
        let shown = after.trim_start_matches([' ', '(']);
        if let Some((label, of)) = LABELS.iter().find(|(label, _)| shown.starts_with(label)) {
            all[index].of = Some(*of);
            all[index].until = next - shown.len() + label.len();
        }
    }
}

/// A cell of a size as the trade writes it: `256`, `256G`, `256 gb` and `256.0` are all `256GB`, and `1` is a storage
/// of `1TB`. Another text stays as it is.
pub(crate) fn in_the_trades_words(text: &str, of: Of) -> String {
    let lower = text.trim().to_ascii_lowercase();
    match &found(&lower)[..] {
        [one] if one.of.is_none_or(|it| it == of) && one.from == 0 && one.until == lower.len() => {
            one.size(of).map_or_else(|| text.to_owned(), Size::word)
        }
        _ => text.to_owned(),
    }
}

/// Whether a text in lower case speaks of a size at all.
pub(crate) fn speaks_of_sizes(lower: &str) -> bool {
    LABELS.iter().any(|(label, _)| has(lower, label)) || found(lower).iter().any(|it| it.unit.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_report_less_than_the_size_in_their_own_units() {
        for (said, of, word) in [
            ("16519236", Of::Memory, "16GB"),
            ("8265460", Of::Memory, "8GB"),
            ("17179869184", Of::Memory, "16GB"),
            ("16076", Of::Memory, "16GB"),
            ("512110190592", Of::Storage, "512GB"),
            ("256060514304", Of::Storage, "256GB"),
            ("1024209543168", Of::Storage, "1TB"),
            ("245107", Of::Storage, "256GB"),
            ("494384", Of::Storage, "512GB"),
            ("994662", Of::Storage, "1TB"),
            ("237.00 GB", Of::Storage, "256GB"),
            ("222.92 GB", Of::Storage, "256GB"),
            ("107.31 GB", Of::Storage, "128GB"),
            ("460.41", Of::Storage, "512GB"),
            ("59.60 GB", Of::Storage, "64GB"),
            ("952.61 GB", Of::Storage, "1TB"),
        ] {
            assert_eq!(in_the_trades_words(said, of), word, "{said}");
        }
    }

    #[test]
    fn sizes_are_written_as_the_trade_writes_them() {
        for (said, storage, memory) in [
            ("256", "256GB", "256GB"),
            ("256.0", "256GB", "256GB"),
            ("256 g", "256GB", "256GB"),
            ("512gb", "512GB", "512GB"),
            ("512 M", "512MB", "512MB"),
            ("1", "1TB", "1GB"),
            ("1T", "1TB", "1TB"),
            ("1.5TB", "1.5TB", "1.5TB"),
            ("8", "8GB", "8GB"),
            ("1024GB", "1TB", "1TB"),
            ("127.9 GB", "128GB", "127.9GB"),
            ("119.2", "128GB", "119.2GB"),
            ("994.66 GB", "1TB", "994.66GB"),
            ("500", "500GB", "500GB"),
            ("15.7 GB", "16GB", "16GB"),
            ("16384", "16GB", "16GB"),
            ("240", "240GB", "240GB"),
            ("480GB", "480GB", "480GB"),
            ("", "", ""),
            ("无", "无", "无"),
            ("8+256", "8+256", "8+256"),
            ("inf", "inf", "inf"),
        ] {
            let of = |of| in_the_trades_words(said, of);
            assert_eq!((of(Of::Storage).as_str(), of(Of::Memory).as_str()), (storage, memory), "{said}");
        }
    }
}

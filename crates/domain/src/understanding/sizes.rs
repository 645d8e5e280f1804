//! Storage and memory: `256`, `16G/512G SSD`, `12+512`, `1024GB`, `127.9 GB`.

use super::asides;
use super::spelling::{has, is_blank};

/// A size in megabytes; a gigabyte is 1,024 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Size(u64);

const GIGABYTE: u64 = 1_024;
const TERABYTE: u64 = 1_024 * GIGABYTE;
/// Storage that devices are sold with, in gigabytes.
const STORAGES: [u64; 11] = [8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192];
/// Memory that devices are sold with, in gigabytes.
const MEMORIES: [u64; 17] = [1, 2, 3, 4, 6, 8, 10, 12, 16, 18, 20, 24, 32, 36, 48, 64, 96];
/// A storage without a unit is in terabytes below this number, and in gigabytes from it on: devices with less than
/// 8 GB or with 8 TB and more are not traded in.
const FEWEST_GIGABYTES: f64 = 8.0;

/// What a size is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Storage,
    Memory,
}

/// A size in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    number: f64,
    unit: Option<Unit>,
    /// What the word beside it says that it is of.
    of: Option<Of>,
    /// Whether a mark joins it to the next one: `12+512`.
    joined: bool,
    /// Where it stands, in bytes, with the words that belong to it.
    pub(crate) from: usize,
    pub(crate) until: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
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
const LABELS: [(&str, Of); 30] = [
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

impl Size {
    /// As the trade writes it: `256GB`, `1TB`, `1.5TB`, `512MB`.
    pub(crate) fn word(self) -> String {
        match self.0 {
            mega if mega >= TERABYTE && mega.is_multiple_of(TERABYTE / 2) => {
                format!("{}TB", mega as f64 / TERABYTE as f64)
            }
            mega if mega >= GIGABYTE => format!("{}GB", (self.giga() * 100.0).round() / 100.0),
            mega => format!("{mega}MB"),
        }
    }

    /// Whether it is more than the memory of any device that is traded in.
    pub(crate) fn is_no_memory(self) -> bool {
        self.giga() > 128.0
    }

    /// Whether it is less than the storage of any device that is traded in.
    pub(crate) fn is_no_storage(self) -> bool {
        self.giga() < FEWEST_GIGABYTES
    }

    fn giga(self) -> f64 {
        self.0 as f64 / GIGABYTE as f64
    }

    /// Whether devices are sold with that memory.
    fn is_memory(self) -> bool {
        self.0.is_multiple_of(GIGABYTE) && MEMORIES.contains(&(self.0 / GIGABYTE))
    }

    /// Whether devices of that kind are sold with that memory, and people write it.
    fn is_memory_of(self, device: Device) -> bool {
        let most = match device {
            Device::StorageOnly | Device::Phone => 24.0,
            Device::Computer => 96.0,
        };
        self.is_memory() && self.giga() <= most
    }

    /// Whether devices are sold with that storage.
    fn is_storage(self) -> bool {
        self.0.is_multiple_of(GIGABYTE) && self.0 / GIGABYTE >= 16 && STORAGES.contains(&(self.0 / GIGABYTE))
    }
}

impl Found {
    /// The size. A system reports less than the trade's size (127.9 GB, 119.2 GB and 121 GB of 128 GB), so a number
    /// with a fraction is the next size that devices are sold with, if it is not more than a tenth below that.
    fn size(self, of: Of) -> Option<Size> {
        let unit = match self.unit {
            Some(unit) => unit,
            None if of == Of::Storage && self.number < FEWEST_GIGABYTES => Unit::Tera,
            // Systems report memory in megabytes.
            None if of == Of::Memory && self.number >= 1_000.0 => Unit::Mega,
            None if self.number >= 10_000.0 => Unit::Mega,
            None => Unit::Giga,
        };
        let of_unit = match unit {
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
        let near = |sold: &&u64| (0.9..=1.0).contains(&(giga / **sold as f64));
        let giga = match sold.iter().find(near).filter(|_| reported) {
            Some(sold) => *sold as f64,
            None if giga == 1_000.0 || giga == 2_000.0 || giga == 4_000.0 => giga / 1_000.0 * GIGABYTE as f64,
            None => giga,
        };
        Some(Size((giga * GIGABYTE as f64).round() as u64))
    }
}

/// Whole gigabytes that systems report of a device's 128, 256, 512 and 1,024 GB.
const REPORTED: [u64; 14] = [119, 121, 127, 238, 245, 251, 255, 476, 477, 494, 511, 931, 953, 994];

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

/// The storage and the memory that a text says, each `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sizes {
    pub(crate) storage: Option<Size>,
    pub(crate) memory: Option<Size>,
    /// Whether the text has sizes that contradict each other or that may be either.
    pub(crate) unclear: bool,
    /// Where the sizes stand in the text.
    pub(crate) places: Vec<(usize, usize)>,
}

/// What kind of device the sizes are of, as far as it matters for a single one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Device {
    /// Its memory is never named: iPhone, iPad.
    StorageOnly,
    Phone,
    Computer,
}

impl Sizes {
    /// Reads the sizes among the words of a model, where other numbers stand too: only a number with a unit, one of a
    /// pair, or one beside a word such as SSD is a size.
    pub(crate) fn among_words(lower: &str, device: Device) -> Self {
        let all = found(lower);
        let mut sizes = Vec::new();
        let mut index = 0;
        while index < all.len() {
            let this = all[index];
            if let Some(next) = all.get(index + 1).filter(|next| this.joined && is_pair(this, **next)) {
                // The mark between them belongs to the size.
                sizes.extend([Found { until: next.from, ..this }, *next]);
                index += 2;
                continue;
            }
            let network = this.unit == Some(Unit::Giga)
                && (2.0..=6.0).contains(&this.number)
                && this.of.is_none()
                && lower[this.from..this.until].ends_with('g');
            // 11T and 8T are models; 1T and 2T are sizes.
            let series = this.unit == Some(Unit::Tera) && this.number > 4.0;
            let megapixels = this.unit == Some(Unit::Mega);
            let plain = this.unit.is_some() && !network && !series && !megapixels;
            if plain || (this.of.is_some() && this.unit.is_some()) {
                sizes.push(this);
            }
            index += 1;
        }
        Self::told(&sizes, device)
    }

    /// Reads a cell of a column of sizes, where any number is one. `of` is what the column holds, if it is only one.
    /// `None` for a text that has other words.
    pub(crate) fn of_cell(lower: &str, of: Option<Of>, device: Device) -> Option<Self> {
        if is_blank(lower) {
            return Some(Self::default());
        }
        let all = found(lower);
        let mut rest = lower.to_owned();
        for found in all.iter().rev() {
            rest.replace_range(found.from..found.until, " ");
        }
        for (from, until) in asides::found(&rest, device == Device::StorageOnly).into_iter().rev() {
            rest.replace_range(from..until, " ");
        }
        let word = |word: &str| LABELS.iter().any(|(label, _)| *label == word) || word == "onboard";
        let mut others = rest.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        if all.is_empty() || others.any(|it| !word(it)) {
            return None;
        }
        Some(match (&all[..], of) {
            ([one], Some(of)) if one.of.is_none() => {
                let size = one.size(of);
                let (storage, memory) = if of == Of::Storage { (size, None) } else { (None, size) };
                Self { storage, memory, unclear: size.is_none(), places: vec![(one.from, one.until)] }
            }
            _ => Self::told(&all, device),
        })
    }

    /// Adds a size. Two different ones of the same are unclear.
    fn set(&mut self, of: Of, size: Option<Size>) {
        let place = if of == Of::Storage { &mut self.storage } else { &mut self.memory };
        match (size, *place) {
            (None, _) => self.unclear = true,
            (Some(size), None) => *place = Some(size),
            (Some(size), Some(known)) => self.unclear |= size != known,
        }
    }

    fn told(all: &[Found], device: Device) -> Self {
        let mut told = Self { places: all.iter().map(|it| (it.from, it.until)).collect(), ..Self::default() };
        let (labelled, others): (Vec<&Found>, Vec<&Found>) = all.iter().partition(|it| it.of.is_some());
        for it in &labelled {
            told.set(it.of.unwrap_or(Of::Storage), it.size(it.of.unwrap_or(Of::Storage)));
        }
        match (&others[..], &labelled[..]) {
            ([], _) => {}
            ([one], [labelled]) => {
                // 16G 512G SSD: the other one.
                let of = if labelled.of == Some(Of::Storage) { Of::Memory } else { Of::Storage };
                told.set(of, one.size(of));
            }
            ([one], _) => match single(**one, device) {
                Some(of) => told.set(of, one.size(of)),
                None => told.unclear = true,
            },
            ([a, b], []) => {
                let sizes =
                    (a.size(Of::Memory), b.size(Of::Storage), b.size(Of::Memory), a.size(Of::Storage));
                match sizes {
                    (Some(small), Some(large), ..) if small < large && small.is_memory_of(device) => {
                        told.set(Of::Memory, Some(small));
                        told.set(Of::Storage, Some(large));
                    }
                    (.., Some(small), Some(large)) if small < large && small.is_memory_of(device) => {
                        told.set(Of::Memory, Some(small));
                        told.set(Of::Storage, Some(large));
                    }
                    // 256GB 256GB
                    (_, Some(one), _, Some(other))
                        if one == other && single(**a, device) == Some(Of::Storage) =>
                    {
                        told.set(Of::Storage, Some(one));
                    }
                    _ => told.unclear = true,
                }
            }
            _ => told.unclear = true,
        }
        told
    }
}

/// What a size that stands alone is of; `None` where it may be either.
fn single(one: Found, device: Device) -> Option<Of> {
    let size = one.size(Of::Storage)?;
    match device {
        Device::StorageOnly => Some(Of::Storage),
        Device::Phone if size.giga() >= 32.0 => Some(Of::Storage),
        Device::Phone if size.giga() <= 12.0 && one.size(Of::Memory)?.is_memory() => Some(Of::Memory),
        Device::Computer if size.giga() >= 128.0 => Some(Of::Storage),
        Device::Computer if size.giga() <= 48.0 && one.size(Of::Memory)?.is_memory() => Some(Of::Memory),
        Device::Phone | Device::Computer => None,
    }
}

/// Whether two numbers that a mark joins are memory and storage.
fn is_pair(a: Found, b: Found) -> bool {
    if a.unit.is_some() && b.unit.is_some() {
        return true;
    }
    let sold = |small: Found, large: Found| {
        // Of 16+1, the 1 is a terabyte.
        let few = large.unit.is_none() && large.number < 16.0 && small.number < 8.0;
        small.size(Of::Memory).is_some_and(Size::is_memory)
            && large.size(Of::Storage).is_some_and(Size::is_storage)
            && !few
    };
    sold(a, b) || sold(b, a)
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

    fn words(text: &str, device: Device) -> (String, String, bool) {
        let sizes = Sizes::among_words(&text.to_lowercase(), device);
        let word = |size: Option<Size>| size.map(Size::word).unwrap_or_default();
        (word(sizes.memory), word(sizes.storage), sizes.unclear)
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
            ("", "", ""),
            ("无", "无", "无"),
            ("8+256", "8+256", "8+256"),
            ("inf", "inf", "inf"),
        ] {
            let of = |of| in_the_trades_words(said, of);
            assert_eq!((of(Of::Storage).as_str(), of(Of::Memory).as_str()), (storage, memory), "{said}");
        }
    }

    #[test]
    fn sizes_stand_among_the_words_of_a_model() {
        for (text, device, memory, storage) in [
            ("iPhone13 128G 黑色", Device::StorageOnly, "", "128GB"),
            ("mate60pro 12+512", Device::Phone, "12GB", "512GB"),
            ("小米14 8+256", Device::Phone, "8GB", "256GB"),
            ("荣耀100 12G+256G 亮黑色", Device::Phone, "12GB", "256GB"),
            ("MateBook 14 16G/512G SSD", Device::Computer, "16GB", "512GB"),
            ("MacBook Air M2 8GB/256GB", Device::Computer, "8GB", "256GB"),
            ("MatePad 11.5 8+128", Device::Phone, "8GB", "128GB"),
            ("ThinkPad X1 512GB/16GB", Device::Computer, "16GB", "512GB"),
            ("ThinkPad 16G+1T", Device::Computer, "16GB", "1TB"),
            ("内存16G 硬盘512G", Device::Computer, "16GB", "512GB"),
            ("16GB RAM, 1TB NVMe SSD", Device::Computer, "16GB", "1TB"),
            ("小米 11T 5G 256GB", Device::Phone, "", "256GB"),
            ("EliteBook 840 G10", Device::Computer, "", ""),
            ("Galaxy S23+ 256G", Device::Phone, "", "256GB"),
            ("XPS 15 9530", Device::Computer, "", ""),
            ("1+1", Device::Phone, "", ""),
            ("一加 16+1T", Device::Phone, "16GB", "1TB"),
        ] {
            assert_eq!(words(text, device), (memory.to_owned(), storage.to_owned(), false), "{text}");
        }
        assert!(words("16G/512G SSD+1T HDD", Device::Computer).2, "two disks");
        assert!(words("iPhone 13 128G 256G", Device::StorageOnly).2, "two sizes");
        assert!(
            words("iPhone 13 64GB/128GB", Device::StorageOnly).2,
            "two sizes, the smaller of which is a memory"
        );
        assert!(words("MateBook 64G", Device::Computer).2, "either");
    }
}

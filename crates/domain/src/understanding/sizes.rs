//! Which size in a text is the storage and which is the memory: `256`, `16G/512G SSD`, `12+512`.

use super::asides;
use super::size::{Device, Of, Size};
use super::size_words::{Found, LABELS, Unit, found};
use super::spelling::is_blank;

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

impl Sizes {
    /// Reads the sizes among the words of a model, where other numbers stand too: only a number with a unit, one of a
    /// pair, or one beside a word such as SSD is a size.
    pub(crate) fn among_words(lower: &str, device: Device) -> Self {
        let all = found(lower);
        let mut sizes = Vec::new();
        let mut index = 0;
        while index < all.len() {
            let this = all[index];
            // MagicBook Pro 16/16G/512G: the inches before a pair.
            if let [this, next, last, ..] = &all[index..]
                && this.joined
                && this.unit.is_none()
                && next.joined
                && next.unit.is_some()
                && is_pair(*next, *last)
            {
                index += 1;
                continue;
            }
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
        // Systems write 0 where they do not know it.
        if is_blank(lower) || matches!(lower, "0" | "0.0" | "0 gb" | "0.00 gb") {
            return Some(Self::default());
        }
        let mut rest = lower.to_owned();
        if device != Device::StorageOnly {
            // The number of a graphics card is no size.
            for (from, until) in asides::processors(lower) {
                rest.replace_range(from..until, &" ".repeat(until - from));
            }
        }
        let all = found(&rest);
        for found in all.iter().rev() {
            rest.replace_range(found.from..found.until, " ");
        }
        for (from, until) in asides::found(&rest, device == Device::StorageOnly).into_iter().rev() {
            rest.replace_range(from..until, " ");
        }
        // R5 is a processor beside sizes, and a camera elsewhere.
        let word = |word: &str| {
            LABELS.iter().any(|(label, _)| *label == word)
                || matches!(word, "onboard" | "r3" | "r5" | "r7" | "r9" | "ultra" | "cpu")
        };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, device: Device) -> (String, String, bool) {
        let sizes = Sizes::among_words(&text.to_lowercase(), device);
        let word = |size: Option<Size>| size.map(Size::word).unwrap_or_default();
        (word(sizes.memory), word(sizes.storage), sizes.unclear)
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
            ("MagicBook Pro 16/16G/512G", Device::Computer, "16GB", "512GB"),
            ("Book Pro 16 2022/16G/512G", Device::Computer, "16GB", "512GB"),
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

//! A size: of the storage or of the memory of a device.

/// A size in megabytes; a gigabyte is 1,024 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Size(pub(super) u64);

pub(super) const GIGABYTE: u64 = 1_024;
pub(super) const TERABYTE: u64 = 1_024 * GIGABYTE;
/// Storage that devices are sold with, in gigabytes.
pub(super) const STORAGES: [u64; 11] = [8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192];
/// Memory that devices are sold with, in gigabytes.
pub(super) const MEMORIES: [u64; 17] = [1, 2, 3, 4, 6, 8, 10, 12, 16, 18, 20, 24, 32, 36, 48, 64, 96];
/// A storage without a unit is in terabytes below this number, and in gigabytes from it on: devices with less than
/// 8 GB or with 8 TB and more are not traded in.
pub(super) const FEWEST_GIGABYTES: f64 = 8.0;

/// What a size is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Storage,
    Memory,
}

/// What kind of device the sizes are of, as far as it matters for a single one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Device {
    /// Its memory is never named: iPhone, iPad.
    StorageOnly,
    Phone,
    Computer,
}

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

    pub(super) fn giga(self) -> f64 {
        self.0 as f64 / GIGABYTE as f64
    }

    /// Whether devices are sold with that memory.
    pub(super) fn is_memory(self) -> bool {
        self.0.is_multiple_of(GIGABYTE) && MEMORIES.contains(&(self.0 / GIGABYTE))
    }

    /// Whether devices of that kind are sold with that memory, and people write it.
    pub(super) fn is_memory_of(self, device: Device) -> bool {
        let most = match device {
            Device::StorageOnly | Device::Phone => 24.0,
            Device::Computer => 96.0,
        };
        self.is_memory() && self.giga() <= most
    }

    /// Whether devices are sold with that storage.
    pub(super) fn is_storage(self) -> bool {
        self.0.is_multiple_of(GIGABYTE) && self.0 / GIGABYTE >= 16 && STORAGES.contains(&(self.0 / GIGABYTE))
    }
}

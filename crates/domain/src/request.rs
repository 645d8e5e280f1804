//! What a provider is asked about: a device and its state.

mod changes;
mod reading;

pub use changes::Change;

use crate::{Category, FunctionStatus, Grade, PlainText, PurchaseChannel, RepairHistory, Score};

/// A device that is described well enough to be quoted. Only [`crate::QuoteForm::parse`] makes one, so
/// each is valid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct QuoteRequest {
    category: Category,
    brand: PlainText,
    model: PlainText,
    storage: PlainText,
    ram: Option<PlainText>,
    grade: Grade,
    function_status: FunctionStatus,
    repair_history: Option<RepairHistory>,
    purchase_channel: Option<PurchaseChannel>,
}

impl QuoteRequest {
    /// What kind of device.
    pub fn category(&self) -> Category {
        self.category
    }

    /// The brand.
    pub fn brand(&self) -> &str {
        self.brand.as_str()
    }

    /// The exact model.
    pub fn model(&self) -> &str {
        self.model.as_str()
    }

    /// The storage.
    pub fn storage(&self) -> &str {
        self.storage.as_str()
    }

    /// The memory.
    pub fn ram(&self) -> Option<&str> {
        self.ram.as_ref().map(PlainText::as_str)
    }

    /// The cosmetic grade.
    pub fn grade(&self) -> Grade {
        self.grade
    }

    /// What works and what does not.
    pub fn function_status(&self) -> &FunctionStatus {
        &self.function_status
    }

    /// Repairs.
    pub fn repair_history(&self) -> Option<&RepairHistory> {
        self.repair_history.as_ref()
    }

    /// Where it was bought.
    pub fn purchase_channel(&self) -> Option<&PurchaseChannel> {
        self.purchase_channel.as_ref()
    }

    /// The condition score: the grade's, less faults and repairs.
    pub fn score(&self) -> Score {
        let repairs = self.repair_history.as_ref().map_or(Score::ZERO, RepairHistory::penalty);
        self.grade.score().minus(self.function_status.penalty()).minus(repairs)
    }
}

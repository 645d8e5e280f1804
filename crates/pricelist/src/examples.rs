//! Worked prices, spread over a list, for a person to compare with what they meant.

use domain::{Grade, QuoteForm, QuoteRequest, Term};

use crate::PriceList;
use crate::list::NoPrice;
use crate::pricing::Worked;

/// A device of the list, and its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The device.
    pub device: QuoteRequest,
    /// Its price by the list.
    pub worked: Result<Worked, NoPrice>,
}

impl PriceList {
    /// At most so many devices of the list with their prices, from its first to its last: in turns sound, with a fault,
    /// and with a repair that the list knows, in the grades that have a price.
    pub fn examples(&self, most: usize) -> Vec<Example> {
        let count = most.min(self.entries.len());
        let last = self.entries.len().saturating_sub(1);
        let place = |number: usize| if count > 1 { number * last / (count - 1) } else { 0 };
        (0..count).filter_map(|number| self.example(place(number), number)).collect()
    }

    fn example(&self, place: usize, number: usize) -> Option<Example> {
        let entry = &self.entries[place];
        let item = &self.models[entry.model as usize].item;
        let priced: Vec<Grade> =
            Grade::ALL.iter().copied().filter(|grade| self.of_grade(place, *grade).is_some()).collect();
        let grade = priced.get(number % priced.len().max(1)).copied().unwrap_or(Grade::Excellent);
        let fits = |(kind, _): &&(domain::FaultKind, _)| kind.applies_to(item.device_type);
        let faults: Vec<&str> =
            self.faults.iter().flatten().filter(fits).map(|(kind, _)| kind.word()).collect();
        let repairs: Vec<&str> = self.repairs.iter().flatten().map(|(kind, _)| kind.word()).collect();
        let one_of = |words: &[&str], wanted: bool| {
            let word = words.get(number / 3 % words.len().max(1)).filter(|_| wanted);
            word.copied().unwrap_or_default().to_owned()
        };
        let fault = one_of(&faults, number % 3 == 1);
        let form = QuoteForm {
            device_type: item.device_type.word().to_owned(),
            brand: item.brand.clone(),
            model: item.model.clone(),
            storage: entry.storage.to_string(),
            ram: entry.memory.to_uppercase(),
            condition: grade.word().to_owned(),
            function_status: if fault.is_empty() { "正常".to_owned() } else { fault },
            repair_history: one_of(&repairs, number % 3 == 2),
            ..QuoteForm::default()
        };
        let form = if item.device_type.requires_memory() && form.ram.is_empty() {
            // The list has one price for any memory.
            QuoteForm { ram: "16GB".to_owned(), ..form }
        } else {
            form
        };
        let device = form.parse().ok()?;
        let worked = self.price(&device).map(|priced| priced.worked);
        Some(Example { device, worked })
    }
}

//! What a list means, in words: remarks about it, worked prices, and why there is no price.

use domain::Term;

use crate::examples::Example;
use crate::list::NoPrice;
use crate::names::{english_fault, english_grade, english_repair};
use crate::{Language, PriceList};

impl PriceList {
    /// The day from which it holds, and [`Self::warnings`].
    pub fn remarks(&self, language: Language) -> Vec<String> {
        let from = self
            .valid_from()
            .map(|day| language.of(format!("{day} 起生效"), format!("It holds from {day} on")));
        from.into_iter().chain(self.warnings(language)).collect()
    }

    /// What the person who wrote the list may not have meant, and what is no mistake.
    pub fn warnings(&self, language: Language) -> Vec<String> {
        let mut remarks = Vec::new();
        if !self.has_deductions() {
            remarks.push(language.of(
                "没有“扣减”表：不收有故障的设备",
                "Without the sheet Deductions, devices with a fault are not accepted",
            ));
        }
        if !self.has_repairs() {
            remarks.push(language.of(
                "没有“维修”表：不收维修过的设备",
                "Without the sheet Repairs, devices with a repair are not accepted",
            ));
        }
        if self.hidden_rows() > 0 {
            let rows = self.hidden_rows();
            remarks.push(language.of(
                format!("有 {rows} 行被隐藏或筛掉，照样算数"),
                format!("{rows} rows are hidden or filtered out; they count like the others"),
            ));
        }
        if !self.unread_sheets().is_empty() {
            let sheets = self.unread_sheets();
            remarks.push(language.of(
                format!("没有读取的表：{}", sheets.join("、")),
                format!("Sheets that are not read: {}", sheets.join(", ")),
            ));
        }
        remarks
    }
}

impl Example {
    /// The device, and its price with the steps to it.
    pub fn told(&self, language: Language) -> String {
        let (device, price) = (self.device_told(), self.price_told(language));
        language.of(format!("{device}：{price}"), format!("{device}: {price}"))
    }

    /// The device, in the trade's words.
    pub fn device_told(&self) -> String {
        let device = &self.device;
        let mut words = vec![device.brand(), device.model(), device.storage()];
        words.extend(device.ram());
        words.push(device.grade().word());
        let faults = device.function_status().to_string();
        words.extend((!device.function_status().is_normal()).then_some(faults.as_str()));
        words.extend(device.repair_history().map(|repairs| repairs.word()));
        words.join(" ")
    }

    /// Its price with the steps to it, or why there is none.
    pub fn price_told(&self, language: Language) -> String {
        match &self.worked {
            Err(why) => why.told(language),
            Ok(worked) if worked.steps.is_empty() => worked.price.to_string(),
            Ok(worked) => {
                let steps = worked.steps.iter().map(|step| {
                    let sign = if step.amount.fen() < 0 { "−" } else { "+" };
                    format!(" {sign} {} ({})", step.amount.abs(), step.reason.told(language))
                });
                format!("{}{} = {}", worked.base, steps.collect::<String>(), worked.price)
            }
        }
    }
}

impl NoPrice {
    /// Why there is no price.
    pub fn told(self, language: Language) -> String {
        match self {
            Self::Unknown => language.of("价格表里没有", "not in the list"),
            Self::WhichMemory => language
                .of("价格表按内存区分，没有说明内存", "the list has several memories, and none is told"),
            Self::Grade(grade) => language.of(
                format!("不收{}", grade.word()),
                format!("not accepted in this condition: {}", english_grade(grade).to_lowercase()),
            ),
            Self::Fault(Some(kind)) => language.of(
                format!("不收有此故障的：{}", kind.word()),
                format!("not accepted with this fault: {}", english_fault(kind).to_lowercase()),
            ),
            Self::Repair(Some(kind)) => language.of(
                format!("不收有此维修的：{}", kind.word()),
                format!("not accepted with this repair: {}", english_repair(kind).to_lowercase()),
            ),
            Self::Fault(None) => language.of("不收有其他故障的", "not accepted with another fault"),
            Self::Repair(None) => language.of("不收有其他维修的", "not accepted with another repair"),
            Self::Nothing => {
                language.of("扣减后没有剩余，不收", "not accepted: nothing is left of the price")
            }
        }
    }
}

//! The names of sheets and columns, in Chinese, in English, or in both: 类型, Type, 类型 Type.

use domain::{FaultKind, Grade, RepairKind, Term, tidied};

use crate::Language;

/// A sheet after the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// What each grade is worth, as a share of the one price.
    Discounts,
    /// What faults take off.
    Deductions,
    /// What repairs take off.
    Repairs,
}

impl Part {
    pub(crate) const ALL: [Self; 3] = [Self::Discounts, Self::Deductions, Self::Repairs];

    /// Its name in both languages.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Discounts => ("折扣", "Discounts"),
            Self::Deductions => ("扣减", "Deductions"),
            Self::Repairs => ("维修", "Repairs"),
        }
    }

    /// The sheet with this name.
    pub(crate) fn of(sheet: &str) -> Option<Self> {
        let sheet = plain(sheet);
        Self::ALL.into_iter().find(|part| {
            let (chinese, english) = part.names();
            is_named(&sheet, &[chinese], &[english])
        })
    }

    /// The heading of its first column.
    pub(crate) fn first(self) -> Column {
        match self {
            Self::Discounts => Column::Grade,
            Self::Deductions => Column::Fault,
            Self::Repairs => Column::Repair,
        }
    }
}

/// Whether a sheet after the first belongs to a price list by its name: 折扣, 扣减, 维修, Discounts, Deductions, Repairs.
pub fn is_part(sheet: &str) -> bool {
    Part::of(sheet).is_some()
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The kind of device.
    Type,
    /// The brand.
    Brand,
    /// The model.
    Model,
    /// The storage; for cameras what they are sold with.
    Storage,
    /// The memory. May be empty.
    Memory,
    /// The price of a sound device in 九成新.
    Price,
    /// The price of a sound device of this grade.
    Of(Grade),
    /// A grade, in the sheet of discounts.
    Grade,
    /// The share of the price that a grade is worth.
    Ratio,
    /// A fault.
    Fault,
    /// A repair.
    Repair,
    /// What it takes off, in yuan.
    Amount,
    /// What it takes off, as a share of the grade's price.
    Percent,
    /// Remarks, which are not read.
    Remarks,
    /// From which day on the list holds; a cell above the headings.
    ValidFrom,
}

impl Column {
    /// The columns of devices that every list has.
    pub(crate) const OF_DEVICES: [Self; 4] = [Self::Type, Self::Brand, Self::Model, Self::Storage];

    /// Its names in Chinese and in English, the ones of the template first.
    fn names(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Type => (&["类型", "品类", "类别"], &["Type", "Category", "DeviceType"]),
            Self::Brand => (&["品牌"], &["Brand"]),
            Self::Model => (&["型号", "机型"], &["Model"]),
            Self::Storage => (&["容量", "存储"], &["Storage", "Capacity"]),
            Self::Memory => (&["内存", "运行内存"], &["Memory", "RAM"]),
            Self::Price => (&["价格", "单价", "回收价"], &["Price"]),
            Self::Of(_) => (&[], &[]),
            Self::Grade => (&["成色", "等级"], &["Grade", "Condition"]),
            Self::Ratio => (&["比例", "折扣"], &["Ratio"]),
            Self::Fault => (&["故障"], &["Fault"]),
            Self::Repair => (&["维修"], &["Repair"]),
            Self::Amount => (&["金额"], &["Amount"]),
            Self::Percent => (&["比例"], &["Percent", "Percentage"]),
            Self::Remarks => (&["备注", "说明", "序号"], &["Remarks", "Remark", "Notes", "Note", "No"]),
            Self::ValidFrom => (&["生效日期", "生效日"], &["ValidFrom"]),
        }
    }

    /// Its name in messages.
    pub(crate) fn told(self, language: Language) -> &'static str {
        match (self, self.names(), language) {
            (Self::Of(grade), ..) => grade.word(),
            (Self::ValidFrom, _, Language::English) => "Valid from",
            (_, ([first, ..], _), Language::Chinese) | (_, (_, [first, ..]), Language::English) => first,
            _ => "",
        }
    }

    /// Its heading in a template, in both languages.
    pub(crate) fn heading(self) -> String {
        let (chinese, english) = (self.told(Language::Chinese), self.told(Language::English));
        // A grade's word is the same in both.
        if chinese == english { chinese.to_owned() } else { format!("{chinese} {english}") }
    }

    /// Whether a heading, as [`plain`] writes it, names this column.
    pub(crate) fn is_named(self, heading: &str) -> bool {
        let (chinese, english) = self.names();
        is_named(heading, chinese, english)
    }

    /// The column of the first sheet with this heading, if it is no grade's.
    pub(crate) fn of_first_sheet(heading: &str) -> Option<Self> {
        let heading = plain(heading);
        [Self::Type, Self::Brand, Self::Model, Self::Storage, Self::Memory, Self::Price, Self::Remarks]
            .into_iter()
            .find(|column| column.is_named(&heading))
    }

    /// The column of another sheet with this heading.
    pub(crate) fn of_part(part: Part, heading: &str) -> Option<Self> {
        let heading = plain(heading);
        let columns: &[Self] = match part {
            Part::Discounts => &[Self::Grade, Self::Ratio, Self::Remarks],
            Part::Deductions => &[Self::Fault, Self::Amount, Self::Percent, Self::Remarks],
            Part::Repairs => &[Self::Repair, Self::Amount, Self::Percent, Self::Remarks],
        };
        columns.iter().copied().find(|column| column.is_named(&heading))
    }
}

/// A word of a list, in Chinese, in English (a code such as `outer glass`), or in both.
pub(crate) fn term<T: Term>(text: &str) -> Option<T> {
    let text = tidied(text);
    let find = |text: &str| T::find(text).or_else(|| T::find(&text.trim().replace([' ', '-'], "_")));
    if let Some(found) = find(&text) {
        return Some(found);
    }
    let ascii = |letter: char| letter.is_ascii() && !matches!(letter, '(' | ')' | '/');
    let english: String = text.chars().filter(|letter| ascii(*letter)).collect();
    let chinese: String = text.chars().filter(|letter| !letter.is_ascii()).collect();
    let (chinese, english) = (find(&chinese)?, find(&english)?);
    (chinese == english).then_some(chinese)
}

/// A fault's name in English: what its owner sees.
pub(crate) fn english_fault(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::OuterGlass => "Outer glass cracked",
        FaultKind::Display => "Display damaged",
        FaultKind::Battery => "Battery worn",
        FaultKind::Camera => "Camera faulty",
        FaultKind::Lens => "Lens damaged",
        FaultKind::Shutter => "Shutter faulty",
        FaultKind::Biometrics => "Fingerprint or face recognition faulty",
        FaultKind::Buttons => "Buttons or keys faulty",
        FaultKind::Audio => "Speaker or microphone faulty",
        FaultKind::Ports => "Port faulty",
        FaultKind::Water => "Water inside",
        FaultKind::Account => "Account or lock active",
        FaultKind::Dead => "Does not switch on",
    }
}

/// A repair's name in English.
pub(crate) fn english_repair(kind: RepairKind) -> &'static str {
    match kind {
        RepairKind::None => "Never repaired",
        RepairKind::Battery => "Battery replaced",
        RepairKind::Screen => "Screen replaced",
        RepairKind::Housing => "Housing replaced",
        RepairKind::Mainboard => "Main board repaired",
    }
}

/// A grade's name in English.
pub(crate) fn english_grade(grade: Grade) -> &'static str {
    match grade {
        Grade::New => "New",
        Grade::LikeNew => "Like new",
        Grade::Excellent => "Excellent",
        Grade::Good => "Good",
        Grade::Fair => "Fair",
        Grade::Worn => "Worn",
        Grade::Poor => "Poor",
    }
}

/// A name without letter case, spaces, marks and text in brackets.
pub(crate) fn plain(name: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::new();
    for letter in tidied(name).to_lowercase().chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && letter.is_alphanumeric() => plain.push(letter),
            _ => {}
        }
    }
    plain
}

/// Whether a plain name is one of these, or a Chinese and an English one together.
fn is_named(plain_name: &str, chinese: &[&str], english: &[&str]) -> bool {
    let is_english = |text: &str| english.iter().any(|name| name.eq_ignore_ascii_case(text));
    let is_chinese = |text: &str| chinese.contains(&text);
    is_english(plain_name)
        || is_chinese(plain_name)
        || chinese.iter().any(|name| {
            plain_name.strip_prefix(name).is_some_and(is_english)
                || plain_name.strip_suffix(name).is_some_and(is_english)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_known_by_both_languages() {
        for name in ["扣减", "Deductions", "扣减 Deductions", "deductions（扣减）", "DEDUCTIONS 扣减"]
        {
            assert_eq!(Part::of(name), Some(Part::Deductions), "{name}");
        }
        assert!(is_part("维修") && is_part("Discounts") && !is_part("说明") && !is_part("扣减2"));
    }

    #[test]
    fn headings_are_known_by_both_languages_and_grades_by_their_words() {
        for (heading, column) in [
            ("类型 Type", Some(Column::Type)),
            ("品类", Some(Column::Type)),
            ("Model 型号", Some(Column::Model)),
            ("价格（元）", Some(Column::Price)),
            ("备注", Some(Column::Remarks)),
        ] {
            assert_eq!(Column::of_first_sheet(heading), column, "{heading}");
        }
        for (heading, grade) in [
            ("九成新", Some(Grade::Excellent)),
            ("95新", Some(Grade::LikeNew)),
            ("九五新 Like new", Some(Grade::LikeNew)),
            ("九戌新", None),
            ("九五新 Good", None),
        ] {
            assert_eq!(term::<Grade>(heading), grade, "{heading}");
        }
        assert_eq!(Column::of_part(Part::Deductions, "比例 Percent"), Some(Column::Percent));
        assert_eq!(Column::of_part(Part::Discounts, "比例 Ratio"), Some(Column::Ratio));
    }

    #[test]
    fn words_of_faults_are_known_by_both_languages() {
        for word in ["外屏损坏", "outer glass", "外屏损坏 Outer glass", "碎屏"] {
            assert_eq!(term::<FaultKind>(word), Some(FaultKind::OuterGlass), "{word}");
        }
        assert_eq!(term::<FaultKind>("外屏损坏 Display"), None);
        assert_eq!(term::<FaultKind>("屏有点旧"), None);
    }
}

//! What is wrong with a list, in words.

use std::fmt;

use domain::Problem;

use crate::cells::NotANumber;
use crate::names::Column;
use crate::{Language, Mistake, MistakeKind, PriceList};

impl Mistake {
    /// The place, such as `扣减!B3`, and what is wrong and how to correct it.
    pub fn told(&self, language: Language) -> String {
        let what = self.kind.told(language);
        language.of(format!("{}：{what}", self.place()), format!("{}: {what}", self.place()))
    }

    /// The cell with its sheet, as spreadsheets write it: `扣减!B3`.
    pub fn place(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{sheet}!{}", self.cell),
            None => self.cell.clone(),
        }
    }
}

/// In English, for logs.
impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::English))
    }
}

impl MistakeKind {
    /// What is wrong and how to correct it.
    pub fn told(&self, language: Language) -> String {
        let name = |column: &Column| column.told(language);
        let say = |chinese: String, english: String| language.of(chinese, english);
        match self {
            Self::NoHeadings(columns) => {
                let columns: Vec<&str> = columns.iter().map(name).collect();
                say(
                    format!("前三十行中没有表头，需要这些列：{}", columns.join("、")),
                    format!("none of the first 30 rows has the headings: {}", columns.join(", ")),
                )
            }
            Self::NoColumn(column) => say(
                format!("缺少“{}”列", name(column)),
                format!("the column {} is missing", name(column)),
            ),
            Self::UnknownColumn(text, Some(own)) => say(
                format!(
                    "不认识的列“{}”：改正表头，或改名为“备注”；设置 grades 中的成色是 {own}",
                    quoted(text)
                ),
                format!(
                    "the column \"{}\" is not known: correct the heading, or call it Remarks; the grades of the setting `grades` are {own}",
                    quoted(text)
                ),
            ),
            Self::UnknownColumn(text, None) => say(
                format!("不认识的列“{}”：改正表头，或改名为“备注”", quoted(text)),
                format!("the column \"{}\" is not known: correct the heading, or call it Remarks", quoted(text)),
            ),
            Self::ColumnTwice(cell) => {
                say(format!("与 {cell} 是同一列，只留一列"), format!("{cell} is the same column; keep one"))
            }
            Self::NoPrices => language.of(
                "没有价格：每个成色一列（全新 … 五成新），或一列“价格”加“折扣”表",
                "no prices: have a column for each grade (全新 … 五成新), or one column Price and the sheet Discounts",
            ),
            Self::TwoKindsOfPrices => language.of(
                "既有“价格”列又有成色列，只留一种",
                "there are both Price and columns of grades; keep one of the two",
            ),
            Self::NoDiscounts => language.of(
                "只有一列“价格”，还需要“折扣”表；CSV 没有其他表，请改用成色列",
                "one column Price also needs the sheet Discounts; CSV has no other sheets, so have a column for each grade",
            ),
            Self::DiscountsBesideGrades => language.of(
                "已有成色列，请删除“折扣”表",
                "there are columns of grades; delete the sheet Discounts",
            ),
            Self::SheetTwice => language.of("同名的表有两张，只留一张", "two sheets have this name; keep one"),
            Self::NoDevices => language.of("表头下面没有设备", "there are no devices below the headings"),
            Self::TooManyDevices => say(
                format!("超过 {} 行", PriceList::MOST_DEVICES),
                format!("there are more than {} rows", PriceList::MOST_DEVICES),
            ),
            Self::Missing(column) => {
                say(format!("“{}”不能为空", name(column)), format!("{} may not be empty", name(column)))
            }
            Self::Unfit(problem) => unfit(*problem, language),
            Self::UnknownType(text) => say(
                format!("“{}”不是可报价的类型：手机、平板、笔记本或相机", quoted(text)),
                format!("\"{}\" is no type that is quoted: phone, tablet, laptop or camera", quoted(text)),
            ),
            Self::NoDevice(text) => say(
                format!("“{}”不是可报价的设备", quoted(text)),
                format!("\"{}\" is no device that is quoted", quoted(text)),
            ),
            Self::UnclearSize(text) => say(
                format!("“{}”看不出容量或内存，或与型号中的不同；写成 256GB、1TB", quoted(text)),
                format!(
                    "\"{}\" is no clear storage or memory, or the model says another; write 256GB or 1TB",
                    quoted(text)
                ),
            ),
            Self::UnknownGrade(text, Some(own)) => say(
                format!("“{}”不是设置 grades 中的成色：{own}", quoted(text)),
                format!("\"{}\" is no grade of the setting `grades`: {own}", quoted(text)),
            ),
            Self::UnknownGrade(text, None) => say(
                format!("“{}”不是成色：全新、九五新、九成新 … 五成新", quoted(text)),
                format!("\"{}\" is no grade: 全新, 九五新, 九成新 … 五成新", quoted(text)),
            ),
            Self::UnknownFault(text) => say(
                format!("“{}”不是列表中的故障；从模板的下拉框选择", quoted(text)),
                format!("\"{}\" is no fault of the list; choose one of the template's drop-down", quoted(text)),
            ),
            Self::UnknownRepair(text) => say(
                format!("“{}”不是列表中的维修；从模板的下拉框选择", quoted(text)),
                format!("\"{}\" is no repair of the list; choose one of the template's drop-down", quoted(text)),
            ),
            Self::NotTheGradeOfPrices => {
                language.of("“价格”就是九成新的价格，比例必须是 1", "Price is the price of 九成新, so its ratio is 1")
            }
            Self::NoAmount(text, why) => amount(text, *why, language),
            Self::NoShare(text, why) => share(text, *why, language),
            Self::NotOneOf(one, other) => say(
                format!("“{}”和“{}”填一个", name(one), name(other)),
                format!("fill in either {} or {}", name(one), name(other)),
            ),
            Self::Twice(cell) => {
                say(format!("与 {cell} 重复"), format!("{cell} says the same before"))
            }
            Self::NoDay(text) => say(
                format!("“{}”不是日期；写成 2026-01-31", quoted(text)),
                format!("\"{}\" is no day; write it as 2026-01-31", quoted(text)),
            ),
        }
    }
}

fn unfit(problem: Problem, language: Language) -> String {
    match problem {
        Problem::TooLong => language.of("太长，最多 100 个字符", "too long: 100 characters at most"),
        Problem::ForbiddenCharacter => {
            language.of("不能含有 &、= 或控制字符", "it may not have &, = or control characters")
        }
        Problem::Missing
        | Problem::NotListed
        | Problem::TooMany
        | Problem::Unclear
        | Problem::NoFaultNamed => language.of("只有个人信息", "it is only personal data"),
    }
}

fn amount(text: &str, why: NotANumber, language: Language) -> String {
    let text = quoted(text);
    let (chinese, english) = match why {
        NotANumber::Text | NotANumber::Ambiguous => {
            ("不是金额；单位为元，如 4500 或 4,500.50", "is no amount; write yuan, such as 4500 or 4,500.50")
        }
        NotANumber::Decimals => ("小数超过两位", "has more than two decimals"),
        NotANumber::TooLow => {
            ("必须大于 0；没有价格就留空", "has to be above 0; leave the cell empty for no price")
        }
        NotANumber::TooHigh => {
            ("超过一百万元，请检查小数点", "is above a million yuan; check the decimal point")
        }
    };
    language.of(format!("“{text}”{chinese}"), format!("\"{text}\" {english}"))
}

fn share(text: &str, why: NotANumber, language: Language) -> String {
    let text = quoted(text);
    let (chinese, english) = match why {
        NotANumber::Text => ("不是比例；如 80% 或 0.8", "is no share; write it as 80% or 0.8"),
        NotANumber::Decimals => ("小数太多，最多到 0.01%", "has too many decimals: 0.01 % is the finest"),
        NotANumber::TooLow => ("太低", "is too low"),
        NotANumber::TooHigh => ("太高；写成 80% 或 0.8", "is too high; write it as 80% or 0.8"),
        NotANumber::Ambiguous => {
            ("可能是 1% 或 100%，请写百分号", "may be 1% or 100%; write the percent sign")
        }
    };
    language.of(format!("“{text}”{chinese}"), format!("\"{text}\" {english}"))
}

/// A cell's text as it is shown in a line: without control characters, and not too long.
fn quoted(text: &str) -> String {
    /// As long as people read, in characters.
    const LONGEST: usize = 40;
    let shown: String =
        text.chars().take(LONGEST).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.chars().count() > LONGEST { format!("{shown}…") } else { shown }
}

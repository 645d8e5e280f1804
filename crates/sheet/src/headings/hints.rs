//! What a heading may mean by a word within it, where the cells agree: 新旧率, Batt %, Bodywork grade.

use domain::Field;

use super::cells::Cells;
use super::meaning::Meaning;
use super::says;

/// Words within headings, and the fields that they hint at. The first counts whose field the cells tell.
const WORDS: [(&str, Meaning); 9] = [
    ("运存, 运行内存, ram, memory, mem", Meaning::Field(Field::Ram)),
    ("容量, 存储, 储存, 硬盘, storage, capacity, ssd, hdd, disk, cap", Meaning::Field(Field::Storage)),
    ("电池, battery, batt, bat", Meaning::Battery),
    (
        "新旧, 成新, 新净, 成色, 外观, 品相, 几新, 几成, grade, condition, cond, overall, body, outside, cosmetic, cosmetics, looks, wear, appearance, bodywork, exterior, shape",
        Meaning::Field(Field::Condition),
    ),
    (
        "维修, 拆修, 修过, 拆过, 换件, 换过, repair, repairs, repaired, replaced, serviced",
        Meaning::Field(Field::RepairHistory),
    ),
    (
        "故障, 问题, 毛病, 缺陷, 异常, 损坏, 功能, fault, faults, defect, defects, issue, issues, damage, problem, \
         problems, wrong, broken, working, works, function",
        Meaning::Field(Field::FunctionStatus),
    ),
    ("品牌, 厂商, 厂家, brand, make, manufacturer, maker", Meaning::Field(Field::Brand)),
    ("型号, 机型, model", Meaning::Field(Field::Model)),
    ("种类, 类别, 类型, 品类, kind, type, category", Meaning::Field(Field::DeviceType)),
];

/// The least share of a column's cells that have to tell the field that a word hints at.
const SHARE: f64 = 0.25;

/// What the heading of a column hints at, in lower case, where its cells agree.
pub(super) fn hinted(heading: &str, column: usize, cells: &Cells) -> Option<Meaning> {
    if says::is_of_the_past(heading) || says::is_of_its_end(heading) {
        return None;
    }
    let words: Vec<&str> = heading.split(|letter: char| !letter.is_alphanumeric()).collect();
    let has = |word: &str| if word.is_ascii() { words.contains(&word) } else { heading.contains(word) };
    let agrees = |meaning: &Meaning| match meaning {
        // Overall health is a battery's.
        Meaning::Field(Field::Condition) if words.contains(&"health") || heading.contains("健康") => false,
        Meaning::Field(Field::Condition) => {
            cells.share(column, Field::Condition) >= SHARE || cells.are_rated(column)
        }
        Meaning::Field(Field::Storage) => {
            cells.share(column, Field::Storage) >= SHARE || cells.are_sizes(column)
        }
        Meaning::Field(Field::Ram) => cells.are_memories(column),
        // The level of a battery is its charge.
        Meaning::Battery => {
            cells.are_percentages(column) && !words.iter().any(|it| matches!(*it, "level" | "charge"))
        }
        Meaning::Field(Field::RepairHistory) => {
            cells.are_repairs(column) && !says::is_of_repairs_to_come(heading)
        }
        Meaning::Field(field) => cells.share(column, *field) >= SHARE,
        Meaning::Fields(_)
        | Meaning::Name
        | Meaning::OwnName
        | Meaning::Chip
        | Meaning::State
        | Meaning::Notes
        | Meaning::Lock => false,
    };
    WORDS
        .iter()
        .find(|(words, meaning)| words.split(", ").any(has) && agrees(meaning))
        .map(|(_, meaning)| meaning.clone())
}

//! Finds the column of each field, by the names that people give to columns.

use domain::Field;
use serde::{Deserialize, Serialize};

use crate::table::{TITLES, Table, TableRow};
use domain::half_width;

/// With fewer recognised columns than this, a row is not a row of headings: they may be chance.
const FEWEST: usize = 2;

/// The column of each field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping([Option<usize>; Field::OF_A_DEVICE.len()]);

impl Mapping {
    /// Recognises columns by their headings, in Chinese or English and in any order. Letter case, spaces,
    /// marks and text in brackets do not matter. Of two columns for the same field, the first counts.
    pub fn recognise(headings: &TableRow) -> Self {
        let mut mapping = Self::default();
        for (column, heading) in headings.cells.iter().enumerate() {
            let name = plain(heading);
            let field = Field::OF_A_DEVICE.into_iter().find(|field| names(*field).contains(&name.as_str()));
            if let Some(place) = field.map(|field| &mut mapping.0[place(field)]) {
                place.get_or_insert(column);
            }
        }
        mapping
    }

    /// Sets the column of a field; `None` for no column. A column can belong to only one field: another field
    /// that had it has none afterwards.
    pub fn set(&mut self, field: Field, column: Option<usize>) {
        for other in &mut self.0 {
            if *other == column {
                *other = None;
            }
        }
        if field != Field::Keyword {
            self.0[place(field)] = column;
        }
    }

    /// The fields that have a column, with its place from 0.
    pub fn columns(&self) -> impl Iterator<Item = (Field, usize)> + '_ {
        Field::OF_A_DEVICE.into_iter().zip(self.0).filter_map(|(field, column)| Some((field, column?)))
    }

    /// The fields that every device needs and that have no column.
    pub fn missing(&self) -> Vec<Field> {
        let fields = Field::OF_A_DEVICE.into_iter().zip(self.0);
        let missing = fields.filter(|(field, column)| column.is_none() && field.is_required());
        missing.map(|(field, _)| field).collect()
    }

    /// The headings that belong to no field, with their place from 0.
    pub fn unknown(&self, headings: &TableRow) -> Vec<(usize, String)> {
        let used = |column: usize| self.0.contains(&Some(column));
        let others = headings.cells.iter().enumerate();
        let others = others.filter(|(column, name)| !used(*column) && !name.is_empty());
        others.map(|(column, name)| (column, name.clone())).collect()
    }
}

impl Table {
    /// The row of headings: among the first rows, the one with the most recognised columns. `None` if no row
    /// has enough.
    pub fn headings(&self) -> Option<&TableRow> {
        let understood = |row: &TableRow| Mapping::recognise(row).columns().count();
        let rows = self.rows.iter().take(TITLES).map(|row| (understood(row), row));
        // Of rows with equally many, the first.
        let best = rows.rev().max_by_key(|(columns, _)| *columns)?;
        (best.0 >= FEWEST).then_some(best.1)
    }
}

fn place(field: Field) -> usize {
    Field::OF_A_DEVICE.iter().position(|it| *it == field).unwrap_or_default()
}

/// A heading without letter case, spaces, marks and text in brackets.
fn plain(heading: &str) -> String {
    let heading = half_width(heading).to_lowercase();
    let mut depth = 0_u32;
    let mut name = String::new();
    for letter in heading.chars() {
        match letter {
            '(' | '[' | '【' | '{' => depth += 1,
            ')' | ']' | '】' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && letter.is_alphanumeric() => name.push(letter),
            _ => {}
        }
    }
    name
}

/// Names of a field's column, as [`plain`] returns them.
fn names(field: Field) -> &'static [&'static str] {
    match field {
        Field::DeviceType => &[
            "devicetype",
            "类型",
            "设备类型",
            "品类",
            "类别",
            "分类",
            "产品类型",
            "产品类别",
            "商品类型",
            "机器类型",
            "设备类别",
            "type",
            "category",
            "kind",
            "kindofdevice",
            "producttype",
            "devicecategory",
            "class",
        ],
        Field::Brand => &[
            "brand",
            "品牌",
            "厂商",
            "厂家",
            "制造商",
            "生产商",
            "设备品牌",
            "manufacturer",
            "make",
            "maker",
            "vendor",
        ],
        Field::Model => &[
            "model",
            "型号",
            "机型",
            "设备型号",
            "产品型号",
            "手机型号",
            "规格型号",
            "设备名称",
            "产品名称",
            "名称",
            "modelname",
            "devicemodel",
            "device",
            "devicename",
            "product",
            "productname",
            "exactmodel",
        ],
        Field::Storage => &[
            "storage",
            "存储",
            "存储容量",
            "储存",
            "储存容量",
            "容量",
            "存储空间",
            "硬盘",
            "硬盘容量",
            "机身存储",
            "机身内存",
            "rom",
            "闪存",
            "capacity",
            "storagecapacity",
            "storagesize",
            "disk",
            "disksize",
            "ssd",
            "harddisk",
            "hdd",
        ],
        Field::Ram => {
            &["ram", "内存", "运行内存", "运存", "内存大小", "内存容量", "memory", "memorysize", "ramsize"]
        }
        Field::Condition => &[
            "condition",
            "成色",
            "外观",
            "外观成色",
            "等级",
            "品相",
            "新旧程度",
            "新旧",
            "成新",
            "设备成色",
            "外观等级",
            "grade",
            "cosmetic",
            "cosmeticgrade",
            "cosmeticcondition",
            "looks",
            "appearance",
        ],
        Field::FunctionStatus => &[
            "functionstatus",
            "功能",
            "功能状态",
            "功能情况",
            "故障",
            "故障情况",
            "故障描述",
            "功能故障",
            "问题",
            "使用状态",
            "function",
            "functions",
            "functional",
            "functionalstatus",
            "whatworks",
            "works",
            "faults",
            "fault",
            "defects",
            "issues",
            "problems",
            "workingcondition",
        ],
        Field::RepairHistory => &[
            "repairhistory",
            "维修",
            "维修记录",
            "维修历史",
            "维修情况",
            "是否维修",
            "拆修",
            "repair",
            "repairs",
            "repaired",
        ],
        Field::PurchaseChannel => &[
            "purchasechannel",
            "购买渠道",
            "渠道",
            "来源",
            "购买来源",
            "购机渠道",
            "采购渠道",
            "购买途径",
            "channel",
            "boughtfrom",
            "boughtat",
            "whereitwasbought",
            "wherebought",
            "purchasedfrom",
            "source",
        ],
        Field::Keyword => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> TableRow {
        TableRow { number: 1, cells: cells.iter().map(|&cell| cell.to_owned()).collect() }
    }

    #[test]
    fn columns_are_known_by_many_names_in_any_order() {
        let headings = row(&[
            "No.",
            "成色（必填）",
            "*型号",
            "BRAND",
            "Device Type",
            "ＲＯＭ",
            "内存",
            "功能 状态",
            "brand",
        ]);
        let mapping = Mapping::recognise(&headings);
        let found: Vec<_> = mapping.columns().collect();
        use Field::*;
        let expected = [
            (DeviceType, 4),
            (Brand, 3),
            (Model, 2),
            (Storage, 5),
            (Ram, 6),
            (Condition, 1),
            (FunctionStatus, 7),
        ];
        assert_eq!(found, expected);
        assert!(mapping.missing().is_empty());
        assert_eq!(mapping.unknown(&headings), [(0, "No.".to_owned()), (8, "brand".to_owned())]);
    }

    #[test]
    fn a_column_that_is_not_recognised_can_be_set() {
        let headings = row(&["品牌", "大小"]);
        let mut mapping = Mapping::recognise(&headings);
        assert!(mapping.missing().contains(&Field::Storage));
        mapping.set(Field::Storage, Some(1));
        assert!(!mapping.missing().contains(&Field::Storage));
        mapping.set(Field::Model, Some(1));
        assert!(mapping.missing().contains(&Field::Storage), "a column holds one field");
    }

    #[test]
    fn each_name_means_one_field_and_is_written_plainly() {
        let all: Vec<_> = Field::OF_A_DEVICE.into_iter().flat_map(names).collect();
        let different: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
        assert!(all.iter().all(|name| plain(name) == **name));
    }
}

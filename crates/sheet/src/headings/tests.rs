use super::*;
use crate::table::Table;

mod states;

fn row(cells: &[&str]) -> TableRow {
    TableRow { number: 1, cells: cells.iter().map(|&cell| cell.to_owned()).collect(), hidden: false }
}

fn table(rows: &[&[&str]]) -> Table {
    let mut table = Table::default();
    for (number, cells) in (1..).zip(rows) {
        table.push(number, cells.iter().map(|&cell| cell.to_owned()).collect()).unwrap();
    }
    table
}

fn columns(rows: &[&[&str]]) -> Vec<(Field, usize)> {
    let table = table(rows);
    let headings = table.headings().unwrap();
    Mapping::of(&table, headings).columns().collect()
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
fn a_column_that_is_not_recognised_can_be_set_and_may_hold_two_fields() {
    let headings = row(&["品牌", "大小"]);
    let mut mapping = Mapping::recognise(&headings);
    assert!(mapping.missing().contains(&Field::Storage));
    mapping.set(Field::Storage, Some(1));
    assert_eq!(mapping.missing(), [Field::DeviceType, Field::Model, Field::Condition, Field::FunctionStatus]);
    mapping.set(Field::Ram, Some(1));
    let shared = mapping.columns().filter(|(_, column)| *column == 1).map(|(field, _)| field);
    assert!(shared.eq([Field::Storage, Field::Ram]));
}

#[test]
fn cells_tell_what_a_column_holds_where_its_heading_does_not() {
    use Field::*;
    assert_eq!(
        columns(&[
            &["资产名称", "品牌型号", "内存/硬盘", "状态"],
            &["手机", "苹果 iPhone13 128G", "", "95新"]
        ]),
        [(DeviceType, 0), (Brand, 1), (Model, 1), (Storage, 2), (Ram, 2), (Condition, 3)]
    );
    assert_eq!(
        columns(&[
            &["Item", "Make", "Description", "Functional"],
            &["1", "Apple", "iPhone 12 64GB Blue", "Pass"],
            &["2", "Apple", "iPhone XR 128GB", "Fail"]
        ]),
        [(Brand, 1), (Model, 2), (FunctionStatus, 3)]
    );
    assert_eq!(
        columns(&[&["品名", "规格", "成色"], &["苹果手机", "iPhone 14 Pro 256G 黑", "95新"]]),
        [(DeviceType, 0), (Model, 1), (Storage, 1), (Ram, 1), (Condition, 2)]
    );
    assert_eq!(
        columns(&[
            &["device_name", "model", "total_capacity"],
            &["Zhang-iPhone", "iPhone 13", "127.9 GB"],
            &["Li-iPad", "iPad Air", "63.8 GB"]
        ]),
        [(Model, 1), (Storage, 2)]
    );
    assert_eq!(
        columns(&[&["资产名称", "成色", "状态"], &["苹果 iPhone13", "95新", "正常"]]),
        [(Model, 0), (Condition, 1), (FunctionStatus, 2)]
    );
    assert_eq!(
        columns(&[&["型号", "内存", "A", "B"], &["iPhone 13", "128G", "九成新", "苹果"]]),
        [(Brand, 3), (Model, 0), (Storage, 1), (Ram, 1), (Condition, 2)]
    );
    assert_eq!(
        columns(&[
            &["Model", "Grade", "Condition"],
            &["iPhone 13", "A", "Good"],
            &["iPhone 12", "B", "Fair"]
        ]),
        [(Model, 0), (Condition, 2)],
        "the column whose cells are grades"
    );
}

#[test]
fn headings_that_are_not_known_stand_above_the_models() {
    let table = table(&[
        &["Leavers, kit handed back"],
        &["Leaver", "Kit returned", "State on return"],
        &["Ann", "iPhone 14 128GB Midnight", "Good"],
        &["Tom", "Dell Latitude 7440 i5/16GB/256GB", "Fair"],
        &["Tom", "Jabra headset", "Good"],
    ]);
    let headings = table.headings().unwrap();
    assert_eq!(headings.number, 2);
    let columns: Vec<_> = Mapping::of(&table, headings).columns().collect();
    assert_eq!(columns, [(Field::Model, 1), (Field::Condition, 2)]);
}

#[test]
fn a_code_of_a_model_has_its_name_in_another_column() {
    let table = table(&[
        &["Asset name", "Model", "System version", "Issues"],
        &["NL-1", "21HMCTO1WW", "ThinkPad X1 Carbon Gen 11", ""],
        &["NL-2", "HP EliteBook 840 G10", "", "space bar dead"],
    ]);
    let headings = table.headings().unwrap();
    let mapping = Mapping::of(&table, headings);
    let written = mapping.written(&table.rows[1]);
    assert_eq!((written.form.model.as_str(), written.faults_only), ("ThinkPad X1 Carbon Gen 11", true));
    assert_eq!(mapping.written(&table.rows[2]).form.model, "HP EliteBook 840 G10");
}

#[test]
fn a_word_within_a_heading_counts_where_the_cells_agree() {
    let table = table(&[
        &["型号", "新旧率", "Batt pct", "Storage room", "板载运存", "整机毛病处"],
        &["iPhone 13", "0.9", "76%", "3F", "4G", "屏碎"],
        &["iPhone 12", "0.8", "91%", "2F", "4G", ""],
    ]);
    let headings = table.headings().unwrap();
    let mapping = Mapping::of(&table, headings);
    let columns: Vec<_> = mapping.columns().collect();
    use Field::*;
    assert_eq!(columns, [(Model, 0), (Ram, 4), (Condition, 1), (FunctionStatus, 5)]);
    assert_eq!(mapping.written(&table.rows[1]).battery, "76%");
}

#[test]
fn sizes_of_a_memory_beside_a_storage_are_the_memory() {
    let rows: &[&[&str]] = &[
        &["型号", "容量", "参数二", "数量"],
        &["ThinkPad T14 Gen 4", "512GB", "16GB", "8"],
        &["MateBook 14", "1TB", "32GB", "4"],
    ];
    assert_eq!(columns(rows), [(Field::Model, 0), (Field::Storage, 1), (Field::Ram, 2)]);
}

#[test]
fn a_model_stands_in_a_name_and_its_rest() {
    let table = table(&[
        &["资产名称", "规格型号", "成色"],
        &["MacBook Air", "13英寸 M3 16G/512G", "95新"],
        &["ThinkPad T14", "Gen4 32G/1T", "9成新"],
        &["小米笔记本", "Xiaomi Book Pro 16 2022", "9成新"],
        &["", "第五代 256G", "9成新"],
    ]);
    let mapping = Mapping::of(&table, table.headings().unwrap());
    let models: Vec<String> = table.rows[1..].iter().map(|row| mapping.written(row).form.model).collect();
    assert_eq!(
        models,
        [
            "MacBook Air 13英寸 M3 16G/512G",
            "ThinkPad T14 Gen4 32G/1T",
            "Xiaomi Book Pro 16 2022",
            "第五代 256G"
        ]
    );
}

#[test]
fn a_row_below_a_device_is_not_the_headings_of_the_list() {
    let blocks = table(&[
        &["Feld", "内存", "成色", "功能"],
        &["iPhone 13", "128", "九成新", "正常"],
        &["型号", "内存", "成色", "功能"],
        &["iPad Air 5", "64", "九成新", "正常"],
    ]);
    assert_eq!(blocks.headings().unwrap().number, 1);
    let whole = table(&[
        &["库位", "Feld", "成本"],
        &["A1", "苹果14promax 256G 暗紫 国行 95新 功能全好 电池91%", "4150"],
        &["A2", "佳能5D4 单机身 8成新 快门6万次左右 一切正常", "5200"],
    ]);
    assert_eq!(whole.headings().unwrap().number, 1);
}

#[test]
fn a_heading_for_two_fields_leaves_one_to_a_column_that_has_nothing_else() {
    let found = columns(&[
        &["Make & model", "Item", "Size/Spec", "RAM / SSD", "Condition"],
        &["Apple", "MacBook Air 13 M2", "256GB", "8GB", "Good"],
        &["Dell", "Latitude 7440", "512GB", "16GB", "Good"],
    ]);
    use Field::*;
    assert_eq!(found, [(Brand, 0), (Model, 1), (Storage, 2), (Ram, 3), (Condition, 4)]);
}

//! Tries what the places of a row say together.

use super::*;

fn state(function: &str, battery: &str, notes: &str) -> State {
    let written = Written { battery: battery.into(), notes: notes.into(), ..Written::default() };
    State::read(function, &written, &[], None)
}

fn of_notes(notes: &str) -> (String, String, bool) {
    let state = state("", "", notes);
    (state.function, state.repairs, !state.unclear.is_empty())
}

#[test]
fn remarks_tell_faults_and_repairs_and_little_else() {
    let all = |function: &str, repairs: &str, unclear| (function.to_owned(), repairs.to_owned(), unclear);
    assert_eq!(of_notes("有发票, 屏碎"), all("屏碎", "", false));
    assert_eq!(of_notes("换过电池"), all("", "换过电池", false));
    assert_eq!(of_notes("功能正常，急出"), all("正常", "", false));
    assert_eq!(of_notes("快门8万次 功能正常"), all("正常", "", false));
    assert_eq!(of_notes("键盘正常"), all("", "", false), "a part says nothing of the rest");
    for alarming in ["财务章第3号故障单", "机身发烫", "已报废", "丢失", "lost or stolen"] {
        assert_eq!(of_notes(alarming), all("", "", true), "{alarming}");
    }
    for harmless in [
        "屏幕贴膜, 边框完好, 配原装充电器, 有数据线, 有发票, 有包装盒, 无锁, 已退账号, 已恢复出厂, 可当面验机, 急出",
        "黑色, 双卡, 国行, 有保护壳, 有发票, 无锁, 已退账号, 已恢复出厂, 可当面验机",
        "白色, 无笔, 无键盘, 有壳, 有盒, 有线, 无锁, 已退账号, 可当面验机, 急出",
        "i7, 14英寸, 指点杆正常, 键盘正常, 有包, 有电源, 无密码, 无锁, 已重装系统, 可当面验机, 急出",
        "快门一万次, 无镜头, 两块电池, 有充电器, 有肩带, 有盒, 有发票, 传感器干净, 可当面验机, 急出",
        "14\" 屏,配 65W 电源",
        "11\" 机身,无 Pencil",
        "Assigned to warehouse",
        "屏幕有划痕",
        "minor scratches on screen",
    ] {
        assert_eq!(of_notes(harmless), all("", "", false), "{harmless}");
    }
}

#[test]
fn a_worn_battery_is_a_fault_wherever_it_is_told() {
    for text in ["76%", "0.76", "76", "Service Recommended"] {
        assert!(!state("", text, "").function.is_empty(), "{text}");
    }
    for text in ["不耐用", "鼓包", "Needs replacing", "swollen", "76% (900 cycles)", "weak", "poor"] {
        let of = state("正常", text, "");
        assert!(of.function.starts_with("正常、") && of.unclear.is_empty(), "{text}: {of:?}");
    }
    for text in
        ["95%", "0.95", "100", "Normal", "", "正常", "良好", "85% (312 cycles)", "good", "NP-FZ100", "未测"]
    {
        let of = state("正常", text, "");
        assert_eq!((of.function.as_str(), of.unclear.len()), ("正常", 0), "{text}");
    }
    assert_eq!(state("正常", "换过", "").repairs, "电池换过");
    assert_eq!(state("正常", "76%", "").function, "正常、电池健康度76%");
}

#[test]
fn words_about_the_looks_beside_all_works_are_left_to_the_grade() {
    for text in ["A面有划痕，功能正常", "正常，机身掉漆", "fully working, minor scratches"] {
        let of = state(text, "", "");
        assert!(of.unclear.is_empty() && !of.function.contains("痕"), "{text}: {of:?}");
    }
    assert!(!state("轻微划痕", "", "").unclear.is_empty());
    assert!(!state("屏幕正常，有划痕", "", "").unclear.is_empty(), "a part says nothing of the rest");
}

#[test]
fn what_was_broken_before_a_repair_counts_where_the_device_does_not_work_now() {
    let of = |function: &str| {
        let written = Written { past: "Dropped in bath, dead".into(), ..Written::default() };
        State::read(function, &written, &[], None).function
    };
    assert_eq!(of("Tested, all working"), "Tested, all working");
    assert_eq!(of("Still not charging"), "Still not charging、Dropped in bath");
    assert_eq!(of(""), "Dropped in bath、dead");
}

#[test]
fn an_empty_cell_among_faults_names_none() {
    let of = |function: &str, notes: &str| {
        let form = crate::QuoteForm { function_status: function.into(), ..crate::QuoteForm::default() };
        let written = Written { form, notes: notes.into(), faults_only: true, ..Written::default() };
        State::read(function, &written, &[], None)
    };
    for text in ["", "Small scuffs", "轻微划痕"] {
        let state = of(text, "");
        assert_eq!((state.function.as_str(), state.from_elsewhere), ("正常", true), "{text}");
        assert!(state.unclear.is_empty());
    }
    assert_eq!(of("", "屏碎").function, "屏碎");
    assert_eq!(of("Face ID, battery", "").function, "Face ID faulty、battery faulty");
    assert_eq!(of("指纹", "").function, "指纹故障");
    assert!(!of("屏幕", "").unclear.is_empty(), "cracked, or dark");
    assert!(!of("市场部", "").unclear.is_empty());
}

#[test]
fn a_prompt_to_repair_is_a_fault() {
    assert_eq!(state("电池提示维修，其他正常", "", "").function, "电池提示维修，其他正常");
    assert_eq!(state("快门损坏，维修费用过高", "", "").function, "快门损坏");
    assert_eq!(state("闲置，屏碎", "", "").function, "屏碎");
}

#[test]
fn a_remark_of_a_part_among_faults_is_asked() {
    assert!(!state("", "", "bad battery, speaker hums").unclear.is_empty());
    assert!(state("正常", "", "屏幕贴膜").unclear.is_empty());
}

#[test]
fn what_is_broken_is_told_by_a_remark_where_its_cell_says_only_that_something_is() {
    let read = |function, notes| state(function, "", notes).function;
    assert_eq!(read("not working", "cracked screen"), "cracked screen");
    assert_eq!(read("损坏", "屏碎"), "屏碎");
    assert_eq!(read("损坏", "有发票"), "损坏", "and is asked");
    assert_eq!(read("电池不行", "屏碎"), "电池不行、屏碎");
    assert!(state("rear camera blurry", "", "not working").unclear.is_empty());
    assert!(!state("正常", "", "not working").unclear.is_empty());
}

#[test]
fn where_a_device_is_says_nothing_of_what_works() {
    let read = |notes| state("In stock", "", notes).function;
    assert_eq!((read("fully working").as_str(), read("cracked screen").as_str()), ("正常", "cracked screen"));
    assert_eq!(read("with box"), "In stock", "and is asked");
}

#[test]
fn a_device_to_be_scrapped_is_asked_about_unless_its_fault_is_told() {
    assert!(state("无法开机", "", "待报废").unclear.is_empty());
    assert!(!state("正常", "", "待报废").unclear.is_empty());
}

#[test]
fn a_sealed_device_that_was_never_opened_works() {
    let form = crate::QuoteForm {
        condition: "全新未拆封".into(),
        function_status: "未拆机".into(),
        ..crate::QuoteForm::default()
    };
    let written = Written { form, ..Written::default() };
    assert_eq!(State::read("未拆机", &written, &[], None).function, "正常");
    assert_eq!(state("未拆机", "", "").function, "未拆机", "and is asked");
}

#[test]
fn a_lock_of_a_region_is_to_a_network_and_asked() {
    assert!(!state("正常", "", "美版有锁").unclear.is_empty());
    assert_eq!(state("正常", "", "有锁").function, "正常、有锁");
}

#[test]
fn a_tablet_without_a_keyboard_lacks_no_part() {
    let written = Written { notes: "no keyboard".into(), ..Written::default() };
    let of = |category| State::read("无法开机", &written, &[], category).unclear;
    assert!(of(Some(Category::Tablet)).is_empty());
    assert!(!of(Some(Category::Laptop)).is_empty());
}

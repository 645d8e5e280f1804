//! Repairs among the faults.

use domain::RepairHistory;

use crate::reading::each;

#[test]
fn a_repair_hides_no_fault() {
    each("display + repaired", &["换屏后触摸失灵", "replaced screen not working"]);
    each("dead + repaired", &["维修后仍不开机"]);
    each("battery + repaired", &["换过电池后鼓包"]);
    each("biometrics + repaired", &["指纹坏换过电池"]);
    each("sound + repaired", &["按键失灵已修", "仅换过电池", "只换过屏"]);
    each("battery", &["battery replacement needed", "电池要换", "无划痕需更换电池"]);
    each("water + repaired", &["进水维修过"]);
    each("unnamed", &["修过还是坏的"]);
    each("other", &["无法维修", "维修中"]);
    each(
        "sound + repaired",
        &["2年前换过电池", "换过1次电池", "battery replaced 3 months ago", "换过两次屏"],
    );
}

#[test]
fn repairs_are_no_faults() {
    each(
        "sound + repaired",
        &[
            "换过电池",
            "换过屏幕正常使用",
            "换屏，正常",
            "屏碎已换屏",
            "屏幕坏了换过",
            "screen replaced",
            "broken screen replaced",
            "battery replaced, no issues",
            "battery replaced no issues",
            "换过屏幕和电池",
            "已维修",
            "非原装屏幕",
            "new screen",
        ],
    );
    each("display + repaired", &["换过屏幕有绿线", "screen replaced not working"]);
    each("outer_glass + repaired", &["屏碎换过电池", "屏碎，换过电池"]);
    each("battery", &["需更换电池", "battery needs to be replaced", "needs a new battery"]);
    each("water + repaired", &["进水修过"]);
}

#[test]
fn each_part_that_was_replaced_counts() {
    let penalty = |text: &str| RepairHistory::parse(text).unwrap().map(|it| it.penalty());
    let both = penalty("screen replaced, battery replaced");
    for text in ["screen and battery replaced", "屏幕和电池换过", "换过屏和电池"] {
        assert_eq!(penalty(text), both, "{text}");
    }
    let battery = penalty("battery replaced");
    assert_ne!(battery, both);
    assert_eq!(penalty("screen good and battery replaced"), battery);
    for text in ["否", "never", "没有过"] {
        assert_eq!(RepairHistory::parse(text).unwrap().unwrap().word(), "无维修", "{text}");
    }
}

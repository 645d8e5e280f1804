//! What people write about a device's functions, and how it is read: one line for each text.

use domain::{Device, Failure, Fault, FieldError, Problem, QuoteForm, Term};

/// How a text is read: `sound`, `unclear`, `unnamed` (something is broken, but not what), or the faults:
/// codes of the list, and `other` for a fault in the person's words. `+ repaired` where it names a repair.
fn outcome(text: &str) -> String {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: text.into(),
        ..QuoteForm::default()
    };
    let request = match form.parse() {
        Ok(request) => request,
        Err(Failure::InvalidInput { fields }) => {
            return match fields[..] {
                [FieldError { problem: Problem::Unclear, .. }] => "unclear".into(),
                [FieldError { problem: Problem::NoFaultNamed, .. }] => "unnamed".into(),
                ref other => format!("{other:?}"),
            };
        }
        Err(other) => return format!("{other:?}"),
    };
    let device = Device::new(&request, None, None);
    assert_eq!(device.to_form().parse().as_ref(), Ok(&request), "{text}: read again, it is another request");
    let code = |fault: &Fault| fault.kind().map_or("other", Term::code);
    let faults: Vec<&str> = request.function_status().faults().iter().map(code).collect();
    let faults = if faults.is_empty() { "sound".to_owned() } else { faults.join(" ") };
    match request.repair_history() {
        Some(_) => format!("{faults} + repaired"),
        None => faults,
    }
}

fn each(expected: &str, texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .filter(|text| outcome(text) != expected)
        .map(|text| format!("{text}: {}", outcome(text)))
        .collect();
    assert!(wrong.is_empty(), "not {expected}: {wrong:#?}");
}

#[test]
fn chinese_words_for_sound_are_sound() {
    each(
        "sound",
        &[
            "可正常使用",
            "可以正常使用",
            "能正常使用",
            "正常使用",
            "开机正常",
            "正常开机",
            "能正常开机",
            "可以开机",
            "能开机",
            "信号正常",
            "通话正常",
            "wifi正常",
            "WiFi 正常",
            "蓝牙正常",
            "GPS正常",
            "NFC 正常",
            "充电正常",
            "指纹正常",
            "面容ID正常",
            "Face ID正常",
            "按键正常，屏幕正常",
            "屏幕、电池均正常",
            "屏幕、电池、按键都正常",
            "屏幕和电池正常",
            "屏幕 ok",
            "screen正常",
            "性能良好",
            "运行流畅",
            "系统流畅",
            "全新",
            "全新未拆封",
            "未拆封",
            "未激活",
            "未使用过",
            "无划痕",
            "无磕碰",
            "无划痕磕碰",
            "无磕碰无划痕",
            "无明显划痕",
            "无任何划痕",
            "屏幕无划痕",
            "无屏幕划痕",
            "无杂音",
            "无坏点",
            "无漏液",
            "无烧屏",
            "无进水",
            "没有进过水",
            "无老化",
            "无鼓包",
            "无卡顿",
            "不卡顿",
            "不死机",
            "不发烫",
            "没碎",
            "未开裂",
            "屏幕没碎",
            "无花屏",
            "无绿线",
            "无黑屏",
            "无ID",
            "无账号锁",
            "无id锁无进水",
            "无拆修无进水",
            "故障：无",
            "问题 无",
            "没有故障和问题",
            "以上均正常",
            "功能全部正常",
            "功能正常 😀",
            "正常——无问题",
            "一切正常👍",
            "屏幕没有任何问题",
            "电池健康度92%",
            "电池循环50次",
            "电池循环次数 50 次",
            "健康度98%",
            "电池健康 100%",
            "电池最大容量95%",
            "电池98.5%",
            "电池92%，循环120次",
            "还好",
            "可用",
            "能用",
            "好用",
            "没毛病",
            "完好无损",
            "无损坏",
        ],
    );
}

#[test]
fn english_words_for_sound_are_sound() {
    each(
        "sound",
        &[
            "no water damage",
            "no dead pixels",
            "no scratches",
            "no faults or defects",
            "No faults, works great",
            "no cracks or scratches",
            "no scratches and dents",
            "no signs of water damage",
            "without any scratches",
            "tested and working",
            "fully tested and working",
            "tested, works",
            "works as expected",
            "works as it should",
            "working as intended",
            "powers on",
            "powers on fine",
            "turns on and works",
            "boots up fine",
            "brand new",
            "Brand new, sealed",
            "like new",
            "No issues – works great",
            "No issues — works great",
            "no issues - works great",
            "works great 👍",
            "✅ fully functional",
            "screen works fine",
            "no cracks on the screen",
            "screen has no cracks",
            "battery has no issues",
            "no battery issues",
            "doesn’t have any scratches",
            "camera, speaker and mic all work",
            "wifi works",
            "bluetooth and wifi work",
            "charges fine",
            "holds charge",
            "battery 92%",
            "battery health is 91%",
            "maximum capacity 95%",
            "battery 50 cycles",
            "cycle count 50",
            "battery cycle count: 120",
            "98% battery health",
            "scratch free",
            "faults: none",
            "issues: no",
            "works 100%",
            "no damage to the screen",
            "not cracked or scratched",
            "never opened",
        ],
    );
}

#[test]
fn a_fault_with_a_word_for_sound_in_it_is_a_fault() {
    each(
        "unnamed",
        &["不正常", "不能正常使用", "无法正常使用", "不太正常", "不是很好", "没有正常", "not working"],
    );
    each("unnamed", &["not working properly", "nothing works", "no longer works", "not good", "不能使用"]);
    each(
        "other",
        &[
            "时好时坏",
            "有时正常",
            "偶尔死机",
            "no signal",
            "无信号",
            "没信号",
            "信号不好",
            "no wifi",
            "wifi不能用",
            "used to work fine",
            "worked before",
            "works sometimes",
            "works only when plugged in",
            "以前正常",
            "只能开机",
            "插电才能开机",
            "没用",
            "没有反应",
            "无反应",
            "不断重启",
            "not 100%",
            "有划痕",
            "正常使用痕迹",
            "no one knows",
            "smells of smoke, works",
            "转轴松",
            "hinge loose",
            "works but hinge cracked",
            "无法连接",
        ],
    );
    each("audio", &["no sound", "无声音", "没有声音", "没声音", "声音无", "speaker not working", "no audio"]);
    each(
        "dead",
        &[
            "无法开机",
            "不开机",
            "不能正常开机",
            "无法正常开机",
            "does not power on",
            "doesn’t power on",
            "won't turn on",
            "no power",
            "fails to boot",
            "dead",
        ],
    );
    each(
        "display",
        &[
            "no display",
            "无显示",
            "没有显示",
            "screen not working",
            "屏幕不能正常显示",
            "触摸失灵",
            "dead pixels",
            "no touch",
            "黑屏",
            "everything works except the screen",
            "除屏幕外都正常",
        ],
    );
    each("outer_glass", &["屏碎", "cracked screen", "screen is cracked", "no issues, screen cracked"]);
    each("outer_glass", &["无划痕屏碎", "屏幕碎裂显示正常", "no scratches screen cracked"]);
    each(
        "ports",
        &["不能充电", "无法正常充电", "not charging", "doesn't charge", "充电慢", "charging port loose"],
    );
    each("biometrics", &["指纹不能用", "指纹不灵", "face id not working", "fingerprint not recognised"]);
    each("camera", &["相机不行", "camera broken", "no working camera"]);
    each("buttons", &["not all keys work", "音量键失灵", "power button stuck"]);
    each("water", &["进水", "water damage", "no scratches but water damage", "无划痕进水"]);
    each("account", &["有ID锁", "账号未退出", "icloud locked"]);
}

#[test]
fn no_denial_reaches_beyond_what_it_denies() {
    each("biometrics", &["人脸解锁失灵", "面容解锁不能用"]);
    each("other", &["解锁慢", "turns on slowly"]);
    each("account", &["not signed out of icloud"]);
    each(
        "account",
        &["无法解锁", "未解锁", "没有解锁", "未退出激活锁", "无法退出ID锁", "没有退出账号", "账号没退出"],
    );
    each("audio", &["没有声音", "扬声器没有声音", "喇叭无声"]);
    each("display", &["无显示", "屏幕无显示", "无触摸"]);
    each("biometrics", &["无面容", "无指纹", "没有指纹"]);
    each("ports", &["没有充电"]);
    each("outer_glass ports", &["cracked screen and not charging"]);
    each("outer_glass", &["screen does have cracks"]);
    each("display camera", &["broken screen and no camera"]);
    each("battery ports", &["battery dead and does not charge"]);
    each("sound", &["phone does turn on", "it’s fine", "screen like new"]);
    each("other", &["not in order", "doesn't"]);
    each("unnamed", &["not well", "cannot", "phone won't"]);
    each(
        "unclear",
        &[
            "not known",
            "not known to work",
            "don’t know",
            "、",
            "，。",
            "!",
            "|",
            "null",
            "no idea",
            "haven't tested",
        ],
    );
    each("unclear", &["不太清楚", "不太确定", "没有检测", "没有测试过"]);
    each("display", &["屏幕显示不清", "屏幕显示不清楚"]);
    each("camera", &["拍照不清晰"]);
    each("audio", &["听筒听不清"]);
    each("dead", &["不开机原因不明", "doesn’t turn on"]);
    each("outer_glass", &["screen appears to be cracked"]);
    each("outer_glass battery", &["Screen cracked. Battery weak.", "屏碎.电池不行", "屏碎电池不行"]);
    each("outer_glass battery water", &["屏碎 电池不行和进水"]);
    each(
        "sound",
        &["Works fine. No issues.", "没什么问题", "没啥毛病", "完好无故障", "正常无故障", "works properly"],
    );
    each(
        "sound",
        &["no repairs needed", "fully tested and no issues", "正常无拆修", "功能正常无维修", "无暗病无拆修"],
    );
    each(
        "unclear",
        &["没换过电池", "电池没换过", "没维修过", "从没修过", "未更换电池", "无维修史", "无维修痕迹"],
    );
}

#[test]
fn a_list_is_denied_as_a_whole_where_it_says_so() {
    each("sound", &["no cracks, scratches or dents", "no scratches, dents, or water damage"]);
    each("sound", &["没有划痕、磕碰或裂痕", "No dead pixels, cracks or scratches. Works great."]);
    each("water", &["无划痕、进水", "无划痕，进水或受潮"]);
    each("other", &["无划痕，死机", "cracked, or maybe not"]);
    each("dead", &["broken, dead or alive"]);
    each("audio", &["no sound, cracked or broken"]);
}

#[test]
fn an_unknown_word_is_never_sound() {
    let sound = [
        "正常",
        "屏幕正常",
        "无故障",
        "全新",
        "电池92%",
        "no issues",
        "works great",
        "powers on",
        "never opened",
    ];
    let unknown = ["zzq", "魑魅", "曾经", "以前", "只", "used to", "until", "only", "before", "qqq1"];
    for text in sound {
        for word in unknown {
            for written in [format!("{text} {word}"), format!("{word} {text}"), format!("{word}{text}")] {
                assert_ne!(outcome(&written), "sound", "{written}");
            }
        }
    }
}

#[test]
fn a_repair_hides_no_fault() {
    each("display + repaired", &["换屏后触摸失灵", "replaced screen not working"]);
    each("dead + repaired", &["维修后仍不开机"]);
    each("battery + repaired", &["换过电池后鼓包"]);
    each("biometrics + repaired", &["指纹坏换过电池"]);
    each("sound + repaired", &["按键失灵已修", "仅换过电池", "只换过屏"]);
    each("battery", &["battery replacement needed", "电池要换"]);
    each("water + repaired", &["进水维修过"]);
    each("unnamed", &["修过还是坏的"]);
    each("other", &["无法维修", "维修中"]);
    each(
        "sound + repaired",
        &["2年前换过电池", "换过1次电池", "battery replaced 3 months ago", "换过两次屏"],
    );
}

#[test]
fn a_battery_is_judged_by_its_health_and_cycles() {
    each(
        "battery",
        &[
            "battery 90% swollen",
            "电池92%鼓包",
            "电池鼓包 92%",
            "电池健康度76%",
            "battery 76%",
            "健康度76%",
            "电池健康度低于80%",
            "battery health below 80%",
            "battery <80%",
            "电池不足80%",
            "电池不耐用 95%",
            "battery drains fast 95%",
            "doesn't hold a charge",
            "电池循环1500次",
            "weak battery 85%",
        ],
    );
    each(
        "sound + repaired",
        &[
            "battery replaced 95%",
            "换过电池健康100%",
            "更换过电池 健康度98%",
            "更换过电池，健康度98%",
            "电池已更换 100%",
            "new battery 100%",
            "battery health 100% replaced",
        ],
    );
    each("battery + repaired", &["换过电池鼓包", "battery replaced 60%"]);
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
fn one_text_may_name_several_faults() {
    each(
        "outer_glass battery",
        &["屏碎,电池不行", "屏碎电池不行", "屏碎和电池不行", "cracked screen and weak battery"],
    );
    each(
        "outer_glass battery",
        &["cracked screen – weak battery", "电池不行、屏碎", "屏碎 电池不行 其他正常"],
    );
    each("battery buttons", &["按键失灵电池鼓包", "battery dead, buttons stuck"]);
    each("display battery", &["屏幕、电池坏"]);
    each("outer_glass", &["屏碎，其他功能正常", "cracked screen but works fine", "works but screen cracked"]);
}

#[test]
fn a_text_without_a_statement_is_unclear_or_names_nothing() {
    each(
        "unclear",
        &[
            "未知",
            "不清楚",
            "正常?",
            "可能正常",
            "应该正常",
            "好像坏了",
            "未测试",
            "not tested",
            "untested",
            "probably fine",
            "maybe broken",
            "屏碎，其他不清楚",
            "无拆修",
            "never repaired",
            "😀",
            "-",
            "not fully tested",
            "没有测试过",
        ],
    );
    each("unnamed", &["有故障", "坏了", "broken", "faulty", "has issues"]);
}

//! What a denial applies to, and where it ends.

use crate::reading::each;

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
fn free_denies_a_noun_right_before_it_and_nothing_else() {
    each("sound", &["scratch free"]);
    each("outer_glass", &["screen cracked free"]);
    each("outer_glass", &["scratches on screen free"]);
}

#[test]
fn a_list_is_denied_as_a_whole_where_it_says_so() {
    each("sound", &["no cracks, scratches or dents", "no scratches, dents, or water damage"]);
    each("sound", &["没有划痕、磕碰或裂痕", "No dead pixels, cracks or scratches. Works great."]);
    each("water", &["无划痕、进水", "无划痕，进水或受潮"]);
    each("other", &["无划痕，死机", "cracked, or maybe not"]);
    each("dead", &["broken, dead or alive"]);
    each("sound", &["屏幕正常无", "电池正常，无", "no charging port issues"]);
    each("audio", &["no sound camera fine"]);
    each("audio", &["no sound, cracked or broken"]);
}

//! Removes personal data from typed text: phone numbers, IMEI and other long numbers, e-mail and postal
//! addresses, names in messengers. This happens when the text is read, so personal data is neither sent
//! to the partner nor recorded nor logged (decision 20 of the partner's protocol).

#[cfg(feature = "words")]
mod addresses;
#[cfg(feature = "words")]
mod contacts;
#[cfg(feature = "words")]
mod letters;
#[cfg(feature = "words")]
mod numbers;

use std::borrow::Cow;

/// Replaces personal data.
const BLANK: char = '…';

/// The text with `…` in place of personal data. A second pass changes nothing.
///
/// Personal data is recognised by its shape and by the words around it. The name of a person without
/// such words is not recognised.
///
/// ```
/// assert_eq!(domain::redacted("屏幕碎 13800138000 联系"), "屏幕碎 … 联系");
/// assert_eq!(domain::redacted("iPhone 14 Pro 256GB"), "iPhone 14 Pro 256GB");
/// ```
#[cfg(feature = "words")]
pub fn redacted(text: &str) -> Cow<'_, str> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = numbers::find(&letters);
    found.extend(contacts::find(&letters));
    found.extend(addresses::find(&letters));
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        match found.iter().any(|(start, end)| (*start..*end).contains(&at)) {
            true if kept.ends_with(BLANK) => {}
            true => kept.push(BLANK),
            false => kept.push(*letter),
        }
    }
    Cow::Owned(kept)
}

/// The text as it is: the browser sends what was typed, and the server removes personal data.
#[cfg(not(feature = "words"))]
pub fn redacted(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Whether nothing is left of a text but `…` and the words that announce personal data: `电话 …`.
pub(crate) fn is_only_blanks(text: &str) -> bool {
    if !cfg!(feature = "words") || !text.contains(BLANK) {
        return false;
    }
    #[cfg(feature = "words")]
    let text = contacts::without_their_words(text);
    !text.chars().any(|letter| letter.is_ascii_alphanumeric() || (!letter.is_ascii() && is_word(letter)))
}

/// Whether a letter that is not ASCII belongs to a word. Always `false` without the feature `words`:
/// nothing is removed there, so the browser needs no table of letters.
fn is_word(letter: char) -> bool {
    cfg!(feature = "words") && letter.is_alphanumeric()
}

#[cfg(all(test, feature = "words"))]
mod tests {
    use super::*;

    #[test]
    fn personal_data_is_replaced() {
        for (typed, kept) in [
            ("屏幕碎 13800138000 联系", "屏幕碎 … 联系"),
            ("call 138-0013-8000", "call …"),
            ("138 0013 8000", "…"),
            ("１３８００１３８０００", "…"),
            ("一三八零零一三八零零零", "…"),
            ("一三八〇〇一三八〇〇〇", "…"),
            ("幺三八 零零幺三 八零零零", "…"),
            ("１３８ ００１３ ８０００", "…"),
            ("+86 13800138000", "+…"),
            ("010-88886666", "…"),
            ("IMEI 490154203237518", "IMEI …"),
            ("35 209900 176148 1", "…"),
            ("身份证11010519491231002X", "身份证…"),
            ("zhang.san@example.com 坏了", "… 坏了"),
            ("微信：zhangsan88", "微信：…"),
            ("WeChat: zhang_san", "WeChat: …"),
            ("联系人: 张三", "联系人: …"),
            ("联系人：全新", "联系人：…"),
            ("北京市朝阳区建国路88号3单元502室 自取", "… 自取"),
            ("阳光小区5栋", "…"),
            ("屏碎 vx zhangsan88", "屏碎 vx …"),
            ("屏碎vx：zhangsan88", "屏碎vx：…"),
            ("wechat zhang_san", "wechat …"),
            ("QQ 1234567", "QQ …"),
            ("QQ1234567", "QQ…"),
            ("qq号码是 1234567", "qq号码是 …"),
            ("telegram foo", "telegram …"),
            ("微信zhangsan88", "微信…"),
            ("微信号 zhangsan", "微信号 …"),
            ("加v zhangsan88 详谈", "加v … 详谈"),
            ("微信：张三", "微信：…"),
            ("WhatsApp +44 7700 900123", "WhatsApp +…"),
            ("+44 20 7946 0958", "+…"),
            ("+44 7700 900123", "+…"),
            ("call +1 (415) 555-2671 now", "call +… now"),
            ("(415) 555-2671", "(…"),
            ("415-555-2671", "…"),
            ("+1 212 555 0123", "+…"),
            ("9123 4567", "…"),
            ("(010) 6552 9988", "(…"),
            ("138/0013/8000", "…"),
            ("IMEI 35/209900/176148/1", "IMEI …"),
            ("0044 20 7946 0958", "…"),
            ("139/0013/8000", "…"),
            ("138 - 0013 - 8000", "…"),
            ("1 3 8 0 0 1 3 8 0 0 0", "…"),
            ("86-138-0013-8000", "…"),
            ("iPhone 14 138 0013 8000", "iPhone 14 …"),
            ("iPhone 14 13800138000", "iPhone 14 …"),
            ("35/209900/176148/1", "…"),
            ("IMEI: 352-099-001-761-481", "IMEI: …"),
            ("卡 6222 0212 3456 7890 123", "卡 …"),
            ("建国路 88 号", "…"),
            ("屏碎 建国路 88 号 3 单元 502 室", "屏碎 …"),
            ("北京市 朝阳区 建国路88号", "…"),
            ("阳光小区 5栋", "…"),
            ("万达广场3号楼", "…"),
            ("建国门外大街甲6号", "…"),
            ("翠苑 3号楼 502室", "…"),
            ("221B Baker Street, London", "…, London"),
            ("35 2099 0017 61481", "…"),
            ("13800138000x", "…x"),
            ("62220212345678901 坏了", "… 坏了"),
            ("9120 4567", "…"),
            ("12 Old Mill Pond Road", "…"),
            ("金茂府3号楼", "…"),
            ("建国路88号，屏碎，人民路6号", "…，屏碎，…"),
        ] {
            assert_eq!(redacted(typed), kept, "{typed}");
            assert_eq!(redacted(kept), kept, "once is enough: {kept}");
        }
    }

    #[test]
    fn a_description_of_the_device_stays() {
        for text in [
            "iPhone 14 Pro",
            "iPhone 14, 256GB, 1234567",
            "MacBook Air 13 英寸 (M2)",
            "2023-11-05",
            "12+512",
            "ThinkPad X1 Carbon Gen 11",
            "屏幕右上角有 3 条绿线",
            "健康度低于80%",
            "EOS R6 Mark II 24-105mm",
            "外屏损坏(外屏碎裂，显示正常)",
            "手机",
            "微信闪退",
            "2 St buttons",
            "Galaxy Z Fold5 12GB 512GB",
            "电话无声",
            "充电口 2 号",
            "Alpha 7 IV (ILCE-7M4)",
            "微信 闪退",
            "微信：闪退",
            "微信 无法登录",
            "电话 打不通",
            "512GB hard drive",
            "1TB solid state drive",
            "2 hard drives, 512 GB disk drive",
            "5120 2880",
            "电话 无声音",
            "电话：无声音",
            "手机号 无",
            "wechat crashes",
            "QQ not working",
            "打电话 对方听不见",
            "SM-G998B",
            "MK2E3CH/A",
            "256GB 2023款",
            "ThinkPad X1 Carbon Gen 11 21HM",
            "8/256",
            "12 256 2023",
            "16/512/2023/14",
            "13 8 256 2022 1",
            "2023/11/05",
            "2023 1024 512 2560 1600",
            "8GB+256 2023 1234",
            "Reno10 Pro+ 512",
            "12999.00",
            "¥ 3,574.35",
            "2023-12-30 14:00",
            "iPhone 13 Pro Max 256GB 2021 A2644",
            "Canon EF 70-200mm f/2.8L",
            "MacBook Pro 16 (2023) M3 Max 36GB 1TB 14-core",
            "3 条绿线, 2 个亮点, 100 次循环",
            "号码键 2 失灵",
            "音量键 1 号松",
            "六七成新",
            "256GB@2023",
            "2.8K @1.5x",
            "Intel 12900",
            "微信crashes",
            "微信v8 闪退",
            "微信ok",
            "QQ2013beta",
            "138码0013号8000",
            "139元，第0013台，8000次",
            "35 2099 0017 61482",
            "139    0013    8000",
            "512GB Abbey Road",
            "lost in Baker Street",
            "12 Very Old Mill Pond Road",
            "3 keys, 2 St buttons",
            "路 2号",
            "屏碎，3号楼",
            "Mark II 2单元",
        ] {
            assert_eq!(redacted(text), text);
        }
    }
}

//! Lines of a list that are no devices: totals, signatures, remarks.

use super::brands::{brand, leading_brand};
use super::families::family;
use super::kinds::{self, Kind};
use super::question::NoDevice;
use super::size_words::speaks_of_sizes;
use super::spelling::tidied;

/// Words that begin a line of totals, or end its first cell: 销售部小计.
const TOTALS: [&str; 15] = [
    "合共",
    "总共",
    "合计",
    "总计",
    "小计",
    "总数",
    "共计",
    "累计",
    "总金额",
    "总数量",
    "total",
    "subtotal",
    "grand total",
    "sum",
    "count",
];

/// Words that begin a cell for a signature or a date.
const SIGNATURES: [&str; 53] = [
    "盘点人",
    "监盘人",
    "制表",
    "编制",
    "经办",
    "核准",
    "审批",
    "制单",
    "审核",
    "复核",
    "签字",
    "签名",
    "签收",
    "经办人",
    "经手人",
    "验收人",
    "保管人",
    "登记人",
    "填报人",
    "回收人",
    "交机人",
    "客户签",
    "联系人",
    "负责人",
    "领用人签",
    "部门负责人",
    "主管",
    "财务",
    "填表",
    "日期",
    "盖章",
    "交接人",
    "接收人",
    "移交人",
    "批准",
    "prepared by",
    "checked by",
    "approved by",
    "reviewed by",
    "verified by",
    "inspected by",
    "witnessed by",
    "collected by",
    "handed over by",
    "counted by",
    "completed by",
    "signature",
    "signed",
    "received by",
    "authorized by",
    "authorised by",
    "released by",
    "date:",
];

/// Words that begin a remark below a list.
const REMARKS: [&str; 12] =
    ["备注", "说明", "注:", "注：", "注意", "note", "remark", "*", "※", "以上", "以下", "generated"];

/// Why a line is no device, from its cells that are not empty. `None` if it may be one.
pub fn no_device<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Option<NoDevice> {
    let cells = cells.map(str::trim).filter(|cell| !cell.is_empty());
    let first = &*tidied(cells.clone().next()?);
    // 12 | 合计
    let label = cells.clone().find(|cell| !is_an_amount(cell)).map(tidied);
    let label = label.as_deref().unwrap_or(first);
    let labels = |cell: &str| {
        cell.ends_with(':') || cell.contains("签字") || cell.contains("签名") || begins(cell, &SIGNATURES)
    };
    let reason = match cells.clone().count() {
        _ if begins(label, &TOTALS) && ends_its_word(label) || ends(label, &TOTALS) => NoDevice::Total,
        count
            if (labels(first) || count > 2)
                && cells.clone().filter(|cell| labels(&tidied(cell))).count() * 2 >= count =>
        {
            NoDevice::Signature
        }
        count if count <= 2 && begins(first, &REMARKS) => NoDevice::Remark,
        1 if is_a_groups_title(first) || is_a_sentence(first) => NoDevice::Remark,
        _ => return None,
    };
    let device = |cell: &str| {
        let lower = cell.to_lowercase();
        family(&lower, None).is_some() || leading_brand(&lower).is_some() || speaks_of_sizes(&lower)
    };
    (!cells.clone().any(device)).then_some(reason)
}

/// Whether a cell is a number or a sum, which may stand before its label: 12 | 合计, $1,240.00 | Total.
fn is_an_amount(cell: &str) -> bool {
    let number = cell.trim_matches(|it: char| it.is_whitespace() || "¥￥$€£台件部个只元".contains(it));
    number.starts_with(|it: char| it.is_ascii_digit())
        && number.bytes().all(|it| it.is_ascii_digit() || matches!(it, b',' | b'.'))
}

/// Whether a cell ends with one of the Chinese words: 销售部小计, 研发 合计.
fn ends(cell: &str, words: &[&str]) -> bool {
    words.iter().any(|word| !word.is_ascii() && cell.ends_with(word))
}

/// Whether a text that stands alone in its row is a sentence, and no description of a device: All items checked by Phil 3/6.
fn is_a_sentence(text: &str) -> bool {
    const VERBS: &str = "be, are, was, were, will, please, contact, see, checked, collected, counted, wiped, listed, sent, stored";
    let lower = text.to_ascii_lowercase();
    let words =
        || lower.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let is_of_a_device =
        |word: &str| brand(word).is_some() || matches!(kinds::read(word), Kind::Is(_) | Kind::NotQuoted);
    words().count() >= 4
        && words().any(|word| VERBS.split(", ").any(|verb| verb == word))
        && !words().any(is_of_a_device)
}

/// Whether a label in English is the word for a total, and no word that begins like it: Summer Lee, County Hall.
fn ends_its_word(label: &str) -> bool {
    const TOTAL: [&str; 8] = ["total", "totals", "subtotal", "subtotals", "sub", "grand", "sum", "count"];
    let lower = label.trim_start_matches(['(', '[', ' ']).to_ascii_lowercase();
    let word = lower.split(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or_default();
    word.is_empty() || TOTAL.contains(&word)
}

/// Whether a text is the title of a group of lines, and names their kind only: 二、平板, 手机（12台）, Laptops:.
fn is_a_groups_title(text: &str) -> bool {
    let name = text.split(['(', '（']).next().unwrap_or_default();
    let number = |letter: char| {
        letter.is_ascii_digit()
            || "一二三四五六七八九十第、.．:： ".contains(letter)
            || "类部分".contains(letter)
    };
    matches!(kinds::read(name.trim_matches(number)), Kind::Is(_) | Kind::NotQuoted)
}

/// Whether a cell begins with one of the words, whatever its letter case and spaces: 合 计.
fn begins(cell: &str, words: &[&str]) -> bool {
    let mut letters = cell.chars().filter(|it| !matches!(it, '(' | '（' | '[' | '【' | ' '));
    let Some(first) = letters.next() else { return false };
    // The first letter tells nearly all of them apart, and this is asked of each cell of a list.
    let of_first = |word: &&&str| word.starts_with(|it: char| it.eq_ignore_ascii_case(&first));
    words.iter().filter(of_first).any(|word| {
        let mut letters = letters.clone();
        let mut rest = word.chars().skip(1).filter(|it| *it != ' ');
        rest.all(|it| letters.next().is_some_and(|own| own.eq_ignore_ascii_case(&it)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_signatures_and_remarks_are_no_devices() {
        for (cells, reason) in [
            (&["合计", "20", "", "12,000"][..], Some(NoDevice::Total)),
            (&["", "总计：20 台"], Some(NoDevice::Total)),
            (&["Total", "12"], Some(NoDevice::Total)),
            (&["盘点人：", "监盘人：", "日期："], Some(NoDevice::Signature)),
            (&["制表：王", "审核："], Some(NoDevice::Signature)),
            (&["编制：何敏", "审核：", "批准："], Some(NoDevice::Signature)),
            (&["备注：以上设备均已清除数据"], Some(NoDevice::Remark)),
            (&["销售部 小计", "", "3"], Some(NoDevice::Total)),
            (&["合計", "20"], Some(NoDevice::Total)),
            (&["12 件", "总计 Total"], Some(NoDevice::Total)),
            (&["$1,240.00", "Total", "13"], Some(NoDevice::Total)),
            (&["经手人签字：__________"], Some(NoDevice::Signature)),
            (&["二、平板"], Some(NoDevice::Remark)),
            (&["手机（12台）"], Some(NoDevice::Remark)),
            (&["All items checked by Phil 3/6"], Some(NoDevice::Remark)),
            (&["", "Salvage to be collected w/c 2 Feb"], Some(NoDevice::Remark)),
            (&["Verified by: S. Raghavan", "Date:"], Some(NoDevice::Signature)),
            (&["Apple tablet of the front desk"], None),
            (&["1", "Note 20 Ultra"], None),
            (&["7", "Summer Lee", "D850"], None),
            (&["Flip 5 lilac minor scratches on lid"], None),
            (&["Spare laptop from the reception, will be wiped"], None),
            (&["the old Apple tablet of Maureen"], None),
            (&["手机", "12"], None),
            (&["荣耀平板9"], None),
            (&["1", "手机", "苹果 iPhone13 128G"], None),
            (&["手机", "vivo", "X90"], None),
            (&["Total", "MacBook Air", "8GB"], None),
        ] {
            assert_eq!(no_device(cells.iter().copied()), reason, "{cells:?}");
        }
    }
}

//! Lines of a list that are no devices: totals, signatures, remarks.

use super::families::family;
use super::question::NoDevice;
use super::sizes::speaks_of_sizes;

/// Words that begin a line of totals.
const TOTALS: [&str; 13] = [
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
const SIGNATURES: [&str; 30] = [
    "盘点人",
    "监盘人",
    "制表",
    "制单",
    "审核",
    "复核",
    "签字",
    "签名",
    "签收",
    "经办人",
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
    "signature",
    "signed",
    "received by",
    "date:",
];

/// Words that begin a remark below a list.
const REMARKS: [&str; 12] =
    ["备注", "说明", "注:", "注：", "注意", "note", "remark", "*", "※", "以上", "以下", "generated"];

/// Why a line is no device, from its cells that are not empty. `None` if it may be one.
pub fn no_device<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Option<NoDevice> {
    let cells = cells.map(str::trim).filter(|cell| !cell.is_empty());
    let first = cells.clone().next()?.to_lowercase();
    let begins = |cell: &str, words: &[&str]| {
        let cell = cell.trim_start_matches(['(', '（', '[', '【']).to_lowercase().replace(' ', "");
        words.iter().any(|word| cell.starts_with(&word.replace(' ', "")))
    };
    let device = |cell: &str| {
        let lower = cell.to_lowercase();
        family(&lower, None).is_some() || speaks_of_sizes(&lower)
    };
    if cells.clone().any(device) {
        return None;
    }
    let labels = |cell: &str| cell.ends_with([':', '：']) || begins(cell, &SIGNATURES);
    match cells.clone().count() {
        _ if begins(&first, &TOTALS) => Some(NoDevice::Total),
        count if cells.clone().filter(|cell| labels(cell)).count() * 2 >= count && labels(&first) => {
            Some(NoDevice::Signature)
        }
        count if count <= 2 && begins(&first, &REMARKS) => Some(NoDevice::Remark),
        _ => None,
    }
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
            (&["备注：以上设备均已清除数据"], Some(NoDevice::Remark)),
            (&["1", "手机", "苹果 iPhone13 128G"], None),
            (&["手机", "vivo", "X90"], None),
            (&["Total", "MacBook Air", "8GB"], None),
        ] {
            assert_eq!(no_device(cells.iter().copied()), reason, "{cells:?}");
        }
    }
}

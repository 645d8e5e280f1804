//! Headings of several words, of which some say nothing of what the column holds: Device Manufacturer Name, 机器外观情况.

use domain::Field;

use super::meaning::{Meaning, is_one_of, named};

/// English words that say nothing of what a column holds, wherever they stand.
const PLAIN: &str = "the, a, an, s, of, our, your, this, its, in, for, by, on, device, devices, asset, item, unit, \
    product, equipment, machine, hardware, handset, hw, phone, laptop, tablet, mobile, computer, it, tech, technician, \
    engineer, staff, user, customer, seller, inspector, current, currently, present, actual, overall, general, any, known, \
    reported, visible, observed, found, noted, apparent, existing, name, text, value, field, details, detail, info, \
    information, description, summary, yn, if, we, you, i, they, was, were, has, have, been, still, now, already, prev, previous, past, declared, estimated, internal, total, out, 10, with, anything, what, whats, is, as, at, bytes, kb, mb, gb, tb";

/// English words that say nothing more beside a word for the grade, the function, repairs, a battery or a lock.
const OF_A_STATE: &str = "status, state, condition, report, check, assessment, result, results, notes, note, \
    comments, comment, remarks, rating, grade, grading, test, history, inspection, category, list, returned, return, received";

/// What a Chinese heading may begin with, before the word that says what its column holds.
const BEGINNINGS: &str = "设备, 机器, 资产, 手机, 电脑, 平板, 笔记本, 产品, 商品, 物品, 终端, 机身, 整机, 回收, 旧机, 本机, 当前, 目前, \
    现, 现有, 现存, 实际, 具体, 主要, 客户, 员工, 用户, 学生, 顾客, 申报, 自述, 主机, 机子, 货品, 物料, 器材, 固定资产, 有无, 是否有, 是否, 有何, 有什么, 曾否, 是否曾, 是否有过, 曾经, 曾, 有否, 有没有, 已知, 其他, \
    其它, 详细, 大概, 大致, 基本, 相机, 原, 旧, 总体, 整体, 内部, 现场, 初步, 初检, 复检, 存在的, 存在, 发现的, 发现";

/// What it may end with.
const ENDINGS: &str = "名称, 信息, 描述, 说明, 内容, 栏, 明细, 登记, 填写, 详情, 选择";

/// What it may end with after a word for the grade, the function, repairs, a battery or a lock.
const ENDINGS_OF_A_STATE: &str = "情况, 状况, 状态, 等级, 级别, 评估, 评定, 评级, 鉴定, 判定, 检测, 检查, 结果, 记录, 备注, 分级, 与否, \
    程度, 问题, 意见, 结论, 评语, 打分, 评分, 初评";

/// What a heading means without the words that say nothing. `words` are its words in lower case; those of a Chinese
/// heading are not apart.
pub(super) fn of_words(words: &[String]) -> Option<Meaning> {
    let (mut of_any, mut of_a_state) = (String::new(), String::new());
    for word in words.iter().filter(|word| !is_one_of(word, PLAIN)) {
        of_any.push_str(word);
        if !is_one_of(word, OF_A_STATE) {
            of_a_state.push_str(word);
        }
    }
    let stated = || named(&of_a_state).filter(is_of_a_state);
    named(&of_any).or_else(stated).or_else(|| in_chinese(&of_any)).or_else(|| notes(words))
}

/// IT notes, Remarks workshop, 盘点备注: remarks of anyone.
fn notes(words: &[String]) -> Option<Meaning> {
    const NOTES: &str = "notes, note, remarks, remark, comments, comment";
    let is_one = |word: &String| is_one_of(word, NOTES) || word.contains("备注") || word.contains("备考");
    words.iter().any(is_one).then_some(Meaning::Notes)
}

fn in_chinese(name: &str) -> Option<Meaning> {
    let beginnings = || BEGINNINGS.split(", ").filter_map(|word| name.strip_prefix(word));
    let endings = || ENDINGS.split(", ").filter_map(|word| name.strip_suffix(word));
    let of_a_state = || ENDINGS_OF_A_STATE.split(", ").filter_map(|word| name.strip_suffix(word));
    let known = |rest: &str| named(rest).or_else(|| in_chinese(rest));
    beginnings()
        .find_map(known)
        .or_else(|| endings().find_map(known))
        .or_else(|| of_a_state().find_map(|rest| known(rest).filter(is_of_a_state)))
}

fn is_of_a_state(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Field(field) => {
            matches!(field, Field::Condition | Field::FunctionStatus | Field::RepairHistory)
        }
        Meaning::Fields(fields) => fields.contains(&Field::FunctionStatus),
        Meaning::Battery | Meaning::Lock | Meaning::State => true,
        Meaning::Name | Meaning::OwnName | Meaning::Chip | Meaning::Notes => false,
    }
}

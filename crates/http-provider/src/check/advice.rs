//! What to do about what was found, in both languages.

use provider::{BadAnswer, Refusal};

use super::checks::Check;
use super::language::Language;
use crate::shape::{Fault, Wanted};

/// What to do about another status.
pub(super) fn of_check(check: Check, language: Language) -> String {
    match check {
        Check::Unsigned | Check::WrongSignature => language.of(
            "先用密钥验证 webhook-signature，不符就回答 401 和 code unauthorized。",
            "Verify webhook-signature with the secret first; answer 401 with code unauthorized if it differs.",
        ),
        Check::ChangedBody => language.of(
            "用收到的原始字节计算签名，不要用解析后重新写出的 JSON。",
            "Compute the signature over the raw bytes that arrived, not over JSON that was parsed and written again.",
        ),
        Check::OldCall | Check::FutureCall => language.of(
            "webhook-timestamp 比当前时间早或晚 5 分钟以上就回答 401。",
            "Answer 401 if webhook-timestamp is more than 5 minutes before or after now.",
        ),
        Check::Faults | Check::Grades => language.of(
            "不收的故障或成色回答 422 和 code not_accepted。",
            "Answer 422 with code not_accepted to a fault or grade that you do not take.",
        ),
        Check::TwoSignatures => language.of(
            "webhook-signature 可以有多个，用空格分开，其中一个正确即可；更换密钥时需要。",
            "webhook-signature may hold several, separated by spaces; accept if one is right. A change of the secret needs it.",
        ),
        Check::UnknownModel => language.of(
            "没有的机型回答 404 和 code model_unknown，不要报相近机型的价。",
            "Answer 404 with code model_unknown for a model that you do not have, not the price of a similar one.",
        ),
        Check::Description
        | Check::Search
        | Check::Keywords
        | Check::Quote
        | Check::SameDevice
        | Check::Money
        | Check::Sums
        | Check::Validity
        | Check::Many
        | Check::Malformed
        | Check::Speed => language.of("按约定的状态码回答。", "Answer with the status of the contract."),
    }
}

/// What to do about a call without a usable answer.
pub(super) fn of_refusal(refusal: &Refusal, check: Check, language: Language) -> String {
    match refusal {
        Refusal::Unauthorized { .. } => language.of(
            "核对两边的密钥和时钟；签名见 docs/providers.zh-CN.md 的例子。",
            "Compare the secret and the clock of both sides; docs/providers.md has a worked signature.",
        ),
        Refusal::NoConnection(_) => language.of(
            "检查地址、服务是否在运行以及证书。",
            "Check the address, whether the service runs, and its certificate.",
        ),
        Refusal::Timeout => language.of(
            "查看服务在等什么；95% 的回答应在 1.5 秒之内。",
            "See what the service waits for; 95 % of answers should take at most 1.5 s.",
        ),
        Refusal::WrongAddress => language
            .of("检查地址：这个路径下没有这个调用。", "Check the address: there is no such call below it."),
        // Only in a grade or with a fault: the device itself has a price.
        Refusal::ModelUnknown(_) if matches!(check, Check::Faults | Check::Grades) => of_check(check, language),
        Refusal::ModelUnknown(_) if check == Check::Many => language.of(
            "对同一台设备，/quotes 要和 /quote 一样报价。",
            "Answer the same device in /quotes as in /quote.",
        ),
        Refusal::ModelUnknown(_) | Refusal::NotAccepted(_) => language.of(
            "用 --type、--brand、--model、--storage 给出一台能报价的设备。",
            "Name a device that has a price by --type, --brand, --model and --storage.",
        ),
        Refusal::InvalidParameters(_) => language.of(
            "这个请求符合约定：查看服务为什么不接受它。",
            "The request is as agreed: see why the service does not take it.",
        ),
        Refusal::BadAnswer(BadAnswer::WrongCurrency) => language.of(
            "price.currency 写 \"CNY\"，金额以分为单位。",
            "Write \"CNY\" in price.currency, and amounts in fen.",
        ),
        Refusal::BadAnswer(BadAnswer::NoPrice) => language.of(
            "price.final 写不小于 0 的整数，单位分。",
            "Write an integer of fen, at least 0, in price.final.",
        ),
        Refusal::Intermediary(_) | Refusal::BadAnswer(BadAnswer::NotJson | BadAnswer::WrongShape) => language.of(
            "查看服务和它前面的网关的日志：这次调用应得到 200 的 application/json，或约定的拒绝。",
            "See the log of the service and of a gateway before it: this call should get 200 with application/json, or a refusal of the contract.",
        ),
        Refusal::PermissionDenied(_)
        | Refusal::QuotaExhausted(_)
        | Refusal::TooManyRequests { .. }
        | Refusal::ServerFault(_)
        | Refusal::Unavailable(_)
        | Refusal::BrokenOff(_)
        | Refusal::BadAnswer(_)
        | Refusal::Other { .. }
        | Refusal::NotOffered => language.of(
            "查看服务的日志：这次调用应得到 200 的 JSON。",
            "See the service's log: this call should get 200 with JSON.",
        ),
    }
}

/// What has to be at a place of an answer.
pub(super) fn of_fault(fault: &Fault, language: Language) -> String {
    let (chinese, english) = match fault.wanted {
        Wanted::Object => ("应为对象", "has to be an object"),
        Wanted::Array => ("应为数组", "has to be an array"),
        Wanted::Text => ("应为非空文本", "has to be a text that is not empty"),
        Wanted::Fen => ("应为整数，单位分", "has to be an integer of fen"),
        Wanted::Price => ("应为不小于 0 的整数，单位分", "has to be an integer of fen, at least 0"),
        Wanted::Cny => ("应为 \"CNY\"", "has to be \"CNY\""),
        Wanted::Rfc3339 => (
            "应为 RFC 3339 时间，如 2030-01-01T10:00:00+08:00",
            "has to be a time in RFC 3339, such as 2030-01-01T10:00:00+08:00",
        ),
        Wanted::Way => ("应为 store、pickup 或 mail", "has to be store, pickup or mail"),
        Wanted::Kilometres => ("应为不小于 0 的公里数", "has to be a number of kilometres, at least 0"),
        Wanted::Category => ("应为 手机、平板、笔记本 或 相机", "has to be 手机, 平板, 笔记本 or 相机"),
        Wanted::Code => ("应为约定的拒绝代码", "has to be a code of the contract"),
        Wanted::Contract => ("应为数字 1", "has to be the number 1"),
        Wanted::Count => ("应为不小于 1 的整数", "has to be a whole number, at least 1"),
        Wanted::BaseForSteps => ("有 steps 时必须有 base", "has to be there, since there are steps"),
        Wanted::KeysOnce => ("同一个键出现了两次", "has the same key twice"),
    };
    let path = if fault.path.is_empty() { language.of("回答", "the answer") } else { fault.path.clone() };
    format!("{path} {}", language.of(chinese, english))
}

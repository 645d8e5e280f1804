//! The report in words, in both languages.

use std::time::Duration;

use super::advice::{of_check, of_fault, of_refusal};
use super::findings::{Cause, Check, Detail, LONGEST, Times, Why};
use super::language::Language;

/// What is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is wrong.
    pub cause: String,
    /// What to do.
    pub fix: String,
}

impl Check {
    /// What is checked, in a few words.
    pub fn title(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Self::Description => ("GET 说明可以读取", "GET describes the service"),
            Self::Search => ("搜索能找到机型", "search finds models"),
            Self::Quote => ("报价的结构正确", "a quote has the agreed shape"),
            Self::SameDevice => ("报价的就是所问的设备", "the price is for the device that was asked about"),
            Self::Money => ("金额是以分为单位的整数", "amounts are integers of fen in CNY"),
            Self::Sums => ("基准价加各步骤等于最终价", "base and steps add up to the price"),
            Self::Validity => ("有效期写法正确并且足够长", "the price is valid for a time"),
            Self::Many => ("一次询价多台，按顺序回答", "several devices are answered in order"),
            Self::Unsigned => ("没有签名的请求被拒绝", "a call without signature is refused"),
            Self::WrongSignature => ("签名错误的请求被拒绝", "a wrong signature is refused"),
            Self::ChangedBody => ("签名后被改动的请求被拒绝", "a body changed after signing is refused"),
            Self::OldCall => ("十分钟前的请求被拒绝", "a call ten minutes old is refused"),
            Self::TwoSignatures => ("两个签名中有一个正确即接受", "of two signatures one is enough"),
            Self::UnknownModel => ("未知机型回答 model_unknown", "an unknown model is model_unknown"),
            Self::Malformed => ("格式错误的请求得到 4xx", "malformed requests get 4xx"),
            Self::Speed => ("回答足够快", "answers are fast enough"),
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

impl Detail {
    /// The detail in words; empty for none.
    pub fn told(&self, language: Language) -> String {
        match self {
            Self::None => String::new(),
            Self::Service(name, None) => {
                language.of(format!("{name}；每次一台"), format!("{name}; one device a call"))
            }
            Self::Service(name, Some(many)) => language
                .of(format!("{name}；每次最多 {many} 台"), format!("{name}; up to {many} devices a call")),
            Self::Models(models) => language.of(format!("{models} 个机型"), format!("{models} models")),
            Self::Price(price, device) => format!("{price}, {device}"),
            Self::Until(until) => language.of(format!("到 {until}"), format!("until {until}")),
            Self::Times(times) => of_times(*times, language),
        }
    }
}

impl Why {
    /// Why a check was not tried.
    pub fn told(self, language: Language) -> String {
        match self {
            Self::NotOffered => language.of("说明中没有 many", "the description has no many"),
            Self::NoPrice => language.of("先要有可用的报价", "a usable price has to come first"),
        }
    }
}

impl Cause {
    /// What is wrong, and what to do.
    pub fn told(&self, check: Check, language: Language) -> Told {
        let say = |chinese: String, english: String| language.of(chinese, english);
        let (cause, fix) = match self {
            Self::NoAnswer(refusal) => {
                (say(format!("没有可用的回答：{refusal}"), format!("no usable answer: {refusal}")), of_refusal(refusal, language))
            }
            Self::Status { got, wanted } => (
                say(format!("状态码是 {got}，应为 {wanted}"), format!("the status is {got}, not {wanted}")),
                of_check(check, language),
            ),
            Self::NotAProblem { status, media_type } => (
                say(
                    format!("状态码 {status} 正确，但内容类型是“{media_type}”，不是 application/problem+json 对象"),
                    format!("status {status} is right, but it is `{media_type}` and no object in application/problem+json"),
                ),
                language.of(
                    "用 Content-Type: application/problem+json 回答一个含 code 的 JSON 对象。",
                    "Answer a JSON object with `code`, as Content-Type: application/problem+json.",
                ),
            ),
            Self::Code { got, wanted } => {
                let got = got.as_deref().unwrap_or("–");
                let wanted = wanted.word();
                (
                    say(format!("code 是 {got}，应为 {wanted}"), format!("code is {got}, not {wanted}")),
                    language.of(format!("在 code 中写 {wanted}。"), format!("Write {wanted} in `code`.")),
                )
            }
            Self::NotJson => (
                language.of("回答不是 UTF-8 的 JSON", "the answer is not JSON in UTF-8"),
                language.of("用 UTF-8 的 JSON 回答。", "Answer with JSON in UTF-8."),
            ),
            Self::Shape(faults) => (
                faults.iter().map(|fault| of_fault(fault, language)).collect::<Vec<_>>().join("; "),
                language.of("改正所列字段；写法见 docs/provider-openapi.json。", "Correct these fields; docs/provider-openapi.json describes each."),
            ),
            Self::NoModels => (
                language.of("关键词为空时没有找到可以询价的机型", "an empty keyword finds no model that can be asked about"),
                language.of(
                    "关键词为空时回答常见机型，至少一个带 storages；或用 --model 等选项给出一台设备。",
                    "Answer an empty keyword with popular models, one of them with storages; or name a device by --model and the other options.",
                ),
            ),
            Self::AnotherDevice(bad, device) => (
                say(format!("回答的是另一台设备：{device}（{bad}）"), format!("{bad}: {device}")),
                language.of(
                    "在 device 中写出实际报价的机型、容量和成色；没有这台设备就拒绝（model_unknown）。",
                    "Write the model, storage and grade that was priced into `device`; without that device refuse (model_unknown).",
                ),
            ),
            Self::AboveBase => (
                language.of("最终价高于基准价的 1.5 倍", "the final price is over 1.5 times the base"),
                language.of("检查 base 和 final 的单位：都是分。", "Check the unit of base and final: both are fen."),
            ),
            Self::Sum { sum, price } => (
                say(format!("base 加 steps 是 {sum} 分，final 是 {price} 分"), format!("base and steps are {sum} fen, final is {price} fen")),
                language.of("改正步骤，或加一个步骤说明差额。", "Correct the steps, or add one for the difference."),
            ),
            Self::Short(until) => (
                say(format!("只到 {until} 有效"), format!("it is valid only until {until}")),
                language.of("报价至少有效一小时，通常 24 小时；检查时钟和时区。", "Make prices valid for at least an hour, usually 24; check clock and offset."),
            ),
            Self::Items { got, wanted } => (
                say(format!("问了 {wanted} 台，回答了 {got} 条"), format!("{got} answers to {wanted} devices")),
                language.of(
                    "每台设备回答一条，顺序不变；不能报价的写 {\"code\":…}。",
                    "Answer one item for each device, in their order; {\"code\":…} where there is no price.",
                ),
            ),
            Self::Body { body, status, media_type } => (
                say(
                    format!("请求体 `{body}` 得到 {status}“{media_type}”"),
                    format!("the body `{body}` got {status} `{media_type}`"),
                ),
                language.of(
                    "对已签名但格式错误的请求回答 400 或 422 的 application/problem+json。",
                    "Answer signed but malformed requests with 400 or 422 in application/problem+json.",
                ),
            ),
            Self::Slow(times) => (
                of_times(*times, language),
                say(
                    format!("让 95% 的回答在 {} 毫秒之内：比较时不等更晚的回答。", LONGEST.as_millis()),
                    format!("Answer 95 % of calls within {} ms: comparing does not wait for later answers.", LONGEST.as_millis()),
                ),
            ),
        };
        Told { cause, fix }
    }
}

fn of_times(times: Times, language: Language) -> String {
    let ms = |time: Duration| time.as_millis();
    let Times { calls, p50, p95 } = times;
    let (p50, p95) = (ms(p50), ms(p95));
    language.of(
        format!("{calls} 次：p50 {p50} 毫秒，p95 {p95} 毫秒"),
        format!("{calls} calls: p50 {p50} ms, p95 {p95} ms"),
    )
}

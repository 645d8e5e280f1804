//! The report in words, in both languages.

use std::time::Duration;

use domain::Money;

use super::advice::{of_check, of_fault, of_refusal};
use super::checks::Check;
use super::findings::{Cause, Detail, LONGEST, Times, Why};
use super::language::Language;
use super::refusal_words;

/// What is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What is wrong.
    pub cause: String,
    /// What to do.
    pub fix: String,
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
            Self::Prices(prices) => {
                let one = |(what, price): &(String, Option<Money>)| match price {
                    Some(price) => format!("{what} {price}"),
                    None => format!("{what} {}", language.of("不收", "not accepted")),
                };
                prices.iter().map(one).collect::<Vec<_>>().join(&language.of("；", "; "))
            }
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
            Self::NoModels => language.of("搜索先要找到机型", "the search has to find a model first"),
            Self::NotAuthorized => {
                language.of("服务先要接受正确的签名", "the service has to accept a right signature first")
            }
            Self::NoConnection => language.of("先要能连接服务", "the service has to answer first"),
        }
    }
}

impl Cause {
    /// What is wrong, and what to do.
    pub fn told(&self, check: Check, language: Language) -> Told {
        let say = |chinese: String, english: String| language.of(chinese, english);
        let (cause, fix) = match self {
            Self::NoAnswer(refusal) => {
                (refusal_words::of_refusal(refusal, language), of_refusal(refusal, check, language))
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
                faults.iter().map(|fault| of_fault(fault, language)).collect::<Vec<_>>().join(&language.of("；", "; ")),
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
                {
                    let bad = refusal_words::of_bad_answer(*bad, language);
                    say(format!("{bad}：{device}"), format!("{bad}: {device}"))
                },
                language.of(
                    "在 device 中写出实际报价的机型、容量和成色；没有这台设备就拒绝（model_unknown）。",
                    "Write the model, storage and grade that was priced into `device`; without that device refuse (model_unknown).",
                ),
            ),
            Self::About(what, cause) => {
                let Told { cause, fix } = cause.told(check, language);
                (say(format!("{what}：{cause}"), format!("{what}: {cause}")), fix)
            }
            Self::NotFound(model) => (
                say(format!("没有找到 {model}"), format!("it does not find {model}")),
                language.of(
                    "items 中回答名称包含关键词的机型；不分大小写，关键词可以在机型前带品牌。",
                    "Answer in items each model whose name has the keyword in it; letter case does not count, and the brand may come before the model.",
                ),
            ),
            Self::FoundAnyway(model) => (
                say(format!("找到了不相符的 {model}"), format!("it finds {model}, which does not fit")),
                language.of(
                    "只回答符合 keyword 和 device_type 的机型；没有时回答 {\"items\":[]}。",
                    "Answer only models that fit keyword and device_type; if there are none, {\"items\":[]}.",
                ),
            ),
            Self::Dearer { price, than } => (
                say(format!("price.final 是 {price}，高于状况更好时的 {than}"), format!("price.final is {price}, more than {than} in a better condition")),
                language.of(
                    "检查 condition 和 function_status 怎样影响 price.final。",
                    "See how condition and function_status change price.final.",
                ),
            ),
            Self::AsSound(price) => (
                say(format!("price.final 是 {price}，和没有故障时一样"), format!("price.final is {price}, as without a fault")),
                language.of(
                    "function_status 中不认识的内容回答 422 和 code not_accepted，不要当作正常。",
                    "Answer 422 with code not_accepted to what you do not know in function_status; do not take it for 正常.",
                ),
            ),
            Self::BracketsMatter => (
                language.of(
                    "括号里的说明不同，一个有报价、一个被拒绝",
                    "of two texts in the brackets, one gets a price and one is refused",
                ),
                language.of(
                    "比较 function_status 之前先去掉括号和里面的说明：它可以是顾客自己写的。",
                    "Take brackets and the text in them off before you compare function_status: it may be a shopper's own.",
                ),
            ),
            Self::AboveBase => (
                language.of("price.final 高于 price.base 的 1.5 倍", "price.final is over 1.5 times price.base"),
                language.of("检查 base 和 final 的单位：都是分。", "Check the unit of base and final: both are fen."),
            ),
            Self::Sum { sum, price } => (
                say(format!("base 加 steps 是 {sum} 分，final 是 {price} 分"), format!("base and steps are {sum} fen, final is {price} fen")),
                language.of("改正步骤，或加一个步骤说明差额。", "Correct the steps, or add one for the difference."),
            ),
            Self::Short(until) => (
                say(format!("valid_until 是 {until}"), format!("valid_until is {until}")),
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

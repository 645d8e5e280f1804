//! Why a call brought no usable answer, in both languages.

use provider::{BadAnswer, Cause as NoWay, Refusal};

use super::language::Language;

/// What came instead of a usable answer.
pub(super) fn of_refusal(refusal: &Refusal, language: Language) -> String {
    let say = |chinese: String, english: String| language.of(chinese, english);
    match refusal {
        Refusal::ModelUnknown(_) => {
            say("回答是拒绝 model_unknown".into(), "the answer is the refusal model_unknown".into())
        }
        Refusal::NotAccepted(_) => {
            say("回答是拒绝 not_accepted".into(), "the answer is the refusal not_accepted".into())
        }
        Refusal::InvalidParameters(message) => say(
            format!("服务认为请求写法不对{}", said(message, language)),
            format!("the service says that the request is malformed{}", said(message, language)),
        ),
        Refusal::Unauthorized { message, .. } => say(
            format!("服务不接受签名{}", said(message, language)),
            format!("the service does not accept the signature{}", said(message, language)),
        ),
        Refusal::PermissionDenied(message) => say(
            format!("服务不允许这个调用{}", said(message, language)),
            format!("the service does not permit this call{}", said(message, language)),
        ),
        Refusal::WrongAddress => say(
            "得到 404，但不是约定的拒绝".into(),
            "the answer is 404, and no refusal of the contract".into(),
        ),
        Refusal::QuotaExhausted(message) => say(
            format!("服务说今天的次数已用完{}", said(message, language)),
            format!("the service says that the day's calls are used up{}", said(message, language)),
        ),
        Refusal::TooManyRequests { .. } => say(
            "得到 429，没有 code：服务要求放慢".into(),
            "the answer is 429 without a code: the service asks to slow down".into(),
        ),
        Refusal::ServerFault(message) => say(
            format!("服务出错{}", said(message, language)),
            format!("the service failed{}", said(message, language)),
        ),
        Refusal::Unavailable(message) => say(
            format!("服务现在不能回答{}", said(message, language)),
            format!("the service cannot answer now{}", said(message, language)),
        ),
        Refusal::Intermediary(status) => say(
            format!("得到 HTTP {status}，内容不是约定的 JSON，例如一张 HTML 错误页"),
            format!(
                "the answer is HTTP {status} with something that is not JSON of the contract, such as an HTML page"
            ),
        ),
        Refusal::Timeout => say("没有及时回答".into(), "there was no answer in time".into()),
        Refusal::NoConnection(unreached) => {
            let (chinese, english) = of_connection(unreached.cause);
            say(format!("{chinese}（{}）", unreached.chain), format!("{english} ({})", unreached.chain))
        }
        Refusal::BrokenOff(message) => say(
            format!("回答完成之前连接中断{}", said(message, language)),
            format!("the connection broke before the answer was complete{}", said(message, language)),
        ),
        Refusal::BadAnswer(bad) => of_bad_answer(*bad, language),
        Refusal::Other { code, message } => say(
            format!("服务拒绝，code 是 {code}{}", said(message, language)),
            format!("the service refuses with code {code}{}", said(message, language)),
        ),
        Refusal::NotOffered => say("没有这个调用".into(), "there is no such call".into()),
    }
}

/// What is wrong with an answer that cannot be used.
pub(super) fn of_bad_answer(bad: BadAnswer, language: Language) -> String {
    let (chinese, english) = match bad {
        BadAnswer::NotJson => ("回答不是 UTF-8 的 JSON", "the answer is not JSON in UTF-8"),
        BadAnswer::WrongShape => ("回答的结构不对", "the answer has another shape"),
        BadAnswer::NoPrice => ("没有可读的 price.final", "there is no readable price.final"),
        BadAnswer::TooLong => ("回答超过 1 MiB", "the answer is longer than 1 MiB"),
        BadAnswer::Compressed => {
            ("回答被压缩，而请求没有要求压缩", "the answer is compressed, which was not asked for")
        }
        BadAnswer::Redirect => {
            ("回答是重定向，重定向不会被跟随", "the answer is a redirect, and those are not followed")
        }
        BadAnswer::AnotherModel => ("device.model 是另一个机型", "device.model is another model"),
        BadAnswer::AnotherStorage => ("device.storage 是另一个容量", "device.storage is another storage"),
        BadAnswer::AnotherGrade => ("device.condition 是另一个成色", "device.condition is another grade"),
        BadAnswer::AboveBase => {
            ("price.final 高于 price.base 的 1.5 倍", "price.final is over 1.5 times price.base")
        }
        BadAnswer::WrongCurrency => ("price.currency 不是 \"CNY\"", "price.currency is not \"CNY\""),
    };
    language.of(chinese, english)
}

fn of_connection(cause: NoWay) -> (&'static str, &'static str) {
    match cause {
        NoWay::NoSuchName => ("没有这个域名", "no such name"),
        NoWay::NamesSilent => ("域名服务器没有回答", "no name server answers"),
        NoWay::Refused => {
            ("连接被拒绝，这个地址上没有服务", "connection refused: nothing listens at this address")
        }
        NoWay::TimedOut => ("这个地址没有及时回答", "nothing answers there in time"),
        NoWay::NoRoute => ("没有通往这个地址的网络", "no route leads there"),
        NoWay::NotLetOut => ("本机不允许这个连接", "this machine does not let the connection out"),
        NoWay::OutOfFiles => ("打开的文件太多", "too many open files"),
        NoWay::UnknownCertificate => {
            ("本机不信任它的证书", "the certificate is not one that this machine trusts")
        }
        NoWay::CertificateDate => {
            ("按本机的时间，证书不在有效期内", "the certificate is not valid at this machine's time")
        }
        NoWay::Tls => ("未能建立 TLS", "TLS was not agreed on"),
        NoWay::ProxyRefused => ("代理不连接这个地址", "the proxy does not lead there"),
        NoWay::Other => ("没有连接", "no connection"),
    }
}

/// The service's own words, after a colon.
fn said(message: &str, language: Language) -> String {
    if message.trim().is_empty() {
        return String::new();
    }
    language.of(format!("：{message}"), format!(": {message}"))
}

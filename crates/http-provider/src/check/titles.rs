//! What is checked, in a few words of both languages.

use super::checks::Check;
use super::language::Language;

impl Check {
    /// What is checked, in a few words.
    pub fn title(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            Self::Description => ("GET 说明可以读取", "GET describes the service"),
            Self::Search => ("搜索能找到机型", "search finds models"),
            Self::Keywords => ("关键词只找到相符的机型", "a keyword finds what fits, and only that"),
            Self::Quote => ("报价的结构正确", "a quote has the agreed shape"),
            Self::SameDevice => ("报价的就是所问的设备", "the price is for the device that was asked about"),
            Self::Money => ("金额是以分为单位的整数", "amounts are integers of fen in CNY"),
            Self::Sums => ("基准价加各步骤等于最终价", "base and steps add up to the price"),
            Self::Validity => ("有效期写法正确并且足够长", "the price is valid for a time"),
            Self::Faults => ("故障使价格降低，或被拒绝", "faults lower the price, or are refused"),
            Self::Grades => ("成色越差价格越低，或被拒绝", "worse grades lower the price, or are refused"),
            Self::Many => ("一次询价多台，按顺序回答", "several devices are answered in order"),
            Self::Unsigned => ("没有签名的请求被拒绝", "a call without signature is refused"),
            Self::WrongSignature => ("签名错误的请求被拒绝", "a wrong signature is refused"),
            Self::ChangedBody => ("签名后被改动的请求被拒绝", "a body changed after signing is refused"),
            Self::OldCall => ("十分钟前的请求被拒绝", "a call ten minutes old is refused"),
            Self::FutureCall => ("时间在十分钟后的请求被拒绝", "a call from ten minutes ahead is refused"),
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

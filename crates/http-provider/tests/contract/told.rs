//! How the check tells what is wrong.

use http_provider::check::{Check, Finding, Language, Told};

use crate::check::checked;
use crate::flaw::Flaw;

#[tokio::test]
async fn what_is_wrong_is_told_with_field_and_fix_in_both_languages() {
    use Check::*;
    for (flaw, check, said) in [
        (
            Flaw::OtherCurrency,
            Money,
            [
                "price.currency 应为 \"CNY\"",
                "改正所列字段",
                "price.currency has to be \"CNY\"",
                "Correct these fields",
            ],
        ),
        (
            Flaw::AnotherModel,
            SameDevice,
            [
                "device.model 是另一个机型",
                "在 device 中写出",
                "device.model is another model",
                "into `device`",
            ],
        ),
        (
            Flaw::SumOff,
            Sums,
            ["base 加 steps 是 460000 分", "改正步骤", "base and steps are 460000 fen", "Correct the steps"],
        ),
        (Flaw::Silent, Quote, ["没有及时回答", "在等什么", "no answer in time", "waits for"]),
        (Flaw::HtmlError, Quote, ["HTTP 500", "应得到 200", "HTTP 500", "should get 200"]),
        (
            Flaw::NotVerified,
            Unsigned,
            [
                "/quote：状态码是 200，应为 401",
                "回答 401",
                "/quote: the status is 200, not 401",
                "answer 401",
            ],
        ),
        (
            Flaw::SearchNotVerified,
            Unsigned,
            ["/search：状态码是 200", "回答 401", "/search: the status is 200", "answer 401"],
        ),
        (
            Flaw::TimeNotVerified,
            OldCall,
            ["状态码是 200", "webhook-timestamp 比", "status is 200", "webhook-timestamp is more"],
        ),
        (
            Flaw::RefusesWith200,
            UnknownModel,
            [
                "状态码是 200，应为 404",
                "code model_unknown",
                "the status is 200, not 404",
                "code model_unknown",
            ],
        ),
        (
            Flaw::RefusesWith200,
            Faults,
            ["状态码是 200，应为 422", "not_accepted", "the status is 200, not 422", "not_accepted"],
        ),
        (
            Flaw::FaultsAs404,
            Faults,
            [
                "按键故障(按键或键盘失灵)：状态码是 404，应为 422",
                "not_accepted",
                "status is 404, not 422",
                "not_accepted",
            ],
        ),
        (
            Flaw::FaultsNotKnown,
            Faults,
            [
                "回答是拒绝 model_unknown",
                "回答 422 和 code not_accepted",
                "refusal model_unknown",
                "Answer 422",
            ],
        ),
        (
            Flaw::FaultsWithBrackets,
            Faults,
            ["括号里的说明不同", "function_status", "in the brackets", "function_status"],
        ),
        (
            Flaw::OwnWordsAsSound,
            Faults,
            [
                "偶尔自动关机：price.final 是 ¥4,500",
                "不要当作正常",
                "price.final is ¥4,500",
                "do not take it",
            ],
        ),
        (
            Flaw::GradesDearer,
            Grades,
            ["七成新：price.final 是 ¥6,000，高于", "condition", "¥6,000, more than ¥4,000", "condition"],
        ),
        (
            Flaw::LetterCase,
            Keywords,
            [
                "iphone 14 pro：没有找到 iPhone 14 Pro",
                "不分大小写",
                "does not find iPhone 14 Pro",
                "letter case",
            ],
        ),
        (
            Flaw::AnyKeyword,
            Keywords,
            ["找到了不相符的 iPhone 14 Pro", "{\"items\":[]}", "which does not fit", "{\"items\":[]}"],
        ),
    ] {
        let lines = checked(flaw).await;
        let line = lines.iter().find(|line| line.check == check).unwrap();
        let Finding::Wrong(cause) = &line.finding else { panic!("{flaw:?}: {line:?}") };
        let [chinese, english] =
            [Language::Chinese, Language::English].map(|language| cause.told(check, language));
        let [cause_zh, fix_zh, cause_en, fix_en] = said;
        for (Told { cause, fix }, wanted) in [(chinese, (cause_zh, fix_zh)), (english, (cause_en, fix_en))] {
            assert!(cause.contains(wanted.0) && fix.contains(wanted.1), "{flaw:?}: {cause} → {fix}");
        }
    }
    let lines = checked(Flaw::NoMany).await;
    let many = lines.iter().find(|line| line.check == Many).unwrap();
    let Finding::NotTried(why) = many.finding else { panic!("{many:?}") };
    assert!(why.told(Language::English).contains("no many"));
}

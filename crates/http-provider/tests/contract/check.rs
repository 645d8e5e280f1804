//! `check` finds each flaw of a service, and none in a service without.

use std::time::Duration;

use domain::Grade;
use http_provider::Client;
use http_provider::check::{About, Check, Detail, Finding, Language, Line, PATIENCE, Trial};
use jiff::Timestamp;
use provider::GradeWords;

use crate::flaw::Flaw;
use crate::house::{client, device, first};
use crate::service::start;

async fn run(client: &Client, about: About, patience: Duration) -> Vec<Line> {
    let lines = Trial { client, about, calls: 2, patience, now: &Timestamp::now }.run().await;
    assert_eq!(lines.iter().map(|line| line.check).collect::<Vec<_>>(), Check::ALL);
    lines
}

fn known() -> About {
    About::Device(Box::new(device("iPhone 14 Pro")))
}

/// What is wrong with a service of this flaw.
pub(crate) async fn checked(flaw: Flaw) -> Vec<Line> {
    let server = start(flaw).await;
    let client = client(&format!("{}/buyer", server.uri()));
    let patience = if flaw == Flaw::Silent { Duration::from_millis(200) } else { PATIENCE };
    run(&client, known(), patience).await
}

fn wrong(lines: &[Line]) -> Vec<Check> {
    lines.iter().filter(|line| matches!(line.finding, Finding::Wrong(_))).map(|line| line.check).collect()
}

#[tokio::test]
async fn a_service_without_a_flaw_passes_each_check() {
    let lines = checked(Flaw::None).await;
    assert!(lines.iter().all(|line| matches!(line.finding, Finding::Well(_))), "{lines:?}");
}

#[tokio::test]
async fn without_options_the_device_is_taken_from_the_catalogue() {
    let server = start(Flaw::None).await;
    let client = client(&format!("{}/buyer/", server.uri()));
    assert_eq!(wrong(&run(&client, first(), PATIENCE).await), []);
    // Who is to be refused is tried also without a device.
    let server = start(Flaw::EmptyCatalogue).await;
    let client = crate::house::client(&format!("{}/buyer", server.uri()));
    let lines = run(&client, first(), PATIENCE).await;
    assert_eq!(wrong(&lines), [Check::Search]);
    assert!(lines[2..10].iter().all(|line| matches!(line.finding, Finding::NotTried(_))));
    let unsigned = lines.iter().find(|line| line.check == Check::Unsigned).unwrap();
    assert_eq!(unsigned.finding, Finding::Well(Detail::None));
}

#[tokio::test]
async fn the_first_device_of_a_search_is_asked_about_in_the_kind_and_grade_that_are_named() {
    let server = start(Flaw::None).await;
    let client = client(&format!("{}/buyer", server.uri()));
    let of = |device_type, grade| About::First { device_type, grade };
    let lines = run(&client, of(Some(domain::Category::Phone), Grade::Good), PATIENCE).await;
    let Finding::Well(Detail::Price(price, name)) = &lines[3].finding else { panic!("{lines:?}") };
    assert_eq!((price.fen(), name.as_str()), (400_000, "苹果 iPhone 14 Pro 256GB 八成新"));
    let lines = run(&client, of(Some(domain::Category::Camera), Grade::Good), PATIENCE).await;
    assert_eq!(wrong(&lines), [Check::Search], "there are no cameras");
}

#[tokio::test]
async fn a_service_with_words_of_its_own_for_grades_is_asked_in_these() {
    let server = start(Flaw::LetterGrades).await;
    let words = [(Grade::Excellent, "B"), (Grade::Good, "C")].map(|(grade, word)| (grade, word.to_owned()));
    let client = client(&format!("{}/buyer", server.uri()));
    let lines = run(&client, first(), PATIENCE).await;
    assert!(wrong(&lines).contains(&Check::Quote), "the trade's words are not accepted");
    let client = client.with_grades(Some(GradeWords::new(words).unwrap()));
    let lines = run(&client, first(), PATIENCE).await;
    assert_eq!(wrong(&lines), []);
    let told = |place: usize| match &lines[place].finding {
        Finding::Well(detail) => detail.told(Language::English),
        other => panic!("{other:?}"),
    };
    assert_eq!(told(3), "¥4,500, 苹果 iPhone 14 Pro 256GB 九成新 (B)");
    assert_eq!(told(9), "九成新 (B) ¥4,500; 八成新 (C) ¥4,000");
}

#[tokio::test]
async fn each_flaw_is_found_by_the_check_that_is_for_it() {
    use Check::*;
    for (flaw, found) in [
        (Flaw::NoDescription, &[Description][..]),
        (Flaw::OtherContract, &[Description]),
        (Flaw::EmptyCatalogue, &[Search]),
        (Flaw::SearchWithoutSizes, &[Search]),
        (Flaw::AnyKeyword, &[Keywords]),
        (Flaw::AnyKind, &[Keywords]),
        (Flaw::LetterCase, &[Keywords]),
        (Flaw::NoBrandInKeyword, &[Keywords]),
        (Flaw::NotJson, &[Quote]),
        (Flaw::Html, &[Quote]),
        (Flaw::HtmlError, &[Quote, UnknownModel]),
        (Flaw::Silent, &[Quote]),
        (Flaw::Redirect, &[Quote]),
        (Flaw::KeyTwice, &[Quote]),
        (Flaw::NoDevice, &[Quote, Many]),
        (Flaw::OddWay, &[Quote, Faults, Grades, Many]),
        (Flaw::AnotherModel, &[SameDevice, Many]),
        (Flaw::AnotherGrade, &[SameDevice, Many]),
        (Flaw::PriceAsText, &[Money, Many]),
        (Flaw::Yuan, &[Money, Many]),
        (Flaw::NoFinal, &[Money, Many]),
        (Flaw::OtherCurrency, &[Money, Many]),
        (Flaw::AboveBase, &[Money, Sums, Many]),
        (Flaw::StepsWithoutBase, &[Money, Faults, Grades, Many]),
        (Flaw::LabelInOneLanguage, &[Money, Faults, Grades, Many]),
        (Flaw::SumOff, &[Sums]),
        (Flaw::Expired, &[Validity]),
        (Flaw::NoOffset, &[Validity, Faults, Grades, Many]),
        (Flaw::FaultsWithBrackets, &[Faults]),
        (Flaw::FaultsDearer, &[Faults]),
        (Flaw::FaultsNotKnown, &[Faults]),
        (Flaw::FaultsAs404, &[Faults]),
        (Flaw::OwnWordsAsSound, &[Faults]),
        (Flaw::GradesDearer, &[Grades]),
        (Flaw::GradesCrash, &[Grades]),
        (Flaw::NoMany, &[]),
        (Flaw::TooFewItems, &[Many]),
        (Flaw::ItemsSwapped, &[Many]),
        (Flaw::NotVerified, &[Unsigned, WrongSignature, ChangedBody, OldCall, FutureCall]),
        (Flaw::SearchNotVerified, &[Unsigned]),
        (Flaw::RefusedWith403, &[Unsigned, WrongSignature, ChangedBody, OldCall, FutureCall]),
        (Flaw::RefusedAsPlainJson, &[Unsigned, WrongSignature, ChangedBody, OldCall, FutureCall]),
        (Flaw::BodyNotVerified, &[ChangedBody]),
        (Flaw::TimeNotVerified, &[OldCall, FutureCall]),
        (Flaw::FutureNotVerified, &[FutureCall]),
        (Flaw::FirstSignatureOnly, &[TwoSignatures]),
        (Flaw::SimilarModel, &[Many, UnknownModel]),
        (Flaw::OtherCode, &[UnknownModel]),
        (Flaw::RefusesWith200, &[Faults, UnknownModel]),
        (Flaw::CrashesOnMalformed, &[Malformed]),
        (Flaw::Slow, &[Speed]),
    ] {
        let lines = checked(flaw).await;
        assert_eq!(wrong(&lines), found, "{flaw:?}");
        let shows_a_price = lines.iter().any(|line| matches!(line.finding, Finding::Well(Detail::Price(..))));
        let is_price_wrong = found.iter().any(|check| [Quote, SameDevice, Money].contains(check));
        assert!(
            !(shows_a_price && is_price_wrong)
                || [Flaw::StepsWithoutBase, Flaw::LabelInOneLanguage].contains(&flaw),
            "{flaw:?}"
        );
        for Line { check, finding } in &lines {
            let Finding::Wrong(cause) = finding else { continue };
            let told = [Language::Chinese, Language::English].map(|language| cause.told(*check, language));
            assert!(told.iter().all(|told| !told.cause.is_empty() && !told.fix.is_empty()), "{told:?}");
            assert_ne!(told[0].fix, told[1].fix);
        }
    }
}

#[tokio::test]
async fn a_service_that_does_not_run_is_told_as_that() {
    let lines = run(&client("http://127.0.0.1:9/"), known(), PATIENCE).await;
    assert!(lines[1..].iter().all(|line| matches!(line.finding, Finding::NotTried(_))), "{lines:?}");
    let Finding::Wrong(cause) = &lines[0].finding else { panic!("{lines:?}") };
    assert!(cause.told(Check::Description, Language::English).cause.contains("connection refused"));
}

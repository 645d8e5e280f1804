//! `check` finds each flaw of a service, and none in a service without.

use http_provider::check::{Check, Finding, Language, Line, Trial};
use jiff::Timestamp;

use crate::house::{client, device};
use crate::service::{Flaw, start};

/// What is wrong with a service of this flaw.
async fn checked(flaw: Flaw) -> Vec<Line> {
    let server = start(flaw).await;
    let client = client(&format!("{}/buyer", server.uri()));
    let device = Some(device("iPhone 14 Pro"));
    Trial { client: &client, device, calls: 2, now: &Timestamp::now }.run().await
}

fn wrong(lines: &[Line]) -> Vec<Check> {
    assert_eq!(lines.iter().map(|line| line.check).collect::<Vec<_>>(), Check::ALL);
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
    let lines = Trial { client: &client, device: None, calls: 1, now: &Timestamp::now }.run().await;
    assert_eq!(wrong(&lines), []);
    let server = start(Flaw::EmptyCatalogue).await;
    let client = crate::house::client(&format!("{}/buyer", server.uri()));
    let lines = Trial { client: &client, device: None, calls: 1, now: &Timestamp::now }.run().await;
    assert_eq!(wrong(&lines), [Check::Search]);
    assert!(lines[2..].iter().all(|line| matches!(line.finding, Finding::NotTried(_))));
}

#[tokio::test]
async fn each_flaw_is_found_by_the_check_that_is_for_it() {
    use Check::*;
    for (flaw, found) in [
        (Flaw::NoDescription, &[Description][..]),
        (Flaw::OtherContract, &[Description]),
        (Flaw::EmptyCatalogue, &[Search]),
        (Flaw::SearchWithoutSizes, &[Search]),
        (Flaw::NotJson, &[Quote, Speed]),
        (Flaw::Html, &[Quote, Speed]),
        (Flaw::Redirect, &[Quote, TwoSignatures, Speed]),
        (Flaw::KeyTwice, &[Quote, Speed]),
        (Flaw::NoDevice, &[Quote, Many, Speed]),
        (Flaw::OddWay, &[Quote, Many]),
        (Flaw::AnotherModel, &[SameDevice, Many, Speed]),
        (Flaw::AnotherGrade, &[SameDevice, Many, Speed]),
        (Flaw::PriceAsText, &[Money, Many, Speed]),
        (Flaw::Yuan, &[Money, Many, Speed]),
        (Flaw::NoFinal, &[Money, Many, Speed]),
        (Flaw::OtherCurrency, &[Money, Many, Speed]),
        (Flaw::AboveBase, &[Money, Sums, Many, Speed]),
        (Flaw::StepsWithoutBase, &[Money, Many]),
        (Flaw::LabelInOneLanguage, &[Money, Many]),
        (Flaw::SumOff, &[Sums]),
        (Flaw::Expired, &[Validity]),
        (Flaw::NoOffset, &[Validity, Many]),
        (Flaw::TooFewItems, &[Many]),
        (Flaw::ItemsSwapped, &[Many]),
        (Flaw::NotVerified, &[Unsigned, WrongSignature, ChangedBody, OldCall]),
        (Flaw::RefusedWith403, &[Unsigned, WrongSignature, ChangedBody, OldCall]),
        (Flaw::RefusedAsPlainJson, &[Unsigned, WrongSignature, ChangedBody, OldCall]),
        (Flaw::BodyNotVerified, &[ChangedBody]),
        (Flaw::TimeNotVerified, &[OldCall]),
        (Flaw::FirstSignatureOnly, &[TwoSignatures]),
        (Flaw::SimilarModel, &[Many, UnknownModel]),
        (Flaw::OtherCode, &[UnknownModel]),
        (Flaw::CrashesOnMalformed, &[Malformed]),
        (Flaw::Slow, &[Speed]),
    ] {
        let lines = checked(flaw).await;
        assert_eq!(wrong(&lines), found, "{flaw:?}");
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
    let client = client("http://127.0.0.1:9/");
    let device = Some(device("iPhone 14 Pro"));
    let lines = Trial { client: &client, device, calls: 1, now: &Timestamp::now }.run().await;
    let Finding::Wrong(cause) = &lines[0].finding else { panic!("{lines:?}") };
    assert!(cause.told(Check::Description, Language::English).cause.contains("connection refused"));
}

//! What other languages write of this crate's closed lists agrees with them: TypeScript, the style
//! sheet, pictures and JSON. Each test names the file that lacks a member.

use std::collections::BTreeSet;
use std::path::Path;

use domain::{Category, Failure, Grade, Moment, NotAccepted, RecycleKind, Source, Term};

/// A file of the repository, as text.
fn file(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The members of a TypeScript union that begins after `start` and ends with `;`.
fn union(types: &str, start: &str) -> BTreeSet<String> {
    let (_, rest) = types.split_once(start).unwrap_or_else(|| panic!("public/embed/v1.d.ts lacks {start}"));
    let (members, _) = rest.split_once(';').expect("a declaration ends with a semicolon");
    members.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn the_typescript_types_have_the_same_members() {
    let types = file("public/embed/v1.d.ts");
    let words = Category::ALL.iter().map(|kind| kind.word());
    assert_eq!(union(&types, "readonly device_type:"), set(words), "Device.device_type of v1.d.ts");
    let sources = Source::ALL.iter().map(|source| source.code());
    assert_eq!(union(&types, "readonly source:"), set(sources), "Quote.source of v1.d.ts");
    let ways = RecycleKind::ALL.iter().map(|way| way.code());
    assert_eq!(union(&types, "readonly type:"), set(ways), "RecycleOption.type of v1.d.ts");
    // `slow` is the loader's own.
    let codes = Failure::CODES.iter().copied().chain(["slow"]);
    assert_eq!(union(&types, "export type ErrorCode ="), set(codes), "ErrorCode of v1.d.ts");
}

#[test]
fn each_kind_of_device_and_each_grade_has_its_picture() {
    let icons = file("public/icons.svg");
    let kinds = Category::ALL.iter().map(|kind| kind.code());
    for code in kinds.chain(Grade::ALL.iter().map(|grade| grade.code())) {
        assert!(icons.contains(&format!("<symbol id=\"{code}\"")), "public/icons.svg has no symbol {code}");
    }
}

#[test]
fn the_style_sheet_shows_each_kind_its_own_faults_and_brands() {
    let style = file("style/_form.scss");
    let (_, rest) = style.split_once("@each $word, $code in (").expect("style/_form.scss lists the kinds");
    let (pairs, _) = rest.split_once(')').expect("the list ends");
    let written: BTreeSet<String> = pairs.split(',').map(|pair| pair.trim().to_owned()).collect();
    let kinds = Category::ALL.iter().map(|kind| format!("\"{}\": {}", kind.word(), kind.code()));
    assert_eq!(written, kinds.collect(), "the kinds of style/_form.scss");
}

#[test]
fn a_failure_is_serialised_by_its_code() {
    let all = [
        Failure::InvalidInput { fields: Vec::new() },
        Failure::ModelUnknown,
        Failure::NotAccepted { reason: NotAccepted::Scrapped },
        Failure::QuotaExhausted { resets_at: Moment::new(jiff::Timestamp::UNIX_EPOCH) },
        Failure::RateLimited { retry_after_seconds: 1 },
        Failure::PartnerUnavailable,
        Failure::PartnerRefused,
        Failure::Expired,
        Failure::NotFound,
        Failure::NotAllowed,
        Failure::Internal { request_id: String::new() },
    ];
    let codes: Vec<_> = all.iter().map(Failure::code).collect();
    assert_eq!(codes, Failure::CODES);
    for failure in all {
        let json = serde_json::to_value(&failure).unwrap();
        assert_eq!(json["code"], failure.code());
        assert_eq!(serde_json::from_value::<Failure>(json).unwrap(), failure);
    }
}

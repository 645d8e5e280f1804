use std::sync::Arc;
use std::time::Duration;

use domain::{CatalogueItem, Money, NotAccepted, PlainText, QuoteRequest, RecycleKind, StepKind, UTC8};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use pricelist::{PriceListProvider, PriceLists, Terms, Why};
use provider::{Answer, Attempt, Provider, ProviderName, Refusal, SearchRequest};

use crate::books::{DEVICES, DISCOUNTS, device, parsed, whole};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn attempt() -> Attempt {
    Attempt { at: at("2026-01-31T04:00:00Z"), timeout: Duration::from_secs(1) }
}

fn dealer(lists: &Arc<PriceLists>) -> PriceListProvider {
    let terms = Terms {
        valid_for: SignedDuration::from_hours(24),
        ways: vec![RecycleKind::Mail, RecycleKind::Store, RecycleKind::Other],
    };
    PriceListProvider::new(ProviderName::parse("own").unwrap(), Arc::clone(lists), terms)
}

fn quote(dealer: &PriceListProvider, device: &QuoteRequest) -> Result<Answer, Refusal> {
    let replied = dealer.quote(device, attempt()).now_or_never().unwrap();
    replied.map(|reply| reply.value).map_err(|error| error.refusal)
}

fn search(dealer: &PriceListProvider, keyword: &str) -> Vec<CatalogueItem> {
    let keyword = (!keyword.is_empty()).then(|| PlainText::parse(keyword).unwrap());
    let request = SearchRequest { keyword, ..SearchRequest::default() };
    dealer.search(&request, attempt()).now_or_never().unwrap().unwrap().value
}

fn iphone(grade: &str, faults: &str) -> QuoteRequest {
    device("Apple", "iphone13", ("128G", ""), grade, (faults, ""))
}

#[test]
fn an_answer_has_price_validity_ways_and_the_lists_names() {
    let lists = Arc::new(PriceLists::default());
    let dealer = dealer(&lists);
    assert_eq!(dealer.capabilities().daily_quota, None);
    assert!(matches!(quote(&dealer, &iphone("九成新", "正常")), Err(Refusal::Unavailable(_))), "no list yet");
    lists.take(whole(), "a.xlsx", attempt().at).unwrap();
    let answer = quote(&dealer, &iphone("八成新", "外屏损坏")).unwrap();
    assert_eq!(answer.price.final_price(), Money::from_fen(216_750));
    assert_eq!(answer.price.base(), Some(Money::from_fen(300_000)));
    let steps = answer.price.steps();
    let own: Vec<_> = steps
        .iter()
        .filter_map(|step| match step.kind {
            StepKind::Own(label) => Some((label.chinese(), label.english(), step.amount.fen())),
            _ => None,
        })
        .collect();
    assert_eq!(
        own,
        [("成色 八成新", "Condition: good", -45_000), ("外屏损坏", "Outer glass cracked", -38_250)]
    );
    assert!(answer.price.consistent() == Some(true) && steps.len() == 4, "no difference is left: {steps:?}");
    assert_eq!(answer.valid_until.unwrap().to_string(), "2026-02-01T12:00:00+08:00");
    assert_eq!(
        answer.recycle.iter().map(|way| way.kind).collect::<Vec<_>>(),
        [RecycleKind::Store, RecycleKind::Mail]
    );
    let names = (answer.model.as_deref(), answer.storage.as_deref(), answer.grade.as_deref());
    assert_eq!(names, (Some("iPhone 13"), Some("128GB"), Some("八成新")));
    assert_eq!(answer.public_model.as_deref(), Some("iPhone 13"));
    let own_text = device("苹果", "iPhone 13", ("128GB", ""), "九成新", ("正常", ""));
    assert_eq!(quote(&dealer, &own_text).unwrap().price.final_price(), Money::from_fen(300_000));
}

#[test]
fn a_refusal_is_of_the_device() {
    let lists = Arc::new(PriceLists::default());
    lists.take(whole(), "a.xlsx", attempt().at).unwrap();
    let dealer = dealer(&lists);
    let not_accepted = Err(Refusal::NotAccepted(NotAccepted::Unspecified));
    assert_eq!(quote(&dealer, &iphone("七成新", "正常")), not_accepted);
    assert_eq!(quote(&dealer, &iphone("九成新", "进水")), not_accepted);
    assert_eq!(quote(&dealer, &iphone("九成新", "无法开机")), not_accepted);
    let other = device("苹果", "iPhone 12", ("128GB", ""), "九成新", ("正常", ""));
    assert!(matches!(quote(&dealer, &other), Err(Refusal::ModelUnknown(_))));
}

#[test]
fn a_search_finds_names_by_their_beginning_middle_and_words() {
    let lists = Arc::new(PriceLists::default());
    lists.take(whole(), "a.xlsx", attempt().at).unwrap();
    let dealer = dealer(&lists);
    let found = |keyword: &str| {
        search(&dealer, keyword).into_iter().map(|item| item.model).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(found("iphone"), "iPhone 13");
    assert_eq!(found("ＩＰＨＯＮＥ13"), "iPhone 13");
    assert_eq!(found("苹果 13"), "iPhone 13");
    assert_eq!(found("apple"), "iPhone 13");
    assert_eq!(found("x1 thinkpad"), "ThinkPad X1 Carbon Gen 11");
    assert_eq!(found("1"), "小米 14, iPhone 13, ThinkPad X1 Carbon Gen 11");
    assert_eq!(found("iPhone 99"), "");
    assert_eq!(found(""), "iPhone 13, 小米 14, ThinkPad X1 Carbon Gen 11, Alpha 7 IV");
    let xiaomi = &search(&dealer, "小米14")[0];
    assert_eq!((xiaomi.storages.join(" "), xiaomi.rams.join(" ")), ("256GB".into(), "8GB 12GB".into()));
    let of_kind = SearchRequest { device_type: Some(domain::Category::Camera), ..SearchRequest::default() };
    let cameras = dealer.search(&of_kind, attempt()).now_or_never().unwrap().unwrap().value;
    assert_eq!(cameras.len(), 1);
    let of_brand =
        SearchRequest { brand: Some(PlainText::parse("Xiaomi").unwrap()), ..SearchRequest::default() };
    let of_brand = dealer.search(&of_brand, attempt()).now_or_never().unwrap().unwrap().value;
    assert_eq!(of_brand[0].brand, "小米");
    assert_eq!(of_brand.len(), 1);
}

#[test]
fn a_list_is_replaced_as_a_whole_and_the_one_before_it_is_kept() {
    let lists = Arc::new(PriceLists::default());
    let dealer = dealer(&lists);
    let cheaper = || {
        let rows = DEVICES.replace("3000", "2000");
        parsed(&[("价格", &rows), ("折扣", DISCOUNTS)]).unwrap()
    };
    let now = attempt().at;
    let price = || quote(&dealer, &iphone("九成新", "正常")).unwrap().price.final_price().fen() / 100;
    lists.take(whole(), "a.xlsx", now).unwrap();
    assert!(lists.state().former.is_none() && price() == 3000);
    lists.take(cheaper(), "b.xlsx", now).unwrap();
    assert_eq!((price(), lists.state().former.unwrap().file.as_str()), (2000, "a.xlsx"));
}

#[test]
fn before_its_day_a_list_waits_and_the_one_before_it_goes_on() {
    let later =
        || parsed(&[("价格", &format!("生效日期,2026-02-01\n{DEVICES}")), ("折扣", DISCOUNTS)]).unwrap();
    let lists = PriceLists::default();
    lists.take(whole(), "a.xlsx", at("2026-01-01T00:00:00Z")).unwrap();
    let day = jiff::civil::date(2026, 2, 1);
    let midnight = UTC8.to_timestamp(day.at(0, 0, 0, 0)).unwrap();
    let before = midnight.checked_sub(SignedDuration::from_secs(1)).unwrap();
    assert_eq!(lists.take(later(), "b.xlsx", before), Err(Why::NotYet(day)));
    let state = lists.state();
    assert_eq!(
        (state.current.unwrap().file.as_str(), state.waiting.unwrap().file.as_str(), state.refused),
        ("a.xlsx", "b.xlsx", None)
    );
    lists.take(later(), "b.xlsx", midnight).unwrap();
    let state = lists.state();
    assert_eq!(state.current.unwrap().file, "b.xlsx");
    assert!(state.waiting.is_none());
    assert_eq!(state.former.unwrap().file, "a.xlsx");
}

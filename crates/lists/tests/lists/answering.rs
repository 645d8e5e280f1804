//! A list whose open questions are answered after it was started.

use std::sync::Arc;

use domain::Field;
use jiff::SignedDuration;
use lists::{Draft, Lists};
use sheet::{QuestionId, Source};

use crate::house::House;
use crate::work::{answers, codes, instance, run};

const LIST: &str = "类型,品牌,型号,存储,成色,功能\n手机,苹果,iPhone 13,128,九成新,正常\n手机,苹果,iPhone 13,128,A级,正常\n手机,苹果,iPhone 13,128,B级,正常\n";

fn draft(text: &str) -> Arc<Draft> {
    Arc::new(Draft::new("list.csv", text.as_bytes(), sheet::read(text.as_bytes()).unwrap()).unwrap())
}

fn say(draft: &Draft, own: &str, grade: &str) {
    draft.answer(|all| all.set(QuestionId::of(Field::Condition, own, ""), Source::Person, grade));
}

#[tokio::test]
async fn a_list_that_is_started_again_with_more_answers_asks_only_for_the_rows_that_waited() {
    let house = House::open().await;
    let lists = Lists::new(&house.desk, &"AHS2025TEST".into(), instance());
    let draft = draft(LIST);
    // Some answers were given before the first start.
    say(&draft, "A级", "八成新");
    let first = lists.add(&draft, draft.recognised(), None, house.desk.now()).await.unwrap().unwrap();
    run(&house.desk, first).await;
    assert_eq!(codes(&answers(&house, first).await), ["priced", "priced", "invalid_input"]);
    let asked = house.stats().quota_used;
    // Longer than a price is remembered otherwise.
    house.wait(SignedDuration::from_mins(30));
    say(&draft, "B级", "七成新");
    let now = house.desk.now();
    let next = lists.add(&draft, draft.recognised(), Some(first), now).await.unwrap().unwrap();
    run(&house.desk, next).await;
    assert_eq!(codes(&answers(&house, next).await), ["priced"; 3]);
    assert_eq!(house.stats().quota_used - asked, 1);
}

#[tokio::test]
async fn a_list_in_which_all_rows_wait_is_a_list_and_makes_no_call() {
    let house = House::open().await;
    let lists = Lists::new(&house.desk, &"AHS2025TEST".into(), instance());
    let waits = draft("类型,品牌,型号,存储,成色,功能\n手机,苹果,iPhone 13,128,A级,正常\n");
    let id = lists.add(&waits, waits.recognised(), None, house.desk.now()).await.unwrap().unwrap();
    run(&house.desk, id).await;
    let list = house.records.batch(id).await.unwrap().unwrap();
    assert_eq!((list.state, list.counts.waiting_rows), (lists::BatchState::Done, 1));
    assert_eq!(house.stats().quota_used, 0);
    let no_device = draft("类型,品牌,型号,存储,成色,功能\n合计,1,,,,\n");
    let none = lists.add(&no_device, no_device.recognised(), None, house.desk.now()).await.unwrap();
    assert_eq!(none, None);
}

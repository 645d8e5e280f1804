//! Models of a list are looked up: by few searches, none for names that are known, and none again after a restart.

use std::sync::Arc;

use desk::Desk;
use domain::{Failure, Field};
use jiff::SignedDuration;
use lists::{BatchId, Draft, Lists, NameCounts, Resolved};
use sheet::{ListQuestion, Source};

use crate::house::{House, Settings, phone};
use crate::work::{answers, codes, instance, run};

const HEADINGS: &str = "类型,品牌,型号,存储,内存,成色,功能\n";

fn draft(rows: &str) -> Arc<Draft> {
    let text = HEADINGS.to_owned() + rows;
    let table = sheet::read(text.as_bytes()).unwrap();
    Arc::new(Draft::new("list.csv", text.as_bytes(), table).unwrap())
}

async fn resolved(desk: &Desk, draft: &Arc<Draft>) -> Resolved {
    draft.resolved(&desk.quoter(), &draft.recognised()).await.unwrap()
}

async fn look_up(desk: &Desk, draft: &Arc<Draft>) -> Resolved {
    Arc::clone(draft).look_up(desk.quoter(), draft.recognised()).await;
    resolved(desk, draft).await
}

async fn keep(house: &House, draft: &Arc<Draft>) -> BatchId {
    let lists = Lists::new(&house.desk, &"AHS2025TEST".into(), instance());
    lists.add(draft, draft.recognised(), None, house.desk.now()).await.unwrap().unwrap()
}

fn counts(resolved: &Resolved) -> NameCounts {
    resolved.look_up.counts(&resolved.names)
}

fn models(resolved: &Resolved) -> Vec<&str> {
    resolved.list.rows.iter().map(|row| row.form.model.as_str()).collect()
}

/// The models that were searched for, as the audit has them.
async fn searched(house: &House) -> Vec<String> {
    house.desk.all_recorded().await;
    let mut all: Vec<String> = house
        .records_of_all()
        .await
        .into_iter()
        .filter(|attempt| attempt.call == "item_search")
        .map(|attempt| attempt.parameters["keyword"].as_str().unwrap().to_owned())
        .collect();
    all.sort();
    all
}

fn of_the_model(resolved: &Resolved) -> Vec<&ListQuestion> {
    resolved.list.questions.all().iter().filter(|question| question.field == Field::Model).collect()
}

/// Four laptops of Apple in people's spelling.
const LAPTOPS: &str = "笔记本,苹果,MacBook Air M1,256,8,九成新,正常\n\
    笔记本,苹果,\"MacBook Air (M2, 2022)\",256,8,九成新,正常\n\
    笔记本,苹果,Macbook Pro 14 M3 Pro,512,18,九成新,正常\n\
    笔记本,苹果,MacBook Air 15寸 M2,256,8,九成新,正常\n";

#[tokio::test]
async fn names_in_peoples_spelling_are_resolved_by_one_search_and_quoted() {
    let house = House::open().await;
    let draft = draft(LAPTOPS);
    let before = resolved(&house.desk, &draft).await;
    assert_eq!((counts(&before).open, before.look_up.calls_needed(&before.names)), (4, 1));
    assert_eq!(house.stats().quota_used, 0, "nothing is asked before a person says so");

    let after = look_up(&house.desk, &draft).await;
    assert_eq!(counts(&after), NameCounts { names: 4, one: 4, ..NameCounts::default() });
    assert_eq!(
        models(&after),
        [
            "MacBook Air 13 英寸 (M1)",
            "MacBook Air 13 英寸 (M2)",
            "MacBook Pro 14 英寸 (M3 Pro)",
            "MacBook Air 15 英寸 (M2)"
        ]
    );
    assert!(after.list.rows.iter().all(|row| row.guessed.contains(&Field::Model)), "each is marked");
    assert_eq!(
        *after.list.rows[0].written,
        [
            (Field::Model, "MacBook Air M1".to_owned()),
            (Field::Storage, "256".to_owned()),
            (Field::Ram, "8".to_owned())
        ]
    );
    assert_eq!(searched(&house).await, ["苹果"]);
    let id = keep(&house, &draft).await;
    run(&house.desk, id).await;
    let rows = answers(&house, id).await;
    assert_eq!((codes(&rows), house.stats().quota_used), (vec!["priced"; 4], 5));
    assert_eq!(rows[0].written_model.as_deref(), Some("MacBook Air M1"), "the report says both");
}

#[tokio::test]
async fn names_that_are_known_cost_no_call_and_a_restart_searches_for_nothing_again() {
    let house = House::open().await;
    look_up(&house.desk, &draft(LAPTOPS)).await;
    house.desk.quote(phone("iPhone 13").parse().unwrap()).await.unwrap();
    house.desk.all_recorded().await;
    let used = house.stats().quota_used;
    // Within the day, also what means several models or none is known.
    let several =
        "笔记本,苹果,MacBook Air M2,256,8,九成新,正常\n笔记本,苹果,MacBook Air M9,256,8,九成新,正常\n";
    let next = house.another_desk(Settings { sandbox: true, ..Settings::default() }).await;
    let known = draft(&format!("{LAPTOPS}{several}手机,苹果,iphone13,256,,九成新,正常\n"));
    let known = resolved(&next, &known).await;
    assert_eq!(counts(&known), NameCounts { names: 7, one: 5, several: 1, none: 1, open: 0 });
    assert_eq!(known.look_up.calls_needed(&known.names), 0);
    // Later, the models are known, and what means none is asked for again, since models come and go.
    house.wait(SignedDuration::from_hours(25));
    let next = house.another_desk(Settings { sandbox: true, ..Settings::default() }).await;
    let later = resolved(&next, &draft(&format!("{LAPTOPS}{several}"))).await;
    assert_eq!((counts(&later).one, counts(&later).open), (4, 2));
    assert_eq!(house.stats().quota_used, used);
}

#[tokio::test]
async fn what_may_be_several_models_is_asked_once_and_the_choice_holds_for_all_equal_rows() {
    let house = House::open().await;
    let rows = "笔记本,苹果,MacBook Air M2 银色,256,8,九成新,正常\n笔记本,苹果,MacBook Air M2,512,16,八成新,正常\n\
                笔记本,苹果,MacBook Air M1,256,8,九成新,正常\n";
    let draft = draft(rows);
    let asked = look_up(&house.desk, &draft).await;
    let questions = of_the_model(&asked);
    let [question] = questions[..] else { panic!("{questions:?}") };
    assert_eq!((question.rows, question.text.as_str()), (2, "MacBook Air M2"));
    assert_eq!(question.options, ["MacBook Air 15 英寸 (M2)", "MacBook Air 13 英寸 (M2)"]);
    assert!(question.example.contains("MacBook Air M2 银色"), "{}", question.example);
    assert_eq!(asked.list.rows.iter().filter(|row| row.request.is_err()).count(), 2);

    draft.answer(|answers| answers.set(question.id.clone(), Source::Person, &question.options[1]));
    let id = keep(&house, &draft).await;
    run(&house.desk, id).await;
    let rows = answers(&house, id).await;
    assert_eq!(codes(&rows), ["priced"; 3]);
    assert_eq!(rows[0].form.model, "MacBook Air 13 英寸 (M2)");
    assert_eq!(rows[1].form.model, "MacBook Air 13 英寸 (M2)");
    assert_eq!(house.stats().calls.values().sum::<u64>(), 4, "one search");
}

#[tokio::test]
async fn a_name_that_the_catalogue_does_not_have_is_asked_with_the_nearest_and_costs_no_quote() {
    let house = House::open().await;
    let draft = draft("手机,苹果,iPhone14 Plus Ultra,256,,九成新,正常\n手机,谷歌,pixel 7,128,,九成新,正常\n");
    let after = look_up(&house.desk, &draft).await;
    assert_eq!(counts(&after), NameCounts { names: 2, none: 2, ..NameCounts::default() });
    let questions = of_the_model(&after);
    assert!(questions[0].options.contains(&"iPhone 14 Plus".to_owned()), "{questions:?}");
    assert!(questions[1].options.is_empty());
    assert!(after.list.rows.iter().all(|row| row.request.is_err()));
}

#[tokio::test]
async fn a_size_that_the_model_does_not_come_in_is_asked() {
    let house = House::open().await;
    let draft = draft(
        "手机,苹果,iPhone 14,1TB,,九成新,正常\n手机,苹果,iPhone 14,,,九成新,正常\n相机,索尼,RX100 VII,,,九成新,正常\n",
    );
    let after = look_up(&house.desk, &draft).await;
    let rows = &after.list.rows;
    assert!(rows[0].request.is_err() && rows[1].request.is_err());
    assert_eq!(rows[2].request.as_ref().unwrap().storage(), "单机");
    assert!(rows[2].guessed.contains(&Field::Storage));
    let options: Vec<_> =
        after.list.questions.all().iter().map(|question| question.options.clone()).collect();
    assert_eq!(options, vec![["128GB", "256GB", "512GB"].map(str::to_owned).to_vec(); options.len()]);
}

#[tokio::test]
async fn searches_leave_shoppers_their_calls_and_what_was_not_looked_up_stays_as_it_is_written() {
    let house =
        House::with(Settings { daily_quota: 5, shopper_reserve: 3, sandbox: true, ..Settings::default() })
            .await;
    let names = ["vivo,X90", "荣耀,荣耀100", "一加,一加12", "三星,S23 Ultra", "魅族,魅族21"];
    let row = |name: &str| format!("手机,{name},256,12,九成新,正常\n");
    let draft = draft(&names.map(row).concat());
    let after = look_up(&house.desk, &draft).await;
    assert!(matches!(after.look_up.failure(), Some(Failure::QuotaExhausted { .. })), "{:?}", after.look_up);
    assert_eq!((after.look_up.calls(), house.stats().quota_used), (2, 2));
    assert_eq!((counts(&after).one, counts(&after).open), (2, 3));
    assert!(after.list.rows.iter().all(|row| row.request.is_ok()), "they are asked for as they are written");
    assert!(house.desk.quote(phone("iPhone 13").parse().unwrap()).await.is_ok(), "shoppers have calls left");

    // The next day, only what is left is searched for.
    house.wait(SignedDuration::from_hours(13));
    let after = look_up(&house.desk, &draft).await;
    assert_eq!((counts(&after).one, after.look_up.calls()), (4, 4));
}

#[tokio::test]
async fn a_draft_that_is_discarded_is_not_looked_up_any_more() {
    let house = House::open().await;
    let draft = draft(LAPTOPS);
    let looking = Arc::clone(&draft).look_up(house.desk.quoter(), draft.recognised());
    draft.discard();
    looking.await;
    assert_eq!((searched(&house).await.len(), house.stats().quota_used), (0, 0));
}

#[tokio::test]
async fn a_partner_that_is_down_resolves_nothing_and_is_said() {
    let house = House::open().await;
    house.set(r#"{"error_rate": 1.0, "error_status": 503}"#).await;
    let after = look_up(&house.desk, &draft(LAPTOPS)).await;
    assert_eq!(after.look_up.failure(), Some(&Failure::PartnerUnavailable));
    assert_eq!((counts(&after).open, models(&after)[0]), (4, "MacBook Air M1"));
}

#[tokio::test]
async fn a_provider_without_a_search_is_asked_for_names_as_they_are_written() {
    use provider::Capabilities;
    use provider::testing::InMemory;
    let house = House::open().await;
    let dealer = InMemory::new("dealer", Capabilities::IN_MEMORY, domain::Money::YUAN).unwrap();
    let desk = house.desk_asking(Arc::new(dealer), house.records.clone());
    let after = look_up(&desk, &draft(LAPTOPS)).await;
    assert!(after.look_up.is_without_search());
    assert_eq!((after.look_up.calls_needed(&after.names), after.look_up.calls()), (0, 0));
    assert!(after.list.rows.iter().all(|row| row.request.is_ok()));
}

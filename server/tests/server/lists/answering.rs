//! The open questions of a list that was started, answered from its page.

use super::drafts::{fill_in, question};
use super::*;

const TEXT: &str = "Type,Brand,Model,Capacity,Condition,Function\n手机,苹果,iPhone 13,128,九成新,正常\n\
    手机,苹果,iPhone 12,64,B+,正常\n手机,苹果,iPhone 11,64,九成新,Sales\n";

/// The way from the page of a list to its open questions.
fn answering(page: &str) -> Option<String> {
    let (before, _) = page.split_once(">Answer the open questions<")?;
    Some(before.rsplit_once("href=\"").unwrap().1.trim_end_matches('"').replace("&amp;", "&"))
}

async fn shown(house: &House, path: &str) -> String {
    page(house, &format!("{}?locale=en", path.split('?').next().unwrap())).await
}

#[tokio::test]
async fn open_questions_of_a_started_list_are_answered_from_its_page() {
    let house = house().await;
    let draft = led(send(&house, "list.csv", TEXT.as_bytes()).await);
    let asked = page(&house, &draft).await;
    let grade = question(&asked, "Your own grade “B+”");
    let first = fill_in(&house, &draft, &[(grade.as_str(), "八成新"), ("do", "start")]).await;
    follow(&house, first.split('?').next().unwrap()).await;
    assert_eq!(calls(&house).await, 2);

    let overview = page(&house, "/batch?locale=en").await;
    assert!(!overview.contains("Waits for your word"), "a list is not shown as new too: {overview}");
    let way = answering(&shown(&house, &first).await).unwrap();
    let open = page(&house, &way).await;
    for words in [
        "Questions: 1",
        "Answered: 1",
        "<option value=\"八成新\" selected>",
        "This list was started with open questions",
        "<dt>Calls needed, at most</dt><dd>0</dd>",
    ] {
        assert!(open.contains(words), "{words} is not in {open}");
    }
    assert!(!open.contains("This file is a list already"), "{open}");
    let function = question(&open, "“Sales”: does everything");
    let next = fill_in(&house, &way, &[(function.as_str(), "正常"), ("do", "start")]).await;
    assert_ne!(next, first);
    follow(&house, next.split('?').next().unwrap()).await;
    assert_eq!(calls(&house).await, 3, "what has a price is not asked for again");
    assert!(shown(&house, &next).await.contains("3 of 3 devices are known"));

    // All is answered, so what was in the file is not kept any more.
    let told = shown(&house, &first).await;
    assert!(answering(&told).is_none(), "{told}");
    assert!(told.contains("The file of this list is not kept here, or not any more."), "{told}");
    assert_eq!(get(&house, &way).await.status().as_u16(), 404);
}

#[tokio::test]
async fn columns_and_buyers_of_a_started_list_are_those_that_were_chosen() {
    let house = house().await;
    let text = TEXT.replace("Condition", "Foo");
    let draft = led(send(&house, "list.csv", text.as_bytes()).await);
    let columns = [
        ("device_type", "0"),
        ("brand", "1"),
        ("model", "2"),
        ("storage", "3"),
        ("condition", "4"),
        ("function_status", "5"),
        ("compare", "1"),
    ];
    let form: Vec<_> = columns.into_iter().chain([("do", "keep")]).collect();
    let list = fill_in(&house, &draft, &form).await;
    let way = answering(&shown(&house, &list).await).unwrap();
    let open = page(&house, &way).await;
    assert!(open.contains("Questions: 2") && !open.contains("still to be named"), "{open}");
    let (_, choice) = open.split_once("name=\"compare\"").unwrap();
    assert!(choice.split('>').next().unwrap().contains("checked"), "{open}");
    // Discarding the file leaves the list.
    assert!(press(&house, &way, "discard").await.starts_with(list.split('?').next().unwrap()));
    assert!(answering(&shown(&house, &list).await).is_none());
}

#[tokio::test]
async fn with_a_list_what_was_in_its_file_is_deleted() {
    let house = house().await;
    let path = start(&house, TEXT).await;
    follow(&house, &path).await;
    let way = answering(&shown(&house, &path).await).unwrap();
    assert_eq!(get(&house, &way).await.status().as_u16(), 200);
    press(&house, &path, "delete").await;
    assert_eq!(get(&house, &way).await.status().as_u16(), 404);
    // A list without questions has nothing to keep.
    let path = start(&house, &list(1)).await;
    let way = format!("/batch/draft/list-{}", path.rsplit('/').next().unwrap());
    assert_eq!(get(&house, &way).await.status().as_u16(), 404);
}

#[tokio::test]
async fn a_list_in_which_all_rows_wait_is_started_without_a_call_and_its_report_asks() {
    let house = house().await;
    let (head, rest) = TEXT.split_once('\n').unwrap();
    let waits = rest.lines().find(|line| line.contains("B+")).unwrap();
    let draft = led(send(&house, "list.csv", format!("{head}\n{waits}\n").as_bytes()).await);
    let before = page(&house, &draft).await;
    assert!(before.contains("No row can be quoted yet") && before.contains("value=\"start\""), "{before}");
    let path = press(&house, &draft, "start").await;
    let path = path.split('?').next().unwrap();
    follow(&house, path).await;
    assert_eq!(calls(&house).await, 0);
    let told = shown(&house, path).await;
    assert!(told.contains("Waits for an answer") && answering(&told).is_some(), "{told}");
    let report = get(&house, &format!("{path}/report.xlsx?locale=en")).await.bytes().await.unwrap();
    assert_eq!(sheet::handed_back(&report, &["Answer".to_owned()]).unwrap().len(), 1);
}

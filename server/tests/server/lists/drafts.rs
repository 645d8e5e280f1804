//! The page of a list that was read and not started: its questions, and the look-up of its models.

use crate::house::{House, TOKEN};

use super::*;

/// Sends a draft's form. Returns the address that it is redirected to.
pub(super) async fn fill_in(house: &House, path: &str, form: &[(&str, &str)]) -> String {
    let post = house.http.post(format!("{}{path}", house.base)).bearer_auth(TOKEN).form(form);
    led(post.send().await.unwrap())
}

/// The name of the question whose sentence has these words.
pub(super) fn question(page: &str, words: &str) -> String {
    let before = &page[..page.find(words).unwrap_or_else(|| panic!("{words} is not in {page}"))];
    let name = before.rsplit_once("for=\"").unwrap().1;
    name.split("-select").next().unwrap().to_owned()
}

#[tokio::test]
async fn questions_are_answered_before_a_list_is_started_and_own_grades_are_remembered() {
    let house = house().await;
    let text = "Type,Brand,Model,Capacity,Condition,Function\n手机,苹果,iPhone 13,128,B+,正常\n手机,苹果,iPhone 12,64,B+,Sales\n";
    let draft = led(send(&house, "list.csv", text.as_bytes()).await);
    let asked = page(&house, &draft).await;
    assert!(asked.contains("Questions: 2") && asked.contains("In 2 rows (2, 3)"), "{asked}");
    let (grade, function) =
        (question(&asked, "Your own grade “B+”"), question(&asked, "“Sales”: does everything"));
    let other = format!("{function}-other");
    // An answer that cannot be used starts nothing, and is shown again.
    let wrong = [(grade.as_str(), "八成新"), (&function, ""), (&other, "dunno <b>"), ("do", "start")];
    assert_eq!(fill_in(&house, &draft, &wrong).await, draft);
    let told = page(&house, &draft).await;
    assert!(told.contains("value=\"dunno &lt;b&gt;\"") && told.contains("is no answer"), "{told}");
    assert!(told.contains("Answered: 1") && told.contains("<option value=\"八成新\" selected>"), "{told}");
    // Rows without an answer are not quoted; the others are.
    let path = fill_in(&house, &draft, &[(function.as_str(), ""), (&other, ""), ("do", "start")]).await;
    let path = path.split('?').next().unwrap();
    follow(&house, path).await;
    assert_eq!(calls(&house).await, 1);
    let report = get(&house, &format!("{path}/report.xlsx?locale=en")).await.bytes().await.unwrap();
    let open = sheet::handed_back(&report, &["Answer".to_owned()]).unwrap();
    let open: Vec<_> = open.iter().map(|it| (it.id.as_str(), it.text.as_str())).collect();
    assert_eq!(open, [(grade.as_str(), "Good"), (function.as_str(), "")]);

    let next = led(send(&house, "next.csv", text.replace("13", "11").as_bytes()).await);
    let shown = page(&house, &next).await;
    assert!(
        shown.contains("“B+” → Good, as you said last time") && shown.contains("Questions: 1"),
        "{shown}"
    );
    // A page of rows and other columns keep what was typed.
    let typed = [(grade.as_str(), "九成新"), ("read_by", "0,1,2,3,,4,5,,"), ("page", "1")];
    fill_in(&house, &next, &typed).await;
    let kept = page(&house, &next).await;
    assert!(kept.contains("<option value=\"九成新\" selected>") && !kept.contains("last time"), "{kept}");
    // Columns that were changed are shown before anything is started.
    let changed = [
        ("device_type", "0"),
        ("brand", "1"),
        ("model", "2"),
        ("storage", ""),
        ("condition", "4"),
        ("function_status", "5"),
    ];
    let mut changed = changed.to_vec();
    changed.extend([("read_by", "0,1,2,3,,4,5,,"), ("do", "start")]);
    let shown = fill_in(&house, &next, &changed).await;
    assert!(shown.starts_with(&next) && shown.contains("&storage=&"), "{shown}");
    assert_eq!(calls(&house).await, 1);
}

#[tokio::test]
async fn a_report_that_was_filled_in_is_handed_in_on_the_page_of_its_list() {
    let house = house().await;
    let text = "Type,Brand,Model,Capacity,Condition,Function\n手机,苹果,iPhone 13,128,B+,正常\n手机,苹果,iPhone 12,64,九成新,正常\n";
    let first = "No row can be quoted yet: answer a question first.";
    let (alone, _) = text.rsplit_once("手机,苹果,iPhone 12").unwrap();
    let stuck = led(send(&house, "alone.csv", alone.as_bytes()).await);
    assert!(page(&house, &stuck).await.contains(first));
    let path = start(&house, text).await;
    follow(&house, &path).await;
    let shown = page(&house, &format!("{path}?locale=en")).await;
    assert!(shown.contains("1 of 1 device is known"), "{shown}");
    let (_, question) = shown.split_once("href=\"#q-").unwrap_or_else(|| panic!("no way to it in {shown}"));
    let question = format!("q-{}", &question[..12]);
    assert!(shown.contains(&format!("id=\"{question}\"")), "{question} is not in {shown}");

    let draft = led(send(&house, "list.csv", text.as_bytes()).await);
    let answers = draft.replace("?", "/answers?");
    let refused = send_to(&house, &answers, "list.csv", text.as_bytes()).await;
    assert_eq!(refused.status().as_u16(), 422);
    let told = refused.text().await.unwrap();
    assert!(
        told.contains("list.csv has no questions with answers") && told.contains("Questions: 1"),
        "{told}"
    );

    let as_it_was = format!("Question,Answer,Key\n?,,{question}\n");
    let refused = send_to(&house, &answers, "report.csv", as_it_was.as_bytes()).await;
    assert_eq!(refused.status().as_u16(), 422);
    let told = refused.text().await.unwrap();
    assert!(told.contains("report.csv has no answer yet: fill in the column “Answer”"), "{told}");

    let filled_in = format!("Question,Answer,Key\n?,Good,{question}\n?,Good,q-000000000000\n");
    let answer = led(send_to(&house, &answers, "report.csv", filled_in.as_bytes()).await);
    let told = page(&house, &answer).await;
    assert!(told.contains("Answered: 1") && !told.contains("Questions: 1"), "{told}");
    assert!(
        told.contains("Answers to questions that this list does not have, and that are not used: 1."),
        "{told}"
    );
}

const SPELLINGS: &str = "1,笔记本,苹果,MacBook Air M2,256,九成新,正常\n2,笔记本,苹果,MacBook Air M2,512,九成新,正常\n\
    3,手机,苹果,iphone13,128,九成新,正常\n";

#[tokio::test]
async fn models_are_looked_up_when_a_person_says_so_and_what_may_be_several_is_asked() {
    let house = house().await;
    let draft = led(send(&house, "list.csv", (HEADINGS.to_owned() + SPELLINGS).as_bytes()).await);
    let before = page(&house, &draft).await;
    let words = "2 names of models are not known yet. Looking them up takes about 2 calls.";
    assert!(before.contains(words) && before.contains("value=\"look-up\""), "{before}");
    assert_eq!(calls(&house).await, 0);

    assert_eq!(press(&house, &draft, "look-up").await, draft);
    let after = page(&house, &draft).await;
    for words in [
        "In the catalogue: 1. May be several models: 1. Not in the catalogue: 0.",
        "All names of models are known",
        "“MacBook Air M2” may be several models",
        "MacBook Air 15 英寸 (M2)",
        "iPhone 13",
    ] {
        assert!(after.contains(words), "{words} is not in {after}");
    }
    assert!(!after.contains("value=\"look-up\""), "nothing is left to look up");
    assert_eq!(calls(&house).await, 2);
    // Rows with a question wait; the others are quoted without another search.
    let path = press(&house, &draft, "start").await;
    follow(&house, path.split('?').next().unwrap()).await;
    assert_eq!(calls(&house).await, 3);
}

#[tokio::test]
async fn a_look_up_that_takes_long_says_how_far_it_is_and_one_that_fails_says_so() {
    let house = house().await;
    house.set(r#"{"latency_ms": 2500}"#).await;
    let draft = led(send(&house, "list.csv", (HEADINGS.to_owned() + SPELLINGS).as_bytes()).await);
    press(&house, &draft, "look-up").await;
    let running = get(&house, &draft).await;
    assert_eq!(running.headers()["refresh"], "2", "it is loaded again also without JavaScript");
    let told = running.text().await.unwrap();
    assert!(told.contains("Searches done: 0 of about 2."), "{told}");
    while get(&house, &draft).await.headers().contains_key("refresh") {
        tokio::task::yield_now().await;
    }
    assert!(page(&house, &draft).await.contains("May be several models: 1."));

    house.set(r#"{"reset": true, "error_rate": 1.0, "error_status": 503}"#).await;
    let other = (HEADINGS.to_owned() + SPELLINGS).replace("苹果,iphone13,128", "华为,mate60pro,256");
    let draft = led(send(&house, "other.csv", other.as_bytes()).await);
    press(&house, &draft, "look-up").await;
    let failed = page(&house, &draft).await;
    assert!(failed.contains("The look-up ended early") && failed.contains("1 name of a model"), "{failed}");
    assert!(failed.contains("value=\"start\""), "it can be started all the same");
}

#[tokio::test]
async fn a_list_that_compares_says_in_each_row_whose_price_it_is() {
    let house = house().await;
    let text = list(1);
    let draft = led(send(&house, "list.csv", text.as_bytes()).await);
    let list = fill_in(&house, &draft, &[("compare", "1"), ("do", "start")]).await;
    let path = list.split('?').next().unwrap();
    follow(&house, path).await;
    let shown = page(&house, &format!("{path}?locale=en")).await;
    assert_eq!(shown.matches("The best price: ").count(), 2, "{shown}");
    let (_, sums) = shown.split_once("All devices to one buyer").unwrap();
    let (to_one, to_each) = sums.split_once("Each device to the buyer with the best price").unwrap();
    assert!(to_one.contains("Devices") && to_each.contains("Parcels"), "{sums}");
    let best = shown.split("The best price: ").nth(1).unwrap().split('<').next().unwrap();
    assert!(
        to_each.contains(&format!("<th scope=\"row\">{best}</th><td class=\"amount\">2</td>")),
        "{to_each}"
    );
    let alone = start(&house, &text).await;
    follow(&house, &alone).await;
    assert!(!page(&house, &format!("{alone}?locale=en")).await.contains("The best price: "));
}

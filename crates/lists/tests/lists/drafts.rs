//! Lists that were uploaded: every instance shows them, and one of them starts each.

use std::sync::Arc;

use domain::Field;
use jiff::Timestamp;
use lists::{BatchId, Draft, Drafts, Seal};
use records::Records;
use records::testing::{Other, Server};
use sheet::{QuestionId, Source};
use tempfile::TempDir;

/// Each test on a file and on a server: the address of the records, and the folder of the file.
macro_rules! on_both {
    ($($promise:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test]
                async fn $promise() {
                    let folder = tempfile::tempdir().unwrap();
                    let url = format!("sqlite://{}/records.db", folder.path().display());
                    super::$promise(super::Place { url, _folder: Some(folder) }).await;
                }
            )+
        }
        mod on_postgres {
            $(
                #[tokio::test]
                async fn $promise() {
                    super::$promise(super::on_a_server(stringify!($promise)).await).await;
                }
            )+
        }
    };
}

on_both!(
    a_draft_has_its_answers_at_every_instance,
    a_draft_is_taken_at_one_instance_and_gone_at_all,
    long_lists_make_room_for_each_other,
    the_draft_of_a_list_is_kept_for_its_questions_and_no_longer_shown_as_new,
);

struct Place {
    url: String,
    /// Deleted with this.
    _folder: Option<TempDir>,
}

impl Place {
    async fn instance(&self) -> Drafts {
        Drafts::new(Records::open(&self.url).await.unwrap(), Seal::by([7; 32]))
    }
}

async fn on_a_server(name: &str) -> Place {
    let server = Server::of_these_tests();
    let mut admin = Other::at(&server.url("postgres")).await.unwrap();
    let name: String = name.chars().take(60).collect();
    admin.run(&format!("CREATE DATABASE {name}")).await.unwrap();
    Place { url: server.url(&name), _folder: None }
}

fn draft(rows: usize) -> Arc<Draft> {
    let text = format!("品牌,型号,成色\n{}", "苹果,iPhone 15,A级\n".repeat(rows));
    Arc::new(Draft::new("清单.csv", text.as_bytes(), sheet::read(text.as_bytes()).unwrap()).unwrap())
}

fn now(second: i64) -> Timestamp {
    Timestamp::from_second(1_767_074_400 + second).unwrap()
}

fn say(draft: &Draft, grade: &str) {
    let id = QuestionId::of(Field::Condition, "A级", "");
    draft.answer(|answers| answers.set(id, Source::Person, grade));
}

async fn keys(drafts: &Drafts) -> Vec<String> {
    drafts.names().await.into_iter().map(|(key, _)| key).collect()
}

async fn a_draft_has_its_answers_at_every_instance(place: Place) {
    let (one, other) = (place.instance().await, place.instance().await);
    one.keep("a".into(), draft(2), now(0)).await;
    let at_other = other.get("a").await.unwrap();
    assert_eq!((at_other.name(), at_other.rows()), ("清单.csv", draft(2).rows()));
    say(&at_other, "九成新");
    at_other.leave_hidden_out(true);
    other.said("a", &at_other, now(1)).await;
    let at_one = one.get("a").await.unwrap();
    assert_eq!((at_one.answers(), at_one.hidden_rows().1), (at_other.answers(), true));
    assert!(!at_one.answers().is_empty());
    // And back, while the other has it in memory.
    say(&at_one, "八成新");
    one.said("a", &at_one, now(2)).await;
    assert_eq!(other.get("a").await.unwrap().answers(), at_one.answers());
    assert_eq!(other.names().await, [("a".to_owned(), "清单.csv".to_owned())]);
}

async fn a_draft_is_taken_at_one_instance_and_gone_at_all(place: Place) {
    let (one, other) = (place.instance().await, place.instance().await);
    one.keep("a".into(), draft(2), now(0)).await;
    let known = other.get("a").await.unwrap();
    let (first, second) = tokio::join!(one.take("a"), other.take("a"));
    assert!(first.unwrap().is_some() ^ second.unwrap().is_some());
    assert!(one.get("a").await.is_none() && other.get("a").await.is_none());
    assert!(one.take("a").await.unwrap().is_none());
    assert_eq!(keys(&other).await, [""; 0]);
    // It could not be started, and is put back.
    one.keep("a".into(), known, now(1)).await;
    assert!(other.get("a").await.is_some());
}

async fn long_lists_make_room_for_each_other(place: Place) {
    let (one, other) = (place.instance().await, place.instance().await);
    let long = draft(49_999);
    for (second, key) in ["a", "b", "c", "d"].into_iter().enumerate() {
        one.keep(key.into(), Arc::clone(&long), now(second.try_into().unwrap())).await;
    }
    assert_eq!(keys(&other).await, ["d", "c", "b"]);
    assert!(one.get("a").await.is_none() && other.get("a").await.is_none());
    assert!(other.get("b").await.is_some());
}

#[tokio::test]
async fn without_records_a_draft_is_kept_by_its_instance() {
    // A folder is where the file would be.
    let folder = tempfile::tempdir().unwrap();
    let records = Records::at(&format!("sqlite://{}", folder.path().display())).unwrap();
    let drafts = Drafts::new(records, Seal::by([7; 32]));
    drafts.keep("a".into(), draft(2), now(0)).await;
    let known = drafts.get("a").await.unwrap();
    say(&known, "九成新");
    drafts.said("a", &known, now(1)).await;
    assert!(!drafts.get("a").await.unwrap().answers().is_empty());
    assert_eq!(keys(&drafts).await, ["a"]);
    assert!(drafts.take("a").await.unwrap().is_some() && drafts.take("a").await.unwrap().is_none());
}

async fn the_draft_of_a_list_is_kept_for_its_questions_and_no_longer_shown_as_new(place: Place) {
    let (here, there) = (place.instance().await, place.instance().await);
    let list = BatchId(12);
    assert_eq!(Drafts::list_of(&Drafts::key_of(list)), Some(list));
    assert_eq!(Drafts::list_of("0f3c"), None);
    let started = draft(2);
    say(&started, "九成新");
    let mut columns = started.recognised();
    columns.set(Field::Brand, None);
    started.use_columns(columns.clone());
    here.keep(Drafts::key_of(list), started, now(0)).await;
    assert!(there.has_draft_of(list).await && !there.has_draft_of(BatchId(1)).await);
    assert_eq!(keys(&there).await, Vec::<String>::new());
    let found = there.get(&Drafts::key_of(list)).await.unwrap();
    assert_eq!((found.proposed(), found.answers().iter().count()), (columns, 1));
    // With its list, all that was in the file is deleted, also what another token has sealed.
    let other_token = Drafts::new(Records::open(&place.url).await.unwrap(), Seal::by([8; 32]));
    assert!(!other_token.has_draft_of(list).await);
    other_token.delete_draft_of(list).await.unwrap();
    assert!(!here.has_draft_of(list).await);
    assert!(here.get(&Drafts::key_of(list)).await.is_none());
}

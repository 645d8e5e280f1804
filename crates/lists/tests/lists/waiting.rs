//! Rows that wait for an answer, from the file to the report.

use domain::Moment;
use lists::{Draft, Format, record, write_report};

use crate::house::{House, Settings};
use crate::plain::Plain;
use crate::work::run;

const LIST: &str = "设备类型,品牌,型号,容量,成色,功能状态\n手机,苹果,iPhone 14 Pro,256,九成新,正常\n\
    手机,苹果,iPhone 13,128,A级,正常\n手机,苹果,SANDBOX-UNKNOWN,64,九成新,正常\n";

#[tokio::test]
async fn a_row_with_an_open_question_waits_and_is_counted_apart() {
    let house = House::with(Settings { sandbox: true, ..Settings::default() }).await;
    let draft = Draft::new("list.csv", b"it", sheet::read(LIST.as_bytes()).unwrap()).unwrap();
    let columns = draft.recognised();
    let (list, fingerprint) = (draft.list(&columns, None).unwrap(), draft.fingerprint("account", &columns));
    let now = house.desk.now();
    let id = record(&house.records, "list.csv", &fingerprint, list, now).await.unwrap();
    run(&house.desk, id).await;
    house.desk.all_recorded().await;
    let counts = house.records.batch(id).await.unwrap().unwrap().counts;
    assert_eq!((counts.rows, counts.bad_rows, counts.waiting_rows), (3, 1, 1));

    let report = write_report(Plain, house.records.clone(), id, Format::Csv, Moment::new(now), Vec::new());
    let (written, text) = report.await.unwrap();
    assert_eq!((written.rows, written.priced, written.waiting), (3, 1, 1));
    let text = String::from_utf8(text).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[2].contains(",Waiting,NotAnswered,"), "{text}");
    assert!(lines[3].contains(",NotPriced,model_unknown,"), "{text}");
}

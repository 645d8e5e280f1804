//! Lists in the dealer's own words for grades.

use std::sync::Arc;
use std::time::Duration;

use domain::{Grade, QuoteRequest};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use pricelist::{
    Intake, Language, Mistakes, PriceList, PriceListProvider, PriceLists, ReadSheets, Terms, is_part,
};
use provider::{Attempt, GradeWords, Provider, ProviderName};
use sheet::{ReadError, Table};

use crate::books::{device, sheets};

/// 全新 and 九五新 are its A, 九成新 is its B, 八成新 its C; it takes no others.
fn words() -> GradeWords {
    let words = [(Grade::New, "A"), (Grade::LikeNew, "A"), (Grade::Excellent, "B"), (Grade::Good, "C")];
    GradeWords::new(words.map(|(grade, word)| (grade, word.to_owned()))).unwrap()
}

fn parsed(of: &[(&str, &str)]) -> Result<PriceList, Mistakes> {
    PriceList::parse_with(&sheets(of), Some(&words()))
}

fn iphone(grade: &str) -> QuoteRequest {
    device("苹果", "iPhone 13", ("128GB", ""), grade, ("正常", ""))
}

/// The price in each grade of the trade, in yuan.
fn prices(list: &PriceList) -> Vec<Option<i64>> {
    let grades = ["全新", "九五新", "九成新", "八成新", "七成新"];
    grades.map(|grade| Some(list.price(&iphone(grade)).ok()?.worked.price.fen() / 100)).to_vec()
}

const BY_GRADE: &str = "类型,品牌,型号,容量,A,B（元）,c\n手机,苹果,iPhone 13,128GB,3300,3000,2500";

#[test]
fn a_list_with_columns_of_the_dealers_own_grades_has_prices_in_the_trades() {
    let list = parsed(&[("价格", BY_GRADE)]).unwrap();
    assert_eq!(prices(&list), [Some(3300), Some(3300), Some(3000), Some(2500), None]);
    let discounts = "成色,比例\nA,110%\nB,1\nC,0.8";
    let one = "类型,品牌,型号,容量,价格\n手机,苹果,iPhone 13,128GB,3000";
    let list = parsed(&[("价格", one), ("折扣", discounts)]).unwrap();
    assert_eq!(prices(&list), [Some(3300), Some(3300), Some(3000), Some(2400), None]);
}

#[test]
fn a_word_that_is_not_in_the_setting_is_told_by_cell_with_those_that_are() {
    let told = |of: &[(&str, &str)], language| -> Vec<String> {
        parsed(of).unwrap_err().listed().iter().map(|mistake| mistake.told(language)).collect()
    };
    let rows = "类型,品牌,型号,容量,A,D,九成新,A\n手机,苹果,iPhone 13,128GB,3300,3000,2500,1";
    assert_eq!(
        told(&[("价格", rows)], Language::English),
        [
            "价格!F1: the column \"D\" is not known: correct the heading, or call it Remarks; the grades of the setting `grades` are A, B, C",
            "价格!G1: the column \"九成新\" is not known: correct the heading, or call it Remarks; the grades of the setting `grades` are A, B, C",
            "价格!H1: E1 is the same column; keep one",
        ]
    );
    let one = "类型,品牌,型号,容量,价格\n手机,苹果,iPhone 13,128GB,3000";
    assert_eq!(
        told(&[("价格", one), ("折扣", "成色,比例\nE,0.5\nA,1.1\na,1.2")], Language::Chinese),
        ["折扣!A2：“E”不是设置 grades 中的成色：A, B, C", "折扣!A4：与 A3 重复"]
    );
}

struct Here;

impl ReadSheets for Here {
    fn read_sheets<'a>(&'a self, file: &'a [u8]) -> BoxFuture<'a, Result<Vec<Table>, ReadError>> {
        let read = sheet::read_sheets(file, is_part);
        async move { read }.boxed()
    }
}

#[tokio::test]
async fn an_upload_is_read_in_these_words_and_a_grade_without_one_is_not_asked_about() {
    let now = Timestamp::UNIX_EPOCH;
    let lists = Arc::new(PriceLists::in_words(Some(words())));
    let intake = Intake::in_memory(Arc::clone(&lists), Arc::new(Here), Arc::new(move || now));
    intake.upload("prices.csv", BY_GRADE.into()).await.unwrap();
    let terms = Terms { valid_for: SignedDuration::from_hours(24), ways: Vec::new() };
    let dealer = PriceListProvider::new(ProviderName::parse("own").unwrap(), lists, terms);
    assert_eq!(["九五新", "八成新", "七成新"].map(|grade| dealer.takes(&iphone(grade))), [true, true, false]);
    let attempt = Attempt { at: now, timeout: Duration::from_secs(1) };
    let answer = dealer.quote(&iphone("八成新"), attempt).await.unwrap().value;
    assert_eq!((answer.price.final_price().fen(), answer.grade.as_deref()), (250_000, Some("八成新")));
}

//! Questions of lists, and lists with answers.

use domain::{Field, Grade, NoDevice, Why};
use sheet::{Answers, DeviceList, ListQuestion, Mapping, Source, Table, read};

fn table(csv: &str) -> Table {
    read(csv.as_bytes()).unwrap()
}

fn list(table: &Table, answers: &Answers) -> DeviceList {
    let headings = table.headings().unwrap();
    DeviceList::answered(table, &Mapping::of(table, headings), headings, answers, None).unwrap()
}

/// Answers the open questions by the field and the text that they ask about.
fn answer(answers: &mut Answers, list: DeviceList, said: &[(Field, &str, &str)]) {
    for question in list.questions.open() {
        let found = said.iter().find(|(field, text, _)| *field == question.field && *text == question.text);
        if let Some((.., words)) = found {
            answers.set(question.id.clone(), Source::Person, words);
        }
    }
}

const GRADES: &str = "品类,品牌型号,成色,功能\n\
    手机,苹果 iPhone 13 128G,A级,正常\n手机,苹果 iPhone 12 64G,a 级,正常\n手机,苹果 iPhone 13 128G,95新,正常\n\
    手机,苹果 iPhone 14 256G,85新,市场部\n手机,小米14 8+256,A级,市场部\n手机,小米14 8+256,A级,\n";

#[test]
fn a_list_asks_as_few_questions_as_possible() {
    let list = list(&table(GRADES), &Answers::default());
    let asked: Vec<_> =
        list.questions.all().iter().map(|it| (it.field, it.why, it.text.as_str(), it.rows)).collect();
    assert_eq!(
        asked,
        [
            (Field::Condition, Why::OwnGrade, "A级", 4),
            (Field::FunctionStatus, Why::Function, "市场部", 2),
            (Field::Condition, Why::BetweenGrades, "85新", 1),
            (Field::FunctionStatus, Why::Missing, "", 1),
        ]
    );
    let first = &list.questions.all()[0];
    assert_eq!((first.first.as_slice(), first.is_open), (&[2, 3, 6, 7][..], false));
    assert_eq!(first.example, "手机 · 苹果 iPhone 13 128G · A级 · 正常");
    assert!(first.options.iter().any(|it| it == "九成新") && first.remembered_as().as_deref() == Some("a级"));
    assert_eq!(list.rows.iter().filter(|row| row.request.is_ok()).count(), 1, "the others wait");
}

#[test]
fn answered_rows_are_as_if_written_so() {
    let table = table(GRADES);
    let mut answers = Answers::default();
    let said = [
        (Field::Condition, "A级", "Excellent"),
        (Field::Condition, "85新", "八成新"),
        (Field::FunctionStatus, "市场部", "正常"),
        (Field::FunctionStatus, "", "不报价"),
    ];
    answer(&mut answers, list(&table, &Answers::default()), &said[..1]);
    let first = list(&table, &answers);
    assert_eq!(first.rows.iter().filter(|row| row.request.is_ok()).count(), 3);
    answer(&mut answers, first, &said);
    let all = list(&table, &answers);
    let grades: Vec<_> = all.rows.iter().map(|row| row.request.as_ref().unwrap().grade()).collect();
    use Grade::{Excellent, Good, LikeNew};
    assert_eq!(grades, [Excellent, Excellent, LikeNew, Good, Excellent]);
    let left: Vec<_> = all.passed_over.iter().map(|it| (it.number, it.why)).collect();
    assert_eq!(left, [(7, NoDevice::Unwanted)]);
    assert_eq!(
        (all.questions.open().count(), all.questions.all().len()),
        (0, 4),
        "answered ones can be changed"
    );
}

#[test]
fn an_answer_that_is_not_allowed_changes_nothing_and_is_kept() {
    let table = table(GRADES);
    let mut answers = Answers::default();
    let said = [(Field::Condition, "A级", "very nice"), (Field::FunctionStatus, "市场部", "sales")];
    answer(&mut answers, list(&table, &Answers::default()), &said);
    let read = list(&table, &answers);
    let wrong: Vec<&ListQuestion> = read.questions.all().iter().filter(|it| it.given.is_some()).collect();
    assert!(wrong.iter().all(|it| it.is_unanswered()));
    let texts: Vec<_> = wrong.iter().map(|it| it.given.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(texts, ["very nice", "sales"]);
    assert_eq!(read.questions.open().count(), 4);
}

#[test]
fn a_laptop_without_sizes_is_asked_for_both_at_once() {
    let table = table(
        "品类,品牌,型号,存储,内存,成色,功能\n笔记本,联想,ThinkPad X1,,,九成新,正常\n笔记本,联想,ThinkPad X1,,,八成新,正常\n",
    );
    let mut answers = Answers::default();
    let asked = list(&table, &answers);
    let all = asked.questions.all();
    assert_eq!(
        all.iter().map(|it| (it.field, it.with_memory, it.rows)).collect::<Vec<_>>(),
        [(Field::Storage, true, 2)]
    );
    assert_eq!(all[0].about, "联想 ThinkPad X1");
    answer(&mut answers, asked, &[(Field::Storage, "", "512/16")]);
    let told = list(&table, &answers);
    let sizes: Vec<_> = told
        .rows
        .iter()
        .map(|row| row.request.as_ref().unwrap())
        .map(|it| (it.storage(), it.ram()))
        .collect();
    assert_eq!(sizes, [("512GB", Some("16GB")); 2]);
}

#[test]
fn a_question_shows_no_personal_data() {
    let table = table("品类,品牌型号,成色,功能\n手机,苹果 iPhone 13 128G,九成新,张三13812345678\n");
    let asked = list(&table, &Answers::default());
    let question = &asked.questions.all()[0];
    let shown = format!("{question:?}");
    assert!(!shown.contains("13812345678"), "{shown}");
    let mut answers = Answers::default();
    answers.set(question.id.clone(), Source::Person, "正常");
    assert!(list(&table, &answers).rows[0].request.is_ok());
}

//! What a list at the command line cannot tell: its questions and its models.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use sandbox::Faults;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::*;

/// Answers the questions of a file beside a report: those whose line has a text.
fn answer(path: &Path, answers: &[(&str, &str)]) {
    let text = fs::read_to_string(path).unwrap();
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut out = csv::Writer::from_path(path).unwrap();
    out.write_record(rows.headers().unwrap()).unwrap();
    for row in rows.records() {
        let row = row.unwrap();
        let answer =
            answers.iter().find(|(text, _)| row[0].contains(text)).map_or(&row[1], |(_, answer)| answer);
        let cells = row.iter().enumerate().map(|(place, cell)| if place == 1 { answer } else { cell });
        out.write_record(cells).unwrap();
    }
    out.flush().unwrap();
}

const GRADES: &str = "手机,苹果,iPhone 14 Pro,256,A级,正常\n手机,苹果,iPhone 13,128,A级,市场部\n手机,苹果,iPhone 12,64,九成新,正常\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_with_questions_is_quoted_as_far_as_it_goes_and_answers_are_handed_in() {
    let desk = Desk::open(Faults::default()).await;
    let headings = "设备类型,品牌,型号,容量,成色,功能状态\n";
    fs::write(desk.file("list.csv"), headings.to_owned() + GRADES).unwrap();
    let (code, said) = desk.run(&["list.csv", "-o", "report.csv"]).await;
    assert_eq!(code, Some(0), "{said}");
    let last = said.lines().last().unwrap();
    assert!(
        last.starts_with("2 questions are open") && last.ends_with("--answers report.questions.csv."),
        "{said}"
    );
    assert_eq!(
        desk.calls(),
        1,
        "what can be told is quoted, and names that are written out are not looked up"
    );

    answer(&desk.file("report.questions.csv"), &[("A级", "very nice"), ("市场部", "Everything works")]);
    let handed_in = ["list.csv", "--answers", "report.questions.csv", "-o", "second.xlsx"];
    let (code, said) = desk.run(&handed_in).await;
    assert_eq!((code, desk.calls()), (Some(1), 1), "{said}");
    assert!(
        said.contains("report.questions.csv, cell B2: “very nice”") && said.contains("One of: New, Like new"),
        "{said}"
    );

    answer(&desk.file("report.questions.csv"), &[("A级", "Excellent")]);
    let (code, said) = desk.run(&handed_in).await;
    assert_eq!((code, desk.calls()), (Some(0), 3), "known devices are not asked for again: {said}");
    assert!(said.lines().last().unwrap().contains("3 with a price"), "{said}");

    // The company's next list: its grades are known, and can be changed.
    fs::write(desk.file("next.csv"), headings.to_owned() + "手机,苹果,iPhone 11,128,a级,正常\n").unwrap();
    let (code, said) = desk.run(&["next.csv", "-o", "next.csv.csv"]).await;
    assert_eq!((code, desk.calls()), (Some(0), 4), "{said}");
    assert!(said.contains("“a级” → Excellent, as you said last time"), "{said}");
    // Another company's A级 is another one.
    fs::write(
        desk.file("other.csv"),
        "Type,Brand,Model,Capacity,Grade,Function\n手机,苹果,iPhone 11,128,A级,正常\n",
    )
    .unwrap();
    let (code, said) = desk.run(&["other.csv", "-o", "other.xlsx"]).await;
    assert_eq!((code, desk.calls()), (Some(0), 4), "{said}");
    assert!(
        said.lines()
            .last()
            .unwrap()
            .contains("1 question is open: answer it in the sheet “Questions” of other.xlsx"),
        "{said}"
    );
    let (code, said) = desk.run(&["other.csv", "-o", "x.xlsx", "--answers", "next.csv"]).await;
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("next.csv has no questions with answers"), "{said}");
}

const SPELLINGS: &str = "笔记本,苹果,MacBook Air M2,256,8,九成新,正常\n笔记本,苹果,MacBook Air M2,512,16,八成新,正常\n\
    笔记本,苹果,MacBook Air (M1 2020),256,8,九成新,正常\n笔记本,苹果,MacBook Air M9,256,8,九成新,正常\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn models_are_looked_up_unless_that_is_not_wanted_and_a_choice_holds_for_all_equal_rows() {
    let desk = Desk::open(Faults::default()).await;
    let headings = "设备类型,品牌,型号,容量,内存,成色,功能状态\n";
    fs::write(desk.file("list.csv"), headings.to_owned() + SPELLINGS).unwrap();
    let (code, said) = desk.run(&["list.csv", "-o", "plain.jsonl", "--no-look-up"]).await;
    assert_eq!(code, Some(1), "the partner does not know these names: {said}");
    assert!(said.contains("Names of models that were not looked up: 3."), "{said}");
    assert_eq!((desk.calls(), desk.partner.sandbox().stats().asked_devices), (4, 4));

    let other = headings.to_owned() + SPELLINGS + "相机,索尼,A7M4,机身,,九成新,正常\n";
    fs::write(desk.file("other.csv"), other).unwrap();
    let (code, said) = desk.run(&["other.csv", "-o", "report.csv"]).await;
    assert_eq!(code, Some(0), "{said}");
    let told = "In the catalogue: 2; may be several models: 1; not in the catalogue: 1.";
    assert!(said.contains("Models looked up: 4,") && said.contains(told), "{said}");
    assert!(said.lines().last().unwrap().starts_with("2 questions are open"), "{said}");
    let asked = fs::read_to_string(desk.file("report.questions.csv")).unwrap();
    for words in [
        "“MacBook Air M2” may be several models",
        "MacBook Air 15 英寸 (M2)",
        "is not in the partner's catalogue",
    ] {
        assert!(asked.contains(words), "{words} is not in {asked}");
    }
    assert_eq!(desk.partner.sandbox().stats().asked_devices, 4 + 2);

    let before = desk.calls();
    let answers = [("MacBook Air M2", "MacBook Air 13 英寸 (M2)"), ("MacBook Air M9", "Do not quote")];
    answer(&desk.file("report.questions.csv"), &answers);
    let (code, said) =
        desk.run(&["other.csv", "--answers", "report.questions.csv", "-o", "second.jsonl"]).await;
    assert_eq!((code, desk.calls()), (Some(0), before + 2), "no search and no price twice: {said}");
    let rows = lines(&desk.file("second.jsonl"));
    let models: Vec<_> = rows.iter().map(|row| row["quote"]["device"]["model"].as_str().unwrap()).collect();
    assert_eq!(models[..2], ["MacBook Air 13 英寸 (M2)"; 2]);
    assert_eq!(models[2..], ["MacBook Air 13 英寸 (M1)", "Alpha 7 IV"]);
}

/// Runs the command at a terminal, where `answer` is typed. Returns the exit code and what the terminal showed.
async fn at_a_terminal(desk: &Desk, report: &str, answer: &str) -> (Option<i32>, String) {
    let command = format!("{} batch list.csv -o {report}", env!("CARGO_BIN_EXE_tradein"));
    let mut terminal = Command::new("script");
    let mut terminal = terminal
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .envs(desk.variables())
        .current_dir(desk.folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    // Kept open, because its end is an answer too.
    let mut typed = terminal.stdin.take().unwrap();
    typed.write_all(answer.as_bytes()).await.unwrap();
    let output = terminal.wait_with_output().await.unwrap();
    drop(typed);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_terminal_is_asked_before_models_are_looked_up() {
    let desk = Desk::open(Faults::default()).await;
    let headings = "设备类型,品牌,型号,容量,内存,成色,功能状态\n";
    let row = "笔记本,苹果,MacBook Air (M1 2020),256,8,九成新,正常\n";
    fs::write(desk.file("list.csv"), headings.to_owned() + row).unwrap();
    let asked = "Names of models that are not known yet: 1. Look them up at the partner";
    for no in ["n\n", "\u{4}"] {
        let (_, shown) = at_a_terminal(&desk, "no.csv", no).await;
        assert!(shown.contains(asked) && shown.contains("not looked up: 1."), "{shown}");
        assert!(!shown.contains("Models looked up"), "{shown}");
    }
    let (code, shown) = at_a_terminal(&desk, "yes.csv", "\n").await;
    assert!(shown.contains(asked) && shown.contains("Models looked up: 1, calls made: 1"), "{shown}");
    assert_eq!(code, Some(0), "{shown}");
}

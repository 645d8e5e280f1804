use domain::Field;
use sheet::{DeviceList, Mapping};
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        println!("== {path}");
        let table = match sheet::read(&bytes) {
            Ok(t) => t,
            Err(e) => {
                println!("  REFUSED {e:?}");
                continue;
            }
        };
        let Some(headings) = table.headings() else {
            println!("  NO HEADINGS");
            continue;
        };
        let mapping = Mapping::of(&table, headings);
        if !mapping.missing().is_empty() {
            println!("  MISSING {:?}", mapping.missing());
        }
        let list = DeviceList::from_table(&table, &mapping, headings).unwrap();
        for row in &list.rows {
            let cells =
                table.rows.iter().find(|r| r.number == row.number).map(|r| r.cells.join(" | ")).unwrap();
            let f = &row.form;
            let text: Vec<&str> = Field::OF_A_DEVICE.iter().map(|x| f.text(*x)).collect();
            println!(
                "  {:>3} [{cells}]\n        -> {}{}{}",
                row.number,
                text.join(" ; "),
                if row.guessed.is_empty() { String::new() } else { format!("   guessed {:?}", row.guessed) },
                match &row.request {
                    Ok(_) => String::new(),
                    Err(e) => format!(
                        "   ** {:?} {e:?}",
                        row.questions
                            .iter()
                            .map(|q| format!("{:?}/{:?}", q.field, q.why))
                            .collect::<Vec<_>>()
                    ),
                }
            );
        }
        for line in &list.passed_over {
            println!("  {:>3} SKIP {:?} [{}]", line.number, line.why, line.text);
        }
    }
}

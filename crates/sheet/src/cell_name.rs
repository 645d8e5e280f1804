//! The names of cells, as spreadsheets write them.

/// The name of a cell, such as `C5`: `column` counts from 0, `row` from 1.
pub fn cell_name(column: usize, row: u32) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{row}")
}

#[cfg(test)]
mod tests {
    use super::cell_name;

    #[test]
    fn columns_have_letters_and_rows_numbers() {
        let names = [(0, 1), (2, 5), (25, 9), (26, 10), (255, 1)].map(|(column, row)| cell_name(column, row));
        assert_eq!(names, ["A1", "C5", "Z9", "AA10", "IV1"]);
    }
}

//! Tables without frames: they copy and grep well.

use comfy_table::{presets, CellAlignment, Table};

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// Rows under a header. Says `none` in words when there is no row.
pub fn table(columns: &[(&str, Align)], rows: &[Vec<String>], none: &str) -> String {
    if rows.is_empty() {
        return none.into();
    }
    let mut table = plain();
    table
        .set_header(columns.iter().map(|(title, _)| *title))
        .add_rows(rows);
    for (column, (_, align)) in table.column_iter_mut().zip(columns) {
        if *align == Align::Right {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    tidy(&table)
}

/// Names and values, one pair to a line.
pub fn facts<'a>(facts: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut table = plain();
    table.add_rows(facts.into_iter().map(|(name, value)| [name.to_owned(), value]));
    tidy(&table)
}

fn plain() -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table
}

/// Without the margin that every line has on its left.
fn tidy(table: &Table) -> String {
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    let margin = lines.iter().all(|line| line.starts_with(' '));
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.get(usize::from(margin)..).unwrap_or_default())
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_at_the_right_and_no_line_ends_in_blanks() {
        let columns = [("job", Align::Right), ("state", Align::Left)];
        let rows = [
            vec!["7".into(), "Open".into()],
            vec!["1,024".into(), "Succeeded".into()],
        ];
        assert_eq!(
            table(&columns, &rows, "no jobs"),
            "  job  state\n    7  Open\n1,024  Succeeded"
        );
    }

    #[test]
    fn an_empty_table_says_so() {
        assert_eq!(table(&[("job", Align::Right)], &[], "no jobs yet"), "no jobs yet");
    }

    #[test]
    fn facts_stand_below_each_other() {
        assert_eq!(
            facts([("chain", "Development".into()), ("best", "12".into())]),
            "chain  Development\nbest   12"
        );
    }
}

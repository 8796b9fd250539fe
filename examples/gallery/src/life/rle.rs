use super::Board;
use crate::GalleryError;

/// Patterns that come with the gallery, by name.
pub const PATTERNS: [(&str, &str); 4] = [
    ("glider", include_str!("../../programs/life/glider.rle")),
    ("gun", include_str!("../../programs/life/gun.rle")),
    ("acorn", include_str!("../../programs/life/acorn.rle")),
    ("r-pentomino", include_str!("../../programs/life/r-pentomino.rle")),
];

/// Reads a pattern in run-length encoding, <https://conwaylife.com/wiki/Run_Length_Encoded>, into the middle of a board.
///
/// # Errors
/// When the text is no such pattern, follows other rules or does not fit on the board.
pub fn parse(text: &str, mut board: Board) -> Result<Board, GalleryError> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let header = lines.next().unwrap_or_default();
    let (width, height) = size(header)?;
    if width > board.columns() || height > board.rows() {
        return Err(GalleryError::input(format!(
            "the pattern of {width} x {height} does not fit on a board of {} x {}",
            board.columns(),
            board.rows()
        )));
    }
    let (left, top) = ((board.columns() - width) / 2, (board.rows() - height) / 2);
    let (mut column, mut row, mut run) = (0u32, 0u32, None::<u32>);
    for tag in lines.flat_map(str::chars) {
        let length = run.unwrap_or(1);
        match tag {
            '0'..='9' => {
                let digit = tag.to_digit(10).unwrap_or(0);
                run = Some(run.unwrap_or(0).saturating_mul(10).saturating_add(digit));
                continue;
            }
            'b' => column = column.saturating_add(length),
            'o' => {
                if length > width.saturating_sub(column) || row >= height {
                    return Err(GalleryError::input("the pattern is larger than its header says"));
                }
                (column..column + length).for_each(|column| board.raise(left + column, top + row));
                column += length;
            }
            '$' => {
                row = row.saturating_add(length);
                column = 0;
            }
            '!' => return Ok(board),
            ' ' => continue,
            _ => {
                return Err(GalleryError::input(format!(
                    "`{tag}` is no part of a pattern; write b, o, $ or !"
                )))
            }
        }
        run = None;
    }
    Err(GalleryError::input(
        "the pattern has no end; write ! behind the last cell",
    ))
}

/// Width and height of `x = 3, y = 3, rule = B3/S23`.
fn size(header: &str) -> Result<(u32, u32), GalleryError> {
    let (mut width, mut height) = (None, None);
    for field in header.split(',') {
        let (name, value) = field.split_once('=').unwrap_or_default();
        match (name.trim(), value.trim()) {
            ("x", value) => width = value.parse().ok(),
            ("y", value) => height = value.parse().ok(),
            ("rule", value) if !["b3/s23", "23/3", "life"].contains(&value.to_lowercase().as_str()) => {
                return Err(GalleryError::input(format!(
                    "the rule is {value} and not Life's, B3/S23"
                )));
            }
            _ => {}
        }
    }
    width.zip(height).ok_or_else(|| {
        GalleryError::input("a pattern begins with a line such as `x = 3, y = 3, rule = B3/S23`")
    })
}

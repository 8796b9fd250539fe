use crate::matrix;

/// An element of `c` that is not the product's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongElement {
    /// Its column.
    pub column: u32,
    /// What `c` says.
    pub found: i32,
    /// What the product is.
    pub right: i32,
}

/// The first wrong element of a row that [`RowCheck::holds`](super::RowCheck::holds) refused: there always is one.
///
/// Takes the rows of `b` in order, as many as needed: at most `n k` multiplications.
pub fn wrong_element<'b>(
    a_row: &[u8],
    b_rows: impl IntoIterator<Item = &'b [u8]>,
    c_row: &[u8],
) -> Option<WrongElement> {
    (0u32..)
        .zip(b_rows.into_iter().zip(matrix::sums(c_row)))
        .map(|(column, (b_row, found))| WrongElement {
            column,
            found,
            right: matrix::dot(a_row, b_row),
        })
        .find(|element| element.found != element.right)
}

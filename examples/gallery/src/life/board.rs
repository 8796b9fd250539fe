use crate::{GalleryError, Picture};

/// Cells of a word.
const WORD: u32 = 32;
/// Most rows, and most columns.
const MAX_SIDE: u32 = 8_192;

const DEAD: u32 = 0xff2a_1c14;
const ALIVE: u32 = 0xff8c_e8ff;

/// Cells on a torus: bit b of the word w of a row is the cell in column 32 w + b.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    across: u32,
    rows: u32,
    words: Vec<u32>,
}

impl Board {
    /// A board without life. The columns are rounded up to whole words.
    ///
    /// # Errors
    /// When it is empty or too large.
    pub fn new(columns: u32, rows: u32) -> Result<Self, GalleryError> {
        if columns == 0 || rows == 0 || columns > MAX_SIDE || rows > MAX_SIDE {
            return Err(GalleryError::input(format!(
                "a board has 1 to {MAX_SIDE} rows and columns"
            )));
        }
        let across = columns.div_ceil(WORD);
        let words = vec![0; (across * rows) as usize];
        Ok(Self { across, rows, words })
    }

    /// Words of a row.
    pub fn across(&self) -> u32 {
        self.across
    }

    pub fn rows(&self) -> u32 {
        self.rows
    }

    pub fn columns(&self) -> u32 {
        self.across * WORD
    }

    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// A board of this size with other cells.
    pub(super) fn with(&self, words: Vec<u32>) -> Self {
        Self { words, ..*self }
    }

    /// Whether a cell lives. Columns and rows go around.
    pub fn lives(&self, column: u32, row: u32) -> bool {
        let (word, bit) = self.place(column, row);
        self.words[word] >> bit & 1 == 1
    }

    /// Gives a cell life.
    pub fn raise(&mut self, column: u32, row: u32) {
        let (word, bit) = self.place(column, row);
        self.words[word] |= 1 << bit;
    }

    pub fn population(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// A picture with squares of `scale` pixels for cells.
    ///
    /// # Errors
    /// When it would be too large.
    pub fn picture(&self, scale: u32) -> Result<Picture, GalleryError> {
        let (width, height) = (
            self.columns().saturating_mul(scale),
            self.rows.saturating_mul(scale),
        );
        Picture::area(width, height)?;
        let rows = (0..height).map(|y| y / scale);
        let pixels = rows
            .flat_map(|row| (0..width).map(move |x| if self.lives(x / scale, row) { ALIVE } else { DEAD }));
        Ok(Picture::new(width, height, pixels.collect()))
    }

    fn place(&self, column: u32, row: u32) -> (usize, u32) {
        let (column, row) = (column % self.columns(), row % self.rows);
        ((row * self.across + column / WORD) as usize, column % WORD)
    }
}

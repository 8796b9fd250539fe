use super::{Point, DIMENSIONS, MAX_COORDINATE};
use crate::GalleryError;

/// Points of a table, and how they lie on the integer grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// Numbers of a row.
    columns: usize,
    /// The smallest number of each column.
    low: [f64; DIMENSIONS],
    /// Steps of the grid per unit, the same for every column.
    scale: f64,
    grid: Vec<Point>,
}

impl Points {
    /// Reads rows of one to three numbers with commas, semicolons, tabs or blanks between. A first row of words is
    /// a heading.
    ///
    /// # Errors
    /// A row that is none.
    pub fn parse(text: &str) -> Result<Self, GalleryError> {
        let mut rows: Vec<Vec<f64>> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let fields = line
                .split([',', ';', '\t', ' '])
                .map(str::trim)
                .filter(|field| !field.is_empty());
            let row: Result<Vec<f64>, _> = fields.map(str::parse).collect();
            match row {
                Ok(row) if row.iter().all(|value| value.is_finite()) => rows.push(row),
                Err(_) if number == 0 => continue,
                _ => {
                    return Err(GalleryError::input(format!(
                        "line {} is not a row of numbers: {line}",
                        number + 1
                    )))
                }
            }
        }
        let columns = rows.first().map_or(0, Vec::len);
        if !(1..=DIMENSIONS).contains(&columns) {
            return Err(GalleryError::input("points have one to three columns of numbers"));
        }
        if let Some(at) = rows.iter().position(|row| row.len() != columns) {
            return Err(GalleryError::input(format!(
                "point {} has {} columns, the first has {columns}",
                at + 1,
                rows[at].len()
            )));
        }
        Ok(Self::fit(columns, &rows))
    }

    /// Lays rows on the grid: their largest extent becomes the whole of it.
    fn fit(columns: usize, rows: &[Vec<f64>]) -> Self {
        let mut low = [0.0; DIMENSIONS];
        let mut extent = 0.0f64;
        for (column, low) in low.iter_mut().enumerate().take(columns) {
            let values = || rows.iter().map(|row| row[column]);
            *low = values().fold(f64::INFINITY, f64::min);
            extent = extent.max(values().fold(f64::NEG_INFINITY, f64::max) - *low);
        }
        let scale = if extent > 0.0 {
            f64::from(MAX_COORDINATE) / extent
        } else {
            1.0
        };
        let on_grid = |row: &Vec<f64>| {
            let mut point = [0; DIMENSIONS];
            for (column, part) in point.iter_mut().enumerate().take(columns) {
                *part = (((row[column] - low[column]) * scale).round() as u32).min(MAX_COORDINATE);
            }
            point
        };
        Self {
            columns,
            low,
            scale,
            grid: rows.iter().map(on_grid).collect(),
        }
    }

    pub fn grid(&self) -> &[Point] {
        &self.grid
    }

    /// A point of the grid in the units of the table.
    pub fn in_units(&self, point: &Point) -> Vec<f64> {
        let parts = point.iter().zip(self.low).take(self.columns);
        parts
            .map(|(part, low)| f64::from(*part) / self.scale + low)
            .collect()
    }

    /// The length of one step of the grid in the units of the table.
    pub fn step(&self) -> f64 {
        1.0 / self.scale
    }
}

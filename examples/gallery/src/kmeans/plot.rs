use super::{Cluster, Point, MAX_COORDINATE};
use crate::Picture;

const BACKGROUND: u32 = 0xffff_fcfa;
const CENTRE: u32 = 0xff28_1e1e;
/// Pixels around the points.
const MARGIN: u32 = 12;

/// Red, green and blue of clusters, which begin again after the last.
const COLOURS: [[u8; 3]; 10] = [
    [31, 119, 180],
    [255, 127, 14],
    [44, 160, 44],
    [214, 39, 40],
    [148, 103, 189],
    [140, 86, 75],
    [227, 119, 194],
    [127, 127, 127],
    [188, 189, 34],
    [23, 190, 207],
];

/// The first two coordinates of points, in the colour of their cluster, and its centre as a cross.
pub fn plot(points: &[Point], nearest: &[u32], clusters: &[Cluster], side: u32) -> Picture {
    let mut picture = Picture::new(side, side, vec![BACKGROUND; (side * side) as usize]);
    for (point, cluster) in points.iter().zip(nearest) {
        let [red, green, blue] = COLOURS[*cluster as usize % COLOURS.len()];
        let colour = u32::from_le_bytes([red, green, blue, 255]);
        stamp(&mut picture, point, colour, |x, y| x * x + y * y <= 5);
    }
    for cluster in clusters {
        stamp(&mut picture, &cluster.centre, BACKGROUND, |x, y| {
            x.abs().min(y.abs()) <= 2
        });
        stamp(&mut picture, &cluster.centre, CENTRE, |x, y| {
            x.abs().min(y.abs()) <= 1 && x.abs().max(y.abs()) <= 6
        });
    }
    picture
}

/// Paints the pixels around a point that are `inside`; upwards is up.
fn stamp(picture: &mut Picture, point: &Point, colour: u32, inside: impl Fn(i32, i32) -> bool) {
    let side = picture.width;
    let span = side.saturating_sub(2 * MARGIN);
    let place = |part: u32| (MARGIN + part * span / (MAX_COORDINATE + 1)).cast_signed();
    let (column, row) = (place(point[0]), side.cast_signed() - 1 - place(point[1]));
    for y in -7..=7 {
        for x in -7..=7 {
            let (column, row) = (column + x, row + y);
            let on_picture =
                (0..side.cast_signed()).contains(&column) && (0..side.cast_signed()).contains(&row);
            if on_picture && inside(x, y) {
                picture.pixels[(row * side.cast_signed() + column) as usize] = colour;
            }
        }
    }
}

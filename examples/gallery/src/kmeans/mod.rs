//! Clusters of points: k-means on integers.

mod plot;
mod points;

pub use plot::plot;
pub use points::Points;

use rand::{rngs::StdRng, Rng, SeedableRng};

use crate::{recipe::source, GalleryError, Outcome, Recipe, Source, Task};

pub const SOURCE: Source = source!("kmeans", "assign.wgsl", "sum.wgsl", "centre.wgsl");

/// Coordinates of a point that the program keeps; those that a file does not have are 0.
pub const DIMENSIONS: usize = 3;
/// Largest coordinate: the square of a distance fits in a word.
pub const MAX_COORDINATE: u32 = 32_767;
/// Most points: their sum fits in a word.
pub const MAX_POINTS: usize = 65_536;
/// Most clusters.
pub const MAX_CLUSTERS: u32 = 64;
/// Points that one invocation sums.
const GROUP: u32 = 256;
/// Most rounds of one job.
const MAX_ROUNDS: u32 = 10_000;

/// A point on the integer grid.
pub type Point = [u32; DIMENSIONS];

/// A cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    pub centre: Point,
    /// Points that belong to it.
    pub members: u32,
}

/// The job that moves `seeds` to the middle of their clusters, round by round.
///
/// # Errors
/// Nothing to do, or more than the program takes.
pub fn task(points: &[Point], seeds: &[Point], rounds: u32) -> Result<Task, GalleryError> {
    let count = u32::try_from(points.len()).unwrap_or(u32::MAX);
    let clusters = u32::try_from(seeds.len()).unwrap_or(u32::MAX);
    if points.is_empty() || points.len() > MAX_POINTS {
        return Err(GalleryError::input(format!("1 to {MAX_POINTS} points")));
    }
    if seeds.is_empty() || clusters > MAX_CLUSTERS {
        return Err(GalleryError::input(format!("1 to {MAX_CLUSTERS} clusters")));
    }
    if rounds == 0 || rounds > MAX_ROUNDS {
        return Err(GalleryError::input(format!("1 to {MAX_ROUNDS} rounds")));
    }
    if points
        .iter()
        .chain(seeds)
        .flatten()
        .any(|part| *part > MAX_COORDINATE)
    {
        return Err(GalleryError::input(format!(
            "coordinates are 0 to {MAX_COORDINATE}"
        )));
    }
    let groups = count.div_ceil(GROUP);
    let program = Recipe::new(SOURCE)
        .words("points", count * 3)
        .words("seeds", clusters * 4)
        .words("guess", count)
        .words("sums", clusters * groups * 4)
        .words("centres", clusters * 4)
        .words("nearest", count)
        .times(rounds);
    Ok(Task {
        name: SOURCE.name,
        program: program.build()?,
        inputs: vec![
            points.as_flattened().to_vec(),
            seeds.iter().flat_map(|[x, y, z]| [*x, *y, *z, 0]).collect(),
        ],
        params: vec![count, clusters, groups],
    })
}

/// The clusters after the last round. The members are those of the round's beginning.
pub fn clusters(outcome: &Outcome) -> Vec<Cluster> {
    let clusters = outcome.outputs[0].as_chunks().0.iter();
    clusters
        .map(|[x, y, z, members]| Cluster {
            centre: [*x, *y, *z],
            members: *members,
        })
        .collect()
}

/// The cluster of each point.
pub fn nearest(outcome: &Outcome) -> &[u32] {
    &outcome.outputs[1]
}

/// Square of the distance between two points.
pub fn distance(a: &Point, b: &Point) -> u64 {
    let squares = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2));
    squares.sum()
}

/// Points to begin with, far from each other: k-means++, where the next is drawn by the square of its distance to
/// the nearest so far.
///
/// # Errors
/// No points, no clusters, or more clusters than the program takes.
pub fn seeds(points: &[Point], clusters: u32, seed: u64) -> Result<Vec<Point>, GalleryError> {
    if points.is_empty() {
        return Err(GalleryError::input("no points"));
    }
    if clusters == 0 || clusters > MAX_CLUSTERS {
        return Err(GalleryError::input(format!("1 to {MAX_CLUSTERS} clusters")));
    }
    let mut random = StdRng::seed_from_u64(seed);
    let mut seeds = vec![points[random.random_range(0..points.len())]];
    let mut distances: Vec<u64> = points.iter().map(|point| distance(point, &seeds[0])).collect();
    while seeds.len() < clusters as usize {
        let total: u64 = distances.iter().sum();
        let mut left = random.random_range(0..total.max(1));
        let drawn = distances.iter().position(|distance| {
            let here = left < *distance;
            left = left.saturating_sub(*distance);
            here
        });
        let next = points[drawn.unwrap_or(0)];
        seeds.push(next);
        for (least, point) in distances.iter_mut().zip(points) {
            *least = distance(point, &next).min(*least);
        }
    }
    Ok(seeds)
}

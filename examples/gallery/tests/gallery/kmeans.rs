use edgeproof_gallery::kmeans::{
    clusters, distance, nearest, plot, seeds, task, Cluster, Point, Points, MAX_COORDINATE,
};
use rand::Rng;

use crate::support::{both, gpu, random};

/// Lloyd's algorithm on 64-bit integers.
fn reference(points: &[Point], seeds: &[Point], rounds: u32) -> (Vec<Cluster>, Vec<u32>) {
    let assign = |clusters: &[Cluster]| -> Vec<u32> {
        let nearest = |point: &Point| {
            (0u32..)
                .zip(clusters)
                .min_by_key(|(_, cluster)| distance(point, &cluster.centre))
        };
        points.iter().map(|point| nearest(point).unwrap().0).collect()
    };
    let mut now: Vec<Cluster> = seeds
        .iter()
        .map(|centre| Cluster {
            centre: *centre,
            members: 0,
        })
        .collect();
    for _ in 0..rounds {
        let guess = assign(&now);
        for (number, cluster) in (0u32..).zip(&mut now) {
            let members: Vec<&Point> = points
                .iter()
                .zip(&guess)
                .filter(|(_, guess)| **guess == number)
                .map(|(point, _)| point)
                .collect();
            cluster.members = members.len() as u32;
            if members.is_empty() {
                continue;
            }
            for (axis, part) in cluster.centre.iter_mut().enumerate() {
                let sum: u64 = members.iter().map(|point| u64::from(point[axis])).sum();
                let count = members.len() as u64;
                *part = ((sum + count / 2) / count) as u32;
            }
        }
    }
    let nearest = assign(&now);
    (now, nearest)
}

#[test]
fn random_points_fall_into_the_clusters_of_the_plain_algorithm() {
    let mut random = random();
    for (count, k) in [(1, 1), (255, 3), (700, 8)] {
        let points: Vec<Point> = (0..count)
            .map(|_| std::array::from_fn(|_| random.random_range(0..=MAX_COORDINATE)))
            .collect();
        let seeds = seeds(&points, k, random.random()).unwrap();
        let outcome = both(&task(&points, &seeds, 6).unwrap());
        let (expected, labels) = reference(&points, &seeds, 6);
        assert_eq!(clusters(&outcome), expected, "{count} points");
        assert_eq!(nearest(&outcome), labels);
    }
}

#[test]
fn extreme_coordinates_do_not_overflow() {
    let corners: Vec<Point> = (0..8u32)
        .map(|n| [0, 1, 2].map(|bit| (n >> bit & 1) * MAX_COORDINATE))
        .collect();
    let points: Vec<Point> = corners.iter().cycle().take(65_536).copied().collect();
    let outcome = gpu(&task(&points, &corners, 2).unwrap());
    let (expected, labels) = reference(&points, &corners, 2);
    assert_eq!(clusters(&outcome), expected);
    assert_eq!(nearest(&outcome), labels);
}

#[test]
fn a_cluster_without_points_stays_where_it_was() {
    let points = [[10, 10, 0], [20, 20, 0]];
    let seeds = [[15, 15, 0], [30_000, 30_000, 30_000]];
    let outcome = both(&task(&points, &seeds, 3).unwrap());
    let found = clusters(&outcome);
    assert_eq!(
        found[0],
        Cluster {
            centre: [15, 15, 0],
            members: 2
        }
    );
    assert_eq!(
        found[1],
        Cluster {
            centre: seeds[1],
            members: 0
        }
    );
}

#[test]
fn the_planted_clusters_of_the_table_are_found() {
    let points = Points::parse(include_str!("../../programs/kmeans/points.csv")).unwrap();
    let seeds = seeds(points.grid(), 5, 1).unwrap();
    let outcome = gpu(&task(points.grid(), &seeds, 20).unwrap());
    let mut centres: Vec<Vec<f64>> = clusters(&outcome)
        .iter()
        .map(|cluster| points.in_units(&cluster.centre))
        .collect();
    centres.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let planted = [[-3.0, -1.0], [-2.0, 3.0], [0.0, 0.5], [2.0, -2.0], [3.0, 2.5]];
    for (centre, planted) in centres.iter().zip(planted) {
        assert!(
            (centre[0] - planted[0]).hypot(centre[1] - planted[1]) < 0.25,
            "{centres:?}"
        );
    }
    let picture = plot(points.grid(), nearest(&outcome), &clusters(&outcome), 240);
    assert_eq!(picture.pixels.len(), 240 * 240);
}

#[test]
fn a_table_is_read_with_and_without_a_heading_and_refused_by_line() {
    let points = Points::parse("x,y\n1,2\n3;-6\n\n").unwrap();
    assert_eq!(points.grid().len(), 2);
    let [x, y] = points.in_units(&points.grid()[1])[..] else {
        panic!("two columns")
    };
    assert!((x - 3.0).abs() <= points.step() && (y + 6.0).abs() <= points.step());
    let refusal = |text: &str| Points::parse(text).unwrap_err().to_string();
    assert!(refusal("1,2\n3,four\n").contains("line 2"));
    assert!(refusal("1,2\n3\n").contains("point 2"));
    assert!(refusal("1,2,3,4\n").contains("one to three"));
    assert!(refusal("").contains("one to three"));
    assert!(refusal("1\ninf\n").contains("line 2"));
    assert!(seeds(points.grid(), 0, 1).is_err());
    assert!(seeds(points.grid(), 65, 1).is_err());
    assert!(seeds(&[], 1, 1).is_err());
}

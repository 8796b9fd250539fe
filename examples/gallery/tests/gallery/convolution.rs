use edgeproof_gallery::{
    convolution::{self, Filter},
    Picture,
};
use rand::Rng;

use crate::support::{assert_golden, both, golden, gpu, noise, random};

/// The definition: each channel is the weighted sum of the pixels around, divided and rounded.
fn reference(picture: &Picture, filter: &Filter) -> Vec<u32> {
    let (width, height) = (i64::from(picture.width), i64::from(picture.height));
    let (side, divisor) = (i64::from(filter.side()), i64::from(filter.divisor()));
    let channel = |x: i64, y: i64, channel: usize| {
        let mut sum = 0;
        for (at, weight) in (0i64..).zip(filter.weights()) {
            let x = (x + at % side - side / 2).clamp(0, width - 1);
            let y = (y + at / side - side / 2).clamp(0, height - 1);
            let bytes = picture.pixels[(y * width + x) as usize].to_le_bytes();
            sum += i64::from(*weight) * i64::from(bytes[channel]);
        }
        let rounded = (sum + divisor / 2 + i64::from(filter.bias()) * divisor).div_euclid(divisor);
        rounded.clamp(0, 255) as u8
    };
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    pixels
        .map(|(x, y)| u32::from_le_bytes([channel(x, y, 0), channel(x, y, 1), channel(x, y, 2), 255]))
        .collect()
}

#[test]
fn any_filter_does_what_the_plain_loop_does() {
    let mut random = random();
    for side in [1usize, 3, 5, 9] {
        let width = random.random_range(1..40);
        let picture = noise(&mut random, width, 19);
        let weights = (0..side * side).map(|_| random.random()).collect();
        let filter = Filter::new(weights, random.random_range(1..500), random.random()).unwrap();
        let outcome = both(&convolution::task(&picture, &filter).unwrap());
        assert!(outcome.outputs == [reference(&picture, &filter)], "{filter:?}");
    }
}

#[test]
fn the_largest_filter_fits() {
    let picture = noise(&mut random(), 40, 8);
    let filter = Filter::new(vec![1; 27 * 27], 729, 0).unwrap();
    let outcome = gpu(&convolution::task(&picture, &filter).unwrap());
    assert!(outcome.outputs == [reference(&picture, &filter)]);
}

#[test]
fn a_filter_of_one_weight_changes_nothing() {
    let picture = golden("room.png");
    let filter = Filter::new(vec![1], 1, 0).unwrap();
    let outcome = gpu(&convolution::task(&picture, &filter).unwrap());
    assert!(convolution::filtered(&picture, &outcome) == picture);
}

#[test]
fn what_is_no_square_is_refused() {
    for weights in [0, 2, 4, 16, 29 * 29] {
        assert!(Filter::new(vec![1; weights], 1, 0).is_err(), "{weights}");
    }
    assert!(Filter::new(vec![1; 9], 0, 0).is_err());
}

#[test]
fn the_blurred_room_is_the_golden_one() {
    let picture = golden("room.png");
    let row = [1, 4, 6, 4, 1];
    let weights = row.iter().flat_map(|y| row.map(|x| x * y)).collect();
    let outcome = gpu(&convolution::task(&picture, &Filter::new(weights, 256, 0).unwrap()).unwrap());
    assert_golden(&convolution::filtered(&picture, &outcome), "room-blurred.png");
}

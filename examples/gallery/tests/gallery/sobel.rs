use edgeproof_gallery::{sobel, Picture};

use crate::support::{assert_golden, both, golden, gpu, noise, random, rgb};

/// The definition, in floats where they are exact.
fn reference(picture: &Picture) -> Vec<u32> {
    let luma = |x: i32, y: i32| {
        let x = x.clamp(0, picture.width as i32 - 1) as u32;
        let y = y.clamp(0, picture.height as i32 - 1) as u32;
        let [r, g, b] = rgb(picture.pixels[(y * picture.width + x) as usize]).map(f64::from);
        (r * 13933.0 / 65536.0 + g * 46871.0 / 65536.0 + b * 4732.0 / 65536.0 + 0.5).floor()
    };
    let gradient = |x: i32, y: i32| {
        let right = luma(x + 1, y - 1) + 2.0 * luma(x + 1, y) + luma(x + 1, y + 1);
        let left = luma(x - 1, y - 1) + 2.0 * luma(x - 1, y) + luma(x - 1, y + 1);
        let below = luma(x - 1, y + 1) + 2.0 * luma(x, y + 1) + luma(x + 1, y + 1);
        let above = luma(x - 1, y - 1) + 2.0 * luma(x, y - 1) + luma(x + 1, y - 1);
        (right - left).hypot(below - above)
    };
    let pixels = (0..picture.height as i32).flat_map(|y| (0..picture.width as i32).map(move |x| (x, y)));
    pixels
        .map(|(x, y)| {
            let grey = gradient(x, y).floor().min(255.0) as u8;
            u32::from_le_bytes([grey, grey, grey, 255])
        })
        .collect()
}

#[test]
fn edges_are_those_of_the_definition() {
    let mut random = random();
    for (width, height) in [(37, 23), (1, 5), (64, 1)] {
        // Noise is steep everywhere; a faint copy has lengths in between.
        let mut picture = noise(&mut random, width, height);
        for faint in [false, true] {
            if faint {
                picture
                    .pixels
                    .iter_mut()
                    .for_each(|pixel| *pixel = *pixel >> 3 & 0x1f1f_1f1f);
            }
            let outcome = both(&sobel::task(&picture).unwrap());
            assert_eq!(outcome.outputs, [reference(&picture)], "{width} x {height}");
        }
    }
}

#[test]
fn a_flat_picture_has_no_edges() {
    let picture = Picture::new(9, 9, vec![0xff12_3456; 81]);
    let outcome = both(&sobel::task(&picture).unwrap());
    assert!(outcome.outputs[0].iter().all(|pixel| *pixel == 0xff00_0000));
}

#[test]
fn the_edges_of_the_room_are_the_golden_ones() {
    let picture = golden("room.png");
    let outcome = gpu(&sobel::task(&picture).unwrap());
    assert_golden(&sobel::edges(&picture, &outcome), "room-edges.png");
}

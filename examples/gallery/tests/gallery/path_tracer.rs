use edgeproof_gallery::{
    path_tracer::{self, picture, task, Lamp, Material, Scene, Settings, Surface, Vector, SOURCE},
    Picture, Recipe, Source, Task,
};
use edgeproof_kernel::{builder::ProgramBuilder, Verified};
use edgeproof_shader::front::kernel_from_wgsl;
use rand::Rng;

use crate::support::{assert_golden, both, gpu, random, rgb};

/// 1.0 of radiance in the sums of samples.
const RADIANCE: f64 = 4_096.0;

const SMALL: Settings = Settings {
    width: 96,
    height: 72,
    samples: 16,
    exposure: 0.9,
    seed: 1,
};

/// Mean radiance of red, green and blue per pixel, before it is developed.
fn light(scene: &Scene, settings: &Settings) -> Vec<[f64; 3]> {
    let raw = SOURCE.program.replace("\"picture\"]", "\"more\"]");
    let source = Source {
        program: raw.leak(),
        ..SOURCE
    };
    let area = settings.width * settings.height;
    let words = scene.words().unwrap();
    let program = Recipe::new(source)
        .words("scene", words.len() as u32)
        .words("black", area * 4)
        .words("more", area * 4)
        .words("picture", area)
        .times(settings.samples / path_tracer::SAMPLES_PER_PASS)
        .build()
        .unwrap();
    let task = Task {
        program,
        ..task(scene, settings).unwrap()
    };
    let sums = gpu(&task).outputs.remove(0);
    let pixels = sums.as_chunks::<4>().0.iter();
    pixels
        .map(|pixel| {
            assert_eq!(pixel[3], settings.samples);
            [0, 1, 2].map(|n| f64::from(pixel[n]) / f64::from(pixel[3]) / RADIANCE)
        })
        .collect()
}

/// The program that maps a kernel with the functions of sample.wgsl over one input.
fn of_functions(body: &str, words: u32) -> Verified {
    let (functions, _) = SOURCE.kernels[1].1.split_once("fn kernel(").unwrap();
    let start = functions.find("const MAX_SPHERES").unwrap();
    let functions = &functions[start..];
    let end = functions.find("fn word3(").unwrap();
    let source = format!(
        "@group(0) @binding(0) var<storage, read> data: array<u32>;\n{}\nfn kernel(index: u32) -> {body}",
        &functions[..end]
    );
    let kernel = kernel_from_wgsl("functions.wgsl", &source)
        .unwrap_or_else(|error| panic!("{error}"))
        .kernel;
    let mut builder = ProgramBuilder::new();
    let data = builder.input(words);
    let out = builder.map(&kernel, &[data], &[], words);
    builder.output(out);
    builder.build().unwrap()
}

fn apply(body: &str, data: Vec<u32>) -> Vec<u32> {
    let program = of_functions(body, data.len() as u32);
    program.run(&[data], &[]).unwrap().remove(0)
}

#[test]
fn the_small_room_is_the_golden_picture_on_gpu_and_interpreter() {
    let settings = Settings {
        width: 24,
        height: 18,
        samples: 4,
        ..SMALL
    };
    both(&task(&Scene::room(), &settings).unwrap());
    let outcome = gpu(&task(&Scene::room(), &SMALL).unwrap());
    assert_golden(&picture(&SMALL, &outcome), "room.png");
}

#[test]
fn the_room_looks_like_one() {
    let outcome = gpu(&task(&Scene::room(), &SMALL).unwrap());
    let picture = picture(&SMALL, &outcome);
    let mean = |columns: std::ops::Range<u32>, rows: std::ops::Range<u32>| {
        let count = (columns.len() * rows.len()) as f64;
        let mut sum = [0.0; 3];
        for row in rows {
            for column in columns.clone() {
                let pixel = rgb(picture.pixels[(row * picture.width + column) as usize]);
                sum.iter_mut()
                    .zip(pixel)
                    .for_each(|(sum, part)| *sum += f64::from(part) / count);
            }
        }
        sum
    };
    for row in 0..picture.height {
        let [red, green, blue] = mean(0..96, row..row + 1);
        assert!(red > 30.0 && green > 30.0 && blue > 30.0, "row {row} is dark");
    }
    let [red, _, blue] = mean(0..10, 20..40);
    assert!(red > 2.0 * blue, "the left wall is red");
    let [red, _, blue] = mean(86..96, 20..40);
    assert!(blue > 2.0 * red, "the right wall is blue");
    let lamp = mean(40..56, 0..3);
    assert!(lamp.iter().all(|part| *part > 245.0), "the lamp shines: {lamp:?}");
    assert!(picture.pixels.iter().all(|pixel| pixel >> 24 == 255));
}

#[test]
fn another_seed_is_other_grain_in_the_same_light() {
    let mean = |seed| {
        let light = light(&Scene::room(), &Settings { seed, ..SMALL });
        let sum: f64 = light.iter().flatten().sum();
        (sum / light.len() as f64 / 3.0, light)
    };
    let ((first, grain), (second, other)) = (mean(1), mean(2));
    assert_ne!(grain, other);
    assert!((first / second - 1.0).abs() < 0.02, "{first} and {second}");
}

/// A room of black walls with a matte floor: all light comes straight from the lamp.
fn black_room(camera_height: f64) -> Scene {
    let surface = |share| Surface {
        material: Material::Matte,
        colour: Vector(share, share, share),
    };
    let mut scene = Scene::room();
    scene.walls = [0.0, 0.0, 0.5, 0.0, 0.0, 0.0].map(surface);
    scene.spheres.clear();
    scene.lamp = Lamp {
        centre: (0.1, 0.3),
        half_size: (0.4, 0.2),
        colour: Vector(8.0, 4.0, 2.0),
    };
    scene.camera.position = Vector(0.0, camera_height, 2.5);
    scene.camera.looks_at = Vector(0.0, -0.88, 0.2);
    scene.camera.half_width = 0.2;
    scene.camera.lens = 0.0;
    scene
}

/// Radiance of the floor at a point: the lamp's, integrated over its area.
fn lit(scene: &Scene, x: f64, z: f64) -> f64 {
    const STEPS: i32 = 40;
    let (lamp, height) = (&scene.lamp, scene.high.1 - scene.low.1);
    let mut sum = 0.0;
    for i in 0..STEPS {
        for j in 0..STEPS {
            let at = |n: i32| (f64::from(n) + 0.5) / f64::from(STEPS) * 2.0 - 1.0;
            let dx = lamp.centre.0 + lamp.half_size.0 * at(i) - x;
            let dz = lamp.centre.1 + lamp.half_size.1 * at(j) - z;
            let square = dx * dx + dz * dz + height * height;
            sum += height * height / (square * square);
        }
    }
    let area = 4.0 * lamp.half_size.0 * lamp.half_size.1;
    0.5 / std::f64::consts::PI * lamp.colour.0 * area * sum / f64::from(STEPS * STEPS)
}

#[test]
fn a_floor_is_as_bright_as_the_integral_over_the_lamp() {
    let settings = Settings {
        width: 16,
        height: 12,
        samples: 256,
        ..SMALL
    };
    let scene = black_room(0.4);
    let found = light(&scene, &settings);
    // The camera's axes, from first principles.
    let (camera, target) = (scene.camera.position, scene.camera.looks_at);
    let (fy, fz) = (target.1 - camera.1, target.2 - camera.2);
    let length = fy.hypot(fz);
    let (fy, fz) = (fy / length, fz / length);
    for row in 0..settings.height {
        for column in 0..settings.width {
            let u = (f64::from(column) + 0.5) / 16.0 * 2.0 - 1.0;
            let v = (12.0 - (f64::from(row) + 0.5) * 2.0) / 16.0;
            let (dx, dy, dz) = (0.2 * u, fy - 0.2 * v * fz, fz + 0.2 * v * fy);
            let t = (scene.low.1 - camera.1) / dy;
            let expected = lit(&scene, camera.0 + t * dx, camera.2 + t * dz);
            let [red, green, blue] = found[(row * 16 + column) as usize];
            assert!(
                (red / expected - 1.0).abs() < 0.03,
                "{column}, {row}: {red}, expected {expected}"
            );
            assert!((green * 2.0 / red - 1.0).abs() < 0.01 && (blue * 4.0 / red - 1.0).abs() < 0.01);
        }
    }
}

#[test]
fn roots_are_those_of_floats_to_14_bits() {
    let mut random = random();
    let mut data: Vec<u32> = (0..2000)
        .map(|_| random.random::<u32>() >> random.random_range(0..32))
        .collect();
    data.extend([0, 1, 2, 3, u32::MAX]);
    let roots = apply("u32 { return root(data[index]); }", data.clone());
    for (x, root) in data.iter().zip(roots) {
        let exact = f64::from(*x).sqrt();
        assert!(
            (f64::from(root) - exact).abs() <= 1.0 + exact / 8192.0,
            "{x}: {root}, expected {exact}"
        );
    }
}

#[test]
fn random_directions_have_length_1_and_no_preference() {
    let mut random = random();
    let data: Vec<u32> = (0..4000).map(|_| random.random()).collect();
    let part = |axis: &str| {
        let body = format!(
            "u32 {{ return bitcast<u32>(on_sphere(data[index], data[index] * 747796405u + 1u).{axis}); }}"
        );
        let words = apply(&body, data.clone());
        words
            .iter()
            .map(|word| f64::from(word.cast_signed()) / 16384.0)
            .collect::<Vec<_>>()
    };
    let [x, y, z] = ["x", "y", "z"].map(part);
    for ((x, y), z) in x.iter().zip(&y).zip(&z) {
        assert!(
            ((x * x + y * y + z * z).sqrt() - 1.0).abs() < 0.002,
            "{x} {y} {z}"
        );
    }
    for axis in [x, y, z] {
        let mean = axis.iter().sum::<f64>() / axis.len() as f64;
        let square = axis.iter().map(|part| part * part).sum::<f64>() / axis.len() as f64;
        assert!(
            mean.abs() < 0.05 && (square - 1.0 / 3.0).abs() < 0.03,
            "{mean} {square}"
        );
    }
}

#[test]
fn what_the_renderer_cannot_hold_is_refused() {
    let refused = |settings: Settings| assert!(task(&Scene::room(), &settings).is_err(), "{settings:?}");
    refused(Settings { samples: 0, ..SMALL });
    refused(Settings { width: 0, ..SMALL });
    refused(Settings {
        width: 8192,
        height: 8192,
        ..SMALL
    });
    refused(Settings {
        exposure: f64::NAN,
        ..SMALL
    });
    let mut scene = Scene::room();
    scene.spheres[0].centre = Vector(2.0, 0.0, 0.0);
    assert!(scene.words().is_err());
    let mut scene = Scene::room();
    scene.high = Vector(3.0, 1.0, 3.0);
    assert!(scene.words().is_err());
}

#[test]
fn the_picture_of_no_light_is_black() {
    let mut scene = Scene::room();
    scene.lamp.colour = Vector(0.0, 0.0, 0.0);
    let settings = Settings {
        width: 8,
        height: 6,
        samples: 4,
        ..SMALL
    };
    let outcome = both(&task(&scene, &settings).unwrap());
    let black = Picture::new(8, 6, vec![0xff00_0000; 48]);
    assert_eq!(picture(&settings, &outcome), black);
}

//! Computers, random inputs and golden pictures.

use std::{env, path::PathBuf, sync::OnceLock};

use edgeproof_gallery::{Computer, On, Outcome, Picture, Task};
use rand::{rngs::StdRng, Rng, SeedableRng};

/// What the adapter makes of a task.
pub fn gpu(task: &Task) -> Outcome {
    static GPU: OnceLock<Computer> = OnceLock::new();
    let gpu = GPU.get_or_init(|| {
        Computer::open(On::Gpu).expect("an adapter; scripts/setup installs the software one")
    });
    gpu.run(task, &mut |_| ()).expect("the adapter computes it")
}

/// What a task comes to, on the adapter and in the interpreter alike.
pub fn both(task: &Task) -> Outcome {
    let interpreted = Computer::Interpreter
        .run(task, &mut |_| ())
        .expect("the inputs fit");
    let computed = gpu(task);
    assert!(
        computed.outputs == interpreted.outputs,
        "{}: the adapter disagrees",
        task.name
    );
    interpreted
}

/// A generator from a seed that is printed; `GALLERY_SEED` sets it.
pub fn random() -> StdRng {
    let seed = env::var("GALLERY_SEED")
        .map_or_else(|_| rand::rng().random(), |seed| seed.parse().expect("a number"));
    println!("GALLERY_SEED={seed}");
    StdRng::seed_from_u64(seed)
}

/// A picture of noise.
pub fn noise(random: &mut StdRng, width: u32, height: u32) -> Picture {
    Picture::new(
        width,
        height,
        (0..width * height).map(|_| random.random()).collect(),
    )
}

/// A picture of `tests/golden`.
pub fn golden(name: &str) -> Picture {
    Picture::read(&path(name)).expect("a PNG file of the repository")
}

/// Compares with a picture of `tests/golden`, pixel by pixel. `GALLERY_WRITE=1` writes it instead.
pub fn assert_golden(picture: &Picture, name: &str) {
    if env::var_os("GALLERY_WRITE").is_some() {
        picture.write(&path(name)).expect("the folder is there");
    }
    assert!(*picture == golden(name), "{name} is another picture");
}

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "golden", name]
        .iter()
        .collect()
}

/// Red, green and blue of a pixel.
pub fn rgb(pixel: u32) -> [i32; 3] {
    let [red, green, blue, _] = pixel.to_le_bytes();
    [red, green, blue].map(i32::from)
}

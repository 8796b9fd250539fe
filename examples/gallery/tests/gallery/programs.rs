use edgeproof_gallery::{
    convolution, kmeans, life, mandelbrot, ntt, path_tracer, sha256, sobel, GalleryError, Recipe, Source,
    Task,
};
use edgeproof_kernel::Verified;

const SOURCES: [Source; 8] = [
    convolution::SOURCE,
    kmeans::SOURCE,
    life::SOURCE,
    mandelbrot::SOURCE,
    ntt::SOURCE,
    path_tracer::SOURCE,
    sha256::SOURCE,
    sobel::SOURCE,
];

#[test]
fn every_program_file_is_a_program_as_it_stands() {
    for source in SOURCES {
        let program = source.build().unwrap_or_else(|error| panic!("{error}"));
        println!(
            "{}: {} operations, {} bytes at the peak",
            source.name,
            program.operations(),
            program.peak_bytes()
        );
    }
}

#[test]
fn a_recipe_that_asks_for_what_is_not_there_is_refused_by_name() {
    let refused = |recipe: Recipe| match recipe.build() {
        Err(GalleryError::Recipe { name, .. }) => name,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(Recipe::new(sobel::SOURCE).words("colour", 3)), "colour");
    assert_eq!(refused(Recipe::new(sobel::SOURCE).times(3)), "repeat");
    assert_eq!(
        refused(Recipe::new(sobel::SOURCE).convolution("luma", "height", 3)),
        "luma"
    );
}

#[test]
fn a_saved_task_is_the_program_and_its_blobs() {
    let folder = tempfile::tempdir().unwrap();
    let task: Task = sha256::task("text ", 7, 64).unwrap();
    let command = task.save(folder.path()).unwrap();
    let program = std::fs::read(folder.path().join("sha256.program")).unwrap();
    assert_eq!(Verified::from_bytes(&program), Ok(task.program));
    let blob = std::fs::read(folder.path().join("sha256.input0")).unwrap();
    assert_eq!(blob.len(), 64);
    assert!(command.starts_with("edgeproof job submit "), "{command}");
    assert!(
        command.ends_with("sha256.input0 --param 7 --param 5"),
        "{command}"
    );
}

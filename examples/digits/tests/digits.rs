//! The embedded network, run by the interpreter.

use edgeproof_digits::{accuracy, inputs, labels, program, Network, TestSet, IMAGES};
use edgeproof_kernel::limits::BUFFER_WORDS;

fn words(blob: &[u8]) -> Vec<u32> {
    labels(blob)
}

fn read_by_interpreter() -> Vec<u32> {
    let blobs = inputs(&Network::embedded(), &TestSet::embedded());
    let blobs: Vec<_> = blobs.iter().map(|blob| words(blob)).collect();
    let [labels] = &program(IMAGES).unwrap().run(&blobs, &[]).unwrap()[..] else {
        panic!("one output")
    };
    labels.clone()
}

#[test]
fn the_program_reads_what_the_training_script_read() {
    assert_eq!(read_by_interpreter(), TestSet::embedded().predicted);
}

#[test]
fn at_least_95_of_100_held_out_digits_are_read_rightly() {
    let accuracy = accuracy(&read_by_interpreter(), &TestSet::embedded().truth);
    assert!(accuracy >= 0.95, "{accuracy}");
}

#[test]
fn each_blob_has_the_length_that_the_program_declares() {
    let blobs = inputs(&Network::embedded(), &TestSet::embedded());
    let found: Vec<_> = blobs.iter().map(|blob| blob.len()).collect();
    let declared: Vec<_> = program(IMAGES)
        .unwrap()
        .input_words()
        .iter()
        .map(|words| *words as usize * 4)
        .collect();
    assert_eq!(found, declared);
}

#[test]
fn more_images_than_a_buffer_holds_are_refused() {
    assert!(program(BUFFER_WORDS).is_err());
    assert!(program(u32::MAX).is_err());
    assert!(program(0).is_err());
}

#[test]
fn a_missing_label_is_a_wrong_one() {
    assert_eq!(accuracy(&[1, 2], &[1, 2, 3, 4]), 0.5);
    assert_eq!(accuracy(&[], &[]), 0.0);
    assert_eq!(labels(&[7, 0, 0, 0, 1, 1, 0, 0, 9]), [7, 257]);
}

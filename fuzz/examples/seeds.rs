//! Writes the seeds of the corpora: small programs that the verifier accepts, and proofs of small blobs. Run it in
//! `fuzz/` when an encoding changes.

use codec::Encode;
use edgeproof_kernel::testing::{corners, generate};
use edgeproof_proofs::Outboard;
use std::{fs, io, path::Path};

/// Programs beyond this many bytes only slow the fuzzer down.
const BYTES: usize = 600;
const PROGRAMS: usize = 24;

fn main() -> io::Result<()> {
    let random = (0..).map(generate).map(|case| case.program);
    let small = random
        .map(|program| program.program().encode())
        .filter(|bytes| bytes.len() <= BYTES);
    let corner = corners()
        .into_iter()
        .take(4)
        .map(|case| case.program.program().encode());
    for (number, bytes) in corner.chain(small.take(PROGRAMS)).enumerate() {
        write(Path::new("corpus/verify"), number, &bytes)?;
        let head = [number as u32, 64, 3].map(u32::to_le_bytes).concat();
        write(Path::new("corpus/interpret"), number, &[head, bytes].concat())?;
    }
    for (number, bytes) in proofs().iter().enumerate() {
        write(Path::new("corpus/openings"), number, bytes)?;
    }
    Ok(())
}

/// Each with what it is checked against: the length, a number (of chunks, or of the chunk) and the root.
fn proofs() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for length in [4u64, 1_025, 2_500] {
        let blob: Vec<u8> = (0..length).map(|at| at as u8).collect();
        let outboard = Outboard::new(&blob).expect("not empty");
        let last = outboard.root().chunks() - 1;
        let proof = outboard.prove(&[0, last], &mut &blob[..]).expect("at hand");
        let chunk = outboard.open_chunk(last, &mut &blob[..]).expect("at hand");
        let opening = outboard.open(&outboard.root(), &mut &blob[..]).expect("at hand");
        seeds.push((length, 2u32, outboard.hash(), proof).encode());
        seeds.push((length, last, outboard.hash(), chunk).encode());
        seeds.push((length, 0u32, outboard.hash(), opening).encode());
    }
    let blob = vec![7; 40 * 1024];
    let outboard = Outboard::new(&blob).expect("not empty");
    let opening = outboard.open(&outboard.root(), &mut &blob[..]).expect("at hand");
    seeds.push((blob.len() as u64, 0u32, outboard.hash(), opening).encode());
    seeds
}

fn write(folder: &Path, number: usize, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(format!("seed-{number:02}")), bytes)
}

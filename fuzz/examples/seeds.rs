//! Writes the seeds of the corpora: small programs that the verifier accepts. Run it in `fuzz/` when the encoding changes.

use codec::Encode;
use edgeproof_kernel::testing::{corners, generate};
use edgeproof_proofs::Outboard;
use std::{fs, io, path::Path};

/// Programs beyond this many bytes only slow the fuzzer down.
const BYTES: usize = 600;
const PROGRAMS: usize = 24;

fn main() -> io::Result<()> {
    let random = (0..).map(generate).map(|case| case.program);
    let small = random.map(|program| program.program().encode()).filter(|bytes| bytes.len() <= BYTES);
    let corner = corners().into_iter().take(4).map(|case| case.program.program().encode());
    openings()?;
    for (number, bytes) in corner.chain(small.take(PROGRAMS)).enumerate() {
        write(Path::new("corpus/verify"), number, &bytes)?;
        let head = [number as u32, 64, 3].map(u32::to_le_bytes).concat();
        write(Path::new("corpus/interpret"), number, &[head, bytes].concat())?;
    }
    Ok(())
}

/// Openings of the blobs that the target `openings` knows.
fn openings() -> io::Result<()> {
    let folder = Path::new("corpus/openings");
    for (number, length) in [0u16, 1023, 1024, 5000, 65535].into_iter().enumerate() {
        let blob: Vec<u8> = (0..=length).map(|at| (at % 251) as u8).collect();
        let outboard = Outboard::new(&blob).expect("the blob is not empty");
        let last = outboard.root().chunks() - 1;
        let proof = outboard.prove(&[0, last / 2, last], &mut &blob[..]).expect("the blob is there");
        write(folder, 2 * number, &(length, last, proof).encode())?;
        let opening = outboard.open_chunk(last, &mut &blob[..]).expect("the blob is there");
        write(folder, 2 * number + 1, &(length, last, opening).encode())?;
    }
    Ok(())
}

fn write(folder: &Path, number: usize, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(format!("seed-{number:02}")), bytes)
}

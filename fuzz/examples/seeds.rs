//! Writes the seeds of the corpora: small programs that the verifier accepts. Run it in `fuzz/` when the encoding changes.

use codec::Encode;
use edgeproof_kernel::testing::{corners, generate};
use std::{fs, io, path::Path};

/// Programs beyond this many bytes only slow the fuzzer down.
const BYTES: usize = 600;
const PROGRAMS: usize = 24;

fn main() -> io::Result<()> {
    let random = (0..).map(generate).map(|case| case.program);
    let small = random.map(|program| program.program().encode()).filter(|bytes| bytes.len() <= BYTES);
    let corner = corners().into_iter().take(4).map(|case| case.program.program().encode());
    for (number, bytes) in corner.chain(small.take(PROGRAMS)).enumerate() {
        write(Path::new("corpus/verify"), number, &bytes)?;
        let head = [number as u32, 64, 3].map(u32::to_le_bytes).concat();
        write(Path::new("corpus/interpret"), number, &[head, bytes].concat())?;
    }
    Ok(())
}

fn write(folder: &Path, number: usize, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(format!("seed-{number:02}")), bytes)
}

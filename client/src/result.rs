//! Results: the output blobs that a receipt speaks of.
//!
//! A job with one output is committed to by the blob's own hash. With several outputs the committed root is the
//! hash of their concatenated hashes; that list is kept as a blob too, so its address is the root itself.

use crate::blobs::{BlobError, BlobStore};
use edgeproof_primitives::{BlobHash, BlobRef, ChunkProof};
use edgeproof_proofs::{blob_root, output_root, Outboard};

/// Why outputs could not be fetched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResultError {
    /// A blob is missing or damaged.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The result has no such chunk.
    #[error("the result has no chunk {chunk} of output {output}; count both from 0")]
    NoChunk {
        /// Which output.
        output: u8,
        /// Which chunk of it.
        chunk: u32,
    },
    /// The program has no output.
    #[error("a program without outputs has no result; give the lengths of its outputs")]
    NoOutputs,
    /// Bytes that came with the result do not have its root.
    #[error(
        "the bytes have the root {found} and the receipt says {expected}; do not use them, ask another node"
    )]
    WrongRoot {
        /// What the chain says.
        expected: BlobHash,
        /// What the bytes have.
        found: BlobHash,
    },
}

/// Keeps the outputs of a job so that [`fetch_outputs`] finds them, and returns their root.
pub fn store_outputs(store: &dyn BlobStore, outputs: &[Vec<u8>]) -> Result<BlobHash, ResultError> {
    let mut roots = Vec::with_capacity(outputs.len());
    for output in outputs {
        roots.push(store.put(output)?.hash.0);
    }
    match outputs.len() {
        0 => return Err(ResultError::NoOutputs),
        1 => {}
        _ => {
            store.put(&roots.concat())?;
        }
    }
    Ok(output_root(&roots).into())
}

/// Fetches the outputs of a job. `output_words` are the lengths of the program's outputs in words, as
/// `Verified::output_words` gives them. Every byte is checked against `root`.
pub fn fetch_outputs(
    store: &dyn BlobStore,
    root: &BlobHash,
    output_words: &[u32],
) -> Result<Vec<Vec<u8>>, ResultError> {
    let roots = match output_words {
        [] => return Err(ResultError::NoOutputs),
        [_] => vec![*root],
        _ => {
            let bytes = 32 * output_words.len() as u64;
            let list = store.get_exact(&BlobRef { hash: *root, bytes })?;
            list.chunks_exact(32)
                .filter_map(|root| Some(BlobHash(root.try_into().ok()?)))
                .collect()
        }
    };
    let blobs = roots.iter().zip(output_words).map(|(hash, words)| BlobRef {
        hash: *hash,
        bytes: 4 * u64::from(*words),
    });
    blobs.map(|blob| Ok(store.get_exact(&blob)?)).collect()
}

/// Shows chunk `chunk` of output `output` of a result whose outputs can be fetched.
pub fn prove_chunk(
    store: &dyn BlobStore,
    root: &BlobHash,
    output_words: &[u32],
    output: u8,
    chunk: u32,
) -> Result<ChunkProof, ResultError> {
    let outputs = fetch_outputs(store, root, output_words)?;
    let none = || ResultError::NoChunk { output, chunk };
    let blob = outputs.get(usize::from(output)).ok_or_else(none)?;
    let opened = Outboard::new(blob)
        .ok()
        .and_then(|outboard| outboard.open_chunk(chunk, &mut blob.as_slice()).ok());
    let roots: Vec<BlobHash> = match outputs.len() {
        1 => Vec::new(),
        _ => outputs.iter().map(|output| blob_root(output).into()).collect(),
    };
    Ok(ChunkProof {
        roots: roots.try_into().map_err(|_| none())?,
        opening: opened.ok_or_else(none)?,
    })
}

/// Checks an output that came inline.
pub fn check_inline(bytes: Vec<u8>, root: &BlobHash) -> Result<Vec<u8>, ResultError> {
    let found = BlobHash(blob_root(&bytes));
    if found == *root {
        Ok(bytes)
    } else {
        Err(ResultError::WrongRoot {
            expected: *root,
            found,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blobs::DirectoryStore;
    use edgeproof_proofs::root_of_output;

    fn store() -> (tempfile::TempDir, DirectoryStore) {
        let directory = tempfile::tempdir().unwrap();
        let store = DirectoryStore::open(directory.path()).unwrap();
        (directory, store)
    }

    #[test]
    fn outputs_are_found_by_their_root() {
        let (_directory, store) = store();
        for outputs in [
            vec![vec![1; 8]],
            vec![vec![1; 8], vec![2; 4]],
            vec![vec![3; 4]; 3],
        ] {
            let words: Vec<u32> = outputs.iter().map(|output| output.len() as u32 / 4).collect();
            let root = store_outputs(&store, &outputs).unwrap();
            assert_eq!(fetch_outputs(&store, &root, &words).unwrap(), outputs);
        }
    }

    #[test]
    fn every_chunk_of_every_output_is_shown_under_the_root() {
        let (_directory, store) = store();
        for outputs in [vec![vec![1; 2_052]], vec![vec![1; 8], vec![2; 3_000]]] {
            let words: Vec<u32> = outputs.iter().map(|output| output.len() as u32 / 4).collect();
            let root = store_outputs(&store, &outputs).unwrap();
            for (number, output) in outputs.iter().enumerate() {
                for (chunk, bytes) in output.chunks(1_024).enumerate() {
                    let proof = prove_chunk(&store, &root, &words, number as u8, chunk as u32).unwrap();
                    let roots: Vec<_> = proof.roots.iter().map(|root| root.0).collect();
                    let of = root_of_output(&root.0, &roots, outputs.len(), number).unwrap();
                    let shown = proof.opening.verify(&of, output.len() as u64, chunk as u32);
                    assert_eq!(shown.unwrap(), bytes);
                }
            }
            for (output, chunk) in [(0, 3), (9, 0)] {
                let none = prove_chunk(&store, &root, &words, output, chunk);
                assert!(matches!(none, Err(ResultError::NoChunk { .. })));
            }
        }
    }

    #[test]
    fn an_output_that_nobody_kept_is_missing() {
        let (_directory, store) = store();
        let fetched = fetch_outputs(&store, &BlobHash([1; 32]), &[2]);
        assert!(matches!(
            fetched,
            Err(ResultError::Blob(BlobError::Missing { .. }))
        ));
    }

    #[test]
    fn an_output_of_another_length_is_refused() {
        let (_directory, store) = store();
        let root = store_outputs(&store, &[vec![1; 8]]).unwrap();
        let fetched = fetch_outputs(&store, &root, &[3]);
        assert!(matches!(
            fetched,
            Err(ResultError::Blob(BlobError::WrongLength { .. }))
        ));
    }

    #[test]
    fn inline_bytes_must_have_the_root() {
        let root = blob_root(b"right").into();
        assert_eq!(check_inline(b"right".to_vec(), &root).unwrap(), b"right");
        assert!(matches!(
            check_inline(b"wrong".to_vec(), &root),
            Err(ResultError::WrongRoot { .. })
        ));
    }
}

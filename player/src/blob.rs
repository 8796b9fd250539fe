//! Blobs as a prover reads them: in memory or in a file.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use edgeproof_proofs::{Outboard, Seeking, Source};

use crate::PlayerError;

/// A blob that is at hand, with its hashes.
#[derive(Clone, Copy)]
pub(crate) struct Blob<'a> {
    pub outboard: &'a Outboard,
    pub content: Content<'a>,
}

#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    Memory(&'a [u8]),
    File(&'a Path),
}

impl<'a> Blob<'a> {
    pub fn reader(&self) -> Result<Reader<'a>, PlayerError> {
        Ok(match self.content {
            Content::Memory(bytes) => Reader::Memory(bytes),
            Content::File(path) => Reader::File {
                file: Seeking(File::open(path).map_err(disk(path))?),
                path: path.to_owned(),
            },
        })
    }
}

/// Reads any range of a blob.
pub(crate) enum Reader<'a> {
    Memory(&'a [u8]),
    File { file: Seeking<File>, path: PathBuf },
}

impl Source for Reader<'_> {
    type Error = PlayerError;

    fn read_at(&mut self, at: u64, into: &mut [u8]) -> Result<(), PlayerError> {
        match self {
            Self::Memory(bytes) => Ok(bytes.read_at(at, into)?),
            Self::File { file, path } => file.read_at(at, into).map_err(disk(path)),
        }
    }
}

/// Names the file that failed.
pub(crate) fn disk(path: &Path) -> impl Fn(std::io::Error) -> PlayerError + '_ {
    |source| PlayerError::Disk {
        path: path.to_owned(),
        source,
    }
}

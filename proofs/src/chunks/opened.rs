use alloc::{vec, vec::Vec};

use super::ReadError;
use crate::{CHUNK_BYTES, CHUNK_BYTES_U64};

/// 32-bit words of a chunk. A multiple of every width of an invocation, so that none straddles a chunk.
pub const WORDS_PER_CHUNK: u32 = 256;

/// Where a word of a blob lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordPlace {
    /// The number of its chunk.
    pub chunk: u32,
    /// Its first byte within the chunk.
    pub offset: u32,
}

impl WordPlace {
    /// Of word `at`.
    pub fn of(at: u32) -> Self {
        Self {
            chunk: at >> 8,
            offset: (at & 0xff) << 2,
        }
    }

    /// The word again.
    pub fn word(&self) -> Option<u32> {
        self.chunk
            .checked_mul(WORDS_PER_CHUNK)?
            .checked_add(self.offset >> 2)
    }
}

/// Chunks that a proof has shown to lie under a root.
///
/// Remembers which chunks were read, so that a witness with more than was needed can be refused.
#[derive(Clone, Debug)]
pub struct OpenedChunks<'p> {
    blob_bytes: u64,
    numbers: &'p [u32],
    bytes: &'p [u8],
    read: Vec<bool>,
}

impl<'p> OpenedChunks<'p> {
    pub(super) fn new(blob_bytes: u64, numbers: &'p [u32], bytes: &'p [u8]) -> Self {
        Self {
            blob_bytes,
            numbers,
            bytes,
            read: vec![false; numbers.len()],
        }
    }

    /// Word `at` of the blob, little-endian.
    ///
    /// # Errors
    /// When its chunk was not opened, or the blob ends before.
    pub fn get(&mut self, at: u32) -> Result<u32, ReadError> {
        self.record(at.into()).map(u32::from_le_bytes)
    }

    /// Record `at` of a blob of records of `N` bytes, where `N` divides 1024.
    pub(crate) fn record<const N: usize>(&mut self, at: u64) -> Result<[u8; N], ReadError> {
        let size = u64::try_from(N).unwrap_or(u64::MAX);
        let first = at.saturating_mul(size);
        if first.saturating_add(size) > self.blob_bytes {
            return Err(ReadError::OutOfBlob);
        }
        let number = first
            .checked_div(CHUNK_BYTES_U64)
            .and_then(|chunk| u32::try_from(chunk).ok())
            .ok_or(ReadError::OutOfBlob)?;
        let place = self
            .numbers
            .binary_search(&number)
            .map_err(|_| ReadError::ChunkMissing(number))?;
        if let Some(read) = self.read.get_mut(place) {
            *read = true;
        }
        let offset = usize::try_from(first & (CHUNK_BYTES_U64 - 1)).unwrap_or(0);
        place
            .checked_mul(CHUNK_BYTES)
            .and_then(|chunk| self.bytes.get(chunk.checked_add(offset)?..))
            .and_then(|rest| rest.first_chunk())
            .copied()
            .ok_or(ReadError::OutOfBlob)
    }

    /// The bytes of chunk `number`.
    ///
    /// # Errors
    /// When it was not opened.
    pub fn chunk(&mut self, number: u32) -> Result<&'p [u8], ReadError> {
        let place = self
            .numbers
            .binary_search(&number)
            .map_err(|_| ReadError::ChunkMissing(number))?;
        if let Some(read) = self.read.get_mut(place) {
            *read = true;
        }
        let bytes: &'p [u8] = self.bytes;
        bytes
            .chunks(CHUNK_BYTES)
            .nth(place)
            .ok_or(ReadError::ChunkMissing(number))
    }

    /// The first chunk that nothing was read from.
    pub fn unread(&self) -> Option<u32> {
        let place = self.read.iter().position(|read| !read)?;
        self.numbers.get(place).copied()
    }
}

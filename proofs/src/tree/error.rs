use core::fmt;

/// Why an opening of a node does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningError {
    /// A node of more chunks than an opening may carry is opened with hashes.
    HashesExpected,
    /// A node of few chunks is opened with its bytes.
    ChunksExpected,
    /// The tree has another number of nodes there.
    HashCount { expected: u32, found: u32 },
    /// The chunks below the node have another length.
    ByteCount { expected: u64, found: u64 },
    /// The parts do not hash to the node.
    HashMismatch,
}

impl fmt::Display for OpeningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HashesExpected => f.write_str("this node is opened with the hashes six levels below it"),
            Self::ChunksExpected => f.write_str("this node is opened with the bytes of its chunks"),
            Self::HashCount { expected, found } => {
                write!(f, "{found} hashes, the tree has {expected} nodes there")
            }
            Self::ByteCount { expected, found } => {
                write!(f, "{found} bytes, the chunks of this node have {expected}")
            }
            Self::HashMismatch => f.write_str("the opening does not hash to the node"),
        }
    }
}

impl core::error::Error for OpeningError {}

/// Why nothing can be proven from a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProveError<E> {
    /// The blob cannot be read.
    Source(E),
    /// The node belongs to a blob of another length.
    OtherBlob { expected: u64, found: u64 },
    /// A proof opens at least one chunk.
    NoChunks,
    /// More chunks than one proof may open.
    TooManyChunks(u64),
    /// The blob has no chunk of this number.
    IndexOutOfRange(u32),
}

impl<E: fmt::Display> fmt::Display for ProveError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => write!(f, "the blob cannot be read: {error}"),
            Self::OtherBlob { expected, found } => {
                write!(
                    f,
                    "the node is of a blob of {found} bytes, this one has {expected}"
                )
            }
            Self::NoChunks => f.write_str("no chunk was asked for"),
            Self::TooManyChunks(chunks) => {
                write!(
                    f,
                    "{chunks} chunks are more than the {} of one proof",
                    crate::chunks::PROOF_CHUNKS
                )
            }
            Self::IndexOutOfRange(chunk) => write!(f, "the blob has no chunk {chunk}"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for ProveError<E> {}

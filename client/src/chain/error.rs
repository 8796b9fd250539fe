use crate::result::ResultError;
use edgeproof_primitives::{BlockNumber, JobId};
use std::fmt;

/// Why the chain was not asked, or said no. The text ends with what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// Nobody listens at the address.
    #[error("no node answers at {url} ({reason}); start one with `edgeproof-node --dev`, or give the address of a running one")]
    Unreachable {
        /// The address.
        url: String,
        /// What the network said.
        reason: String,
    },
    /// The node went away.
    #[error("the connection to {url} was lost ({reason}); nothing is lost on chain, try again when the node is back")]
    ConnectionLost {
        /// The address.
        url: String,
        /// What the network said.
        reason: String,
    },
    /// The node runs another chain than expected.
    #[error("the node runs the chain with genesis {found} and {expected} was expected; connect to a node of the right chain")]
    WrongChain {
        /// Genesis hash, in hexadecimal digits.
        expected: String,
        /// Genesis hash, in hexadecimal digits.
        found: String,
    },
    /// The node's runtime does not fit this program.
    #[error("this program does not fit the node's runtime ({0}); update the older of the two")]
    Incompatible(String),
    /// The call was included and failed. Its fee is paid, nothing else has changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The node did not take the transaction. Nothing has changed.
    #[error("the transaction was not taken: {reason}; {next_step}")]
    NotTaken {
        /// What the node said.
        reason: String,
        /// What to do.
        next_step: &'static str,
    },
    /// The transaction was taken and is in no block yet.
    #[error("the transaction is in no block after {blocks} blocks; see whether the chain makes blocks (`edgeproof status`) and send it again")]
    NotIncluded {
        /// Blocks waited for.
        blocks: BlockNumber,
    },
    /// The chain knows no such job.
    #[error("the chain has no job {0}; it was never posted, or its receipt has been pruned")]
    UnknownJob(JobId),
    /// A stored program does not have the hash it is stored by.
    #[error("the node served a program with another hash than {0}; ask another node")]
    WrongProgram(edgeproof_primitives::ProgramId),
    /// Bytes of a result are missing or wrong.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// Anything else that the node said.
    #[error("the node cannot answer: {0}; try again, and see the node's log when it stays so")]
    Node(String),
}

impl ClientError {
    /// True when another attempt may succeed because only the connection failed.
    pub fn is_connection(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::ConnectionLost { .. })
    }
}

/// What a call failed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Name of the pallet, or of the kind of error.
    pub pallet: String,
    /// Name of the error.
    pub error: String,
    /// What the chain says that it means.
    pub meaning: String,
    /// What to do.
    pub next_step: &'static str,
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meaning = self.meaning.trim().trim_end_matches('.');
        write!(
            f,
            "the chain refused: {meaning} ({}.{}); {}",
            self.pallet, self.error, self.next_step
        )
    }
}

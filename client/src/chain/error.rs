use super::market::refused;
use crate::result::ResultError;
use edgeproof_primitives::{BlockNumber, JobId, QuoteError};
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
    #[error("the chain has no job {0}: it was never posted, or its receipt has been pruned; see `edgeproof job list`")]
    UnknownJob(JobId),
    /// The chain would not take a job that a quote was asked for.
    #[error("there is no quote for a job that the chain would not take: {}", refused(.0))]
    NoQuote(QuoteError),
    /// No value of such a name is governed.
    #[error("`{0}` is no governed value; see `edgeproof gov rules`")]
    UnknownRule(String),
    /// Bytes that were given as a call are none.
    #[error("the bytes are no call of the node's runtime ({0}); encode the call for this runtime, and pass all of its bytes")]
    NoCall(String),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_reads_as_one_sentence() {
        let refusal = Refusal {
            pallet: "Jobs".into(),
            error: "NotOpen".into(),
            meaning: " A worker has been drawn. ".into(),
            next_step: "wait for the result",
        };
        assert_eq!(
            ClientError::from(refusal).to_string(),
            "the chain refused: A worker has been drawn (Jobs.NotOpen); wait for the result"
        );
    }

    #[test]
    fn only_a_failed_connection_is_worth_the_same_attempt_again() {
        let (url, reason) = (String::from("ws://127.0.0.1:1"), String::from("refused"));
        for error in [
            ClientError::Unreachable {
                url: url.clone(),
                reason: reason.clone(),
            },
            ClientError::ConnectionLost {
                url,
                reason: reason.clone(),
            },
        ] {
            assert!(error.is_connection(), "{error}");
        }
        for error in [
            ClientError::UnknownJob(3),
            ClientError::NoQuote(QuoteError::NoOperations),
            ClientError::Incompatible(reason.clone()),
            ClientError::NotIncluded { blocks: 64 },
            ClientError::Node(reason.clone()),
            ClientError::NotTaken {
                reason,
                next_step: "send it again",
            },
        ] {
            assert!(!error.is_connection(), "{error}");
        }
    }

    #[test]
    fn every_error_says_what_to_do() {
        let text = || String::from("x");
        for (error, step) in [
            (
                ClientError::Unreachable {
                    url: text(),
                    reason: text(),
                },
                "start one with `edgeproof-node --dev`",
            ),
            (
                ClientError::ConnectionLost {
                    url: text(),
                    reason: text(),
                },
                "try again when the node is back",
            ),
            (
                ClientError::WrongChain {
                    expected: text(),
                    found: text(),
                },
                "connect to a node of the right chain",
            ),
            (ClientError::Incompatible(text()), "update the older of the two"),
            (
                ClientError::NotTaken {
                    reason: text(),
                    next_step: "wait for it",
                },
                "wait for it",
            ),
            (ClientError::NotIncluded { blocks: 64 }, "edgeproof status"),
            (ClientError::NoQuote(QuoteError::NoOperations), "build a program"),
            (ClientError::WrongProgram(Default::default()), "ask another node"),
            (ClientError::Node(text()), "try again"),
        ] {
            assert!(error.to_string().contains(step), "{error}");
        }
    }
}

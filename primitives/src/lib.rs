//! What chain, worker and SDK share on the wire: identifiers, jobs and receipts.
//!
//! This crate never depends on polkadot-sdk, so that no client drags the node in.
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::panic
    )
)]

extern crate alloc;

#[allow(clippy::cast_possible_truncation)] // derived encoders cast the numbers of variants
mod dispute;
mod hash;
mod job;
mod limits;
#[allow(clippy::cast_possible_truncation)] // derived encoders cast the numbers of variants
mod market;
mod money;
mod receipt;
mod reputation;
mod worker;

pub use dispute::{ChunkProof, ElementProof, Move, TraceOpening, Tree, Witness, MAX_INVOCATION_INPUTS};
pub use hash::{BlobHash, Commitment, Hash, ParseHashError, ProgramId};
pub use job::{
    commitment, Assurance, Attestation, BlobRef, Deadlines, Demands, JobId, JobSpec, RevealOpening, Salt,
};
pub use limits::*;
pub use market::{
    Clause, ClauseCount, Price, Quote, QuoteError, Survey, TermsError, Timing, Verdict, Waiting, WhyNot,
};
pub use money::{BlockNumber, Ops, TfuelBalance, ThetaBalance, PLANCK_DECIMALS, UNIT};
pub use receipt::{Outcome, PayRule, Reason, Receipt};
pub use reputation::{Evidence, FULL_EVIDENCE, MAX_EVIDENCE, MAX_SCORE};
pub use worker::{Capability, Label, Region};

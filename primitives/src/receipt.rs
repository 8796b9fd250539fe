//! What remains of a job when it has ended.

use crate::{Attestation, BlobHash, BlockNumber, Hash, JobId, Ops, ProgramId, TfuelBalance, MAX_SEATS};
use bounded_collections::{BoundedVec, ConstU32};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// How a job ended. Each has its [`PayRule`]; `docs/outcomes.md` lists them with their reasons.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum Outcome {
    /// The result stood through its window.
    #[codec(index = 0)]
    Succeeded,
    /// Every drawn worker failed and the last one had committed or revealed. It is slashed.
    #[codec(index = 1)]
    WorkerFault,
    /// The requester made the job impossible, and the worker is paid for its time. No reason of today leads here.
    #[codec(index = 2)]
    RequesterFault,
    /// An input could not be fetched by anybody.
    #[codec(index = 3)]
    InputUnavailable,
    /// The worker would not hand out the output. It is slashed.
    #[codec(index = 4)]
    OutputWithheld,
    /// No worker fitted, or each drawn one missed its deadline.
    #[codec(index = 5)]
    NoWorker,
    /// The requester withdrew while nobody held a seat.
    #[codec(index = 6)]
    Cancelled,
    /// No draw could be made in time.
    #[codec(index = 7)]
    Expired,
}

/// Who is paid out of the escrow of a job that has ended. Bonds are slashed beside it, and never enter the escrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayRule {
    /// Everybody who computed the result that stood gets the worker's share of its fee, and the rest of the fee is burned.
    /// What the job did not cost comes back.
    Work,
    /// The judges who tried to fetch an input are paid. Nothing is burned, and the rest comes back.
    Judges,
    /// Everything comes back.
    Refund,
}

impl Outcome {
    /// Who is paid.
    pub const fn pay_rule(self) -> PayRule {
        match self {
            Self::Succeeded | Self::RequesterFault => PayRule::Work,
            Self::InputUnavailable => PayRule::Judges,
            Self::WorkerFault | Self::OutputWithheld | Self::NoWorker | Self::Cancelled | Self::Expired => {
                PayRule::Refund
            }
        }
    }
}

/// Why a job ended as it did: a closed set of codes, each of one outcome.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub enum Reason {
    /// The window passed and no other result was left.
    #[codec(index = 0)]
    WindowPassed,
    /// Too few registered workers met the demands at the price cap before the draw deadline.
    #[codec(index = 1)]
    NoWorkerFits,
    /// The draws were used up, and in the last round a seat missed the commit deadline.
    #[codec(index = 2)]
    CommitsMissed,
    /// The last drawn workers committed and none of them revealed.
    #[codec(index = 3)]
    RevealMissed,
    /// The requester cancelled.
    #[codec(index = 4)]
    CancelledByRequester,
    /// The draw deadline passed before randomness, or the agenda, allowed a draw.
    #[codec(index = 5)]
    DrawDeadlinePassed,
    /// Disputes left no result of the last drawn workers, nor any other.
    #[codec(index = 6)]
    ResultRefuted,
    /// The result could not be fetched: a demanded chunk was not served, or most judges could not get it.
    #[codec(index = 7)]
    OutputWithheld,
    /// Most judges could not fetch an input either.
    #[codec(index = 8)]
    InputUnavailable,
}

impl Reason {
    /// The outcome of a job that ended for this reason.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::WindowPassed => Outcome::Succeeded,
            Self::NoWorkerFits | Self::CommitsMissed => Outcome::NoWorker,
            Self::RevealMissed | Self::ResultRefuted => Outcome::WorkerFault,
            Self::CancelledByRequester => Outcome::Cancelled,
            Self::DrawDeadlinePassed => Outcome::Expired,
            Self::OutputWithheld => Outcome::OutputWithheld,
            Self::InputUnavailable => Outcome::InputUnavailable,
        }
    }
}

/// The compact end of a job, kept until it is pruned.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Receipt<AccountId> {
    /// The job.
    pub job: JobId,
    /// Who posted and paid.
    pub requester: AccountId,
    /// What was computed.
    pub program: ProgramId,
    /// BLAKE3 of the concatenated input hashes and little-endian parameter words.
    pub inputs: Hash,
    /// Root of the result, when one stood.
    pub output_root: Option<BlobHash>,
    /// Operator keys of those whose result stood and who were paid, in the order of their seats, an auditor last. When no
    /// result stood, of those that failed last.
    pub workers: BoundedVec<AccountId, ConstU32<MAX_SEATS>>,
    /// Where the first of them computed the result; nothing when it was claimed in a dispute.
    pub attestation: Option<Attestation>,
    /// Operations, at the program's declared maxima.
    pub operations: Ops,
    /// Paid to the stashes of the workers, or of the judges of an input, together, in planck of TFUEL.
    pub paid: TfuelBalance,
    /// Burned, in planck of TFUEL.
    pub burned: TfuelBalance,
    /// Released to the requester, in planck of TFUEL.
    pub refunded: TfuelBalance,
    /// How it ended; always that of `reason`.
    pub outcome: Outcome,
    /// Why it ended so.
    pub reason: Reason,
    /// True when the window was at least the chain's own rule.
    pub watched: bool,
    /// Workers that were asked to compute it independently.
    pub replicas: u8,
    /// True when a blind auditor computed the result that stood.
    pub audited: bool,
    /// Block of the posting.
    pub posted_at: BlockNumber,
    /// Block of the last draw of a replica.
    pub drawn_at: Option<BlockNumber>,
    /// Block of the commitment of the first of `workers`.
    pub committed_at: Option<BlockNumber>,
    /// Block of the reveal of the first of `workers`.
    pub revealed_at: Option<BlockNumber>,
    /// Block of the end.
    pub ended_at: BlockNumber,
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{
        collections::{BTreeMap, BTreeSet},
        string::{String, ToString},
        vec::Vec,
    };
    use scale_info::TypeDef;

    const DOCS: &str = include_str!("../../docs/outcomes.md");

    /// Names of the variants of an enum, with their SCALE indices.
    fn codes<Enum: TypeInfo>() -> BTreeMap<String, u8> {
        let TypeDef::Variant(variants) = Enum::type_info().type_def else {
            panic!("an enum has variants");
        };
        let codes = variants.variants.iter();
        codes
            .map(|variant| (variant.name.to_string(), variant.index))
            .collect()
    }

    /// The cells of the rows under the heading `heading` whose first cell is a number.
    fn rows(heading: &str) -> Vec<Vec<String>> {
        let section = DOCS.split("\n## ").find(|section| section.starts_with(heading));
        let lines = section.expect("the docs have the section").lines();
        lines
            .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
            .map(|line| line.split(" | ").map(|cell| cell.replace('`', "")).collect())
            .filter(|cells: &Vec<String>| cells[0].parse::<u8>().is_ok())
            .collect()
    }

    fn code(cells: &[String]) -> (String, u8) {
        (cells[1].clone(), cells[0].parse().expect("a number"))
    }

    fn all<Enum: Decode + TypeInfo>() -> Vec<Enum> {
        let indices = codes::<Enum>().into_values();
        indices
            .map(|index| Enum::decode(&mut &[index][..]).expect("a variant"))
            .collect()
    }

    #[test]
    fn the_docs_list_every_outcome_with_its_code_and_pay_rule_and_no_other() {
        let rows = rows("Outcomes");
        assert_eq!(
            rows.iter().map(|row| code(row)).collect::<BTreeMap<_, _>>(),
            codes::<Outcome>()
        );
        assert_eq!(rows.len(), codes::<Outcome>().len(), "none is listed twice");
        for outcome in all::<Outcome>() {
            let name = alloc::format!("{outcome:?}");
            let row = rows.iter().find(|row| row[1] == name).expect("listed");
            assert_eq!(row[2], alloc::format!("{:?}", outcome.pay_rule()), "{name}");
        }
    }

    #[test]
    fn the_docs_list_every_reason_with_its_code_and_outcome_and_no_other() {
        let rows = rows("Reasons");
        assert_eq!(
            rows.iter().map(|row| code(row)).collect::<BTreeMap<_, _>>(),
            codes::<Reason>()
        );
        assert_eq!(rows.len(), codes::<Reason>().len(), "none is listed twice");
        for reason in all::<Reason>() {
            let name = alloc::format!("{reason:?}");
            let row = rows.iter().find(|row| row[1] == name).expect("listed");
            assert_eq!(row[2], alloc::format!("{:?}", reason.outcome()), "{name}");
        }
    }

    #[test]
    fn every_outcome_but_the_requesters_fault_has_a_reason() {
        let reached: BTreeSet<_> = all::<Reason>()
            .into_iter()
            .map(|reason| alloc::format!("{:?}", reason.outcome()))
            .collect();
        let without: Vec<_> = codes::<Outcome>()
            .into_keys()
            .filter(|name| !reached.contains(name))
            .collect();
        assert_eq!(without, ["RequesterFault"]);
    }
}

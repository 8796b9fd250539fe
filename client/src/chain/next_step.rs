//! What a person can do about an error of the chain.

/// About a transaction that the pool refused.
pub(super) fn for_pool(reason: &str) -> &'static str {
    let known = [
        ("Inability to pay", "give the account some TFUEL for fees"),
        (
            "outdated",
            "another transaction of the account came first, send it again",
        ),
        (
            "stale",
            "another transaction of the account came first, send it again",
        ),
        (
            "Priority is too low",
            "the account has a transaction waiting, send it again when that one is in a block",
        ),
        (
            "Already Imported",
            "the node has this transaction already, wait for it",
        ),
        ("temporarily banned", "wait a few minutes and send it again"),
        (
            "bad signature",
            "connect to a node of the right chain, or update this program",
        ),
        ("exhaust", "the block is full, send it again"),
        (
            "Immediately Dropped",
            "the node's pool is full, send it again later",
        ),
    ];
    known
        .iter()
        .find(|(word, _)| reason.contains(word))
        .map_or("send it again", |(_, step)| step)
}

/// About a call that was included and failed, when there is nothing better to say.
const ANY_REFUSAL: &str = "change the call as it says and send it again";

/// About a call that was included and failed.
pub(super) fn for_refusal(pallet: &str, error: &str) -> &'static str {
    match (pallet, error) {
        ("Jobs", "InsufficientBalance") | ("Token", "FundsUnavailable" | "NotExpendable") => {
            "see `edgeproof balance` and give the account more TFUEL"
        }
        ("Jobs", "ProgramMalformed" | "ProgramIllTyped" | "ProgramOverLimit") => {
            "see `edgeproof program inspect` for the place, correct the program and register it again"
        }
        ("Jobs", "ProgramExists") => "post jobs that name it",
        ("Jobs", "UnknownProgram") => "register the program, then post the job",
        ("Jobs", "JobHasEnded") => "see `edgeproof job watch` for how",
        ("Staking", "InsufficientBalance") => "see `edgeproof balance` and give the account more THETA",
        ("Workers", "InsufficientStake") => "run `compute-worker register`, which bonds what is missing",
        ("Workers", "OperatorTaken" | "OperatorIsStash") => {
            "make a key for the operator alone with `edgeproof keys generate NAME`"
        }
        ("Workers", "FaultyDriver") => {
            "update the driver or choose another adapter, and run `compute-worker register` with it"
        }
        ("Workers", "DriverInUse") => {
            "run `edgeproof worker pause`, let `compute-worker run` finish its jobs, and register again"
        }
        ("Staking", "InsufficientStake" | "NothingBonded") => {
            "bond THETA first: `edgeproof stake bond AMOUNT`"
        }
        ("Staking", "UnknownValidator" | "ValidatorChilled" | "SlashPending" | "PoolClosed") => {
            "see `edgeproof stake validators` for others"
        }
        ("Staking", "NoSessionKeys") => {
            "run `edgeproof stake keys --url URL` against the node that is to validate"
        }
        ("Staking", "OwnStakeTooSmall" | "DelegationTooSmall" | "BelowMinimum") => {
            "see `edgeproof stake era` for what is asked for"
        }
        (
            "Staking",
            "NotDelegating" | "InsufficientDelegation" | "StillLiable" | "NothingToWithdraw" | "TooManyExits",
        ) => "see `edgeproof stake nominations` for what is there and when it can leave",
        ("Staking", "StillCandidate") => "run `edgeproof stake chill` first",
        ("Session", "InvalidProof") => {
            "make the keys with `edgeproof stake keys`, which asks the node for a proof, too"
        }
        ("Staking", "NothingToBurn") => {
            "see `edgeproof worker show` for the block from which it can be burned"
        }
        ("Workers", "NotRegistered") => "run `compute-worker register`",
        ("Jobs", "ReputationOutOfReach") => {
            "ask for less, see `edgeproof worker list` for the scores that there are"
        }
        ("Jobs", "ReplicasOutOfRange" | "AuditRateTooHigh") => {
            "ask for less, or for one of the levels that `--assurance` names"
        }
        ("Theta", "InsufficientBalance" | "LiquidityRestrictions") => {
            "see `edgeproof balance` and give the account more free THETA"
        }
        ("Referenda" | "ConvictionVoting", error) => for_vote(error),
        ("Disputes", error) => for_dispute(error),
        ("Availability", error) => for_data(error),
        _ => ANY_REFUSAL,
    }
}

/// About a referendum.
fn for_vote(error: &str) -> &'static str {
    match error {
        "NotOngoing" | "BadReferendum" | "HasDeposit" | "NoDeposit" | "Unfinished" | "BadStatus" => {
            "see `edgeproof gov status` for how far the referendum is"
        }
        "InsufficientFunds" => "vote with at most what the account has, see `edgeproof balance`",
        "NotVoter" => "see `edgeproof gov status` for the votes of the account",
        "MaxVotesReached" => "run `edgeproof gov collect`, which takes back votes that are over",
        "AlreadyDelegating" => "end the delegation of the votes first",
        _ => ANY_REFUSAL,
    }
}

/// About a call in a dispute.
fn for_dispute(error: &str) -> &'static str {
    match error {
        "NothingToDispute" => "see `edgeproof job show` for how far the job is",
        "ClaimTooLate" => "the result stands now, nothing can be claimed any more",
        "AlreadyClaims" => "see `edgeproof job show` for the dispute, and answer when it is asked",
        "TooManyBackers" => "leave it to those who stand for the result already",
        "BondNotAvailable" => "bond more THETA, or wait until other bonds are free",
        "TraceGivesOtherResult"
        | "TraceProofInvalid"
        | "OpeningInvalid"
        | "WitnessIncomplete"
        | "WitnessExcessive"
        | "WitnessInvalid"
        | "ElementProofInvalid"
        | "NoSuchElement" => "compute the job again, and check the driver and the version of this program",
        "NotPlayed" | "NotNext" | "AlreadyOpened" | "NobodyClaims" => {
            "the game has moved on, see `edgeproof job show`"
        }
        "NotAParty" => "only who claims a result that stands may answer, see `edgeproof job show`",
        "TooLate" => "see `edgeproof job show` for what became of the claim",
        "NotFromInputsAlone" => "run `edgeproof job challenge`, which claims the right result and plays",
        "ElementIsRight" => {
            "leave it: the result is right there, and the machine that found it wrong needs a check"
        }
        _ => ANY_REFUSAL,
    }
}

/// About a question for data.
fn for_data(error: &str) -> &'static str {
    match error {
        "NothingPublished" => "see `edgeproof job show` for how far the job is",
        "NotRequester" => "sign with the key that posted the job",
        "NoSuchChunk" => "count outputs and chunks of 1,024 bytes from 0, see `edgeproof program inspect`",
        "TooManyDemands" => "let judges try the whole result with `edgeproof job report-withheld`",
        "TooManyInquiries" => "see `edgeproof job show` for what the judges found",
        "QuestionOpen" => "wait for the answer to the open question, see `edgeproof job show`",
        "TooManyQuestions" => "send it again in some minutes",
        "InsufficientBalance" => "see `edgeproof balance` and give the account more TFUEL",
        "NotAsked" | "TooLate" | "AlreadyJudged" => "see `edgeproof job show` for what is asked now",
        "ChunkInvalid" => "serve the chunk that is asked for, of the result that stands",
        "NotNeeded" => "report only an input of a job of which this key holds a seat without a commitment",
        "NotJudge" => "leave it to the judges that were drawn",
        _ => ANY_REFUSAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_pool_says_leads_to_a_step() {
        // As the node words them: `sp_runtime::InvalidTransaction` and `sc_transaction_pool_api::error::Error`.
        for (said, step) in [
            (
                "Invalid Transaction: Inability to pay some fees (e.g. account balance too low)",
                "give the account some TFUEL for fees",
            ),
            (
                "Invalid Transaction: Transaction is outdated",
                "another transaction of the account came first, send it again",
            ),
            (
                "Invalid Transaction: Transaction has a bad signature",
                "connect to a node of the right chain, or update this program",
            ),
            (
                "Invalid Transaction: Transaction would exhaust the block limits",
                "the block is full, send it again",
            ),
            (
                "Priority is too low: (1 vs 2)",
                "the account has a transaction waiting, send it again when that one is in a block",
            ),
            (
                "Transaction Already Imported",
                "the node has this transaction already, wait for it",
            ),
            (
                "Transaction is temporarily banned",
                "wait a few minutes and send it again",
            ),
            (
                "Immediately Dropped",
                "the node's pool is full, send it again later",
            ),
            ("something new", "send it again"),
            ("", "send it again"),
        ] {
            assert_eq!(for_pool(said), step, "{said}");
        }
    }

    #[test]
    fn a_refusal_names_the_command_that_helps() {
        for (pallet, error, command) in [
            ("Jobs", "InsufficientBalance", "edgeproof balance"),
            ("Token", "FundsUnavailable", "edgeproof balance"),
            ("Jobs", "ProgramMalformed", "edgeproof program inspect"),
            ("Jobs", "JobHasEnded", "edgeproof job"),
            ("Jobs", "ReputationOutOfReach", "edgeproof worker list"),
            ("Staking", "InsufficientBalance", "THETA"),
            ("Workers", "InsufficientStake", "compute-worker register"),
            ("Workers", "OperatorTaken", "edgeproof keys generate"),
            ("Workers", "NotRegistered", "compute-worker register"),
            ("Workers", "FaultyDriver", "compute-worker register"),
            ("Workers", "DriverInUse", "edgeproof worker pause"),
            ("Staking", "NothingToBurn", "edgeproof worker show"),
            ("Disputes", "BondNotAvailable", "THETA"),
            ("Disputes", "NotFromInputsAlone", "edgeproof job challenge"),
            ("Disputes", "TooLate", "edgeproof job show"),
        ] {
            let step = for_refusal(pallet, error);
            assert!(step.contains(command), "{pallet}.{error}: {step}");
        }
        for (pallet, error) in [
            ("Jobs", "NotRequester"),
            ("Nobody", "InsufficientBalance"),
            ("", ""),
        ] {
            assert_eq!(for_refusal(pallet, error), ANY_REFUSAL, "{pallet}.{error}");
        }
    }

    /// Every error that has a step of its own must exist: a renamed one would fall silently to the general step.
    #[test]
    fn errors_with_a_step_of_their_own_exist_on_chain() {
        let metadata = include_bytes!("../../metadata.scale");
        let metadata = subxt::Metadata::decode_from(metadata).expect("the file is metadata");
        for (pallet, error) in [
            ("Jobs", "InsufficientBalance"),
            ("Jobs", "ProgramMalformed"),
            ("Jobs", "ProgramIllTyped"),
            ("Jobs", "ProgramOverLimit"),
            ("Jobs", "ProgramExists"),
            ("Jobs", "UnknownProgram"),
            ("Jobs", "JobHasEnded"),
            ("Staking", "InsufficientBalance"),
            ("Workers", "InsufficientStake"),
            ("Workers", "OperatorTaken"),
            ("Workers", "OperatorIsStash"),
            ("Workers", "NotRegistered"),
            ("Workers", "FaultyDriver"),
            ("Workers", "DriverInUse"),
            ("Staking", "NothingToBurn"),
            ("Jobs", "ReplicasOutOfRange"),
            ("Jobs", "AuditRateTooHigh"),
            ("Jobs", "ReputationOutOfReach"),
            ("Theta", "InsufficientBalance"),
            ("Theta", "LiquidityRestrictions"),
            ("Referenda", "NotOngoing"),
            ("Referenda", "BadReferendum"),
            ("Referenda", "HasDeposit"),
            ("Referenda", "NoDeposit"),
            ("Referenda", "Unfinished"),
            ("Referenda", "BadStatus"),
            ("ConvictionVoting", "NotOngoing"),
            ("ConvictionVoting", "InsufficientFunds"),
            ("ConvictionVoting", "NotVoter"),
            ("ConvictionVoting", "MaxVotesReached"),
            ("ConvictionVoting", "AlreadyDelegating"),
        ] {
            assert_ne!(for_refusal(pallet, error), ANY_REFUSAL, "{pallet}.{error}");
            let known = metadata
                .pallet_by_name(pallet)
                .and_then(|pallet| pallet.error_variants())
                .is_some_and(|variants| variants.iter().any(|variant| variant.name == error));
            assert!(known, "the chain has no error {pallet}.{error}");
        }
    }

    #[test]
    fn every_error_of_a_dispute_that_a_person_can_help_has_a_step_of_its_own() {
        let metadata = include_bytes!("../../metadata.scale");
        let metadata = subxt::Metadata::decode_from(metadata).expect("the file is metadata");
        let pallet = metadata.pallet_by_name("Disputes").expect("the pallet is there");
        let without: Vec<_> = pallet
            .error_variants()
            .unwrap_or_default()
            .iter()
            .filter(|variant| for_refusal("Disputes", &variant.name) == ANY_REFUSAL)
            .map(|variant| variant.name.as_str())
            .collect();
        assert_eq!(without, ["ProgramMissing", "TooManyClaims"]);
    }

    #[test]
    fn every_error_about_data_has_a_step_of_its_own() {
        let metadata = include_bytes!("../../metadata.scale");
        let metadata = subxt::Metadata::decode_from(metadata).expect("the file is metadata");
        let pallet = metadata
            .pallet_by_name("Availability")
            .expect("the pallet is there");
        for variant in pallet.error_variants().unwrap_or_default() {
            let step = for_refusal("Availability", &variant.name);
            assert_ne!(step, ANY_REFUSAL, "{}", variant.name);
        }
    }
}

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
        ("Workers", "NotRegistered") => "run `compute-worker register`",
        _ => "change the call as it says and send it again",
    }
}

//! What a question asks of an operator, as a pure function of the chain's state and of what was tried.

use edgeproof_client::{AccountId, DataAsked, DataQuestion};
use edgeproof_primitives::BlockNumber;

/// What is known about a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tried {
    /// Best block in which the question was seen first.
    pub seen_at: BlockNumber,
    /// Whether the data was had when it was last tried; nothing before the first time.
    pub had: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Nothing is asked of the operator, or it is too late.
    Wait,
    /// Look for the data.
    Try,
    /// Show the chunk.
    Serve,
    /// Say whether the data can be had.
    Judge(bool),
}

/// Decides after best block `now`; what is sent now counts in the next block at the earliest. A judge looks for half of its
/// time before it says that something cannot be had.
pub(super) fn decide(
    question: &DataQuestion,
    operator: &AccountId,
    tried: Tried,
    now: BlockNumber,
) -> Action {
    if now >= question.answer_by {
        return Action::Wait;
    }
    let is_judge = question.awaits(operator);
    match (&question.asked, tried.had) {
        (DataAsked::Chunk { .. }, Some(true)) => Action::Serve,
        (DataAsked::Chunk { .. }, _) => Action::Try,
        (DataAsked::Judgement { .. }, _) if !is_judge => Action::Wait,
        (DataAsked::Judgement { .. }, Some(true)) => Action::Judge(true),
        (DataAsked::Judgement { .. }, None) => Action::Try,
        (DataAsked::Judgement { .. }, Some(false)) => {
            let half = question.answer_by.saturating_sub(tried.seen_at) / 2;
            if now.saturating_sub(tried.seen_at) >= half {
                Action::Judge(false)
            } else {
                Action::Try
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_client::DataSubject;
    use edgeproof_primitives::BlobHash;

    const ME: [u8; 32] = [1; 32];
    const ANSWER_BY: BlockNumber = 30;

    fn decided(asked: DataAsked, had: Option<bool>, now: BlockNumber) -> Action {
        let question = DataQuestion {
            job: 3,
            asked,
            answer_by: ANSWER_BY,
        };
        decide(&question, &ME.into(), Tried { seen_at: 10, had }, now)
    }

    fn chunk() -> DataAsked {
        DataAsked::Chunk {
            output_root: BlobHash([9; 32]),
            output: 0,
            chunk: 0,
        }
    }

    fn judgement(judge: [u8; 32], said: Option<bool>) -> DataAsked {
        DataAsked::Judgement {
            about: DataSubject::Input(0),
            judges: vec![([7; 32].into(), Some(true)), (judge.into(), said)],
        }
    }

    #[test]
    fn a_chunk_is_looked_for_until_it_is_served() {
        assert_eq!(decided(chunk(), None, 10), Action::Try);
        assert_eq!(decided(chunk(), Some(false), 29), Action::Try);
        assert_eq!(decided(chunk(), Some(true), 29), Action::Serve);
        assert_eq!(decided(chunk(), Some(true), ANSWER_BY), Action::Wait);
    }

    #[test]
    fn a_judge_says_at_once_what_it_got_and_looks_long_for_what_it_did_not() {
        let mine = || judgement(ME, None);
        assert_eq!(decided(mine(), None, 10), Action::Try);
        assert_eq!(decided(mine(), Some(true), 11), Action::Judge(true));
        assert_eq!(decided(mine(), Some(false), 19), Action::Try);
        assert_eq!(decided(mine(), Some(false), 20), Action::Judge(false));
        assert_eq!(decided(mine(), Some(false), ANSWER_BY), Action::Wait);
    }

    #[test]
    fn who_is_no_judge_or_has_judged_waits() {
        assert_eq!(decided(judgement([8; 32], None), Some(true), 11), Action::Wait);
        assert_eq!(decided(judgement(ME, Some(false)), Some(true), 11), Action::Wait);
    }
}

//! What a dispute asks of an operator, as a pure function of the chain's state.

use edgeproof_client::{AccountId, DisputeInfo};
use edgeproof_primitives::{BlobHash, BlockNumber, Hash, Move, Tree};
use edgeproof_proofs::Node;

/// A question that a player can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// The first opening of the trace that leads to a result.
    Trace { output_root: BlobHash },
    /// The opening of a node.
    Node {
        tree: Tree,
        node: Node,
        /// What the operator's side claims as its hash.
        claimed: Hash,
    },
    /// What an invocation reads.
    Witness { position: u32, invocation: u32 },
}

/// What to do about a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Nothing now.
    Wait,
    /// The game needs this answer.
    Answer(Ask),
    /// It would need this answer, which no block can hold in time any more.
    TooLate(Ask),
}

/// Decides after best block `now`; what is sent now counts in the next block at the earliest.
pub(super) fn decide(dispute: &DisputeInfo, operator: &AccountId, now: BlockNumber) -> Action {
    let (Some(next), Some(claim), Some(deadline)) = (
        dispute.owed_by(operator),
        dispute.claim_of(operator),
        dispute.deadline(),
    ) else {
        return Action::Wait;
    };
    let ask = match (next, dispute.side_of(claim)) {
        (Move::OpenTraces, _) => Ask::Trace {
            output_root: claim.output_root,
        },
        (Move::OpenNode { tree, node }, Some(side)) => Ask::Node {
            tree: *tree,
            node: *node,
            claimed: side.claimed,
        },
        (Move::Referee { position, invocation }, _) => Ask::Witness {
            position: *position,
            invocation: *invocation,
        },
        (Move::OpenNode { .. }, None) => return Action::Wait,
    };
    if now >= deadline {
        Action::TooLate(ask)
    } else {
        Action::Answer(ask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_client::{ClaimInfo, DisputePhase, SideInfo};

    const ME: [u8; 32] = [9; 32];
    const OTHER: [u8; 32] = [7; 32];
    const DEADLINE: BlockNumber = 30;

    fn claim(operator: [u8; 32], root: u8, trace: Option<u8>) -> ClaimInfo {
        ClaimInfo {
            operator: operator.into(),
            stash: operator.into(),
            bond: 20,
            seat: true,
            output_root: BlobHash([root; 32]),
            trace_root: trace.map(|trace| BlobHash([trace; 32])),
        }
    }

    fn playing(next: Move, traces: [Option<u8>; 2], opened: &[u8]) -> DisputeInfo {
        let sides = traces.into_iter().flatten().map(|trace| SideInfo {
            trace_root: BlobHash([trace; 32]),
            claimed: [trace + 100; 32],
        });
        DisputeInfo {
            job: 3,
            claims: vec![claim(OTHER, 1, traces[0]), claim(ME, 2, traces[1])],
            phase: DisputePhase::Playing {
                next,
                deadline: DEADLINE,
                sides: sides.collect(),
                opened: opened.iter().map(|hash| [*hash; 32]).collect(),
            },
        }
    }

    fn decided(dispute: &DisputeInfo) -> Action {
        decide(dispute, &AccountId::from(ME), 10)
    }

    fn top() -> Move {
        Move::OpenNode {
            tree: Tree::Trace,
            node: Node::root(96).unwrap(),
        }
    }

    const REFEREE: Move = Move::Referee {
        position: 4,
        invocation: 5,
    };

    #[test]
    fn a_claim_whose_trace_is_closed_opens_it() {
        let ask = Ask::Trace {
            output_root: BlobHash([2; 32]),
        };
        let dispute = playing(Move::OpenTraces, [Some(1), None], &[]);
        assert_eq!(decided(&dispute), Action::Answer(ask));
        let dispute = playing(Move::OpenTraces, [None, Some(2)], &[]);
        assert_eq!(decided(&dispute), Action::Wait);
    }

    #[test]
    fn a_node_is_opened_unless_the_hash_of_this_side_is_open() {
        let ask = Ask::Node {
            tree: Tree::Trace,
            node: Node::root(96).unwrap(),
            claimed: [102; 32],
        };
        for opened in [&[][..], &[101]] {
            let dispute = playing(top(), [Some(1), Some(2)], opened);
            assert_eq!(decided(&dispute), Action::Answer(ask));
        }
        let dispute = playing(top(), [Some(1), Some(2)], &[102]);
        assert_eq!(decided(&dispute), Action::Wait);
    }

    #[test]
    fn any_party_brings_the_witness() {
        let dispute = playing(REFEREE, [Some(1), Some(2)], &[]);
        let ask = Ask::Witness {
            position: 4,
            invocation: 5,
        };
        assert_eq!(decided(&dispute), Action::Answer(ask));
    }

    #[test]
    fn nothing_is_said_in_a_game_without_this_operator() {
        for next in [Move::OpenTraces, top(), REFEREE] {
            let mut dispute = playing(next, [Some(1), Some(2)], &[]);
            dispute.claims.remove(1);
            assert_eq!(decided(&dispute), Action::Wait);
        }
        // A claim that is not in this game: its trace is no side of it.
        let mut dispute = playing(REFEREE, [Some(1), Some(2)], &[]);
        dispute.claims[1].trace_root = Some(BlobHash([8; 32]));
        assert_eq!(decided(&dispute), Action::Wait);
    }

    #[test]
    fn nothing_is_said_before_the_game_and_after_it() {
        for phase in [DisputePhase::Waiting, DisputePhase::Decided] {
            let mut dispute = playing(Move::OpenTraces, [None, None], &[]);
            dispute.phase = phase;
            assert_eq!(decided(&dispute), Action::Wait);
        }
    }

    #[test]
    fn the_last_block_that_helps_is_the_one_before_the_deadline() {
        let dispute = playing(REFEREE, [Some(1), Some(2)], &[]);
        let at = |now| decide(&dispute, &AccountId::from(ME), now);
        assert!(matches!(at(DEADLINE - 1), Action::Answer(_)));
        assert!(matches!(at(DEADLINE), Action::TooLate(_)));
    }
}

//! Disputes, for people and for programs: who claims what, whose move it is, and until when.

use crate::format::{bytes, count, exact, theta};
use edgeproof_client::{ClaimInfo, DisputeInfo, DisputePhase};
use edgeproof_primitives::{Move, Tree};
use edgeproof_proofs::{trace::LEAF_BYTES, Node};
use serde_json::{json, Value};

/// How far a dispute is, in one line.
pub fn line(dispute: &DisputeInfo) -> String {
    match &dispute.phase {
        DisputePhase::Waiting => "waits until another game is over".into(),
        DisputePhase::Decided => "decided: one result stands".into(),
        DisputePhase::Playing { next, deadline, .. } => {
            format!("{}, at most until block {deadline}", asked(next))
        }
    }
}

/// What the parties of a game owe.
pub fn asked(next: &Move) -> String {
    match next {
        Move::OpenTraces => "each claim shows how it came about".into(),
        Move::OpenNode { tree, node } => format!("each side opens {}", place(*tree, node)),
        Move::Referee { position, invocation } => format!(
            "somebody shows what invocation {} of step {} reads, and the chain executes it",
            count(*invocation),
            count(*position)
        ),
    }
}

fn place(tree: Tree, node: &Node) -> String {
    let last = node.first_byte().saturating_add(node.bytes()).saturating_sub(1);
    match tree {
        Tree::Trace => format!(
            "steps {} to {} of its trace",
            count(node.first_byte() / LEAF_BYTES),
            count(last / LEAF_BYTES)
        ),
        Tree::Output(position) => format!(
            "{} at byte {} of what step {} writes",
            bytes(node.bytes()),
            count(node.first_byte()),
            count(position)
        ),
    }
}

/// The dispute and each of its claims.
pub fn facts(dispute: &DisputeInfo) -> Vec<(&'static str, String)> {
    let awaited = dispute.awaited();
    let mut facts = vec![("dispute", line(dispute))];
    facts.extend(dispute.claims.iter().map(|claim| {
        let turn = if awaited.contains(&claim) {
            ", has to answer"
        } else {
            ""
        };
        let whose = if claim.seat { "worker" } else { "challenger" };
        let said = format!(
            "{} by {whose} {}, {} at risk{turn}",
            claim.output_root,
            claim.operator,
            theta(claim.bond)
        );
        ("claim", said)
    }));
    facts
}

pub fn value(dispute: &DisputeInfo) -> Value {
    let awaited = dispute.awaited();
    let claims: Vec<_> = dispute
        .claims
        .iter()
        .map(|claim| claim_value(claim, awaited.contains(&claim)))
        .collect();
    let mut value = json!({ "claims": claims });
    match &dispute.phase {
        DisputePhase::Waiting => value["phase"] = json!("Waiting"),
        DisputePhase::Decided => value["phase"] = json!("Decided"),
        DisputePhase::Playing { next, deadline, .. } => {
            value["phase"] = json!("Playing");
            value["next"] = move_value(next);
            value["deadline"] = json!(deadline);
        }
    }
    value
}

fn claim_value(claim: &ClaimInfo, awaited: bool) -> Value {
    json!({
        "operator": claim.operator.to_string(),
        "stash": claim.stash.to_string(),
        "worker": claim.seat,
        "bond": exact(claim.bond),
        "output_root": claim.output_root,
        "trace_root": claim.trace_root,
        "has_to_answer": awaited,
    })
}

/// What is owed, as JSON.
pub fn move_value(next: &Move) -> Value {
    match next {
        Move::OpenTraces => json!({ "move": "OpenTraces" }),
        Move::OpenNode { tree, node } => json!({
            "move": "OpenNode",
            "step": match tree {
                Tree::Trace => None,
                Tree::Output(position) => Some(position),
            },
            "first_byte": node.first_byte(),
            "bytes": node.bytes(),
        }),
        Move::Referee { position, invocation } => {
            json!({ "move": "Referee", "step": position, "invocation": invocation })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_client::{AccountId, SideInfo};
    use edgeproof_primitives::{BlobHash, UNIT};

    fn node(blob: u64) -> Node {
        Node::root(blob).unwrap()
    }

    fn played(next: Move) -> DisputeInfo {
        let claim = |number: u8, seat| ClaimInfo {
            operator: AccountId([number; 32]),
            stash: AccountId([number; 32]),
            bond: 20 * UNIT,
            seat,
            output_root: BlobHash([number; 32]),
            trace_root: Some(BlobHash([number + 10; 32])),
        };
        let side = |number: u8| SideInfo {
            trace_root: BlobHash([number + 10; 32]),
            claimed: [number + 20; 32],
        };
        DisputeInfo {
            job: 4,
            claims: vec![claim(1, true), claim(2, false)],
            phase: DisputePhase::Playing {
                next,
                deadline: 77,
                sides: vec![side(1), side(2)],
                opened: vec![[21; 32]],
            },
        }
    }

    fn open(tree: Tree, blob: u64) -> Move {
        Move::OpenNode {
            tree,
            node: node(blob),
        }
    }

    #[test]
    fn what_is_asked_names_the_place() {
        for (next, expected) in [
            (Move::OpenTraces, "each claim shows how it came about"),
            (
                open(Tree::Trace, 4_096 * 32),
                "each side opens steps 0 to 4,095 of its trace",
            ),
            (
                open(Tree::Output(7), 1 << 20),
                "each side opens 1.0 MiB at byte 0 of what step 7 writes",
            ),
            (
                Move::Referee {
                    position: 7,
                    invocation: 1_234,
                },
                "somebody shows what invocation 1,234 of step 7 reads, and the chain executes it",
            ),
        ] {
            assert_eq!(asked(&next), expected);
        }
    }

    #[test]
    fn each_claim_says_whose_it_is_and_whether_it_is_its_turn() {
        let facts = facts(&played(open(Tree::Trace, 64)));
        assert_eq!(
            facts[0].1,
            "each side opens steps 0 to 1 of its trace, at most until block 77"
        );
        assert!(
            facts[1].1.contains("by worker") && !facts[1].1.contains("has to answer"),
            "{}",
            facts[1].1
        );
        assert!(
            facts[2].1.contains("by challenger") && facts[2].1.ends_with("20 THETA at risk, has to answer"),
            "{}",
            facts[2].1
        );
    }

    #[test]
    fn a_program_reads_whose_move_it_is() {
        let value = value(&played(open(Tree::Output(3), 2_048)));
        assert_eq!(
            (&value["phase"], &value["deadline"]),
            (&json!("Playing"), &json!(77))
        );
        assert_eq!(
            value["next"],
            json!({ "move": "OpenNode", "step": 3, "first_byte": 0, "bytes": 2048 })
        );
        assert_eq!(value["claims"][0]["has_to_answer"], false);
        assert_eq!(value["claims"][1]["has_to_answer"], true);
        assert_eq!(value["claims"][1]["bond"], "20");
        let decided = DisputeInfo {
            phase: DisputePhase::Decided,
            ..played(Move::OpenTraces)
        };
        assert_eq!(super::value(&decided)["phase"], "Decided");
        assert_eq!(line(&decided), "decided: one result stands");
    }
}

//! Leaves of traces, and the outputs that a claim's first opening shows.

use edgeproof_proofs::{
    blob_root, output_root, trace,
    trace::{check_outputs, leaves, TraceError},
    LengthError, MultiProof, Node, Outboard, ProofError, ReadError,
};
use proptest::prelude::*;

fn a_trace(steps: u32) -> Vec<[u8; 32]> {
    (0..steps).map(|step| blob_root(&step.to_le_bytes())).collect()
}

fn proof_of(trace: &[[u8; 32]], steps: &[u32]) -> MultiProof {
    let bytes = trace::bytes(trace);
    Outboard::new(bytes)
        .expect("a trace has a step")
        .prove(&trace::chunks(steps), &mut &bytes[..])
        .expect("the trace is at hand")
}

#[test]
fn a_trace_is_the_blob_of_its_leaves() {
    for steps in [1, 31, 32, 33, 100, 4_096] {
        let leaves = a_trace(steps);
        assert_eq!(trace::root(&leaves), blob_root(&leaves.concat()));
        assert_eq!(
            trace::node(steps).map(|node| node.blob_bytes()),
            Ok(u64::from(steps) * 32)
        );
    }
    assert_eq!(trace::node(0), Err(LengthError::Empty));
    assert_eq!(trace::node(u32::MAX).map(|node| node.chunks()), Ok(1 << 27));
    assert_eq!(trace::node(1), Node::root(32));
}

#[test]
fn leaves_are_read_in_the_order_asked_for() {
    for steps in [1, 2, 32, 33, 65, 1_000] {
        let trace = a_trace(steps);
        let root = trace::root(&trace);
        let last = steps - 1;
        for wanted in [vec![0], vec![last], vec![last, 0, last], vec![last / 2, last, 0]] {
            let expected: Vec<_> = wanted.iter().map(|step| trace[*step as usize]).collect();
            let proof = proof_of(&trace, &wanted);
            assert_eq!(leaves(&proof, &root, steps, &wanted), Ok(expected));
        }
    }
}

#[test]
fn outputs_in_the_trace_bear_out_the_claim_that_they_give_only() {
    let trace = a_trace(300);
    let root = trace::root(&trace);
    for outputs in [vec![299], vec![299, 5], vec![5, 299], vec![0, 1, 2, 298, 299]] {
        let roots: Vec<_> = outputs.iter().map(|step| trace[*step as usize]).collect();
        let claimed = output_root(&roots);
        let proof = proof_of(&trace, &outputs);
        assert_eq!(check_outputs(&proof, &root, 300, &outputs, &claimed), Ok(()));
        let mut reversed = outputs.clone();
        reversed.reverse();
        if reversed != outputs {
            assert_eq!(
                check_outputs(&proof, &root, 300, &reversed, &claimed),
                Err(TraceError::OtherOutputs)
            );
        }
        for bit in 0..256 {
            let mut other = claimed;
            other[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(
                check_outputs(&proof, &root, 300, &outputs, &other),
                Err(TraceError::OtherOutputs)
            );
        }
    }
}

#[test]
fn an_opening_of_other_leaves_is_refused() {
    let trace = a_trace(300);
    let root = trace::root(&trace);
    let proof = proof_of(&trace, &[40, 299]);
    assert_eq!(
        leaves(&proof, &root, 300, &[40]),
        Err(TraceError::Proof(ProofError::TooManyChunks {
            maximum: 1,
            found: 2
        }))
    );
    assert_eq!(
        leaves(&proof, &root, 300, &[40, 41]),
        Err(TraceError::ChunkExtra(9))
    );
    assert_eq!(
        leaves(&proof, &root, 300, &[40, 64]),
        Err(TraceError::Leaf {
            step: 64,
            why: ReadError::ChunkMissing(2)
        })
    );
    assert_eq!(
        leaves(&proof, &root, 300, &[40, 300]),
        Err(TraceError::Leaf {
            step: 300,
            why: ReadError::OutOfBlob
        })
    );
    assert!(matches!(
        leaves(&proof, &root, 299, &[40, 298]),
        Err(TraceError::Proof(_))
    ));
    assert!(matches!(
        leaves(&proof, &root, 0, &[40, 298]),
        Err(TraceError::Proof(ProofError::Blob(_)))
    ));
}

proptest! {
    #[test]
    fn any_leaves_of_any_trace_open(steps in 1u32..5_000, picks in prop::collection::vec(any::<u32>(), 1..64)) {
        let trace = a_trace(steps);
        let wanted: Vec<u32> = picks.iter().map(|pick| pick % steps).collect();
        let expected: Vec<_> = wanted.iter().map(|step| trace[*step as usize]).collect();
        let proof = proof_of(&trace, &wanted);
        prop_assert_eq!(leaves(&proof, &trace::root(&trace), steps, &wanted), Ok(expected));
    }
}

//! What becomes of whoever withholds data, and of whoever says so without reason.

mod demands;
mod inquiries;
mod sequences;

use crate::{mock::*, Error, Event, QuestionsAbout, Stage, MAX_DEMANDS, MAX_INQUIRIES};
use edgeproof_primitives::{BlobHash, ChunkProof};
use edgeproof_proofs::Outboard;
use polkadot_sdk::polkadot_sdk_frame::testing_prelude::*;

/// Three chunks, the last of them short.
fn long_output() -> Vec<u8> {
    (0..2_500u32).map(|n| n as u8).collect()
}

fn signed(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

/// A proof of a chunk of an output of a job.
fn proof(id: u64, output: usize, chunk: u32) -> ChunkProof {
    let job = job(id);
    let blob = &job.outputs[output];
    let roots: Vec<BlobHash> = job.roots().into_iter().map(BlobHash).collect();
    ChunkProof {
        roots: if roots.len() == 1 {
            Default::default()
        } else {
            roots.try_into().expect("few outputs")
        },
        opening: Outboard::new(blob)
            .expect("a blob")
            .open_chunk(chunk, &mut &blob[..])
            .expect("it has the chunk"),
    }
}

fn is_open(id: u64) -> bool {
    QuestionsAbout::<Test>::get(id).is_some_and(|questions| questions.open.is_some())
}

/// The judges of the open inquiry, in order.
fn judges(id: u64) -> Vec<AccountId> {
    let open = QuestionsAbout::<Test>::get(id).and_then(|questions| questions.open);
    match open {
        Some(crate::Question::Inquiry(inquiry)) => match inquiry.stage {
            Stage::Judging(judges) => judges.iter().map(|judge| judge.worker.operator).collect(),
            Stage::Drawing { .. } => Vec::new(),
        },
        _ => Vec::new(),
    }
}

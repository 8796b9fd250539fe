//! Questions that a whole worker answers, on a chain in memory.

use crate::{
    chain::memory::{Call, World},
    journal::crash::Fuse,
    work::tests::{program, House, OPERATOR},
};
use edgeproof_client::{result::store_outputs, AccountId, DataAsked, DataQuestion, DataSubject};
use edgeproof_primitives::{BlobHash, JobId};
use edgeproof_proofs::blob_root;

const OUTPUT: [u8; 8] = [7; 8];

fn ask(house: &House, job: JobId, asked: DataAsked, blocks: u32) {
    house.with(|world| {
        world.questions = vec![DataQuestion {
            job,
            asked,
            answer_by: world.block + blocks,
        }]
    });
}

fn judgement(about: DataSubject) -> DataAsked {
    DataAsked::Judgement {
        about,
        judges: vec![(AccountId::from(OPERATOR), None)],
    }
}

/// A job of somebody else.
fn foreign(house: &House) -> JobId {
    let input = house.input();
    house.with(|world| world.assign(&AccountId::from([5; 32]), &program(), &[input], None))
}

fn last_call(world: &World, job: JobId) -> Option<Call> {
    let of_job = world.effective.iter().filter(|sent| sent.job == job);
    of_job.last().map(|sent| sent.call.clone())
}

#[tokio::test]
async fn a_demanded_chunk_is_served_by_whoever_has_it() {
    let house = House::new();
    let job = foreign(&house);
    let output_root = store_outputs(house.store.as_ref(), &[OUTPUT.to_vec()]).unwrap();
    let chunk = DataAsked::Chunk {
        output_root,
        output: 0,
        chunk: 0,
    };
    ask(&house, job, chunk, 2_000);
    let (_drain, _process) = house.worker(&Fuse::never());
    house
        .until("the chunk is served", |world| world.questions.is_empty())
        .await;
    let Some(Call::ServeChunk(proof)) = house.with(|world| last_call(world, job)) else {
        panic!("a chunk was served");
    };
    assert_eq!(proof.opening.verify(&output_root.0, 8, 0).unwrap(), OUTPUT);
}

#[tokio::test]
async fn a_judge_says_what_it_found() {
    let house = House::new();
    let job = foreign(&house);
    let output_root = store_outputs(house.store.as_ref(), &[OUTPUT.to_vec()]).unwrap();
    let missing = BlobHash(blob_root(b"nobody has kept this"));
    let (_drain, _process) = house.worker(&Fuse::never());
    for (about, blocks, available) in [
        (DataSubject::Result(output_root), 2_000, true),
        (DataSubject::Result(missing), 200, false),
        (DataSubject::Input(0), 2_000, true),
    ] {
        ask(&house, job, judgement(about), blocks);
        house
            .until("it is judged", |world| world.questions.is_empty())
            .await;
        let said = house.with(|world| last_call(world, job));
        assert_eq!(said, Some(Call::Judge(available)), "{about:?}");
    }
}

#[tokio::test]
async fn an_input_that_is_long_missing_is_reported_once() {
    let house = House::new();
    let input = house.input();
    std::fs::remove_file(house.store.path(&input.hash)).unwrap();
    let job = house.with(|world| world.assign(&AccountId::from(OPERATOR), &program(), &[input], None));
    let (_drain, _process) = house.worker(&Fuse::never());
    let reports = |world: &World| world.count(job, |call| matches!(call, Call::ReportUnavailable(0)));
    house.until("it is reported", |world| reports(world) == 1).await;
    let later = house.with(|world| world.block) + 60;
    house
        .until("some time passes", |world| world.block >= later)
        .await;
    assert_eq!(house.with(|world| reports(world)), 1);
}

//! A witness shows what the invocation reads: nothing less and nothing more.

use edgeproof_engine::Interpreter;
use edgeproof_kernel::{testing::Random, Source, Verified};
use edgeproof_player::{Place, PlayerError};
use edgeproof_primitives::Witness;
use edgeproof_proofs::{blob_root, trace, MultiProof, Outboard};

use crate::{
    programs::case,
    referee::referee,
    support::{seeds, words, Case},
};

/// A proof of other chunks of the same blob.
fn proof(blob: &[u8], chunks: &[u32]) -> MultiProof {
    let outboard = Outboard::new(blob).expect("not empty");
    outboard.prove(chunks, &mut &blob[..]).expect("at hand")
}

fn sources(program: &Verified, position: u32) -> Vec<Source> {
    let execution = program.execution(position).expect("in the trace");
    let inputs = program.step(execution.step).expect("a step").inputs().len();
    (0..inputs)
        .map(|input| program.source(&execution, input).expect("a source"))
        .collect()
}

/// The witness with the chunks of one input more or fewer; none where there is nothing to change.
fn altered(
    case: &Case,
    all: &[Vec<u8>],
    position: u32,
    witness: &Witness,
    random: &mut Random,
) -> Vec<Witness> {
    let mut others = Vec::new();
    for (input, source) in sources(&case.program, position).into_iter().enumerate() {
        let blob = match source {
            Source::Input(input) => &case.inputs[usize::from(input)],
            Source::Trace(before) => &all[before as usize],
        };
        let read: Vec<u32> = witness.inputs[input]
            .as_ref()
            .map_or(Vec::new(), |proof| proof.chunks.to_vec());
        let chunks = blob.len().div_ceil(1024) as u32;
        let mut with = |read: &[u32]| {
            let mut other = witness.clone();
            other.inputs[input] = (!read.is_empty()).then(|| proof(blob, read));
            others.push(other);
        };
        if !read.is_empty() {
            let mut fewer = read.clone();
            fewer.remove(random.below(read.len() as u32) as usize);
            with(&fewer);
        }
        if (read.len() as u32) < chunks.min(2_048) {
            let unread = (0..chunks)
                .find(|chunk| !read.contains(chunk))
                .expect("one is not read");
            let mut more = read.clone();
            more.push(unread);
            with(&more);
        }
    }
    others
}

#[test]
fn a_random_witness_shows_what_is_read_and_no_other_set_of_chunks_is_accepted() {
    let mut refused = 0;
    for seed in seeds(120) {
        let case = case(seed);
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1 ({})", case.name);
        let all = case.everything(&Interpreter);
        let roots: Vec<[u8; 32]> = all.iter().map(|output| blob_root(output)).collect();
        let trace_root = trace::root(&roots);
        let mut random = Random::new(seed ^ 0x3713);
        let mut player = case.player(Place::Memory, 100_000);
        for _ in 0..4 {
            let position = random.below(case.program.trace_length());
            let step = case.program.execution(position).expect("in the trace").step;
            let plan = &case.program.steps()[step];
            let invocation = random.below(plan.invocations);
            let witness = player
                .witness(&Interpreter, position, invocation)
                .unwrap_or_else(|error| panic!("{hint}: {error}"));
            let judged = referee(&case, position, invocation, &witness, &trace_root);
            let width = usize::from(plan.width);
            let expected = &words(&all[position as usize])[invocation as usize * width..][..width];
            assert_eq!(judged.as_deref(), Ok(expected), "{hint}");

            for other in altered(&case, &all, position, &witness, &mut random) {
                let judged = referee(&case, position, invocation, &other, &trace_root);
                assert!(judged.is_err(), "{hint}: {judged:?}");
                refused += 1;
            }
            let other = Witness {
                trace: match &witness.trace {
                    Some(_) => None,
                    None => Some(proof(trace::bytes(&roots), &[0])),
                },
                ..witness
            };
            assert!(
                referee(&case, position, invocation, &other, &trace_root).is_err(),
                "{hint}"
            );
        }
    }
    println!("{refused} witnesses with a chunk more or less were refused");
    assert!(refused > 0);
}

#[test]
fn what_is_not_there_has_no_witness() {
    let case = case(12);
    let mut player = case.rich_player();
    let steps = case.program.trace_length();
    assert!(matches!(
        player.witness(&Interpreter, steps, 0),
        Err(PlayerError::NoSuchPosition { position, .. }) if position == steps
    ));
    let invocations = case.program.steps()[case.program.execution(0).expect("a step").step].invocations;
    assert!(matches!(
        player.witness(&Interpreter, 0, invocations),
        Err(PlayerError::NoSuchInvocation { position: 0, invocation }) if invocation == invocations
    ));
}

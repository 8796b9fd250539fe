//! What a dispute costs the chain, against the size of the output and the number of steps. Counted, not timed, so that the
//! figures are the same on every machine; `scripts/bench disputes` prints them, with `EDGEPROOF_LARGE=1` up to 128 MiB.

mod chain;
mod party;

use chain::{on_chain, Chain, Keypair};
use codec::Encode;
use edgeproof_engine::Interpreter;
use edgeproof_kernel::builder::{KernelBuilder, ProgramBuilder};
use edgeproof_runtime::*;
use party::{
    assigned,
    liar::{Flip, Liar},
    post, Case, Party, JOB,
};
use polkadot_sdk::{frame_support::weights::Weight, frame_system};

/// Picoseconds of weight in a millisecond.
const MILLISECOND: u64 = 1_000_000_000;
/// Bytes of a signed transaction around its call, at most.
const AROUND_A_CALL: usize = 180;

/// `words` words, written `steps` times over, each from the word before it.
fn case(words: u32, steps: u32) -> Case {
    let kernel = KernelBuilder::new();
    let input = kernel.input();
    let next = input.load(kernel.index()) * 3u32 + kernel.index();
    let kernel = kernel.finish(next);
    let mut program = ProgramBuilder::new();
    let first = program.input(words);
    let last = program.repeat(steps, &[first], |program, states| {
        vec![program.map(&kernel, states, &[], words)]
    });
    program.output(last[0]);
    Case {
        name: format!("{words} words, {steps} steps"),
        program: program.build().expect("within the limits"),
        inputs: vec![(0..words).collect()],
        params: Vec::new(),
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    extrinsics: u32,
    bytes: usize,
    blocks: u32,
    weight: Weight,
}

/// The weight of the last transaction, as it was charged in the end.
fn last_weight() -> Weight {
    let events = System::read_events_no_consensus();
    events
        .filter_map(|record| match record.event {
            RuntimeEvent::System(frame_system::Event::ExtrinsicSuccess { dispatch_info }) => {
                Some(dispatch_info.weight)
            }
            _ => None,
        })
        .last()
        .expect("a transaction has succeeded")
}

/// A dispute between an honest worker and one that changes the last word of the last step, played without a break.
fn cost(words: u32, steps: u32) -> Cost {
    let case = case(words, steps);
    let lie = Liar {
        flips: vec![Flip {
            position: case.program.trace_length() - 1,
            word: words - 1,
            mask: 1,
        }],
        computes_on: true,
    };
    let mut cost = Cost::default();
    on_chain("test", |chain: &mut Chain| {
        let mut honest = Party::join(chain, "//Bob", &case, Interpreter);
        let mut liar = Party::join(chain, "//Charlie", &case, lie);
        post(chain, &case, 2);
        chain.advance_until(5, assigned);
        for party in [&mut honest, &mut liar] {
            party.commit(chain);
        }
        for party in [&mut honest, &mut liar] {
            party.reveal(chain);
        }
        let began = chain.number();
        while Jobs::job(JOB).is_some_and(|job| matches!(job.state, pallet_jobs::JobState::Disputed { .. })) {
            for party in [&mut honest, &mut liar] {
                let Some(call) = party.answer() else { continue };
                let key: Keypair = party.operator.clone();
                let bytes = call.encoded_size();
                if chain.submit(&key, call).is_ok() {
                    cost.extrinsics += 1;
                    cost.bytes += bytes + AROUND_A_CALL;
                    cost.weight += last_weight();
                }
            }
            chain.advance(1);
        }
        cost.blocks = chain.number() - began;
        let receipt = chain.advance_until(200, || Jobs::receipt(JOB));
        assert_eq!(receipt.workers.to_vec(), [honest.operator.account()]);
    });
    cost
}

#[test]
fn a_dispute_of_two_results_costs_little_whatever_its_size() {
    let large = std::env::var_os("EDGEPROOF_LARGE").is_some();
    let mut sizes = vec![
        (1 << 8, 1),
        (1 << 14, 1),
        (1 << 18, 1),
        (1 << 8, 32),
        (1 << 8, 1_024),
        (1 << 8, 4_096),
    ];
    if large {
        sizes.extend([(1 << 22, 1), (1 << 25, 1)]);
    }
    println!("| output | steps | extrinsics | bytes | blocks | weight, ms |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    let mut worst = Cost::default();
    for (words, steps) in sizes {
        let cost = cost(words, steps);
        println!(
            "| {} KiB | {steps} | {} | {} | {} | {:.1} |",
            words / 256,
            cost.extrinsics,
            cost.bytes,
            cost.blocks,
            cost.weight.ref_time() as f64 / MILLISECOND as f64
        );
        worst.extrinsics = worst.extrinsics.max(cost.extrinsics);
        worst.bytes = worst.bytes.max(cost.bytes);
        worst.blocks = worst.blocks.max(cost.blocks);
        worst.weight = worst.weight.max(cost.weight);
    }
    println!(
        "{{\"max_extrinsics\":{},\"max_bytes\":{},\"max_blocks\":{},\"max_weight_ms\":{:.1},\"large\":{large}}}",
        worst.extrinsics,
        worst.bytes,
        worst.blocks,
        worst.weight.ref_time() as f64 / MILLISECOND as f64
    );
    assert!(worst.extrinsics <= 12, "{worst:?}");
    assert!(worst.bytes <= 256 * 1024, "{worst:?}");
    assert!(worst.weight.ref_time() <= 100 * MILLISECOND, "{worst:?}");
}

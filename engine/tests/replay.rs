//! Parts of a trace, computed again, are what the language says.

mod common;

use std::{collections::BTreeMap, ops::ControlFlow};

use common::{engine, seeds};
use edgeproof_engine::{EngineError, Interpreter, Job, Options, Replay, Replayer, Tape};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    testing::{generate, Case, Random},
    Source, Verified,
};

fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Has some outputs and takes others.
#[derive(Default)]
struct Tapes {
    has: BTreeMap<u32, Vec<u8>>,
    taken: BTreeMap<u32, Vec<u8>>,
    /// Breaks off when this position is handed out.
    breaks_at: Option<u32>,
}

impl Tape for Tapes {
    fn supply(&mut self, position: u32) -> ControlFlow<(), Vec<u8>> {
        match self.has.get(&position) {
            Some(bytes) => ControlFlow::Continue(bytes.clone()),
            None => ControlFlow::Break(()),
        }
    }

    fn take(&mut self, position: u32, piece: &[u8]) -> ControlFlow<()> {
        if self.breaks_at == Some(position) {
            return ControlFlow::Break(());
        }
        self.taken.entry(position).or_default().extend_from_slice(piece);
        ControlFlow::Continue(())
    }
}

fn replay(
    replayer: &dyn Replayer,
    case: &Case,
    positions: &[u32],
    wanted: &[u32],
    tape: &mut Tapes,
) -> Result<(), EngineError> {
    let blobs: Vec<Vec<u8>> = case.inputs.iter().map(|words| bytes(words)).collect();
    let job = Job {
        program: &case.program,
        inputs: &blobs.iter().map(Vec::as_slice).collect::<Vec<_>>(),
        params: &case.params,
        samples_per_step: 2,
        seed: 11,
    };
    let replay = Replay {
        job: &job,
        positions,
        wanted,
    };
    replayer.replay(&replay, tape)
}

/// All step outputs.
fn everything(replayer: &dyn Replayer, case: &Case) -> BTreeMap<u32, Vec<u8>> {
    let all: Vec<u32> = (0..case.program.trace_length()).collect();
    let mut tape = Tapes::default();
    replay(replayer, case, &all, &all, &mut tape).unwrap_or_else(|error| panic!("{}: {error}", case.name));
    tape.taken
}

/// All step outputs, by the interpreter and nothing but [`Verified::source`].
fn expected(case: &Case) -> BTreeMap<u32, Vec<u8>> {
    let mut trace: Vec<Vec<u32>> = Vec::new();
    for position in 0..case.program.trace_length() {
        let execution = case.program.execution(position).expect("in the trace");
        let inputs = case.program.step(execution.step).expect("a step").inputs().len();
        let inputs: Vec<&[u32]> = (0..inputs)
            .map(|input| match case.program.source(&execution, input) {
                Some(Source::Input(input)) => &case.inputs[usize::from(input)][..],
                Some(Source::Trace(before)) => &trace[before as usize],
                None => panic!("no source"),
            })
            .collect();
        trace.push(case.program.run_step(execution.step, &case.params, &inputs));
    }
    (0..).zip(trace.iter().map(|words| bytes(words))).collect()
}

#[test]
fn every_step_output_comes_out_though_chains_could_be_merged() {
    let engine = engine(Options::default());
    for seed in seeds(60) {
        let case = generate(seed);
        let expected = expected(&case);
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
        assert_eq!(everything(&Interpreter, &case), expected, "{hint}");
        assert_eq!(everything(&engine, &case), expected, "{hint}");
    }
}

#[test]
fn a_part_is_computed_from_what_is_supplied_and_only_what_is_wanted_comes_out() {
    let engine = engine(Options::default());
    for seed in seeds(40) {
        let case = generate(seed);
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
        let all = everything(&Interpreter, &case);
        let mut random = Random::new(seed ^ 0x9a27);
        let part: Vec<u32> = all.keys().copied().filter(|_| random.one_in(2)).collect();
        let wanted: Vec<u32> = part.iter().copied().filter(|_| random.one_in(2)).collect();
        let replayers: [&dyn Replayer; 2] = [&engine, &Interpreter];
        for replayer in replayers {
            let mut tape = Tapes {
                has: all
                    .iter()
                    .filter(|(position, _)| !part.contains(position))
                    .map(|(position, bytes)| (*position, bytes.clone()))
                    .collect(),
                ..Tapes::default()
            };
            replay(replayer, &case, &part, &wanted, &mut tape)
                .unwrap_or_else(|error| panic!("{hint}: {error}"));
            let expected = wanted.iter().map(|position| (*position, all[position].clone()));
            assert_eq!(tape.taken, expected.collect(), "{hint}");
        }
    }
}

/// Three steps in a row, of outputs that take several pieces to read.
fn long_chain(words: u32) -> Case {
    let k = KernelBuilder::new();
    let x = k.input();
    let next = k.finish(x.load(k.index()) * 5 + k.index());
    let mut p = ProgramBuilder::new();
    let mut last = p.input(words);
    for _ in 0..3 {
        last = p.map(&next, &[last], &[], words);
    }
    p.output(last);
    let program: Verified = p.build().expect("keeps every rule");
    Case {
        name: "chain".into(),
        program,
        inputs: vec![(0..words).collect()],
        params: Vec::new(),
    }
}

#[test]
fn long_outputs_come_piece_by_piece_and_in_segments() {
    let case = long_chain(3_000_001);
    let all = everything(&Interpreter, &case);
    let narrow = engine(Options {
        largest_binding: Some(4 << 20),
        ..Options::default()
    });
    assert!(everything(&narrow, &case) == all);
    let mut tape = Tapes::default();
    tape.has.insert(1, all[&1].clone());
    replay(&narrow, &case, &[2], &[2], &mut tape).expect("computes");
    assert!(tape.taken[&2] == all[&2]);
}

#[test]
fn what_cannot_be_replayed_is_refused_and_a_tape_can_break_off() {
    let case = long_chain(100);
    let engine = engine(Options::default());
    let replayers: [&dyn Replayer; 2] = [&engine, &Interpreter];
    for replayer in replayers {
        let run = |positions: &[u32], tape: &mut Tapes| replay(replayer, &case, positions, positions, tape);
        assert_eq!(
            run(&[0, 3], &mut Tapes::default()),
            Err(EngineError::NoSuchPosition(3))
        );
        assert_eq!(run(&[1], &mut Tapes::default()), Err(EngineError::Cancelled));
        let mut short = Tapes::default();
        short.has.insert(0, vec![0; 396]);
        let refused = EngineError::SuppliedLength {
            position: 0,
            expected: 400,
            found: 396,
        };
        assert_eq!(run(&[1], &mut short), Err(refused));
        let mut breaks = Tapes {
            breaks_at: Some(1),
            ..Tapes::default()
        };
        assert_eq!(run(&[0, 1, 2], &mut breaks), Err(EngineError::Cancelled));
        assert_eq!(breaks.taken.keys().copied().collect::<Vec<_>>(), [0]);
        let mut case = case.clone();
        case.inputs[0].pop();
        let refused = replay(replayer, &case, &[0], &[0], &mut Tapes::default());
        assert!(matches!(refused, Err(EngineError::Job(_))), "{refused:?}");
    }
}

//! What users of the engine rely on.

use std::ops::ControlFlow;

use edgeproof_engine::{
    adapters, AdapterInfo, Engine, EngineError, Execution, Executor, Job, Progress, Replay, Replayer,
    Selection, Tape,
};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    JobError, Verified,
};

fn engine() -> Engine {
    Engine::open(&Selection::Best).expect("an adapter; scripts/setup installs the software one")
}

fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// y[i] = 3 * x[i] + 1, then the product of y and x as packed bytes.
fn two_steps(words: u32) -> Verified {
    let k = KernelBuilder::new();
    let x = k.input();
    let kernel = k.finish(x.load(k.index()) * 3 + 1);
    let mut p = ProgramBuilder::new();
    let x = p.input(words);
    let y = p.map(&kernel, &[x], &[], words);
    let z = p.matmul(y, x, words / 4, words / 4, 16);
    p.output(z);
    p.output(y);
    p.build().expect("keeps every rule")
}

/// Each invocation counts to `rounds`.
fn busy(rounds: u32, words: u32) -> Verified {
    let k = KernelBuilder::new();
    let state = k.var(k.index());
    k.for_loop(rounds, |i| state.set((state * 1_664_525 + 1_013_904_223) ^ i));
    let kernel = k.finish(state);
    let mut p = ProgramBuilder::new();
    let out = p.map(&kernel, &[], &[], words);
    p.output(out);
    p.build().expect("keeps every rule")
}

fn run(executor: &dyn Executor, program: &Verified, inputs: &[&[u8]]) -> Result<Execution, EngineError> {
    let job = Job {
        program,
        inputs,
        params: &[],
        samples_per_step: 4,
        seed: 7,
    };
    executor.run(&job, &mut |_| ControlFlow::Continue(()))
}

/// Loops that together take far more than the 65,535 iterations after which llvmpipe leaves them.
fn long_loops() -> Verified {
    let k = KernelBuilder::new();
    let rounds = k.param(150_000);
    let state = k.var(k.index());
    k.for_loop(200_000, |i| state.set((state * 1_664_525 + 1_013_904_223) ^ i));
    k.for_loop(rounds, |i| {
        k.if_then(i.gt(k.index() + 140_000), || k.break_loop());
        state.set(state ^ (i << 3u32));
    });
    k.for_loop(500, |i| k.for_loop(300, |j| state.set(state * 5 + (i ^ j))));
    let kernel = k.finish(state);
    let mut p = ProgramBuilder::new();
    let rounds = p.param(150_000);
    let out = p.map(&kernel, &[], &[rounds], 32);
    p.output(out);
    p.build().expect("keeps every rule")
}

#[test]
fn loops_run_to_their_end_however_long_they_are() {
    let program = long_loops();
    let params = [149_999];
    let job = Job {
        program: &program,
        inputs: &[],
        params: &params,
        samples_per_step: 2,
        seed: 7,
    };
    let execution = engine()
        .run(&job, &mut |_| ControlFlow::Continue(()))
        .expect("the adapter computes it");
    let expected = program.run(&[], &params).expect("the parameters fit");
    assert_eq!(execution.outputs, vec![bytes(&expected[0])]);
}

#[test]
fn an_adapter_is_found_and_described() {
    let found = adapters();
    assert!(!found.is_empty());
    assert!(found
        .iter()
        .all(|adapter| adapter.largest_buffer >= 128 << 20 && !adapter.name.is_empty()));
}

#[test]
fn an_adapter_that_is_not_there_is_named_with_those_that_are() {
    let Err(EngineError::NoSuchAdapter { wanted, found }) = Engine::open(&Selection::Named("abacus".into()))
    else {
        panic!("there is no such adapter")
    };
    assert_eq!(wanted, "abacus");
    assert_eq!(found.len(), adapters().len());
}

#[test]
fn the_adapter_conforms() {
    let report = engine().conformance().expect("the adapter works");
    println!(
        "{} programs, {} words, {:?}",
        report.programs, report.words, report.elapsed
    );
    assert!(report.passed(), "{:#?}", report.disagreements);
    assert!(report.programs > 70);
}

#[test]
fn a_program_of_two_steps_runs_and_is_rechecked() {
    let program = two_steps(64);
    let x: Vec<u32> = (0..64u32).map(|i| i.wrapping_mul(0x9e37_79b9)).collect();
    let execution = run(&engine(), &program, &[&bytes(&x)]).expect("runs");
    let expected: Vec<Vec<u8>> = program
        .run(&[x], &[])
        .expect("runs")
        .iter()
        .map(|words| bytes(words))
        .collect();
    assert_eq!(execution.outputs, expected);
    assert_eq!(execution.rechecked, 8);
}

#[test]
fn more_invocations_than_one_row_of_workgroups_run() {
    let words = 65_535 * 64 + 1000;
    let program = busy(0, words);
    let execution = run(&engine(), &program, &[]).expect("runs");
    let out = &execution.outputs[0];
    assert_eq!(out.len(), words as usize * 4);
    assert!(out
        .chunks(4)
        .zip(0u32..)
        .all(|(word, index)| word == index.to_le_bytes()));
}

#[test]
fn a_long_run_is_cut_into_dispatches_and_can_be_cancelled() {
    let program = busy(20_000, 4096);
    let job = Job {
        program: &program,
        inputs: &[],
        params: &[],
        samples_per_step: 0,
        seed: 0,
    };
    let mut reports: Vec<Progress> = Vec::new();
    let engine = engine();
    let cancelled = engine.run(&job, &mut |progress| {
        reports.push(progress);
        if reports.len() == 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!(cancelled, Err(EngineError::Cancelled));
    assert_eq!(reports.len(), 2);
    assert!(reports[1].operations < reports[1].total_operations);
    assert_eq!(reports[1].total_operations, program.operations());
    engine
        .run(&job, &mut |_| ControlFlow::Continue(()))
        .expect("the engine works on after a cancelled run");
}

#[test]
fn inputs_that_do_not_fit_are_refused_before_anything_runs() {
    let (engine, program) = (engine(), two_steps(64));
    assert_eq!(
        run(&engine, &program, &[&[0; 255]]),
        Err(EngineError::NotWords { input: 0, bytes: 255 })
    );
    assert_eq!(
        run(&engine, &program, &[&[0; 252]]),
        Err(EngineError::Job(JobError::InputLength {
            input: 0,
            expected: 64,
            found: 63
        }))
    );
    assert_eq!(
        run(&engine, &program, &[]),
        Err(EngineError::Job(JobError::InputCount {
            expected: 1,
            found: 0
        }))
    );
}

#[test]
fn kernels_are_compiled_once() {
    let (engine, program) = (engine(), busy(3, 64));
    let first = run(&engine, &program, &[]).expect("runs").timings.compile;
    let second = run(&engine, &program, &[]).expect("runs").timings.compile;
    assert!(second < first, "{second:?} after {first:?}");
}

/// An executor may be wrapped by one that lies, as the whole-system tests do.
struct Liar(Engine);

impl Replayer for Liar {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        self.0.replay(replay, tape)
    }
}

impl Executor for Liar {
    fn adapter(&self) -> &AdapterInfo {
        self.0.adapter()
    }

    fn run(
        &self,
        job: &Job<'_>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError> {
        let mut execution = self.0.run(job, progress)?;
        execution.outputs[0][0] ^= 1;
        Ok(execution)
    }
}

#[test]
fn a_lying_executor_can_take_the_place_of_the_engine() {
    let (honest, program) = (engine(), busy(3, 64));
    let truth = run(&honest, &program, &[]).expect("runs");
    let lie = run(&Liar(honest), &program, &[]).expect("runs");
    assert_ne!(truth.outputs, lie.outputs);
}

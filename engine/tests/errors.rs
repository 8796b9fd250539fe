//! What goes wrong around a run, and what is said about it.

use std::{
    ops::ControlFlow,
    process::{Command, Stdio},
};

use edgeproof_engine::{adapters, Engine, EngineError, Execution, Executor, Job, Options, Selection};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    limits, JobError, ParamError, Verified,
};

fn engine() -> Engine {
    Engine::open(&Selection::Best).expect("an adapter; scripts/setup installs the software one")
}

fn run(
    engine: &Engine,
    program: &Verified,
    inputs: &[&[u8]],
    params: &[u32],
) -> Result<Execution, EngineError> {
    let job = Job {
        program,
        inputs,
        params,
        samples_per_step: 1,
        seed: 7,
    };
    engine.run(&job, &mut |_| ControlFlow::Continue(()))
}

/// z[i] = x[i] + y[i] * p for p up to 9, over 16 words, twice.
fn weighted_sum() -> Verified {
    let k = KernelBuilder::new();
    let (x, y, p) = (k.input(), k.input(), k.param(9));
    let kernel = k.finish(x.load(k.index()) + y.load(k.index()) * p.get());
    let mut program = ProgramBuilder::new();
    let (x, y) = (program.input(16), program.input(16));
    let p = program.param(9);
    let once = program.map(&kernel, &[x, y], &[p], 16);
    let twice = program.map(&kernel, &[once, y], &[p], 16);
    program.output(twice);
    program.build().expect("keeps every rule")
}

/// Buffers of the largest size, all alive at the same time; the output is one word.
fn hungry(buffers: u8) -> Verified {
    let k = KernelBuilder::new();
    let fill = k.finish(k.index());
    let k = KernelBuilder::new();
    let (x, y) = (k.input(), k.input());
    let add = k.finish(x.load(k.index()) + y.load(k.index()));
    let mut program = ProgramBuilder::new();
    let filled: Vec<_> = (0..buffers)
        .map(|_| program.map(&fill, &[], &[], limits::BUFFER_WORDS))
        .collect();
    let mut sum = filled[0];
    for buffer in &filled {
        sum = program.map(&add, &[sum, *buffer], &[], 1);
    }
    program.output(sum);
    program.build().expect("keeps every rule")
}

#[test]
fn the_software_adapter_is_found_or_said_to_be_missing() {
    let software = adapters().into_iter().find(|adapter| adapter.is_software());
    match Engine::open(&Selection::Software) {
        Ok(engine) => assert_eq!(Some(engine.adapter()), software.as_ref()),
        Err(error) => {
            assert_eq!(software, None);
            let EngineError::NoSuchAdapter { wanted, .. } = error else {
                panic!("{error}")
            };
            assert_eq!(wanted, "software");
        }
    }
}

/// Inputs, parameters, and what is said about them.
type Misfit<'a> = (&'a [&'a [u8]], &'a [u32], EngineError);

#[test]
fn a_job_that_does_not_fit_its_program_is_refused_before_anything_runs() {
    let (engine, program) = (engine(), weighted_sum());
    let (good, odd, short): (&[u8], &[u8], &[u8]) = (&[1; 64], &[1; 63], &[1; 60]);
    let param = |error| EngineError::Job(JobError::Param(error));
    let count = |found| EngineError::Job(JobError::InputCount { expected: 2, found });
    let cases: [Misfit<'_>; 8] = [
        (&[good, odd], &[1], EngineError::NotWords { input: 1, bytes: 63 }),
        (&[], &[1], count(0)),
        (&[good], &[1], count(1)),
        (&[good, good, good], &[1], count(3)),
        (
            &[good, short],
            &[1],
            EngineError::Job(JobError::InputLength {
                input: 1,
                expected: 16,
                found: 15,
            }),
        ),
        (
            &[good, good],
            &[],
            param(ParamError::Count {
                expected: 1,
                found: 0,
            }),
        ),
        (
            &[good, good],
            &[1, 1],
            param(ParamError::Count {
                expected: 1,
                found: 2,
            }),
        ),
        (
            &[good, good],
            &[10],
            param(ParamError::AboveMaximum {
                param: 0,
                value: 10,
                maximum: 9,
            }),
        ),
    ];
    for (inputs, params, expected) in cases {
        let job = Job {
            program: &program,
            inputs,
            params,
            samples_per_step: 1,
            seed: 7,
        };
        let refused = engine.run(&job, &mut |progress| panic!("{progress:?} of {expected}"));
        assert_eq!(refused, Err(expected.clone()));
    }
    run(&engine, &program, &[good, good], &[9]).expect("the job that fits runs");
}

#[test]
fn a_run_can_be_cancelled_after_any_dispatch_and_leaves_the_engine_as_it_was() {
    // Fused, the program would be one dispatch.
    let options = Options {
        fusion: false,
        ..Options::default()
    };
    let engine = Engine::open_with(&Selection::Best, options).expect("an adapter");
    let program = weighted_sum();
    let inputs: [&[u8]; 2] = [&[1; 64], &[2; 64]];
    let whole = run(&engine, &program, &inputs, &[3]).expect("runs");
    for last in 0..program.steps().len() {
        let job = Job {
            program: &program,
            inputs: &inputs,
            params: &[3],
            samples_per_step: 1,
            seed: 7,
        };
        let mut steps = Vec::new();
        let cancelled = engine.run(&job, &mut |progress| {
            steps.push(progress.step);
            if progress.step == last {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert_eq!(cancelled, Err(EngineError::Cancelled));
        assert_eq!(steps, (0..=last).collect::<Vec<_>>());
        let again = run(&engine, &program, &inputs, &[3]).expect("runs");
        assert_eq!(again.outputs, whole.outputs);
    }
}

#[test]
fn the_largest_buffer_of_the_language_runs_however_little_the_adapter_binds() {
    for largest_binding in [None, Some(24 << 20)] {
        let options = Options {
            largest_binding,
            ..Options::default()
        };
        let engine = Engine::open_with(&Selection::Best, options).expect("an adapter");
        let execution = run(&engine, &hungry(1), &[], &[]).expect("is bound in segments");
        assert_eq!(execution.outputs, [0u32.to_le_bytes()]);
    }
}

/// Run by the next test, with less memory than it needs.
#[test]
#[ignore = "needs a limit of memory"]
fn starved() {
    let engine = Engine::open(&Selection::Software).expect("the next test has looked");
    let program = hungry(30);
    let small: [&[u8]; 2] = [&[1; 64], &[2; 64]];
    for _ in 0..2 {
        let error = run(&engine, &program, &[], &[]).expect_err("there is too little memory");
        let needed = program.peak_bytes();
        assert_eq!(error, EngineError::OutOfMemory { needed });
        run(&engine, &weighted_sum(), &small, &[3]).expect("a smaller job still runs");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_job_that_exceeds_the_memory_is_refused_with_what_it_needs() {
    if !adapters().iter().any(|adapter| adapter.is_software()) {
        // The limit below does not reach the memory of a card.
        return;
    }
    let limited = "ulimit -v 1500000; exec \"$0\" --exact starved --ignored --nocapture";
    let test = std::env::current_exe().expect("a test knows its own path");
    let output = Command::new("bash")
        .args(["-c", limited])
        .arg(test)
        .env("LP_NUM_THREADS", "1")
        .stdin(Stdio::null())
        .output()
        .expect("bash runs");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
}

//! The interpreter means the same as wasm, where validators run it, and is quick enough there.
//!
//! `EDGEPROOF_SEED` chooses the first seed, `EDGEPROOF_CASES` how many follow; a failure names its seed.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use codec::Encode;
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    limits,
    testing::{corners, generate, Case},
    Source,
};
use edgeproof_kernel_wasm::{Request, WASM_BINARY_BLOATY};
use wasmtime::{Config, Engine, Instance, Memory, Module, OptLevel, Store, TypedFunc};

const CASES: u64 = 1_000;

struct Guest {
    store: Store<()>,
    memory: Memory,
    reserve: TypedFunc<u32, u32>,
    invoke: TypedFunc<(), i32>,
    word: TypedFunc<u32, u32>,
}

impl Guest {
    fn new() -> Result<Self> {
        let mut config = Config::new();
        // As the executor of the node compiles a runtime.
        config.cranelift_opt_level(OptLevel::SpeedAndSize);
        let engine = Engine::new(&config)?;
        let module = Module::new(&engine, WASM_BINARY_BLOATY.context("built with SKIP_WASM_BUILD")?)?;
        let mut store = Store::new(&engine, ());
        let memory_type = module.imports().find_map(|import| import.ty().memory().cloned());
        let imported = memory_type
            .map(|kind| Memory::new(&mut store, kind))
            .transpose()?;
        let imports: Vec<_> = imported.map(Into::into).into_iter().collect();
        let instance = Instance::new(&mut store, &module, &imports)?;
        let memory = match imported {
            Some(memory) => memory,
            None => instance.get_memory(&mut store, "memory").context("a memory")?,
        };
        Ok(Self {
            memory,
            reserve: instance.get_typed_func(&mut store, "reserve")?,
            invoke: instance.get_typed_func(&mut store, "invoke")?,
            word: instance.get_typed_func(&mut store, "word")?,
            store,
        })
    }

    fn answer(&mut self, request: &Request) -> Result<Option<Vec<u32>>> {
        let bytes = request.encode();
        let at = self.reserve.call(&mut self.store, u32::try_from(bytes.len())?)?;
        self.memory.write(&mut self.store, usize::try_from(at)?, &bytes)?;
        let Ok(count) = u32::try_from(self.invoke.call(&mut self.store, ())?) else {
            return Ok(None);
        };
        let words = (0..count).map(|n| self.word.call(&mut self.store, n));
        Ok(Some(words.collect::<Result<_>>()?))
    }
}

/// Requests for the first, a middle and the last invocation of every execution of a case.
fn requests(case: &Case) -> Vec<Request> {
    let program = case.program.program().encode();
    let mut trace: Vec<Vec<u32>> = Vec::new();
    let mut requests = Vec::new();
    for position in 0..case.program.trace_length() {
        let execution = case.program.execution(position).expect("within the trace");
        let step = case.program.step(execution.step).expect("there");
        let inputs: Vec<Vec<u32>> = (0..step.inputs().len())
            .map(|input| match case.program.source(&execution, input) {
                Some(Source::Input(input)) => case.inputs[usize::from(input)].clone(),
                Some(Source::Trace(before)) => trace[before as usize].clone(),
                None => panic!("no source"),
            })
            .collect();
        let request = |index| Request {
            program: program.clone(),
            step: u32::try_from(execution.step).expect("small"),
            index,
            params: case.params.clone(),
            inputs: inputs.clone(),
        };
        let last = case.program.steps()[execution.step].invocations - 1;
        requests.extend([0, last / 2, last].map(request));
        let slices: Vec<&[u32]> = inputs.iter().map(Vec::as_slice).collect();
        let words = (0..=last).flat_map(|index| {
            let mut reader = edgeproof_kernel::Slices(&slices);
            let output = case
                .program
                .invoke(execution.step, index, &case.params, &mut reader);
            output.expect("runs").words().to_vec()
        });
        trace.push(words.collect());
    }
    requests
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().expect("the variable is a number"))
}

#[test]
fn random_programs_and_corner_cases_mean_the_same_as_wasm() -> Result<()> {
    let clock = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let first = number("EDGEPROOF_SEED").unwrap_or(clock << 20);
    let cases = number("EDGEPROOF_CASES").unwrap_or(CASES);
    println!("{cases} programs from EDGEPROOF_SEED={first}");
    let mut guest = Guest::new()?;
    let mut compared = 0;
    for case in corners().into_iter().chain((first..first + cases).map(generate)) {
        for request in requests(&case) {
            let expected = request.answer();
            assert!(expected.is_some(), "{}: the invocation is there", case.name);
            let found = guest.answer(&request)?;
            assert_eq!(
                found, expected,
                "{}, step {}, invocation {}",
                case.name, request.step, request.index
            );
            compared += 1;
        }
    }
    println!("{compared} invocations agree");
    Ok(())
}

#[test]
fn what_is_not_a_program_is_refused_as_wasm() -> Result<()> {
    let mut guest = Guest::new()?;
    let request = Request {
        program: vec![1, 2, 3],
        step: 0,
        index: 0,
        params: Vec::new(),
        inputs: Vec::new(),
    };
    assert_eq!(guest.answer(&request)?, None);
    Ok(())
}

#[test]
fn the_dearest_invocation_is_refereed_within_one_block_as_wasm() -> Result<()> {
    let k = KernelBuilder::new();
    let state = k.var(k.index());
    k.for_loop(999_998, |i| state.set((state * 1_664_525 + 1_013_904_223) ^ i));
    let kernel = k.finish(state);
    let mut p = ProgramBuilder::new();
    let out = p.map(&kernel, &[], &[], 1);
    p.output(out);
    let program = p.build()?;
    let operations = program.operations();
    assert!(operations > limits::OPERATIONS - 10);
    let request = Request {
        program: program.program().encode(),
        step: 0,
        index: 0,
        params: Vec::new(),
        inputs: Vec::new(),
    };

    let mut guest = Guest::new()?;
    let expected = request.answer();
    let mut best = std::time::Duration::MAX;
    for _ in 0..5 {
        let started = Instant::now();
        assert_eq!(guest.answer(&request)?, expected);
        best = best.min(started.elapsed());
    }
    println!(
        "{:.0} million operations per second, {operations} in {best:?}",
        operations as f64 / best.as_secs_f64() / 1e6
    );
    // A whole block, because the machine also builds and tests other things.
    assert!(best.as_secs() < 3, "{best:?}");
    Ok(())
}

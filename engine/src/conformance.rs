//! Does this adapter, with this driver, mean what the language says?

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use edgeproof_kernel::{
    builder::ProgramBuilder,
    testing::{corners, generate, Case, Random},
};
use serde::Serialize;

use crate::{recheck::words, Engine, EngineError, Executor, Job};

/// Random programs that are tried besides the corner cases.
const RANDOM_PROGRAMS: u64 = 16;

/// Rows, columns and depth of products that are tried in the tiles that work will run in: whole loads and single
/// words, with ragged edges.
const PRODUCTS: [[u32; 3]; 4] = [[90, 250, 256], [33, 300, 36], [70, 7, 64], [1, 130, 400]];

/// What a comparison of an adapter with the interpreter found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConformanceReport {
    /// Programs that were run.
    pub programs: usize,
    /// Words that were compared.
    pub words: u64,
    pub elapsed: Duration,
    /// The first wrong word of each program that has one.
    pub disagreements: Vec<Disagreement>,
}

/// A word that the adapter computes otherwise than the interpreter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    pub program: String,
    /// Position among the program's outputs.
    pub output: usize,
    pub word: usize,
    pub expected: u32,
    pub found: u32,
}

impl ConformanceReport {
    /// Whether the adapter may take work.
    pub fn passed(&self) -> bool {
        self.disagreements.is_empty()
    }
}

pub(crate) fn conformance(engine: &Engine) -> Result<ConformanceReport, EngineError> {
    let started = Instant::now();
    let mut report = ConformanceReport {
        programs: 0,
        words: 0,
        elapsed: Duration::ZERO,
        disagreements: Vec::new(),
    };
    let cases = corners()
        .into_iter()
        .chain((0..RANDOM_PROGRAMS).map(generate))
        .chain(PRODUCTS.iter().filter_map(product));
    for case in cases {
        let (compared, disagreement) = engine.compare(&case)?;
        report.programs += 1;
        report.words += compared;
        report.disagreements.extend(disagreement);
    }
    report.elapsed = started.elapsed();
    Ok(report)
}

fn product([m, n, k]: &[u32; 3]) -> Option<Case> {
    let mut random = Random::new(u64::from(m * n));
    let mut operand = |rows: u32| (0..rows * k / 4).map(|_| random.corner()).collect();
    let inputs = vec![operand(*m), operand(*n)];
    let mut program = ProgramBuilder::new();
    let (a, b) = (program.input(m * k / 4), program.input(n * k / 4));
    let out = program.matmul(a, b, *m, *n, *k);
    program.output(out);
    Some(Case {
        name: format!("product of {m} x {n} x {k}"),
        program: program.build().ok()?,
        inputs,
        params: Vec::new(),
    })
}

impl Engine {
    /// Runs a case here and in the interpreter: the words compared, and the first that differs.
    ///
    /// # Errors
    /// When the adapter fails.
    pub fn compare(&self, case: &Case) -> Result<(u64, Option<Disagreement>), EngineError> {
        let blobs: Vec<Vec<u8>> = case
            .inputs
            .iter()
            .map(|words| words.iter().flat_map(|word| word.to_le_bytes()).collect())
            .collect();
        let job = Job {
            program: &case.program,
            inputs: &blobs.iter().map(Vec::as_slice).collect::<Vec<_>>(),
            params: &case.params,
            samples_per_step: 0,
            seed: 0,
        };
        let execution = self.run(&job, &mut |_| ControlFlow::Continue(()))?;
        let expected = case.program.run(&case.inputs, &case.params)?;
        let mut compared = 0;
        for (output, (expected, found)) in expected.iter().zip(&execution.outputs).enumerate() {
            let found = words(found);
            compared += expected.len() as u64;
            if let Some(word) = (0..expected.len()).find(|word| expected.get(*word) != found.get(*word)) {
                let disagreement = Disagreement {
                    program: case.name.clone(),
                    output,
                    word,
                    expected: expected[word],
                    found: found.get(word).copied().unwrap_or(0),
                };
                return Ok((compared, Some(disagreement)));
            }
        }
        Ok((compared, None))
    }
}

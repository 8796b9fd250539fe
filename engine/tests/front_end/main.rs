//! A source means the same to us as to everyone else: the interpreter on the lowered kernel, the shader generated from
//! it, and the original source as naga and the driver compile it.
//!
//! `EDGEPROOF_SEED` chooses the first seed of the random sources, `EDGEPROOF_CASES` how many follow; a failure names
//! its seed.

#[path = "../common/mod.rs"]
mod common;
mod generate;
mod original;

use std::ops::ControlFlow;

use common::seeds;
use edgeproof_engine::{Engine, Executor, Job, Selection};
use edgeproof_shader::front::{named_program_from_wgsl, NamedProgram, Refusal, Sizes};
use original::Original;

const CASES: u64 = 60;
/// Operations of an invocation up to which its source runs as it is.
const LONGEST: u64 = 200_000;

/// Sources with meaning on every driver, and parameter words for them.
const SOURCES: [(&str, &str, &[&[u32]]); 6] = [
    (
        "sha256",
        include_str!("../../../shader/tests/sources/sha256.wgsl"),
        &[&[]],
    ),
    (
        "mandelbrot",
        include_str!("../../../shader/tests/sources/mandelbrot.wgsl"),
        &[&[100, 4096], &[0, 1], &[200, 2500]],
    ),
    (
        "life",
        include_str!("../../../shader/tests/sources/life.wgsl"),
        &[&[]],
    ),
    (
        "sort",
        include_str!("../../../shader/tests/sources/sort.wgsl"),
        &[&[]],
    ),
    (
        "builtins",
        include_str!("../../../shader/tests/sources/builtins.wgsl"),
        &[&[]],
    ),
    (
        "control",
        include_str!("../../../shader/tests/sources/control.wgsl"),
        &[&[40, 0, 0], &[13, u32::MAX - 4, 7]],
    ),
];

struct Case<'a> {
    name: &'a str,
    source: &'a str,
    named: NamedProgram,
    inputs: Vec<Vec<u32>>,
    params: &'a [u32],
}

impl<'a> Case<'a> {
    /// Nothing for a source that is only too large.
    fn new(name: &'a str, source: &'a str, params: &'a [u32], seed: u64) -> Option<Self> {
        let named = match named_program_from_wgsl(name, source, &Sizes::default()) {
            Ok(named) => named,
            Err(refused) => match refused.refusal() {
                Refusal::Rejected(_) | Refusal::BlocksTooDeep | Refusal::LocalWords(_) => return None,
                _ => panic!("{refused}\n{source}"),
            },
        };
        // The software adapter leaves the loops of an invocation after 65,535 rounds; the source as it is has no way
        // around that.
        let step = &named.program.steps()[0];
        if step.operations / u64::from(step.invocations) > LONGEST {
            return None;
        }
        let mut random = generate::Random::new(seed);
        let lengths = named.program.input_words();
        let inputs = lengths
            .into_iter()
            .map(|words| (0..words).map(|_| random.word()).collect())
            .collect();
        Some(Self {
            name,
            source,
            named,
            inputs,
            params,
        })
    }

    fn interpreted(&self) -> Vec<u32> {
        let mut outputs = self
            .named
            .program
            .run(&self.inputs, self.params)
            .expect("the job fits");
        outputs.remove(0)
    }

    fn generated(&self, engine: &Engine) -> Vec<u32> {
        let bytes: Vec<Vec<u8>> = self
            .inputs
            .iter()
            .map(|words| words.iter().flat_map(|word| word.to_le_bytes()).collect())
            .collect();
        let inputs: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
        let job = Job {
            program: &self.named.program,
            inputs: &inputs,
            params: self.params,
            samples_per_step: 0,
            seed: 0,
        };
        let done = engine
            .run(&job, &mut |_| ControlFlow::Continue(()))
            .expect("runs");
        done.outputs[0]
            .chunks(4)
            .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
            .collect()
    }

    fn check(&self, engine: &Engine, original: &Original) {
        let expected = self.interpreted();
        let place = |found: &[u32]| found.iter().zip(&expected).position(|(a, b)| a != b);
        let generated = self.generated(engine);
        assert_eq!(
            place(&generated),
            None,
            "{}: generated\n{}",
            self.name,
            self.source
        );
        let width = self.named.program.steps()[0].width;
        let run = original.run(
            self.source,
            &self.inputs,
            self.params,
            expected.len(),
            usize::from(width),
        );
        let first = place(&run);
        assert_eq!(
            first.map(|at| (at, run[at], expected[at])),
            None,
            "{}: word, original, lowered\n{}",
            self.name,
            self.source
        );
    }
}

#[test]
fn sources_mean_what_their_authors_see_elsewhere() {
    let engine = Engine::open(&Selection::Best).expect("an adapter");
    let original = Original::open();
    for (name, source, jobs) in SOURCES {
        for (params, seed) in jobs.iter().zip(1..) {
            let case = Case::new(name, source, params, seed).expect("fits");
            case.check(&engine, &original);
        }
    }
}

#[test]
fn random_sources_mean_the_same_lowered_and_as_they_are() {
    let seeds = seeds(CASES);
    let cases = seeds.end - seeds.start;
    let engine = Engine::open(&Selection::Best).expect("an adapter");
    let original = Original::open();
    let mut checked = 0;
    for seed in seeds {
        let source = generate::source(seed);
        let name = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
        if let Some(case) = Case::new(&name, &source, &[5, 3_000_000_000], seed) {
            case.check(&engine, &original);
            checked += 1;
        }
    }
    println!("{checked} of {cases} fit");
    assert!(checked * 2 > cases, "most sources fit");
}

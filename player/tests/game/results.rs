//! Published results: where they are wrong, how that was found out, and its proof in one call.

use edgeproof_engine::{EngineError, Interpreter, Replay, Replayer, Tape};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    testing::Random,
    BufferId, Source,
};
use edgeproof_player::{Means, Place, Player, PlayerError};
use edgeproof_proofs::{blob_root, output_root};

use crate::{
    programs::case,
    referee::element,
    support::{seeds, Case, Counting},
};

/// Executes nothing.
struct Refuses;

impl Replayer for Refuses {
    fn replay(&self, _: &Replay<'_>, _: &mut dyn Tape) -> Result<(), EngineError> {
        Err(EngineError::NoAdapter)
    }
}

fn slices(blobs: &[Vec<u8>]) -> Vec<&[u8]> {
    blobs.iter().map(Vec::as_slice).collect()
}

fn flip(blob: &mut [u8], word: u32) {
    blob[word as usize * 4 + 1] ^= 4;
}

/// The first output that a check finds wrong, and its first wrong word.
fn first_wrong(player: &mut Player, outputs: &[Vec<u8>]) -> Option<(u8, u32)> {
    let checked = player.check(&Interpreter, &slices(outputs)).expect("computes");
    checked
        .iter()
        .find_map(|checked| Some((checked.output, checked.wrong?)))
}

#[test]
fn the_first_of_random_wrong_words_of_a_published_result_is_found() {
    for seed in seeds(100) {
        let case = case(seed);
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1 ({})", case.name);
        let mut random = Random::new(seed ^ 0xf1f1);
        let mut outputs = case.outputs(&Interpreter);
        let budget = random.pick(&[0, u64::MAX]).expect("one");
        let mut player = case.player(Place::Memory, budget);
        if random.one_in(2) {
            player.trace_opening(&Interpreter).expect("computes");
        }
        assert_eq!(first_wrong(&mut player, &outputs), None, "{hint}");

        let mut wrong = (u8::MAX, u32::MAX);
        for _ in 0..=random.below(3) {
            let output = random.below(outputs.len() as u32) as usize;
            let word = random.below(outputs[output].len() as u32 / 4);
            // Twice the same would make it right again.
            outputs[output][word as usize * 4] |= 1;
            outputs[output][word as usize * 4 + 3] = outputs[output][word as usize * 4 + 3].wrapping_add(1);
            wrong = wrong.min((output as u8, word));
        }
        assert_eq!(first_wrong(&mut player, &outputs), Some(wrong), "{hint}");
    }
}

/// Products of inputs, one of them read on, and a product of something computed.
fn products() -> Case {
    let (m, n, k) = (40, 30, 64);
    let kernel = KernelBuilder::new();
    let sums = kernel.input();
    let folded = kernel.finish(sums.load(kernel.index()) ^ sums.load(kernel.index() + 1));
    let mut p = ProgramBuilder::new();
    let (a, b) = (p.input(m * k / 4), p.input(n * k / 4));
    let c = p.matmul(a, b, m, n, k);
    let d = p.map(&folded, &[c], &[], m * k / 4);
    let e = p.matmul(d, b, m, n, k);
    let f = p.matmul(b, a, n, m, k);
    for out in [c, d, e, f] {
        p.output(out);
    }
    let mut random = Random::new(7);
    let mut operand = |rows: u32| (0..rows * k / 4).map(|_| random.word()).collect();
    let inputs: Vec<Vec<u32>> = vec![operand(m), operand(n)];
    Case::new(
        "products",
        p.build().expect("keeps every rule"),
        &inputs,
        Vec::new(),
    )
}

#[test]
fn products_of_inputs_are_checked_without_computing_them_and_the_rest_is_replayed() {
    let case = products();
    let right = case.outputs(&Interpreter);
    let means = [Means::Freivalds, Means::Replay, Means::Replay, Means::Freivalds];
    for output in 0..right.len() {
        let mut published = right.clone();
        let last = published[output].len() as u32 / 4 - 1;
        for word in [7, last] {
            flip(&mut published[output], word);
        }
        let checked = case
            .rich_player()
            .check(&Interpreter, &slices(&published))
            .expect("computes");
        for (at, checked) in checked.into_iter().enumerate() {
            assert_eq!((usize::from(checked.output), checked.by), (at, means[at]));
            assert_eq!(checked.wrong, (at == output).then_some(7));
        }
    }
}

#[test]
fn products_alone_need_no_executor() {
    let mut p = ProgramBuilder::new();
    let (a, b) = (p.input(64), p.input(64));
    let c = p.matmul(a, b, 16, 16, 16);
    p.output(c);
    let inputs = vec![(0..64u32).map(|i| i.wrapping_mul(0x0183_0583)).collect(); 2];
    let case = Case::new(
        "product",
        p.build().expect("keeps every rule"),
        &inputs,
        Vec::new(),
    );
    let mut outputs = case.outputs(&Interpreter);
    let mut player = case.rich_player();
    let wrong = |player: &mut Player, outputs: &[Vec<u8>]| {
        player.check(&Refuses, &slices(outputs)).expect("needs none")[0].wrong
    };
    assert_eq!(wrong(&mut player, &outputs), None);
    // Wrong by 2^31, which the check modulo 2^32 would pass.
    outputs[0][4 * 77 + 3] ^= 0x80;
    assert_eq!(wrong(&mut player, &outputs), Some(77));
}

#[test]
fn a_check_of_one_output_computes_no_more_than_leads_to_it() {
    let k = KernelBuilder::new();
    let x = k.input();
    let next = k.finish(x.load(k.index()) * 3 + 1);
    let mut p = ProgramBuilder::new();
    let (x, b) = (p.input(64), p.input(64));
    let product = p.matmul(x, b, 16, 16, 16);
    let mut last: BufferId = x;
    for _ in 0..9 {
        last = p.map(&next, &[last], &[], 64);
    }
    let aside = p.map(&next, &[product], &[], 256);
    p.output(product);
    p.output(last);
    let _ = aside;
    let inputs = vec![(0..64).collect(), (64..128).collect()];
    let case = Case::new("aside", p.build().expect("keeps every rule"), &inputs, Vec::new());
    let outputs = case.outputs(&Interpreter);
    let counting = Counting::default();
    let checked = case.rich_player().check(&counting, &slices(&outputs));
    assert!(checked
        .expect("computes")
        .iter()
        .all(|checked| checked.wrong.is_none()));
    assert_eq!(counting.executed(), 9);
}

#[test]
fn a_random_wrong_word_of_a_step_that_reads_inputs_alone_is_proven_in_one_call() {
    let (mut proven, mut indirect) = (0, 0);
    for seed in seeds(150) {
        let case = case(seed);
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1 ({})", case.name);
        let mut random = Random::new(seed ^ 0xe1e3);
        let right = case.outputs(&Interpreter);
        let output = random.below(right.len() as u32) as usize;
        let word = random.below(right[output].len() as u32 / 4);
        let mut published = right.clone();
        flip(&mut published[output], word);
        let root = |blobs: &[Vec<u8>]| {
            let roots: Vec<[u8; 32]> = blobs.iter().map(|blob| blob_root(blob)).collect();
            output_root(&roots)
        };
        let position = case.program.output_position(output).expect("written");
        let execution = case.program.execution(position).expect("in the trace");
        let invocation = word / u32::from(case.program.steps()[execution.step].width);
        let inputs = case.program.step(execution.step).expect("a step").inputs().len();
        let direct =
            (0..inputs).all(|input| matches!(case.program.source(&execution, input), Some(Source::Input(_))));
        let mut player = case.rich_player();
        let checked = player.check(&Interpreter, &slices(&published)).expect("computes");
        let proof = player.direct_proof(&slices(&published), &checked);
        match proof.unwrap_or_else(|error| panic!("{hint}: {error}")) {
            Some(proof) => {
                assert!(direct, "{hint}");
                assert_eq!(
                    (proof.output, proof.invocation),
                    (output as u8, invocation),
                    "{hint}"
                );
                assert_eq!(element(&case, &proof, &root(&published)), Ok(true), "{hint}");
                assert!(element(&case, &proof, &root(&right)).is_err(), "{hint}");
                let honest = player.element_proof(&slices(&right), output as u8, invocation);
                let honest = honest.expect("the same step");
                assert_eq!(element(&case, &honest, &root(&right)), Ok(false), "{hint}");
                proven += 1;
            }
            None => {
                assert!(!direct, "{hint}");
                let refused = player.element_proof(&slices(&published), output as u8, invocation);
                assert!(matches!(refused, Err(PlayerError::NotDirect(_))), "{hint}");
                indirect += 1;
            }
        }
    }
    println!("{proven} proven in one call, {indirect} need a dispute");
}

#[test]
fn blobs_that_are_not_the_programs_outputs_are_refused() {
    let case = products();
    let mut outputs = case.outputs(&Interpreter);
    let mut player = case.rich_player();
    assert!(matches!(
        player.check(&Refuses, &slices(&outputs[1..])),
        Err(PlayerError::OutputCount {
            expected: 4,
            found: 3
        })
    ));
    assert!(matches!(
        player.element_proof(&slices(&outputs), 4, 0),
        Err(PlayerError::NoSuchOutput(4))
    ));
    assert!(matches!(
        player.element_proof(&slices(&outputs), 0, 1200),
        Err(PlayerError::NoSuchInvocation {
            position: 0,
            invocation: 1200
        })
    ));
    outputs[2].pop();
    assert!(matches!(
        player.check(&Refuses, &slices(&outputs)),
        Err(PlayerError::OutputLength {
            output: 2,
            expected: 4800,
            found: 4799
        })
    ));
}

//! Whatever the verifier accepts runs to its end, on any inputs, and loads no more than was said.
#![no_main]

use edgeproof_kernel::{ReadWords, Step, Verified};
use libfuzzer_sys::fuzz_target;

/// Operations of an invocation that is worth the fuzzer's time.
const OPERATIONS: u64 = 200_000;

/// Buffers whose words depend on where they stand, and a count of what was read.
struct Hash {
    words: u32,
    loads: u64,
}

impl ReadWords for Hash {
    type Error = ();

    fn words(&self, input: u8) -> u32 {
        self.words.rotate_left(u32::from(input))
    }

    fn read(&mut self, input: u8, at: u32) -> Result<u32, ()> {
        assert!(at < self.words(input), "asks for words that are there");
        self.loads += 1;
        Ok(at.wrapping_mul(0x9e37_79b9).rotate_left(u32::from(input)))
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((head, program)) = bytes.split_first_chunk::<12>() else {
        return;
    };
    let word = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let (index, words, param) = (word(0), word(4), word(8));
    let Ok(verified) = Verified::from_bytes(program) else {
        return;
    };
    let maxima = verified.params();
    let params: Vec<u32> = (0..maxima.len())
        .map(|n| param.rotate_left(7 * n as u32).min(maxima[n]))
        .collect();
    for (number, plan) in verified.steps().iter().enumerate().take(8) {
        let invocations = u64::from(plan.invocations);
        if invocations == 0 || plan.operations / invocations > OPERATIONS {
            continue;
        }
        let mut reader = Hash { words, loads: 0 };
        let output = verified.invoke(number, index % plan.invocations, &params, &mut reader);
        let output = output.expect("the reader serves everything");
        assert_eq!(output.words().len(), usize::from(plan.width));
        if let Some(Step::Map(map)) = verified.step(number) {
            let cost = verified.kernel_costs()[usize::from(map.kernel)].with(&verified.step_params(number, &params));
            assert!(reader.loads <= cost.loads, "{} loads where {} were said", reader.loads, cost.loads);
        }
    }
});

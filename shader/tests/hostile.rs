//! Whatever comes in, the front end answers, and what it accepts passes the verifier.
//!
//! `EDGEPROOF_SEED` chooses the seed, `EDGEPROOF_CASES` how many sources are tried; a failure names its seed.

use std::time::{SystemTime, UNIX_EPOCH};

use edgeproof_shader::front::{
    kernel_from_wgsl, named_program_from_toml, named_program_from_wgsl, Refusal, Sizes,
};

const CASES: u64 = 400;

const SOURCES: [&str; 6] = [
    include_str!("sources/sha256.wgsl"),
    include_str!("sources/mandelbrot.wgsl"),
    include_str!("sources/life.wgsl"),
    include_str!("sources/sort.wgsl"),
    include_str!("sources/builtins.wgsl"),
    include_str!("sources/control.wgsl"),
];

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable)
        .ok()
        .map(|text| text.parse().expect("the variable is a number"))
}

fn seeds() -> std::ops::Range<u64> {
    let clock = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("the clock is set")
        .as_secs();
    let first = number("EDGEPROOF_SEED").unwrap_or(clock << 20);
    println!("EDGEPROOF_SEED={first}");
    first..first + number("EDGEPROOF_CASES").unwrap_or(CASES)
}

/// Accepted sources are whole programs of the language: the verifier has seen them. A parser that panicked is a
/// defect to look at, even if it was contained.
fn try_source(source: &str, seed: u64) -> bool {
    let sizes = Sizes {
        invocations: Some(4),
        words: Vec::new(),
    };
    match named_program_from_wgsl("hostile.wgsl", source, &sizes) {
        Ok(_) => true,
        Err(refused) => {
            let text = refused.to_string();
            assert!(text.starts_with("error: "), "EDGEPROOF_SEED={seed}: {text}");
            if let Refusal::ParserPanicked(why) = refused.refusal() {
                println!("EDGEPROOF_SEED={seed}: contained panic of the parser: {why}");
            }
            false
        }
    }
}

/// Words as the tokens of all sources.
fn tokens() -> Vec<&'static str> {
    let all = SOURCES
        .iter()
        .flat_map(|source| source.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_'));
    all.collect()
}

#[test]
fn mutated_sources_are_answered() {
    let tokens = tokens();
    let mut accepted = 0;
    for seed in seeds() {
        let mut random = Random(seed);
        let source = SOURCES[random.below(SOURCES.len())];
        let mut parts: Vec<&str> = source
            .split_inclusive(|c: char| !c.is_alphanumeric() && c != '_')
            .collect();
        for _ in 0..=random.below(3) {
            let (at, other) = (random.below(parts.len()), random.below(parts.len()));
            match random.below(5) {
                0 => drop(parts.remove(at)),
                1 => parts.insert(at, tokens[random.below(tokens.len())]),
                2 => parts[at] = tokens[random.below(tokens.len())],
                3 => parts.swap(at, other),
                _ => parts.truncate(at.max(1)),
            }
            if parts.is_empty() {
                parts.push("fn");
            }
        }
        accepted += u64::from(try_source(&parts.concat(), seed));
    }
    println!("{accepted} accepted");
}

#[test]
fn random_tokens_and_bytes_are_answered() {
    let tokens = tokens();
    for seed in seeds() {
        let mut random = Random(seed);
        let length = random.below(60);
        let soup: String = (0..length).map(|_| tokens[random.below(tokens.len())]).collect();
        try_source(&format!("fn kernel(index: u32) -> u32 {{ {soup} }}"), seed);
        let bytes: Vec<u8> = (0..length * 4).map(|_| random.below(256) as u8).collect();
        let text = String::from_utf8_lossy(&bytes);
        try_source(&text, seed);
        let mut read = |_: &str| Ok(soup.clone());
        let toml = format!("outputs = [\"x\"]\n[[step]]\nmap = \"k.wgsl\"\nout = \"x\"\n{text}");
        assert!(
            named_program_from_toml("p.toml", &toml, &mut read).is_err(),
            "EDGEPROOF_SEED={seed}"
        );
    }
}

#[test]
fn every_source_is_accepted_as_it_is() {
    for source in SOURCES {
        kernel_from_wgsl("source.wgsl", source).unwrap_or_else(|refused| panic!("{refused}"));
    }
}

//! `edgeproof program run`.

use super::source;
use crate::{
    failure::{At, Failure},
    format::count,
    report::Report,
    table::{facts, table, Align},
};
use edgeproof_engine::{Engine, Executor, Job, Selection};
use edgeproof_kernel::Verified;
use edgeproof_shader::front::NamedProgram;
use serde_json::json;
use std::{
    fs,
    ops::ControlFlow,
    path::PathBuf,
    time::{Duration, Instant},
};

/// Invocations of each step that the interpreter re-executes when the GPU runs alone.
const SAMPLES: u32 = 4;

#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Gpu,
    Interpreter,
    Both,
}

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Program, WGSL or TOML file
    file: PathBuf,
    #[command(flatten)]
    sizes: source::SizeArgs,
    /// File of an input buffer: little-endian words; once for each, in the program's order
    #[arg(long = "input", value_name = "FILE", num_args = 1..)]
    inputs: Vec<PathBuf>,
    /// Parameter by its name or its position from 0; may be repeated
    #[arg(long = "param", value_name = "NAME=VALUE", num_args = 1..)]
    params: Vec<String>,
    /// What to run on
    #[arg(long, value_enum, default_value = "both")]
    on: On,
    /// GPU whose name contains this text [default: the best]
    #[arg(long, value_name = "TEXT")]
    adapter: Option<String>,
    /// File to write an output buffer to; once for each, in the program's order
    #[arg(long = "out", short, value_name = "FILE", num_args = 1..)]
    outs: Vec<PathBuf>,
}

/// What one of the two computed.
struct Ran {
    on: String,
    took: Duration,
    /// Time for shaders to compile, of `took`.
    compile: Duration,
    outputs: Vec<Vec<u32>>,
}

pub fn run(args: &Args) -> Result<Report, Failure> {
    let named = source::load(&args.file, &args.sizes)?;
    let params = params(&named, &args.params)?;
    let inputs = inputs(&named, &args.inputs)?;
    let expected = named.program.output_words().len();
    if args.outs.len() > expected {
        return Err(Failure::usage(format!(
            "{} output files for {expected} outputs",
            args.outs.len()
        )));
    }
    let mut ran = Vec::new();
    if args.on != On::Interpreter {
        let samples = if args.on == On::Gpu { SAMPLES } else { 0 };
        ran.push(on_gpu(
            &named.program,
            &inputs,
            &params,
            args.adapter.as_deref(),
            samples,
        )?);
    }
    if args.on != On::Gpu {
        ran.push(on_interpreter(&named.program, &inputs, &params)?);
    }
    let difference = match &ran[..] {
        [gpu, interpreter] => difference(gpu, interpreter),
        _ => None,
    };
    // Where the two differ, the interpreter is right.
    let outputs = ran.last().map(|ran| ran.outputs.as_slice()).unwrap_or_default();
    for (file, words) in args.outs.iter().zip(outputs) {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        fs::write(file, bytes).at(file.display())?;
    }
    Ok(report(&named, args, &ran, difference.as_ref()).bad_news_if(difference.is_some()))
}

fn report(named: &NamedProgram, args: &Args, ran: &[Ran], difference: Option<&Difference>) -> Report {
    let columns = [
        ("on", Align::Left),
        ("time", Align::Right),
        ("of it compiling", Align::Right),
        ("operations a second", Align::Right),
    ];
    let operations = named.program.operations();
    let speed = |ran: &Ran| {
        let seconds = ran.took.saturating_sub(ran.compile).as_secs_f64();
        if seconds > 0.0 {
            (operations as f64 / seconds) as u64
        } else {
            0
        }
    };
    let rows: Vec<_> = ran
        .iter()
        .map(|ran| {
            vec![
                ran.on.clone(),
                milliseconds(ran.took),
                milliseconds(ran.compile),
                count(speed(ran)),
            ]
        })
        .collect();
    let words: u64 = named.program.output_words().into_iter().map(u64::from).sum();
    let result = match (ran.len(), difference) {
        (2, None) => format!("equal, all {} words", count(words)),
        (2, Some(difference)) => difference.to_string(),
        _ => format!("{} words", count(words)),
    };
    let mut lines = vec![
        ("result", result),
        ("operations", format!("at most {}", count(operations))),
    ];
    lines.extend(
        args.outs
            .iter()
            .map(|file| ("written", file.display().to_string())),
    );
    let times: Vec<_> = ran
        .iter()
        .map(|ran| {
            json!({
                "on": ran.on,
                "seconds": ran.took.as_secs_f64(),
                "compile_seconds": ran.compile.as_secs_f64(),
                "operations_per_second": speed(ran),
            })
        })
        .collect();
    let value = json!({
        "runs": times,
        "equal": (ran.len() == 2).then_some(difference.is_none()),
        "difference": difference.map(Difference::value),
        "operations": operations,
        "output_words": named.program.output_words(),
        "written": args.outs,
    });
    Report::new(
        format!("{}\n\n{}", table(&columns, &rows, "nothing ran"), facts(lines)),
        value,
    )
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// Where the GPU and the interpreter disagree first.
struct Difference {
    output: usize,
    word: usize,
    gpu: u32,
    interpreter: u32,
}

impl Difference {
    fn value(&self) -> serde_json::Value {
        json!({ "output": self.output, "word": self.word, "gpu": self.gpu, "interpreter": self.interpreter })
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "different: word {} of output {} is {} on the GPU and {} in the interpreter, which is right",
            self.word, self.output, self.gpu, self.interpreter
        )
    }
}

fn difference(gpu: &Ran, interpreter: &Ran) -> Option<Difference> {
    let outputs = gpu.outputs.iter().zip(&interpreter.outputs).enumerate();
    outputs.into_iter().find_map(|(output, (a, b))| {
        let word = a.iter().zip(b).position(|(a, b)| a != b)?;
        Some(Difference {
            output,
            word,
            gpu: *a.get(word)?,
            interpreter: *b.get(word)?,
        })
    })
}

fn on_gpu(
    program: &Verified,
    inputs: &[Vec<u8>],
    params: &[u32],
    adapter: Option<&str>,
    samples: u32,
) -> Result<Ran, Failure> {
    let selection = adapter.map_or(Selection::Best, |name| Selection::Named(name.into()));
    let engine = Engine::open(&selection)?;
    let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let job = Job {
        program,
        inputs: &inputs,
        params,
        samples_per_step: samples,
        seed: seed(),
    };
    let started = Instant::now();
    let execution = engine.run(&job, &mut |_| ControlFlow::Continue(()))?;
    let outputs = execution.outputs.iter().map(|bytes| words(bytes)).collect();
    Ok(Ran {
        on: engine.adapter().name.clone(),
        took: started.elapsed(),
        compile: execution.timings.compile,
        outputs,
    })
}

fn on_interpreter(program: &Verified, inputs: &[Vec<u8>], params: &[u32]) -> Result<Ran, Failure> {
    let inputs: Vec<Vec<u32>> = inputs.iter().map(|bytes| words(bytes)).collect();
    let started = Instant::now();
    let outputs = program.run(&inputs, params)?;
    Ok(Ran {
        on: "interpreter".into(),
        took: started.elapsed(),
        compile: Duration::ZERO,
        outputs,
    })
}

/// Unforeseen enough for samples that guard against a driver, not against a person.
fn seed() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |time| time.as_nanos() as u64)
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks_exact(4)
        .map(|word| word.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
        .collect()
}

/// Input blobs, each of the length that the program states.
fn inputs(named: &NamedProgram, files: &[PathBuf]) -> Result<Vec<Vec<u8>>, Failure> {
    let expected = named.program.input_words();
    if files.len() != expected.len() {
        let names = if named.inputs.is_empty() {
            String::new()
        } else {
            format!(": {}", named.inputs.join(", "))
        };
        let what = format!(
            "{} input files for a program of {} inputs{names}",
            files.len(),
            expected.len()
        );
        return Err(Failure::usage(what).next("pass --input FILE once for each"));
    }
    let mut blobs = Vec::new();
    for (file, words) in files.iter().zip(expected) {
        let bytes = fs::read(file).at(file.display())?;
        if bytes.len() as u64 != u64::from(words) * 4 {
            let what = format!(
                "{}: {} bytes where the program takes {} words of 4 bytes",
                file.display(),
                count(bytes.len() as u64),
                count(words)
            );
            return Err(Failure::new(what));
        }
        blobs.push(bytes);
    }
    Ok(blobs)
}

/// Parameter words in the job's order.
fn params(named: &NamedProgram, given: &[String]) -> Result<Vec<u32>, Failure> {
    let maxima = named.program.params();
    let mut words = vec![None; maxima.len()];
    for text in given {
        let wrong = |what: String| {
            Err(Failure::usage(what).next("write --param NAME=VALUE or --param POSITION=VALUE"))
        };
        let Some((name, value)) = text.split_once('=') else {
            return wrong(format!("`{text}` is no parameter"));
        };
        let position = named
            .params
            .iter()
            .position(|known| known == name)
            .or_else(|| name.parse().ok());
        let Some(slot) = position.and_then(|position| words.get_mut(position)) else {
            return wrong(format!(
                "the program has no parameter `{name}`; it has {}",
                known_params(named)
            ));
        };
        let Some(word) = parse_word(value) else {
            return wrong(format!("`{value}` is no 32-bit integer"));
        };
        *slot = Some(word);
    }
    if let Some(missing) = words.iter().position(Option::is_none) {
        let name = named
            .params
            .get(missing)
            .cloned()
            .unwrap_or_else(|| missing.to_string());
        return Err(Failure::usage(format!("the parameter `{name}` has no value"))
            .next(format!("pass --param {name}=VALUE")));
    }
    Ok(words.into_iter().flatten().collect())
}

fn known_params(named: &NamedProgram) -> String {
    match (named.params.is_empty(), named.program.params().len()) {
        (false, _) => named.params.join(", "),
        (true, 0) => "none".into(),
        (true, count) => format!("{count}, by position from 0"),
    }
}

/// An unsigned or a negative number, as its 32 bits.
fn parse_word(text: &str) -> Option<u32> {
    text.parse::<u32>()
        .ok()
        .or_else(|| text.parse::<i32>().ok().map(i32::cast_unsigned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_shader::front::named_program_from_wgsl;

    fn named() -> NamedProgram {
        let source = "struct Params { scale: u32, shift: i32 }
            @group(0) @binding(0) var<uniform> params: Params;
            const INVOCATIONS = 4u;
            fn kernel(index: u32) -> u32 { return index * params.scale + u32(params.shift); }";
        named_program_from_wgsl("k.wgsl", source, &Default::default()).unwrap()
    }

    #[test]
    fn parameters_come_by_name_or_by_position() {
        let given = ["shift=-2".to_owned(), "0=7".to_owned()];
        assert_eq!(params(&named(), &given).unwrap(), [7, u32::MAX - 1]);
        let refusals = [
            (vec!["scale=1"], "`shift` has no value"),
            (vec!["scale"], "`scale` is no parameter"),
            (vec!["size=1"], "it has scale, shift"),
            (vec!["2=1"], "no parameter `2`"),
            (vec!["scale=4294967296"], "no 32-bit integer"),
        ];
        for (given, expected) in refusals {
            let given: Vec<String> = given.into_iter().map(Into::into).collect();
            let refused = params(&named(), &given).unwrap_err().to_string();
            assert!(refused.contains(expected), "{refused}");
        }
    }

    #[test]
    fn the_first_difference_is_found() {
        let ran = |outputs: &[&[u32]]| Ran {
            on: String::new(),
            took: Duration::ZERO,
            compile: Duration::ZERO,
            outputs: outputs.iter().map(|words| words.to_vec()).collect(),
        };
        let found = difference(&ran(&[&[1, 2], &[3, 4, 5]]), &ran(&[&[1, 2], &[3, 9, 9]])).unwrap();
        assert_eq!(
            (found.output, found.word, found.gpu, found.interpreter),
            (1, 1, 4, 9)
        );
        assert!(difference(&ran(&[&[1]]), &ran(&[&[1]])).is_none());
    }

    #[test]
    fn the_interpreter_runs_a_source() {
        let ran = on_interpreter(&named().program, &[], &[3, 1]).unwrap();
        assert_eq!(ran.outputs, [[1, 4, 7, 10]]);
    }
}

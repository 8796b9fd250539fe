//! `edgeproof program`.

use crate::{
    failure::{At, Failure},
    format::{bytes, count},
    report::Report,
    table::{facts, table, Align},
};
use codec::Encode;
use edgeproof_kernel::{limits, Program, Step, StepPlan, Verified};
use edgeproof_primitives::ProgramId;
use edgeproof_proofs::blob_root;
use edgeproof_shader::{map_shader, matmul_shader};
use serde_json::{json, Value};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Programs that come with this command.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
pub enum Example {
    Digits,
}

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Write a program to a file
    Build {
        /// Example to build: a network that reads handwritten digits
        example: Example,
        /// File to write [default: NAME.program]
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Write the example's input buffers to this folder, too
        #[arg(long, value_name = "DIR")]
        inputs: Option<PathBuf>,
    },
    /// Check a program and show what it does and costs
    Inspect {
        /// Program file
        file: PathBuf,
        /// Show the shaders that workers run, too
        #[arg(long)]
        wgsl: bool,
    },
}

pub fn run(command: Command) -> Result<Report, Failure> {
    match command {
        Command::Build {
            example: Example::Digits,
            out,
            inputs,
        } => {
            let out = out.unwrap_or_else(|| "digits.program".into());
            build_digits(&out, inputs.as_deref())
        }
        Command::Inspect { file, wgsl } => inspect(&read(&file)?, wgsl).at(file.display()),
    }
}

/// The bytes of a program file.
pub fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let hint = "`edgeproof program build digits` writes one";
    fs::read(file)
        .at(file.display())
        .map_err(|failure| failure.next(hint))
}

/// The encoded program that reads the digits of the test set.
pub fn digits() -> Result<Vec<u8>, Failure> {
    Ok(edgeproof_digits::program(edgeproof_digits::IMAGES)?
        .program()
        .encode())
}

fn build_digits(out: &Path, inputs: Option<&Path>) -> Result<Report, Failure> {
    let code = digits()?;
    fs::write(out, &code).at(out.display())?;
    let id = ProgramId(blob_root(&code));
    let mut files = Vec::new();
    if let Some(folder) = inputs {
        fs::create_dir_all(folder).at(folder.display())?;
        let network = edgeproof_digits::Network::embedded();
        let set = edgeproof_digits::TestSet::embedded();
        for (number, blob) in edgeproof_digits::inputs(&network, &set).iter().enumerate() {
            let file = folder.join(format!("digits-input-{number}.bin"));
            fs::write(&file, blob).at(file.display())?;
            files.push(file);
        }
    }
    let mut lines = vec![("program", out.display().to_string()), ("id", id.to_string())];
    lines.extend(files.iter().map(|file| ("input", file.display().to_string())));
    Ok(Report::new(
        facts(lines),
        json!({ "program": out, "id": id, "inputs": files }),
    ))
}

fn inspect(code: &[u8], wgsl: bool) -> Result<Report, Failure> {
    let verified = Verified::from_bytes(code)?;
    let mut text = [summary(code, &verified), buffers(&verified), steps(&verified)].join("\n\n");
    let mut value = value(code, &verified);
    if wgsl {
        let shaders = shaders(verified.program());
        text = format!("{text}\n\n{}", shaders.join("\n\n"));
        value["wgsl"] = json!(shaders);
    }
    Ok(Report::new(text, value))
}

fn summary(code: &[u8], verified: &Verified) -> String {
    let maxima: Vec<_> = verified.params().iter().map(u32::to_string).collect();
    let parameters = if maxima.is_empty() {
        "none".into()
    } else {
        format!("at most {}", maxima.join(", "))
    };
    let referee = verified
        .program()
        .kernels
        .iter()
        .zip(verified.kernel_costs())
        .map(|(kernel, cost)| cost.with(&kernel.params))
        .reduce(|most, work| edgeproof_kernel::Work {
            operations: most.operations.max(work.operations),
            loads: most.loads.max(work.loads),
        })
        .unwrap_or_default();
    facts([
        ("id", ProgramId(blob_root(code)).to_string()),
        (
            "size",
            format!(
                "{} of {}",
                bytes(code.len() as u64),
                bytes(limits::PROGRAM_BYTES as u64)
            ),
        ),
        ("operations", count(verified.operations())),
        ("peak memory", bytes(verified.peak_bytes())),
        ("parameters", parameters),
        (
            "one invocation",
            format!(
                "at most {} of {} operations, {} of {} loads",
                count(referee.operations),
                count(limits::OPERATIONS),
                count(referee.loads),
                count(limits::LOADS)
            ),
        ),
    ])
}

fn buffers(verified: &Verified) -> String {
    let columns = [
        ("buffer", Align::Right),
        ("words", Align::Right),
        ("size", Align::Right),
        ("role", Align::Left),
    ];
    let program = verified.program();
    let rows: Vec<_> = program
        .buffers
        .iter()
        .enumerate()
        .map(|(at, words)| {
            vec![
                at.to_string(),
                count(*words),
                bytes(u64::from(*words) * 4),
                role(program, at),
            ]
        })
        .collect();
    table(&columns, &rows, "no buffers")
}

/// What a buffer is to the job; nothing for what lies between.
fn role(program: &Program, at: usize) -> String {
    let place = |ids: &[edgeproof_kernel::BufferId]| ids.iter().position(|id| id.at() == at);
    match (place(&program.inputs), place(&program.outputs)) {
        (Some(number), _) => format!("input {number}"),
        (_, Some(number)) => format!("output {number}"),
        _ => String::new(),
    }
}

fn steps(verified: &Verified) -> String {
    let columns = [
        ("step", Align::Right),
        ("does", Align::Left),
        ("reads", Align::Left),
        ("writes", Align::Right),
        ("invocations", Align::Right),
        ("operations", Align::Right),
    ];
    let rows: Vec<_> = numbered(verified)
        .map(|(number, step, plan)| {
            let reads: Vec<_> = step.inputs().iter().map(|id| id.0.to_string()).collect();
            vec![
                number.to_string(),
                does(step),
                reads.join(", "),
                step.out().map(|id| id.0.to_string()).unwrap_or_default(),
                count(plan.invocations),
                count(plan.operations),
            ]
        })
        .collect();
    table(&columns, &rows, "no steps")
}

fn numbered(verified: &Verified) -> impl Iterator<Item = (usize, &Step, &StepPlan)> {
    let plans = verified.steps().iter().enumerate();
    plans.filter_map(|(number, plan)| Some((number, verified.step(number)?, plan)))
}

fn does(step: &Step) -> String {
    match step {
        Step::Conv2d(convolution) => {
            let shape = &convolution.shape;
            let [height, width] = shape.kernel;
            format!(
                "Conv2d {height} x {width}, {} to {} channels",
                shape.channels, shape.out_channels
            )
        }
        Step::Repeat(repeat) => format!("Repeat {} times", repeat.times),
        Step::Map(map) => format!("Map kernel {}", map.kernel),
        Step::MatMul(product) => format!("MatMul {} x {} x {}", product.m, product.n, product.k),
    }
}

fn value(code: &[u8], verified: &Verified) -> Value {
    let program = verified.program();
    let ids = |ids: &[edgeproof_kernel::BufferId]| ids.iter().map(|id| id.0).collect::<Vec<_>>();
    let steps: Vec<_> = numbered(verified)
        .map(|(_, step, plan)| {
            json!({
                "does": does(step),
                "reads": ids(&step.inputs()),
                "writes": step.out().map(|id| id.0),
                "executions": plan.executions,
                "invocations": plan.invocations,
                "operations": plan.operations,
            })
        })
        .collect();
    json!({
        "id": ProgramId(blob_root(code)),
        "bytes": code.len(),
        "operations": verified.operations(),
        "peak_bytes": verified.peak_bytes(),
        "params": verified.params(),
        "buffers": program.buffers,
        "inputs": ids(&program.inputs),
        "outputs": ids(&program.outputs),
        "steps": steps,
    })
}

/// The text of each shader, kernels first.
fn shaders(program: &Program) -> Vec<String> {
    let kernels = program.kernels.iter().enumerate();
    let mut shaders: Vec<_> = kernels
        .map(|(number, kernel)| format!("// kernel {number}\n{}", map_shader(kernel)))
        .collect();
    if program.steps.iter().any(|step| matches!(step, Step::MatMul(_))) {
        shaders.push(format!("// every MatMul\n{}", matmul_shader()));
    }
    shaders
}

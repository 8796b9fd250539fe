//! `edgeproof program inspect`.

use super::source;
use crate::{
    failure::Failure,
    format::{bytes, count},
    report::Report,
    table::{facts, table, Align},
};
use codec::Encode;
use edgeproof_kernel::{limits, Kernel, Program, Statement, Step, StepPlan, Verified, Work};
use edgeproof_primitives::ProgramId;
use edgeproof_proofs::blob_root;
use edgeproof_shader::{conv2d_shader, map_shader, matmul_shader};
use serde_json::{json, Value};
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct Args {
    /// Program, WGSL or TOML file
    file: PathBuf,
    #[command(flatten)]
    sizes: source::SizeArgs,
    /// Show the WGSL of each step, too; a worker may tile or fuse it, with the same result
    #[arg(long)]
    wgsl: bool,
}

pub fn run(args: &Args) -> Result<Report, Failure> {
    let named = source::load(&args.file, &args.sizes)?;
    let verified = &named.program;
    let code = verified.program().encode();
    let tables = [
        summary(&code, verified),
        kernels(verified),
        buffers(verified),
        steps(verified),
    ];
    let tables: Vec<_> = tables.into_iter().filter(|table| !table.is_empty()).collect();
    let mut text = tables.join("\n\n");
    let mut value = value(&code, verified);
    if args.wgsl {
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
    ])
}

/// What one invocation of a kernel takes, which is what the limits are about.
struct Usage {
    work: Work,
    local_words: u32,
    values: usize,
    nesting: u32,
}

impl Usage {
    fn of(verified: &Verified) -> Vec<Self> {
        let kernels = verified.program().kernels.iter().zip(verified.kernel_costs());
        kernels
            .map(|(kernel, cost)| Self {
                work: cost.with(&kernel.params),
                local_words: kernel.locals.iter().map(|words| u32::from(*words)).sum(),
                values: kernel.registers.len().max(kernel.constants.len()),
                nesting: nesting(&kernel.code),
            })
            .collect()
    }
}

fn nesting(block: &[Statement]) -> u32 {
    let inner = block.iter().map(|statement| match statement {
        Statement::If { then, otherwise, .. } => 1 + nesting(then).max(nesting(otherwise)),
        Statement::Loop { body, .. } => 1 + nesting(body),
        _ => 0,
    });
    inner.max().unwrap_or(0)
}

/// One row per kernel, and one of what is allowed.
fn kernels(verified: &Verified) -> String {
    let usages = Usage::of(verified);
    if usages.is_empty() {
        return String::new();
    }
    let columns = [
        ("kernel", Align::Right),
        ("takes", Align::Left),
        ("operations", Align::Right),
        ("loads", Align::Right),
        ("local words", Align::Right),
        ("values", Align::Right),
        ("nesting", Align::Right),
    ];
    let mut rows: Vec<_> = usages
        .iter()
        .zip(&verified.program().kernels)
        .enumerate()
        .map(|(number, (usage, kernel))| {
            vec![
                number.to_string(),
                takes(kernel),
                count(usage.work.operations),
                count(usage.work.loads),
                count(usage.local_words),
                count(usage.values as u64),
                count(usage.nesting),
            ]
        })
        .collect();
    rows.push(vec![
        "limit".into(),
        format!("{} buffers, {} words", limits::KERNEL_INPUTS, limits::PARAMS),
        count(limits::OPERATIONS),
        count(limits::LOADS),
        count(limits::LOCAL_WORDS),
        count(limits::VALUES as u64),
        count(limits::NESTING),
    ]);
    table(&columns, &rows, "no kernels")
}

fn takes(kernel: &Kernel) -> String {
    let named = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    format!(
        "{}, {}",
        named(usize::from(kernel.inputs), "buffer"),
        named(kernel.params.len(), "word")
    )
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
    let kernels: Vec<_> = Usage::of(verified)
        .into_iter()
        .map(|usage| {
            json!({
                "operations": usage.work.operations,
                "loads": usage.work.loads,
                "local_words": usage.local_words,
                "values": usage.values,
                "nesting": usage.nesting,
            })
        })
        .collect();
    let limits = json!({
        "program_bytes": limits::PROGRAM_BYTES,
        "operations": limits::OPERATIONS,
        "loads": limits::LOADS,
        "local_words": limits::LOCAL_WORDS,
        "values": limits::VALUES,
        "nesting": limits::NESTING,
    });
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
        "kernels": kernels,
        "limits": limits,
    })
}

/// The text of each shader, kernels first.
fn shaders(program: &Program) -> Vec<String> {
    let kernels = program.kernels.iter().enumerate();
    let mut shaders: Vec<_> = kernels
        .map(|(number, kernel)| format!("// kernel {number}\n{}", map_shader(kernel)))
        .collect();
    let mut others = Vec::new();
    builtin_shaders(&program.steps, &mut others);
    shaders.append(&mut others);
    shaders
}

fn builtin_shaders(steps: &[Step], shaders: &mut Vec<String>) {
    for step in steps {
        let shader = match step {
            Step::MatMul(_) => format!("// every MatMul\n{}", matmul_shader()),
            Step::Conv2d(convolution) => format!("// {}\n{}", does(step), conv2d_shader(&convolution.shape)),
            Step::Map(_) | Step::Repeat(_) => {
                builtin_shaders(step.body(), shaders);
                continue;
            }
        };
        if !shaders.contains(&shader) {
            shaders.push(shader);
        }
    }
}

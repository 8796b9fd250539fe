//! `scripts/bench kernels`: Edgeproof's kernels beside those of others, in one run, on one adapter, on the same shapes.
//!
//! Every round times each contestant once, so that what else the machine does meets all of them; medians are compared.

mod cpu;
mod edgeproof;
mod float;
mod onnx;

use std::time::Duration;

use anyhow::Result;
use edgeproof_engine::{adapters, Engine, Executor, Selection};
use serde_json::json;

/// Rows, columns and depth of the product.
const SIZE: u32 = 1024;
const ROUNDS: usize = 7;

/// Something that is timed. The first call warms it up and is not counted.
struct Contestant<'a> {
    name: &'a str,
    /// Multiplications and additions of one call.
    operations: u64,
    call: Box<dyn FnMut() -> Result<Duration> + 'a>,
    times: Vec<Duration>,
}

impl<'a> Contestant<'a> {
    fn new(name: &'a str, operations: u64, call: impl FnMut() -> Result<Duration> + 'a) -> Self {
        Self {
            name,
            operations,
            call: Box::new(call),
            times: Vec::new(),
        }
    }

    fn median(&self) -> Duration {
        let mut times = self.times.clone();
        times.sort();
        times[times.len() / 2]
    }

    /// Operations per second.
    fn speed(&self) -> f64 {
        self.operations as f64 / self.median().as_secs_f64()
    }
}

fn race(contestants: &mut [Contestant<'_>]) -> Result<()> {
    for contestant in contestants.iter_mut() {
        (contestant.call)()?;
    }
    for _ in 0..ROUNDS {
        for contestant in contestants.iter_mut() {
            let time = (contestant.call)()?;
            contestant.times.push(time);
        }
    }
    println!("{:<44} {:>10} {:>10}", "", "median ms", "Gop/s");
    for contestant in contestants.iter() {
        println!(
            "{:<44} {:>10.2} {:>10.2}",
            contestant.name,
            contestant.median().as_secs_f64() * 1e3,
            contestant.speed() / 1e9
        );
    }
    println!();
    Ok(())
}

fn main() -> Result<()> {
    let json = std::env::args().any(|argument| argument == "--json");
    let engine = Engine::open(&Selection::Best)?;
    let adapter = engine.adapter();
    println!("{} ({} {})", adapter.name, adapter.driver, adapter.driver_version);
    println!("{} adapters, {} CPU threads\n", adapters().len(), rayon::current_num_threads());
    println!("ways to multiply that the engine tried (products of bytes per microsecond; 0 is inexact):");
    for way in engine.measured()?.iter() {
        match way.tile {
            None => println!("  element by element: {}", way.speed),
            Some(tile) => println!(
                "  {} x {} {:?}, sharing {:?}: {}",
                tile.rows, tile.columns, tile.dot, tile.sharing, way.speed
            ),
        }
    }

    println!("\nproduct of {SIZE} x {SIZE} x {SIZE}, bytes unless said otherwise:");
    let operations = 2 * u64::from(SIZE).pow(3);
    let operands = edgeproof::Operands::random(SIZE);
    let naive = edgeproof::product_as_map(SIZE);
    let tuned = edgeproof::product(SIZE);
    let mut float = float::Product::new(SIZE);
    let mut onnx = onnx::Product::start(SIZE)?;
    let mut contestants = [
        Contestant::new("naive: the product as a map", operations, || {
            edgeproof::time(&engine, &naive, &operands.blobs())
        }),
        Contestant::new("tuned: the step MatMul", operations, || {
            edgeproof::time(&engine, &tuned, &operands.blobs())
        }),
        Contestant::new("burn's wgpu backend, f32", operations, || float.time()),
        Contestant::new("CPU, all threads, a vectorised loop", operations, || Ok(cpu::time(&operands))),
        Contestant::new("CPU, onnxruntime MatMulInteger", operations, || onnx.time()),
    ];
    race(&mut contestants)?;
    let [naive, tuned, float, cpu, onnx] = contestants.map(|contestant| contestant.speed());

    let mut convolutions = Vec::new();
    for (name, shape) in edgeproof::convolutions() {
        println!("convolution, {name}:");
        let operands = edgeproof::ConvOperands::random(&shape);
        let (plain, step) = (edgeproof::plain_engine()?, edgeproof::convolution(&shape));
        let operations = step.operations();
        let mut contestants = [
            Contestant::new("naive: element by element", operations, || {
                edgeproof::time(&plain, &step, &operands.blobs())
            }),
            Contestant::new("tuned: the step Conv2d", operations, || {
                edgeproof::time(&engine, &step, &operands.blobs())
            }),
        ];
        race(&mut contestants)?;
        let [naive, tuned] = contestants.map(|contestant| contestant.speed());
        convolutions.push(tuned / naive);
    }

    let interpreted = edgeproof::interpreted_operations_per_second();
    println!("interpreter, one thread: {:.0} M operations per second\n", interpreted / 1e6);

    let report = json!({
        "adapter": engine.adapter().name,
        "tuned_vs_naive": tuned / naive,
        "tuned_vs_f32_wgpu": tuned / float,
        "tuned_vs_cpu_int8": tuned / cpu,
        "tuned_vs_onnxruntime": tuned / onnx,
        "tuned_conv2d_vs_naive": convolutions,
        "interpreted_operations_per_second": interpreted,
    });
    for key in ["tuned_vs_naive", "tuned_vs_f32_wgpu", "tuned_vs_cpu_int8", "tuned_vs_onnxruntime"] {
        println!("{key:<24} {:.3}", report[key].as_f64().unwrap_or(0.0));
    }
    if json {
        println!("{report}");
    }
    Ok(())
}

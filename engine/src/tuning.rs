//! Which tile is fastest for matrix products: measured on the adapter, and only tiles that compute exactly.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use edgeproof_kernel::{matmul_element, BufferId, ConvShape, MatMul, Slices};
use edgeproof_shader::{conv2d_tile, tiled_conv2d_units, tiled_matmul_units, Dot, Segments, Sharing, Tile};

use crate::{
    buffers::{Buffer, Pool},
    gpu::{Bound, Gpu, Order},
    pipelines::Pipelines,
    recheck::words,
    work::Work,
    EngineError,
};

/// How matrix products and convolutions are computed. All ways give the same bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Products {
    /// By what is fastest on the adapter, measured at the first product.
    #[default]
    Measured,
    /// Element by element.
    Plain,
    /// In these tiles.
    Tiled(Tile),
}

/// A way to compute products, tried on the adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// `None` is element by element.
    pub tile: Option<Tile>,
    /// Products of two bytes per microsecond, padding included; 0 when the result was wrong.
    pub speed: u64,
}

/// The measured product: small, with ragged edges for every tile.
const M: u32 = 90;
const N: u32 = 500;
const K: u32 = 1024;
/// Short runs, of which the fastest counts: what else the machine does must not decide.
const ROUNDS: u32 = 8;
/// A way that takes so many times as long as the fastest is not run again.
const HOPELESS: u32 = 3;

/// The tiles that are tried. More would cost more time to compile than they bring.
fn candidates(gpu: &Gpu) -> [Tile; 3] {
    let apart = if gpu.broadcasts {
        tile(16, 4, Dot::Apart, Sharing::Subgroup)
    } else {
        tile(8, 4, Dot::Apart, Sharing::None)
    };
    [
        apart,
        tile(8, 8, Dot::Packed, Sharing::None),
        tile(4, 4, Dot::Packed, Sharing::None),
    ]
}

fn tile(rows: u32, columns: u32, dot: Dot, sharing: Sharing) -> Tile {
    Tile {
        rows,
        columns,
        load_words: 4,
        dot,
        sharing,
    }
}

/// What was measured, once.
#[derive(Default)]
pub(crate) struct Tuning(Mutex<Option<Arc<[Measured]>>>);

impl Tuning {
    pub fn get(&self, gpu: &Gpu, pipelines: &Pipelines) -> Result<Arc<[Measured]>, EngineError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(measured) = &*known {
            return Ok(measured.clone());
        }
        let measured: Arc<[Measured]> = measure(gpu, pipelines)?.into();
        *known = Some(measured.clone());
        Ok(measured)
    }
}

/// The way that takes the least time for `elements`, by what was measured. `padded` are the elements that a tile
/// computes for them, if it can.
pub(crate) fn fastest(
    measured: &[Measured],
    elements: u64,
    padded: impl Fn(&Tile) -> Option<u64>,
) -> Option<Tile> {
    let time = |way: &Measured| {
        let elements = way.tile.map_or(Some(elements), |tile| padded(&tile))?;
        elements.saturating_mul(1_000_000).checked_div(way.speed)
    };
    measured
        .iter()
        .filter_map(|way| Some((time(way)?, way.tile)))
        .min_by_key(|(time, _)| *time)
        .and_then(|(_, tile)| tile)
}

/// Elements that a tile computes for a product with so many rows and columns.
pub(crate) fn product_elements(tile: &Tile, rows: u32, columns: u32) -> u64 {
    let units = tiled_matmul_units(tile, rows, columns);
    u64::from(units) * u64::from(tile.rows * tile.columns)
}

/// Elements that a tile computes for a convolution, if it can.
pub(crate) fn convolution_elements(tile: &Tile, shape: &ConvShape) -> Option<u64> {
    let tile = conv2d_tile(*tile, shape)?;
    let sizes = shape.sizes()?;
    let pixels = shape
        .batch
        .checked_mul(sizes.out_height)?
        .checked_mul(sizes.out_width)?;
    let units = tiled_conv2d_units(&tile, pixels, shape);
    Some(u64::from(units) * u64::from(tile.rows * tile.columns))
}

fn measure(gpu: &Gpu, pipelines: &Pipelines) -> Result<Vec<Measured>, EngineError> {
    let product = MatMul {
        m: M,
        n: N,
        k: K,
        a: BufferId(0),
        b: BufferId(1),
        out: BufferId(2),
    };
    let operand = |rows: u32, salt: u32| -> Vec<u32> {
        (0..rows * K / 4)
            .map(|at| (at ^ salt).wrapping_mul(0x9e37_79b9).rotate_left(at % 31))
            .collect()
    };
    let (a, b) = (operand(M, 0x8080_8080), operand(N, 0x7f80_0000));
    let expected: Vec<u32> = (0..M * N)
        .map(|index| {
            let Ok(word) = matmul_element(&product, index, &mut Slices(&[&a, &b]));
            word
        })
        .collect();

    let trial = Trial::new(gpu, &a, &b)?;
    let mut ways = Vec::new();
    for tile in std::iter::once(None).chain(candidates(gpu).map(Some)) {
        let prepared = match trial.prepare(pipelines, &product, tile, &expected) {
            Ok(prepared) => prepared,
            // A driver that does not take one tile may take another.
            Err(EngineError::Refused(_)) => None,
            Err(other) => return Err(other),
        };
        ways.push((tile, prepared, Duration::MAX));
    }
    let mut fastest = Duration::MAX;
    for _ in 0..ROUNDS {
        for (_, prepared, best) in &mut ways {
            let hopeless = *best != Duration::MAX && *best / HOPELESS > fastest;
            if let (Some(prepared), false) = (prepared, hopeless) {
                let started = Instant::now();
                trial.run(prepared)?;
                *best = started.elapsed().min(*best);
                fastest = fastest.min(*best);
            }
        }
    }
    Ok(ways
        .into_iter()
        .map(|(tile, prepared, best)| Measured {
            tile,
            speed: prepared.map_or(0, |_| speed(tile, best)),
        })
        .collect())
}

fn speed(tile: Option<Tile>, took: Duration) -> u64 {
    let elements = tile.map_or(u64::from(M * N), |tile| product_elements(&tile, M, N));
    let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    (elements * u64::from(K) / microseconds.max(1)).max(1)
}

/// The measured product on the device.
struct Trial<'a> {
    gpu: &'a Gpu,
    pool: Arc<Pool>,
    a: Buffer,
    b: Buffer,
    out: Buffer,
}

/// A way to compute it that is ready to run.
struct Prepared {
    work: Work,
    bound: Bound,
}

impl<'a> Trial<'a> {
    fn new(gpu: &'a Gpu, a: &[u32], b: &[u32]) -> Result<Self, EngineError> {
        let pool = Arc::new(Pool::default());
        let upload = |words: &[u32]| {
            let buffer = pool.storage(gpu, u32::try_from(words.len()).unwrap_or(0))?;
            gpu.upload(&buffer, bytemuck::cast_slice(words))?;
            Ok::<_, EngineError>(buffer)
        };
        Ok(Self {
            gpu,
            a: upload(a)?,
            b: upload(b)?,
            out: pool.storage(gpu, M * N)?,
            pool,
        })
    }

    /// Compiles a way and runs it once; `None` when its result is wrong, or the buffers do not fit a binding.
    fn prepare(
        &self,
        pipelines: &Pipelines,
        product: &MatMul,
        tile: Option<Tile>,
        expected: &[u32],
    ) -> Result<Option<Prepared>, EngineError> {
        let ([_], [_], [segment]) = (self.a.segments(), self.b.segments(), self.out.segments()) else {
            return Ok(None);
        };
        let work = Work::matmul(product, tile, &Segments::whole(2));
        let pipeline = pipelines.get(self.gpu, &work.wgsl, work.bindings)?;
        let uniform = self.gpu.uniform()?;
        let bound = self.gpu.bind(&pipeline, &uniform, &[&self.a, &self.b], segment);
        let prepared = Prepared { work, bound };
        self.gpu
            .upload(&self.out, bytemuck::cast_slice(&vec![u32::MAX; expected.len()]))?;
        self.run(&prepared)?;
        let found = words(&self.gpu.read(&self.pool, &self.out, 0..M * N)?);
        Ok((found == expected).then_some(prepared))
    }

    fn run(&self, way: &Prepared) -> Result<(), EngineError> {
        let order = Order {
            range: way.work.units.filling(0..M * N),
            workgroup: way.work.units.workgroup(),
            base: 0,
            params: &way.work.params,
        };
        self.gpu.dispatch(&way.bound, &order)
    }
}

//! Which tile is fastest for matrix products: measured on the adapter, and only tiles that compute exactly.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use edgeproof_kernel::{matmul_element, BufferId, MatMul, Slices};
use edgeproof_shader::{Dot, Segments, Sharing, Tile};

use crate::{
    buffers::Pool,
    gpu::{Gpu, Order},
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
const N: u32 = 250;
const K: u32 = 256;
const RUNS: u32 = 3;

/// The ways that are tried. More would cost more time to compile than they bring.
pub(crate) const CANDIDATES: [Tile; 4] = [
    tile(16, 4, Dot::Apart, Sharing::Subgroup),
    tile(8, 8, Dot::Packed, Sharing::None),
    tile(8, 4, Dot::Apart, Sharing::None),
    tile(4, 4, Dot::Packed, Sharing::None),
];

const fn tile(rows: u32, columns: u32, dot: Dot, sharing: Sharing) -> Tile {
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

/// The way that takes the least time for a result of so many rows and columns, by what was measured.
pub(crate) fn fastest(measured: &[Measured], rows: u32, columns: u32) -> Option<Tile> {
    measured
        .iter()
        .filter(|way| way.speed > 0)
        .min_by_key(|way| padded(way.tile, rows, columns) / way.speed)
        .and_then(|way| way.tile)
}

/// Elements computed for a result of so many rows and columns, in millionths of one.
fn padded(tile: Option<Tile>, rows: u32, columns: u32) -> u64 {
    let elements = match tile {
        None => u64::from(rows) * u64::from(columns),
        Some(tile) => {
            let units = edgeproof_shader::tiled_matmul_units(&tile, rows, columns);
            u64::from(units) * u64::from(tile.rows * tile.columns)
        }
    };
    elements.saturating_mul(1_000_000)
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

    let bench = Bench {
        gpu,
        pipelines,
        product,
        a: &a,
        b: &b,
        expected: &expected,
    };
    let mut measured = Vec::new();
    for tile in std::iter::once(None).chain(CANDIDATES.map(Some)) {
        if tile.is_some_and(|tile| tile.sharing == Sharing::Subgroup) && !gpu.broadcasts {
            continue;
        }
        let speed = match bench.speed(tile) {
            Ok(speed) => speed,
            // A driver that does not take one tile may take another.
            Err(EngineError::Refused(_)) => 0,
            Err(other) => return Err(other),
        };
        measured.push(Measured { tile, speed });
    }
    Ok(measured)
}

struct Bench<'a> {
    gpu: &'a Gpu,
    pipelines: &'a Pipelines,
    product: MatMul,
    a: &'a [u32],
    b: &'a [u32],
    expected: &'a [u32],
}

impl Bench<'_> {
    fn speed(&self, tile: Option<Tile>) -> Result<u64, EngineError> {
        let pool = Arc::new(Pool::default());
        let upload = |words: &[u32]| {
            let buffer = pool.storage(self.gpu, u32::try_from(words.len()).unwrap_or(0))?;
            self.gpu.upload(&buffer, bytemuck::cast_slice(words))?;
            Ok::<_, EngineError>(buffer)
        };
        let (a, b) = (upload(self.a)?, upload(self.b)?);
        let out = pool.storage(self.gpu, M * N)?;
        let [segment] = out.segments() else {
            return Ok(u64::from(tile.is_none()));
        };
        let work = Work::matmul(&self.product, tile, &Segments::whole(2));
        let pipeline = self.pipelines.get(self.gpu, &work.wgsl, work.bindings)?;
        let bound = self.gpu.bind(&pipeline, &self.gpu.uniform()?, &[&a, &b], segment);
        let order = Order {
            range: work.units.filling(0..M * N),
            workgroup: work.units.workgroup(),
            base: 0,
            params: &work.params,
        };
        self.gpu.dispatch(&bound, &order)?;
        if words(&self.gpu.read(&pool, &out, 0..M * N)?) != self.expected {
            return Ok(0);
        }
        let mut best = Duration::MAX;
        for _ in 0..RUNS {
            let started = Instant::now();
            self.gpu.dispatch(&bound, &order)?;
            best = best.min(started.elapsed());
        }
        let products = padded(tile, M, N) * u64::from(K) / 1_000_000;
        let microseconds = u64::try_from(best.as_micros()).unwrap_or(u64::MAX);
        Ok((products / microseconds.max(1)).max(1))
    }
}

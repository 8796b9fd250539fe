//! One execution: uploads at first use, dispatches, checks, reads out, takes memory back at last use.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};

use edgeproof_kernel::{BufferId, JobError, Repeat, Source, Step, Verified};
use edgeproof_proofs::RootHasher;
use edgeproof_shader::{Range, Segments};
use rand::{rngs::StdRng, Rng, SeedableRng};

use crate::{
    buffers::{Buffer, Pool},
    fuse::{fuse, Fused},
    gpu::Order,
    recheck::Checker,
    replay::{self, supplied},
    work::Work,
    Engine, EngineError, Execution, Job, Progress, Replay, Tape, Timings,
};

/// A dispatch should take about this long, so that a run can be cancelled and no watchdog bites.
const DISPATCH_TIME: Duration = Duration::from_millis(100);
/// Operations of the first dispatch.
const FIRST_DISPATCH: u64 = 1 << 26;

/// Told after every dispatch.
type Report<'r> = &'r mut dyn FnMut(Progress) -> ControlFlow<()>;

pub(crate) struct Run<'a> {
    engine: &'a Engine,
    job: &'a Job<'a>,
    /// The program with its chains merged, if it has any.
    fused: Option<Fused>,
    pool: Arc<Pool>,
    uniform: wgpu::Buffer,
    /// By buffer of the program that is executed, while it lives.
    buffers: Vec<Option<Arc<Buffer>>>,
    /// By position in the program's outputs.
    outputs: Vec<(Vec<u8>, [u8; 32])>,
    random: StdRng,
    rechecked: u64,
    operations: u64,
    total_operations: u64,
    /// Operations to dispatch at once.
    budget: u64,
    timings: Timings,
}

impl<'a> Run<'a> {
    /// `merged` lets chains of element-wise maps run as one.
    pub fn new(engine: &'a Engine, job: &'a Job<'a>, merged: bool) -> Result<Self, EngineError> {
        job.check()?;
        let fused = if merged { fuse(job.program) } else { None };
        let program = fused.as_ref().map_or(job.program, |fused| &fused.program);
        Ok(Self {
            engine,
            job,
            pool: Arc::default(),
            uniform: engine.gpu.uniform()?,
            buffers: vec![None; program.program().buffers.len()],
            outputs: vec![Default::default(); program.program().outputs.len()],
            fused,
            random: StdRng::seed_from_u64(job.seed),
            rechecked: 0,
            operations: 0,
            total_operations: job.program.operations_with(job.params).map_err(JobError::from)?,
            budget: FIRST_DISPATCH,
            timings: Timings::default(),
        })
    }

    pub fn execute(mut self, progress: Report<'_>) -> Result<Execution, EngineError> {
        let fused = self.fused.take();
        let program = fused.as_ref().map_or(self.job.program, |fused| &fused.program);
        let plan = Plan {
            program,
            fused: fused.as_ref(),
        };
        self.block(&plan, None, progress)?;
        let (outputs, roots) = self.outputs.into_iter().unzip();
        Ok(Execution {
            outputs,
            roots,
            timings: self.timings,
            rechecked: self.rechecked,
        })
    }

    /// Executes steps by their positions in the trace, and hands out the outputs that are wanted.
    pub fn replay(mut self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        let program = self.job.program;
        let plan = Plan { program, fused: None };
        let mut live: BTreeMap<Source, Arc<Buffer>> = BTreeMap::new();
        for planned in replay::plan(replay)? {
            let Some((step, out)) = program
                .step(planned.step)
                .and_then(|step| Some((step, step.out()?)))
            else {
                return Err(EngineError::NoSuchPosition(planned.position));
            };
            let ids = step.inputs();
            for (source, id) in planned.inputs.iter().zip(&ids) {
                if !live.contains_key(source) {
                    let buffer = self.load(*source, program.buffer_words(*id), tape)?;
                    live.insert(*source, Arc::new(buffer));
                }
                self.buffers[id.at()] = live.get(source).cloned();
            }
            self.step(&plan, planned.step, step, &mut |_| ControlFlow::Continue(()))?;
            for (source, id) in planned.inputs.iter().zip(&ids) {
                self.buffers[id.at()] = None;
                if planned.released.contains(source) {
                    live.remove(source);
                }
            }
            let Some(output) = self.buffers[out.at()].take() else {
                continue;
            };
            if planned.wanted {
                self.hand_out(planned.position, &output, tape)?;
            }
            if planned.read_later {
                live.insert(Source::Trace(planned.position), output);
            }
        }
        Ok(())
    }

    fn load(&self, source: Source, words: u32, tape: &mut dyn Tape) -> Result<Buffer, EngineError> {
        let gpu = &self.engine.gpu;
        let buffer = self.pool.storage(gpu, words)?;
        match source {
            Source::Input(input) => gpu.upload(&buffer, self.job.inputs[usize::from(input)])?,
            Source::Trace(position) => gpu.upload(&buffer, &supplied(tape, position, words)?)?,
        }
        Ok(buffer)
    }

    fn hand_out(&self, position: u32, output: &Buffer, tape: &mut dyn Tape) -> Result<(), EngineError> {
        let mut flow = ControlFlow::Continue(());
        self.engine
            .gpu
            .read_pieces(&self.pool, output, 0..output.words(), |piece| {
                if flow.is_continue() {
                    flow = tape.take(position, piece);
                }
            })?;
        match flow {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(EngineError::Cancelled),
        }
    }

    fn block(
        &mut self,
        plan: &Plan<'_>,
        around: Option<usize>,
        progress: Report<'_>,
    ) -> Result<(), EngineError> {
        for number in plan.program.block(around) {
            let Some(step) = plan.program.step(number) else {
                continue;
            };
            match step {
                Step::Repeat(repeat) => self.repeat(plan, number, repeat, progress)?,
                _ => self.step(plan, number, step, progress)?,
            }
            if around.is_none() {
                for id in step.results() {
                    self.take_out(plan, id)?;
                }
            }
            for id in &plan.program.steps()[number].released {
                self.buffers[id.at()] = None;
            }
        }
        Ok(())
    }

    fn repeat(
        &mut self,
        plan: &Plan<'_>,
        number: usize,
        repeat: &Repeat,
        progress: Report<'_>,
    ) -> Result<(), EngineError> {
        for iteration in 0..repeat.times {
            for carried in &repeat.carried {
                self.buffers[carried.state.at()] = if iteration == 0 {
                    self.bring_in(plan, carried.initial)?;
                    self.buffers[carried.initial.at()].clone()
                } else {
                    self.buffers[carried.next.at()].take()
                };
            }
            self.block(plan, Some(number), progress)?;
        }
        Ok(())
    }

    fn step(
        &mut self,
        plan: &Plan<'_>,
        number: usize,
        step: &Step,
        progress: Report<'_>,
    ) -> Result<(), EngineError> {
        let Some(id) = step.out() else {
            return Ok(());
        };
        for input in step.inputs() {
            self.bring_in(plan, input)?;
        }
        let out = self
            .pool
            .storage(&self.engine.gpu, plan.program.buffer_words(id))?;
        self.dispatch(plan, number, step, &out, progress)?;
        self.buffers[id.at()] = Some(Arc::new(out));
        self.recheck(plan, number, step, id)
    }

    /// Uploads an input of the job that no step has read yet.
    fn bring_in(&mut self, plan: &Plan<'_>, id: BufferId) -> Result<(), EngineError> {
        if self.buffers[id.at()].is_some() {
            return Ok(());
        }
        let inputs = &plan.program.program().inputs;
        let Some(input) = inputs.iter().position(|input| *input == id) else {
            return Ok(());
        };
        let started = Instant::now();
        let gpu = &self.engine.gpu;
        let buffer = self.pool.storage(gpu, plan.program.buffer_words(id))?;
        gpu.upload(&buffer, self.job.inputs[input])?;
        self.buffers[id.at()] = Some(Arc::new(buffer));
        self.timings.upload += started.elapsed();
        Ok(())
    }

    fn dispatch(
        &mut self,
        plan: &Plan<'_>,
        number: usize,
        step: &Step,
        out: &Buffer,
        progress: Report<'_>,
    ) -> Result<(), EngineError> {
        let engine = self.engine;
        let started = Instant::now();
        let inputs = self.inputs(step);
        let inputs: Vec<&Buffer> = inputs.iter().map(|buffer| &**buffer).collect();
        let work = self.work(plan, number, step, &inputs)?;
        let pipeline = engine.pipelines.get(&engine.gpu, &work.wgsl, work.bindings)?;
        self.timings.compile += started.elapsed();

        let started = Instant::now();
        let operations = plan.operations(self.job, number);
        let before = self.operations;
        let ranges: Vec<Range> = out
            .segments()
            .iter()
            .map(|segment| work.units.filling(segment.first..segment.first + segment.words))
            .collect();
        let all: u64 = ranges
            .iter()
            .map(|range| u64::from(range.end - range.first))
            .sum();
        let each = operations / all.max(1);
        let workgroup = work.units.workgroup();
        let mut done = 0;
        for (segment, range) in out.segments().iter().zip(ranges) {
            let bound = engine.gpu.bind(&pipeline, &self.uniform, &inputs, segment);
            let mut first = range.first;
            while first < range.end {
                let dispatched = Instant::now();
                let most = u32::try_from(self.budget / each.max(1)).unwrap_or(u32::MAX);
                let most = (most / workgroup).max(1).saturating_mul(workgroup);
                let end = first.saturating_add(most).min(range.end);
                let order = Order {
                    range: Range { first, end },
                    workgroup,
                    base: work.units.base(segment.first),
                    params: &work.params,
                };
                engine.gpu.dispatch(&bound, &order)?;
                done += u64::from(end - first);
                first = end;
                self.adapt(dispatched.elapsed());
                self.operations = if done == all {
                    before.saturating_add(operations)
                } else {
                    before.saturating_add(each.saturating_mul(done))
                };
                let report = Progress {
                    step: plan.origin(number),
                    steps: self.job.program.steps().len(),
                    operations: self.operations,
                    total_operations: self.total_operations,
                };
                if progress(report).is_break() {
                    return Err(EngineError::Cancelled);
                }
            }
        }
        self.timings.execute += started.elapsed();
        Ok(())
    }

    fn work(
        &self,
        plan: &Plan<'_>,
        number: usize,
        step: &Step,
        inputs: &[&Buffer],
    ) -> Result<Work, EngineError> {
        let count = |buffer: &&Buffer| u32::try_from(buffer.segments().len()).unwrap_or(u32::MAX);
        let segments = Segments::new(inputs.iter().map(count).collect());
        let (needed, allowed) = (
            segments.bindings().saturating_add(1),
            self.engine.gpu.limits.max_storage_buffers_per_shader_stage,
        );
        if needed > allowed {
            return Err(EngineError::TooManyBindings {
                step: plan.origin(number),
                needed,
                allowed,
                largest: self.engine.gpu.largest_binding,
            });
        }
        Ok(match step {
            Step::Map(map) => {
                let kernel = &plan.program.program().kernels[usize::from(map.kernel)];
                Work::map(
                    kernel,
                    plan.program.step_params(number, self.job.params),
                    &segments,
                )
            }
            Step::MatMul(product) => {
                let tile = self.engine.product_tile(product)?;
                Work::matmul(product, tile, &segments)
            }
            Step::Conv2d(convolution) => {
                let tile = self.engine.convolution_tile(&convolution.shape)?;
                Work::conv2d(convolution, tile, &segments)
            }
            Step::Repeat(_) => return Err(EngineError::Refused("a repeat is no work of its own".into())),
        })
    }

    fn adapt(&mut self, took: Duration) {
        if took < DISPATCH_TIME / 2 {
            self.budget = self.budget.saturating_mul(2);
        } else if took > DISPATCH_TIME * 2 {
            self.budget = (self.budget / 2).max(1);
        }
    }

    /// Executes random invocations of the step again, as the author's program means them.
    fn recheck(
        &mut self,
        plan: &Plan<'_>,
        number: usize,
        step: &Step,
        id: BufferId,
    ) -> Result<(), EngineError> {
        let Some(out) = self.buffers[id.at()].clone() else {
            return Ok(());
        };
        let started = Instant::now();
        let buffers = step
            .inputs()
            .into_iter()
            .zip(self.inputs(step))
            .map(|(id, buffer)| (plan.author(id), buffer))
            .collect();
        let mut checker = Checker {
            gpu: &self.engine.gpu,
            pool: &self.pool,
            program: self.job.program,
            params: self.job.params,
            buffers,
            left_out: plan.fused.map_or(BTreeMap::new(), |fused| fused.left_out.clone()),
            pages: BTreeMap::new(),
        };
        let found = &plan.program.steps()[number];
        let (invocations, width) = (found.invocations, u32::from(found.width));
        let origin = plan.origin(number);
        for _ in 0..self.job.samples_per_step.min(invocations) {
            let index = self.random.random_range(0..invocations);
            let expected = checker.invoke(origin, index)?;
            let found = checker.found(&out, index * width..(index + 1) * width)?;
            if found != expected {
                return Err(EngineError::Miscomputed {
                    step: origin,
                    index,
                    expected,
                    found,
                });
            }
            self.rechecked += 1;
        }
        self.timings.recheck += started.elapsed();
        Ok(())
    }

    /// Reads the buffer out if it is an output of the program, and hashes it while the device copies.
    fn take_out(&mut self, plan: &Plan<'_>, id: BufferId) -> Result<(), EngineError> {
        let outputs = &plan.program.program().outputs;
        let Some(output) = outputs.iter().position(|output| *output == id) else {
            return Ok(());
        };
        let Some(buffer) = &self.buffers[id.at()] else {
            return Ok(());
        };
        let started = Instant::now();
        let mut bytes = Vec::with_capacity(buffer.words() as usize * 4);
        let mut hasher = RootHasher::default();
        let gpu = &self.engine.gpu;
        gpu.read_pieces(&self.pool, buffer, 0..buffer.words(), |piece| {
            hasher.update(piece);
            bytes.extend_from_slice(piece);
        })?;
        self.outputs[output] = (bytes, hasher.root());
        self.timings.download += started.elapsed();
        Ok(())
    }

    fn inputs(&self, step: &Step) -> Vec<Arc<Buffer>> {
        step.inputs()
            .iter()
            .filter_map(|id| self.buffers[id.at()].clone())
            .collect()
    }
}

/// The program that is executed, and how it relates to the author's.
struct Plan<'p> {
    program: &'p Verified,
    fused: Option<&'p Fused>,
}

impl Plan<'_> {
    /// The author's step that writes what this step writes.
    fn origin(&self, number: usize) -> usize {
        self.fused.map_or(number, |fused| fused.origin[number])
    }

    /// The author's name of a buffer.
    fn author(&self, id: BufferId) -> BufferId {
        self.fused.map_or(id, |fused| fused.buffers[id.at()])
    }

    /// Operations of a step and of what is merged into it, as the quote counts them.
    fn operations(&self, job: &Job<'_>, number: usize) -> u64 {
        let origin = self.origin(number);
        let own = job.program.step_operations(origin, job.params);
        let Some(fused) = self.fused else {
            return own;
        };
        fused
            .merged_into(job.program, origin)
            .into_iter()
            .map(|step| job.program.step_operations(step, job.params))
            .fold(own, u64::saturating_add)
    }
}

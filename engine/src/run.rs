//! One execution: uploads at first use, dispatches, checks, reads out, frees at last use.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use edgeproof_kernel::{BufferId, JobError, Repeat, Step};
use edgeproof_shader::{
    conv2d_params, conv2d_shader, map_shader, matmul_params, matmul_shader, Range, WORKGROUP,
};
use rand::{rngs::StdRng, SeedableRng};

use crate::{recheck, Engine, EngineError, Execution, Job, Progress, Timings};

/// A dispatch should take about this long, so that a run can be cancelled and no watchdog bites.
const DISPATCH_TIME: Duration = Duration::from_millis(100);
/// Operations of the first dispatch.
const FIRST_DISPATCH: u64 = 1 << 24;

pub(crate) struct Run<'a> {
    engine: &'a Engine,
    job: &'a Job<'a>,
    /// By buffer, while it lives.
    buffers: Vec<Option<wgpu::Buffer>>,
    /// By position in the program's outputs.
    outputs: Vec<Vec<u8>>,
    random: StdRng,
    rechecked: u64,
    operations: u64,
    total_operations: u64,
    /// Operations to dispatch at once.
    budget: u64,
    timings: Timings,
}

impl<'a> Run<'a> {
    pub fn new(engine: &'a Engine, job: &'a Job<'a>) -> Result<Self, EngineError> {
        let mut words = Vec::new();
        for (input, blob) in job.inputs.iter().enumerate() {
            let bytes = blob.len();
            if bytes % 4 != 0 {
                return Err(EngineError::NotWords { input, bytes });
            }
            words.push(u32::try_from(bytes / 4).unwrap_or(u32::MAX));
        }
        job.program.check_job(&words, job.params)?;
        Ok(Self {
            engine,
            job,
            buffers: vec![None; job.program.program().buffers.len()],
            outputs: vec![Vec::new(); job.program.program().outputs.len()],
            random: StdRng::seed_from_u64(job.seed),
            rechecked: 0,
            operations: 0,
            total_operations: job.program.operations_with(job.params).map_err(JobError::from)?,
            budget: FIRST_DISPATCH,
            timings: Timings::default(),
        })
    }

    pub fn execute(
        mut self,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Execution, EngineError> {
        self.block(None, progress)?;
        Ok(Execution {
            outputs: self.outputs,
            timings: self.timings,
            rechecked: self.rechecked,
        })
    }

    fn block(
        &mut self,
        around: Option<usize>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        let program = self.job.program;
        for number in program.block(around) {
            let Some(step) = program.step(number) else {
                continue;
            };
            match step {
                Step::Repeat(repeat) => self.repeat(number, repeat, progress)?,
                _ => self.execute_step(number, step, progress)?,
            }
            if around.is_none() {
                for id in step.results() {
                    self.take_out(id)?;
                }
            }
            for id in &program.steps()[number].released {
                self.buffers[id.at()] = None;
            }
        }
        Ok(())
    }

    fn repeat(
        &mut self,
        number: usize,
        repeat: &Repeat,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        for iteration in 0..repeat.times {
            for carried in &repeat.carried {
                self.buffers[carried.state.at()] = if iteration == 0 {
                    self.bring_in(carried.initial)?;
                    self.buffers[carried.initial.at()].clone()
                } else {
                    self.buffers[carried.next.at()].take()
                };
            }
            self.block(Some(number), progress)?;
        }
        Ok(())
    }

    fn execute_step(
        &mut self,
        number: usize,
        step: &Step,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        let Some(id) = step.out() else {
            return Ok(());
        };
        for input in step.inputs() {
            self.bring_in(input)?;
        }
        let out = self.engine.gpu.buffer(self.job.program.buffer_words(id))?;
        self.dispatch(number, step, &out, progress)?;
        self.recheck(number, step, &out)?;
        self.buffers[id.at()] = Some(out);
        Ok(())
    }

    /// Uploads an input of the job that no step has read yet.
    fn bring_in(&mut self, id: BufferId) -> Result<(), EngineError> {
        if self.buffers[id.at()].is_some() {
            return Ok(());
        }
        let Some(input) = self
            .job
            .program
            .program()
            .inputs
            .iter()
            .position(|input| *input == id)
        else {
            return Ok(());
        };
        let started = Instant::now();
        let buffer = self.engine.gpu.buffer(self.job.program.buffer_words(id))?;
        self.engine.gpu.upload(&buffer, self.job.inputs[input])?;
        self.buffers[id.at()] = Some(buffer);
        self.timings.upload += started.elapsed();
        Ok(())
    }

    fn dispatch(
        &mut self,
        number: usize,
        step: &Step,
        out: &wgpu::Buffer,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        let started = Instant::now();
        let (wgsl, params) = match step {
            Step::Map(map) => {
                let kernel = &self.job.program.program().kernels[usize::from(map.kernel)];
                (
                    map_shader(kernel),
                    self.job.program.step_params(number, self.job.params),
                )
            }
            Step::MatMul(product) => (matmul_shader(), matmul_params(product).to_vec()),
            Step::Conv2d(convolution) => (conv2d_shader(&convolution.shape), conv2d_params(convolution)),
            Step::Repeat(_) => return Ok(()),
        };
        let inputs = self.inputs(step);
        let count = u8::try_from(inputs.len()).unwrap_or(u8::MAX);
        let pipeline = self.engine.pipelines.get(&self.engine.gpu, wgsl, count)?;
        let bound = self.engine.gpu.bind(&pipeline, &inputs, out);
        self.timings.compile += started.elapsed();

        let invocations = self.job.program.steps()[number].invocations;
        let operations = self.job.program.step_operations(number, self.job.params);
        let each = operations / u64::from(invocations);
        let started = Instant::now();
        let mut first = 0;
        while first < invocations {
            let dispatched = Instant::now();
            let most = u32::try_from(self.budget / each.max(1))
                .unwrap_or(u32::MAX)
                .max(WORKGROUP);
            let end = first.saturating_add(most).min(invocations);
            self.engine.gpu.dispatch(&bound, Range { first, end }, &params)?;
            self.operations = self
                .operations
                .saturating_add(each.saturating_mul(u64::from(end - first)));
            first = end;
            self.adapt(dispatched.elapsed());
            let report = Progress {
                step: number,
                steps: self.job.program.steps().len(),
                operations: self.operations,
                total_operations: self.total_operations,
            };
            if progress(report).is_break() {
                return Err(EngineError::Cancelled);
            }
        }
        self.timings.execute += started.elapsed();
        Ok(())
    }

    fn adapt(&mut self, took: Duration) {
        if took < DISPATCH_TIME / 2 {
            self.budget = self.budget.saturating_mul(2);
        } else if took > DISPATCH_TIME * 2 {
            self.budget = (self.budget / 2).max(1);
        }
    }

    fn recheck(&mut self, number: usize, step: &Step, out: &wgpu::Buffer) -> Result<(), EngineError> {
        let started = Instant::now();
        let inputs: Vec<(wgpu::Buffer, u32)> = step
            .inputs()
            .into_iter()
            .zip(self.inputs(step))
            .map(|(id, buffer)| (buffer.clone(), self.job.program.buffer_words(id)))
            .collect();
        self.rechecked +=
            recheck::recheck(&self.engine.gpu, self.job, number, &inputs, out, &mut self.random)?;
        self.timings.recheck += started.elapsed();
        Ok(())
    }

    /// Reads the buffer out if it is an output of the program.
    fn take_out(&mut self, id: BufferId) -> Result<(), EngineError> {
        let outputs = &self.job.program.program().outputs;
        let Some(output) = outputs.iter().position(|output| *output == id) else {
            return Ok(());
        };
        let Some(buffer) = &self.buffers[id.at()] else {
            return Ok(());
        };
        let started = Instant::now();
        let words = self.job.program.buffer_words(id);
        self.outputs[output] = self.engine.gpu.read(buffer, 0..words)?;
        self.timings.download += started.elapsed();
        Ok(())
    }

    fn inputs(&self, step: &Step) -> Vec<&wgpu::Buffer> {
        step.inputs()
            .iter()
            .filter_map(|id| self.buffers[id.at()].as_ref())
            .collect()
    }
}

//! Where in the trace the steps stand.
//!
//! The trace lists the roots of all step outputs in the order of execution, every `Repeat` unrolled. Any position is
//! found by division, never by walking through iterations: a dispute starts from a position and needs the positions
//! of what its step reads.

use alloc::vec::Vec;

use crate::{BufferId, Step, Verified};

/// Where a buffer gets its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Definition {
    /// The nth input of the program.
    Input(u8),
    /// The step of this number.
    Step(u16),
    /// Carried by the nth entry of a `Repeat`.
    State { repeat: u16, carried: u16 },
}

/// One execution of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Execution {
    /// Number of the step, as in [`Verified::steps`].
    pub step: usize,
    /// Iterations of the `Repeat`s around it, outermost first.
    pub iterations: Vec<u32>,
}

/// Where the words of a step's input come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The nth input of the job.
    Input(u8),
    /// The output of the execution at this position of the trace.
    Trace(u32),
}

impl Verified {
    /// Executions of steps in one run: the leaves of the trace.
    pub fn trace_length(&self) -> u32 {
        self.block(None).fold(0, |length, step| {
            length.saturating_add(self.plans.get(step).map_or(0, |plan| plan.length))
        })
    }

    /// Words that one run writes: the outputs of all executions of steps.
    pub fn traced_words(&self) -> u64 {
        self.plans.iter().fold(0, |words: u64, plan| {
            let output = u64::from(plan.invocations).saturating_mul(plan.width.into());
            words.saturating_add(output.saturating_mul(plan.executions.into()))
        })
    }

    /// The execution at a position of the trace.
    pub fn execution(&self, position: u32) -> Option<Execution> {
        let mut iterations = Vec::new();
        let (mut around, mut rest) = (None, position);
        loop {
            let (step, plan) = self
                .block(around)
                .filter_map(|step| Some((step, self.plans.get(step)?)))
                .find(|(_, plan)| {
                    rest.checked_sub(plan.offset)
                        .is_some_and(|inside| inside < plan.length)
                })?;
            rest = rest.checked_sub(plan.offset)?;
            let Some(Step::Repeat(repeat)) = self.step(step) else {
                return Some(Execution { step, iterations });
            };
            let body = plan.length.checked_div(repeat.times)?;
            iterations.push(rest.checked_div(body)?);
            rest = rest.checked_rem(body)?;
            around = Some(step);
        }
    }

    /// The position of an execution in the trace, if there is such an execution.
    pub fn position(&self, execution: &Execution) -> Option<u32> {
        let plan = self.plans.get(execution.step)?;
        let mut position = plan.offset;
        let mut around = plan.around;
        let mut iterations = execution.iterations.iter().rev();
        while let Some(number) = around {
            let repeat = usize::from(number);
            let (Some(Step::Repeat(step)), Some(plan)) = (self.step(repeat), self.plans.get(repeat)) else {
                return None;
            };
            let iteration = *iterations.next().filter(|iteration| **iteration < step.times)?;
            let body = plan.length.checked_div(step.times)?;
            position = position
                .checked_add(iteration.checked_mul(body)?)?
                .checked_add(plan.offset)?;
            around = plan.around;
        }
        (iterations.next().is_none() && plan.inner == 0).then_some(position)
    }

    /// Where the nth input of an execution comes from.
    pub fn source(&self, execution: &Execution, input: usize) -> Option<Source> {
        let id = *self.step(execution.step)?.inputs().get(input)?;
        let path = self
            .around(execution.step)
            .into_iter()
            .zip(execution.iterations.iter().copied());
        self.origin(id, path.collect())
    }

    /// The position in the trace of the execution that writes the nth output of the program.
    pub fn output_position(&self, output: usize) -> Option<u32> {
        let id = self.program.outputs.get(output)?;
        match self.origin(*id, Vec::new())? {
            Source::Trace(position) => Some(position),
            Source::Input(_) => None,
        }
    }

    /// Where a buffer comes from that is read on this path: numbers of `Repeat`s and their iterations.
    fn origin(&self, mut id: BufferId, mut path: Vec<(usize, u32)>) -> Option<Source> {
        // Each turn names a buffer of a wider scope or ends, so that nesting bounds the turns.
        loop {
            match *self.definitions.get(id.at())? {
                Definition::Input(input) => return Some(Source::Input(input)),
                Definition::Step(step) => {
                    let step = usize::from(step);
                    let iterations = self.latest(step, &path)?;
                    return self.position(&Execution { step, iterations }).map(Source::Trace);
                }
                Definition::State { repeat, carried } => {
                    let repeat = usize::from(repeat);
                    let Some(Step::Repeat(step)) = self.step(repeat) else {
                        return None;
                    };
                    let carried = step.carried.get(usize::from(carried))?;
                    let depth = path.iter().position(|(number, _)| *number == repeat)?;
                    path.truncate(depth.saturating_add(1));
                    let (_, iteration) = path.last_mut()?;
                    match iteration.checked_sub(1) {
                        Some(before) => {
                            *iteration = before;
                            id = carried.next;
                        }
                        None => {
                            path.truncate(depth);
                            id = carried.initial;
                        }
                    }
                }
            }
        }
    }

    /// The iterations in which a step has written what is read on `path`: those of the `Repeat`s that both share, and
    /// the last ones of those that lie behind.
    fn latest(&self, step: usize, path: &[(usize, u32)]) -> Option<Vec<u32>> {
        let mut shared = path.iter();
        self.around(step)
            .into_iter()
            .map(|repeat| match shared.next() {
                Some((number, iteration)) if *number == repeat => Some(*iteration),
                _ => {
                    shared = [].iter();
                    match self.step(repeat)? {
                        Step::Repeat(repeat) => repeat.times.checked_sub(1),
                        _ => None,
                    }
                }
            })
            .collect()
    }

    /// Numbers of the `Repeat`s around a step, outermost first.
    fn around(&self, step: usize) -> Vec<usize> {
        let outer = |step: usize| Some(usize::from(self.plans.get(step)?.around?));
        let mut repeats: Vec<usize> = core::iter::successors(outer(step), |step| outer(*step)).collect();
        repeats.reverse();
        repeats
    }
}

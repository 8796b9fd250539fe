//! Checks of the steps: shapes, and that every buffer is written once before it is read.

use alloc::{vec, vec::Vec};

use crate::{
    limits, trace::Definition, BufferId, Conv2d, Cost, Map, MatMul, Place, Program, Rejection, Repeat, Rule,
    Step, StepPlan, Word,
};

/// How a buffer gets its content, as far as the steps before have told.
#[derive(Clone, Copy, PartialEq)]
enum Content {
    None,
    Input,
    Step,
    /// Carried into the iteration that is being read.
    State,
    /// Of a body that lies behind.
    Hidden,
}

/// What the steps tell: a plan for each, without the buffers that it releases, and where each buffer comes from.
pub(super) fn verify(
    program: &Program,
    costs: &[Cost],
) -> Result<(Vec<StepPlan>, Vec<Definition>), Rejection> {
    let mut checker = Checker {
        program,
        costs,
        contents: vec![Content::None; program.buffers.len()],
        definitions: vec![Definition::Input(0); program.buffers.len()],
        visible: Vec::new(),
        plans: Vec::new(),
    };
    for (input, id) in (0u8..).zip(&program.inputs) {
        checker.define(*id, Content::Input, Definition::Input(input));
    }
    checker.block(
        &program.steps,
        Around {
            repeat: None,
            depth: 0,
            executions: 1,
        },
    )?;
    checker.all_written()?;
    Ok((checker.plans, checker.definitions))
}

struct Checker<'p> {
    program: &'p Program,
    costs: &'p [Cost],
    contents: Vec<Content>,
    definitions: Vec<Definition>,
    /// Buffers that the open blocks have defined, in order.
    visible: Vec<BufferId>,
    plans: Vec<StepPlan>,
}

/// What surrounds a block.
#[derive(Clone, Copy)]
struct Around {
    repeat: Option<u16>,
    depth: usize,
    /// How often the block runs.
    executions: u32,
}

impl Checker<'_> {
    /// Checks the steps of a block and returns how many executions one run of it takes.
    fn block(&mut self, steps: &[Step], around: Around) -> Result<u32, Rejection> {
        let mut offset = 0u32;
        for (at, step) in (0u16..).zip(steps) {
            if self.plans.len() >= limits::STEPS {
                return Err(Rejection {
                    place: Place::Program,
                    rule: Rule::TooManySteps,
                });
            }
            let number = u16::try_from(self.plans.len()).unwrap_or(u16::MAX);
            let here = |rule| Rejection {
                place: Place::Step(number),
                rule,
            };
            step.inputs()
                .into_iter()
                .try_for_each(|id| self.readable(id))
                .map_err(here)?;
            let mut plan = match step {
                Step::Map(map) => self.map(map),
                Step::MatMul(product) => self.matmul(product),
                Step::Conv2d(convolution) => self.conv2d(convolution),
                Step::Repeat(_) => Ok(StepPlan::default()),
            }
            .map_err(here)?;
            plan.around = around.repeat;
            plan.at = at;
            plan.executions = around.executions;
            plan.offset = offset;
            plan.length = 1;
            self.plans.push(plan);

            let length = match step {
                Step::Repeat(repeat) => self.repeat(repeat, number, around)?,
                _ => {
                    if let Some(out) = step.out() {
                        self.fresh(out).map_err(here)?;
                        self.define(out, Content::Step, Definition::Step(number));
                    }
                    1
                }
            };
            offset = offset
                .checked_add(length)
                .filter(|length| *length <= limits::UNROLLED_STEPS)
                .ok_or(here(Rule::TooManyUnrolledSteps))?;
        }
        Ok(offset)
    }

    fn repeat(&mut self, repeat: &Repeat, number: u16, around: Around) -> Result<u32, Rejection> {
        let here = |rule| Rejection {
            place: Place::Step(number),
            rule,
        };
        if around.depth >= limits::REPEAT_NESTING {
            return Err(here(Rule::RepeatTooDeep));
        }
        if repeat.times == 0 || repeat.body.is_empty() {
            return Err(here(Rule::RepeatsNothing));
        }
        let outside = self.visible.len();
        for (at, carried) in (0u16..).zip(&repeat.carried) {
            self.fresh(carried.state).map_err(here)?;
            self.define(
                carried.state,
                Content::State,
                Definition::State {
                    repeat: number,
                    carried: at,
                },
            );
            let expected = self.words(carried.initial);
            for buffer in [carried.state, carried.next] {
                let found = self.program.buffers.get(buffer.at()).copied();
                let found = found.ok_or(here(Rule::NoSuchBuffer(buffer)))?;
                if found != expected {
                    return Err(here(Rule::CarriedLength {
                        buffer,
                        expected,
                        found,
                    }));
                }
            }
        }
        let inner = Around {
            repeat: Some(number),
            depth: around.depth.saturating_add(1),
            executions: around.executions.saturating_mul(repeat.times),
        };
        let body = self.block(&repeat.body, inner)?;
        let written = self.visible.split_off(outside.min(self.visible.len()));
        for carried in &repeat.carried {
            if self.content(carried.next) != Some(Content::Step) || !written.contains(&carried.next) {
                return Err(here(Rule::NextNotWritten(carried.next)));
            }
        }
        for id in written {
            self.set(id, Content::Hidden);
        }
        for carried in &repeat.carried {
            if self.content(carried.next) != Some(Content::Hidden) {
                return Err(here(Rule::CarriedTwice(carried.next)));
            }
            self.set(carried.next, Content::Step);
            self.visible.push(carried.next);
        }

        let length = body
            .checked_mul(repeat.times)
            .filter(|length| *length <= limits::UNROLLED_STEPS)
            .ok_or(here(Rule::TooManyUnrolledSteps))?;
        let after = self.plans.len();
        if let Some(plan) = self.plans.get_mut(usize::from(number)) {
            plan.length = length;
            plan.inner = u16::try_from(after.saturating_sub(usize::from(number)).saturating_sub(1))
                .unwrap_or(u16::MAX);
        }
        Ok(length)
    }

    fn all_written(&self) -> Result<(), Rejection> {
        for (id, content) in (0u16..).map(BufferId).zip(&self.contents) {
            let rule = match content {
                Content::None => Rule::NeverWritten,
                Content::Input if self.program.outputs.contains(&id) => Rule::OutputNotWritten,
                Content::Hidden if self.program.outputs.contains(&id) => Rule::OnlyInsideRepeat(id),
                _ => continue,
            };
            return Err(Rejection {
                place: Place::Buffer(id),
                rule,
            });
        }
        Ok(())
    }

    fn content(&self, id: BufferId) -> Option<Content> {
        self.contents.get(id.at()).copied()
    }

    fn readable(&self, id: BufferId) -> Result<(), Rule> {
        match self.content(id) {
            None => Err(Rule::NoSuchBuffer(id)),
            Some(Content::None) => Err(Rule::ReadBeforeWritten(id)),
            Some(Content::Hidden) => Err(Rule::OnlyInsideRepeat(id)),
            Some(Content::Input | Content::Step | Content::State) => Ok(()),
        }
    }

    fn fresh(&self, id: BufferId) -> Result<(), Rule> {
        match self.content(id) {
            None => Err(Rule::NoSuchBuffer(id)),
            Some(Content::None) => Ok(()),
            Some(_) => Err(Rule::WrittenTwice(id)),
        }
    }

    fn define(&mut self, id: BufferId, content: Content, definition: Definition) {
        self.set(id, content);
        if let Some(slot) = self.definitions.get_mut(id.at()) {
            *slot = definition;
        }
        self.visible.push(id);
    }

    fn set(&mut self, id: BufferId, content: Content) {
        if let Some(slot) = self.contents.get_mut(id.at()) {
            *slot = content;
        }
    }

    fn words(&self, id: BufferId) -> u32 {
        self.program.buffers.get(id.at()).copied().unwrap_or(0)
    }

    fn map(&self, map: &Map) -> Result<StepPlan, Rule> {
        let at = usize::from(map.kernel);
        let (Some(kernel), Some(cost)) = (self.program.kernels.get(at), self.costs.get(at)) else {
            return Err(Rule::NoSuchKernel(map.kernel));
        };
        let count = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        if map.inputs.len() != usize::from(kernel.inputs) {
            return Err(Rule::InputCount {
                expected: kernel.inputs,
                found: count(map.inputs.len()),
            });
        }
        if map.params.len() != kernel.params.len() {
            return Err(Rule::ParamCount {
                expected: count(kernel.params.len()),
                found: count(map.params.len()),
            });
        }

        let mut largest = Vec::with_capacity(map.params.len());
        for (param, (word, maximum)) in (0u8..).zip(map.params.iter().zip(&kernel.params)) {
            let value = match *word {
                Word::Constant(value) => value,
                Word::Job(n) => *self
                    .program
                    .params
                    .get(usize::from(n))
                    .ok_or(Rule::NoSuchJobParam(n))?,
            };
            if value > *maximum {
                return Err(Rule::ParamAboveMaximum {
                    param,
                    value,
                    maximum: *maximum,
                });
            }
            largest.push(value);
        }

        let words = self.words(map.out);
        let width = u8::try_from(kernel.width()).unwrap_or(u8::MAX);
        let (Some(invocations), Some(0)) = (
            words.checked_div(u32::from(width)),
            words.checked_rem(u32::from(width)),
        ) else {
            return Err(Rule::OutputNotWholeInvocations { words, width });
        };
        Ok(plan(invocations, width, cost.with(&largest).operations))
    }

    fn matmul(&self, product: &MatMul) -> Result<StepPlan, Rule> {
        let MatMul { m, n, k, a, b, out } = *product;
        if m == 0 || n == 0 || k == 0 || k % 4 != 0 || k > limits::MATMUL_K {
            return Err(Rule::MatMulShape);
        }
        let row = k / 4;
        for (buffer, rows, row) in [(a, m, row), (b, n, row), (out, m, n)] {
            self.length(buffer, u64::from(rows).saturating_mul(u64::from(row)))?;
        }
        Ok(plan(self.words(out), 1, product.element_operations()))
    }

    fn conv2d(&self, convolution: &Conv2d) -> Result<StepPlan, Rule> {
        let Conv2d {
            shape,
            input,
            weights,
            out,
        } = convolution;
        let sizes = shape.sizes().ok_or(Rule::ConvShape)?;
        self.length(*input, sizes.input_words)?;
        self.length(*weights, sizes.weight_words)?;
        self.length(*out, sizes.out_words)?;
        Ok(plan(self.words(*out), 1, shape.element_operations()))
    }

    /// The buffer exists and is as long as the shape says.
    fn length(&self, buffer: BufferId, expected: u64) -> Result<(), Rule> {
        let found = *self
            .program
            .buffers
            .get(buffer.at())
            .ok_or(Rule::NoSuchBuffer(buffer))?;
        if expected == u64::from(found) {
            Ok(())
        } else {
            Err(Rule::OperandLength {
                buffer,
                expected,
                found,
            })
        }
    }
}

fn plan(invocations: u32, width: u8, invocation_operations: u64) -> StepPlan {
    StepPlan {
        invocations,
        width,
        operations: invocation_operations.saturating_mul(u64::from(invocations)),
        ..StepPlan::default()
    }
}

//! Checks of the steps: shapes, and that every buffer is written once before it is read.

use alloc::{vec, vec::Vec};

use crate::{limits, BufferId, Cost, Map, MatMul, Place, Program, Rejection, Rule, Step, StepPlan, Word};

/// How a buffer gets its content, as far as the steps before have told.
#[derive(Clone, Copy, PartialEq)]
enum Content {
    None,
    Input,
    Step,
}

/// One plan per step, without the buffers that it releases.
pub(super) fn verify(program: &Program, costs: &[Cost]) -> Result<Vec<StepPlan>, Rejection> {
    let mut contents = vec![Content::None; program.buffers.len()];
    for id in &program.inputs {
        set(&mut contents, *id, Content::Input);
    }

    let mut plans = Vec::with_capacity(program.steps.len());
    for (number, step) in (0u16..).zip(&program.steps) {
        let here = |rule| Rejection {
            place: Place::Step(number),
            rule,
        };
        for id in step.inputs() {
            match contents.get(id.at()) {
                None => return Err(here(Rule::NoSuchBuffer(id))),
                Some(Content::None) => return Err(here(Rule::ReadBeforeWritten(id))),
                Some(_) => {}
            }
        }
        let out = step.out();
        match contents.get(out.at()) {
            None => return Err(here(Rule::NoSuchBuffer(out))),
            Some(Content::None) => set(&mut contents, out, Content::Step),
            Some(_) => return Err(here(Rule::WrittenTwice(out))),
        }
        plans.push(match step {
            Step::Map(map) => map_plan(program, costs, map).map_err(here)?,
            Step::MatMul(product) => matmul_plan(program, product).map_err(here)?,
        });
    }

    for (id, content) in (0u16..).zip(&contents) {
        let rule = match content {
            Content::None => Rule::NeverWritten,
            Content::Input if program.outputs.contains(&BufferId(id)) => Rule::OutputNotWritten,
            _ => continue,
        };
        return Err(Rejection {
            place: Place::Buffer(BufferId(id)),
            rule,
        });
    }
    Ok(plans)
}

fn set(contents: &mut [Content], id: BufferId, content: Content) {
    if let Some(slot) = contents.get_mut(id.at()) {
        *slot = content;
    }
}

fn words(program: &Program, id: BufferId) -> u32 {
    program.buffers.get(id.at()).copied().unwrap_or(0)
}

fn map_plan(program: &Program, costs: &[Cost], map: &Map) -> Result<StepPlan, Rule> {
    let at = usize::from(map.kernel);
    let (Some(kernel), Some(cost)) = (program.kernels.get(at), costs.get(at)) else {
        return Err(Rule::NoSuchKernel(map.kernel));
    };
    if map.inputs.len() != usize::from(kernel.inputs) {
        let found = u16::try_from(map.inputs.len()).unwrap_or(u16::MAX);
        return Err(Rule::InputCount {
            expected: kernel.inputs,
            found,
        });
    }
    if map.params.len() != kernel.params.len() {
        let count = |params: usize| u16::try_from(params).unwrap_or(u16::MAX);
        return Err(Rule::ParamCount {
            expected: count(kernel.params.len()),
            found: count(map.params.len()),
        });
    }

    let mut largest = Vec::with_capacity(map.params.len());
    for (param, (word, maximum)) in (0u8..).zip(map.params.iter().zip(&kernel.params)) {
        let value = match *word {
            Word::Constant(value) => value,
            Word::Job(n) => *program
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

    let words = words(program, map.out);
    let width = u8::try_from(kernel.width()).unwrap_or(u8::MAX);
    let (Some(invocations), Some(0)) = (
        words.checked_div(u32::from(width)),
        words.checked_rem(u32::from(width)),
    ) else {
        return Err(Rule::OutputNotWholeInvocations { words, width });
    };
    let work = cost.with(&largest);
    let operations = work.operations.saturating_mul(u64::from(invocations));
    Ok(StepPlan {
        invocations,
        width,
        operations,
        released: Vec::new(),
    })
}

fn matmul_plan(program: &Program, product: &MatMul) -> Result<StepPlan, Rule> {
    let MatMul { m, n, k, a, b, out } = *product;
    if m == 0 || n == 0 || k == 0 || k % 4 != 0 || k > limits::MATMUL_K {
        return Err(Rule::MatMulShape);
    }
    let row = k / 4;
    for (buffer, rows, row) in [(a, m, row), (b, n, row), (out, m, n)] {
        let expected = u64::from(rows).saturating_mul(u64::from(row));
        let found = words(program, buffer);
        if expected != u64::from(found) {
            return Err(Rule::MatMulOperandLength {
                buffer,
                expected,
                found,
            });
        }
    }
    let invocations = words(program, out);
    let operations = product
        .element_operations()
        .saturating_mul(u64::from(invocations));
    Ok(StepPlan {
        invocations,
        width: 1,
        operations,
        released: Vec::new(),
    })
}

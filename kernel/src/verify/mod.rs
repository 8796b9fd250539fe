//! The verifier: linear in the size of the program, and total.

mod kernel;
mod liveness;
mod steps;
pub(crate) mod types;

use alloc::{collections::BTreeSet, vec::Vec};

use crate::{limits, BufferId, Place, Program, Rejection, Rule, Verified};

/// Checks every rule of the language.
///
/// # Errors
/// The first rule that is broken, and where.
pub(crate) fn verify(program: Program) -> Result<Verified, Rejection> {
    let whole = |rule| Rejection {
        place: Place::Program,
        rule,
    };
    counts(&program).map_err(whole)?;
    buffers(&program)?;
    distinct(&program, &program.inputs, Rule::InputTwice)?;
    distinct(&program, &program.outputs, Rule::OutputTwice)?;
    let costs = (0u16..)
        .zip(&program.kernels)
        .map(|(number, kernel)| kernel::verify(number, kernel))
        .collect::<Result<Vec<_>, _>>()?;

    let (plans, definitions) = steps::verify(&program, &costs)?;
    let operations = plans.iter().fold(0u64, |sum, plan| {
        sum.saturating_add(plan.operations.saturating_mul(u64::from(plan.executions)))
    });
    if operations == u64::MAX {
        return Err(whole(Rule::CostOverflow));
    }
    let mut verified = Verified {
        program,
        costs,
        plans,
        definitions,
        peak_words: 0,
        operations,
    };
    liveness::plan(&mut verified);
    Ok(verified)
}

fn counts(program: &Program) -> Result<(), Rule> {
    if program.version != crate::VERSION {
        return Err(Rule::UnknownVersion(program.version));
    }
    let limits = [
        (program.kernels.len(), limits::KERNELS, Rule::TooManyKernels),
        (program.buffers.len(), limits::BUFFERS, Rule::TooManyBuffers),
        (program.inputs.len(), limits::BLOBS, Rule::TooManyInputs),
        (program.outputs.len(), limits::BLOBS, Rule::TooManyOutputs),
        (program.params.len(), limits::PARAMS, Rule::TooManyParams),
    ];
    if let Some((_, _, rule)) = limits.into_iter().find(|(count, limit, _)| count > limit) {
        return Err(rule);
    }
    if program.steps.is_empty() {
        return Err(Rule::NoStep);
    }
    if program.outputs.is_empty() {
        return Err(Rule::NoOutput);
    }
    Ok(())
}

fn buffers(program: &Program) -> Result<(), Rejection> {
    let mut total = 0u64;
    for (id, words) in (0u16..).zip(&program.buffers) {
        if *words == 0 || *words > limits::BUFFER_WORDS {
            return Err(Rejection {
                place: Place::Buffer(BufferId(id)),
                rule: Rule::BufferLength(*words),
            });
        }
        total = total.saturating_add(u64::from(*words));
    }
    if total > limits::TOTAL_WORDS {
        return Err(Rejection {
            place: Place::Program,
            rule: Rule::TotalBufferLength,
        });
    }
    Ok(())
}

fn distinct(program: &Program, ids: &[BufferId], twice: Rule) -> Result<(), Rejection> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if id.at() >= program.buffers.len() {
            return Err(Rejection {
                place: Place::Program,
                rule: Rule::NoSuchBuffer(*id),
            });
        }
        if !seen.insert(*id) {
            return Err(Rejection {
                place: Place::Buffer(*id),
                rule: twice,
            });
        }
    }
    Ok(())
}

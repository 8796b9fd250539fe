//! When a buffer exists: from the step that first touches it to the step that last does.

use alloc::{vec, vec::Vec};

use crate::{Program, StepPlan};

/// Writes into each plan which buffers end with it; returns the most words alive at once.
///
/// Inputs are brought in by the step that first reads them. Outputs are copied out by the step that writes
/// them, so that being an output keeps nothing alive.
pub(super) fn plan(program: &Program, plans: &mut [StepPlan]) -> u64 {
    let mut last_use = vec![None; program.buffers.len()];
    for (number, step) in program.steps.iter().enumerate() {
        for id in touched(step) {
            if let Some(last) = last_use.get_mut(id.at()) {
                *last = Some(number);
            }
        }
    }

    let mut alive = vec![false; program.buffers.len()];
    let (mut words, mut peak) = (0u64, 0u64);
    for ((number, step), plan) in program.steps.iter().enumerate().zip(plans) {
        let ids = touched(step);
        for id in &ids {
            if let (Some(slot @ false), Some(length)) = (alive.get_mut(id.at()), program.buffers.get(id.at()))
            {
                *slot = true;
                words = words.saturating_add(u64::from(*length));
            }
        }
        peak = peak.max(words);
        for id in ids {
            if last_use.get(id.at()) == Some(&Some(number)) {
                if let (Some(slot @ true), Some(length)) =
                    (alive.get_mut(id.at()), program.buffers.get(id.at()))
                {
                    *slot = false;
                    words = words.saturating_sub(u64::from(*length));
                    plan.released.push(id);
                }
            }
        }
    }
    peak
}

fn touched(step: &crate::Step) -> Vec<crate::BufferId> {
    let mut ids = step.inputs();
    ids.push(step.out());
    ids
}

//! When a buffer exists: from the step that first touches it to the step that last does.

use alloc::{vec, vec::Vec};

use crate::{trace::Definition, BufferId, Step, Verified};

/// Writes into each plan which buffers end with it, and the most words alive at once.
///
/// Inputs are brought in by the step that first reads them. Outputs are copied out by the step of the program that
/// leaves them behind, so that being an output keeps nothing alive. What a `Repeat` reads from outside lives at least
/// as long as the whole of it; a carried buffer lives on as the state of the next iteration.
pub(super) fn plan(verified: &mut Verified) {
    let buffers = verified.program.buffers.len();
    let scopes = scopes(verified);
    let mut last_use = vec![None; buffers];
    for number in 0..verified.plans.len() {
        for id in touched(verified, number) {
            let scope = scopes.get(id.at()).copied().flatten();
            if let Some(last) = last_use.get_mut(id.at()) {
                *last = Some(ancestor(verified, number, scope));
            }
        }
    }

    let mut released: Vec<Vec<BufferId>> = vec![Vec::new(); verified.plans.len()];
    for (id, last) in (0u16..).map(BufferId).zip(&last_use) {
        if let Some(ending) = last.and_then(|last: usize| released.get_mut(last)) {
            ending.push(id);
        }
    }
    for (plan, released) in verified.plans.iter_mut().zip(released) {
        plan.released = released;
    }
    let mut alive = Alive {
        verified,
        buffers: vec![false; buffers],
        words: 0,
        peak: 0,
    };
    alive.block(None);
    verified.peak_words = alive.peak;
}

/// The `Repeat` in whose iterations each buffer lives and dies; none for those of the whole program.
fn scopes(verified: &Verified) -> Vec<Option<u16>> {
    let around = |step: u16| verified.plans.get(usize::from(step)).and_then(|plan| plan.around);
    let mut scopes: Vec<Option<u16>> = verified
        .definitions
        .iter()
        .map(|definition| match *definition {
            Definition::Input(_) => None,
            Definition::Step(step) => around(step),
            Definition::State { repeat, .. } => Some(repeat),
        })
        .collect();
    // Inner ones come later in the text, and hand on to outer ones.
    for number in (0..verified.plans.len()).rev() {
        let Some(Step::Repeat(repeat)) = verified.step(number) else {
            continue;
        };
        let outer = verified.plans.get(number).and_then(|plan| plan.around);
        for carried in &repeat.carried {
            if let Some(scope) = scopes.get_mut(carried.next.at()) {
                *scope = outer;
            }
        }
    }
    scopes
}

/// The step of the block `scope` in which step `number` stands.
fn ancestor(verified: &Verified, number: usize, scope: Option<u16>) -> usize {
    let around = |step: usize| verified.plans.get(step).and_then(|plan| plan.around);
    let mut step = number;
    while around(step) != scope {
        match around(step) {
            Some(outer) => step = usize::from(outer),
            None => break,
        }
    }
    step
}

fn touched(verified: &Verified, number: usize) -> Vec<BufferId> {
    let Some(step) = verified.step(number) else {
        return Vec::new();
    };
    let mut ids = step.inputs();
    ids.extend(step.results());
    ids
}

struct Alive<'v> {
    verified: &'v Verified,
    buffers: Vec<bool>,
    words: u64,
    peak: u64,
}

impl Alive<'_> {
    fn block(&mut self, around: Option<usize>) {
        let verified = self.verified;
        for number in verified.block(around) {
            let Some(step) = verified.step(number) else {
                continue;
            };
            for id in step.inputs() {
                self.begin(id);
            }
            if let Step::Repeat(repeat) = step {
                for carried in &repeat.carried {
                    self.begin(carried.state);
                }
                self.block(Some(number));
                for carried in &repeat.carried {
                    self.end(carried.state);
                }
            }
            for id in step.results() {
                self.begin(id);
            }
            if let Some(plan) = verified.plans.get(number) {
                for id in &plan.released {
                    self.end(*id);
                }
            }
        }
    }

    fn begin(&mut self, id: BufferId) {
        if let Some(alive @ false) = self.buffers.get_mut(id.at()) {
            *alive = true;
            self.words = self
                .words
                .saturating_add(u64::from(self.verified.buffer_words(id)));
            self.peak = self.peak.max(self.words);
        }
    }

    fn end(&mut self, id: BufferId) {
        if let Some(alive @ true) = self.buffers.get_mut(id.at()) {
            *alive = false;
            self.words = self
                .words
                .saturating_sub(u64::from(self.verified.buffer_words(id)));
        }
    }
}

//! Loops that every driver runs to their end.
//!
//! Mesa's llvmpipe silently leaves all loops of an invocation after 65,535 iterations, counted together. A loop that
//! could exceed its share is therefore written several times in a row inside one iteration.

use edgeproof_kernel::{Bound, Kernel, Statement};

/// Iterations that all loops of one invocation may take together; the clearing of local arrays takes up to 256 more.
const BUDGET: u64 = 65_000;

/// How often the body of each loop must stand in a row.
pub(crate) struct Iterations<'k> {
    params: &'k [u32],
    /// Most iterations that one loop may take in an invocation.
    share: u64,
    /// Most times that the loop being written is entered.
    entries: u64,
}

impl<'k> Iterations<'k> {
    pub fn new(kernel: &'k Kernel) -> Self {
        Self {
            params: &kernel.params,
            share: BUDGET / loops(&kernel.code).max(1),
            entries: 1,
        }
    }

    /// Enters a loop: copies of its body, and what [`Self::leave`] takes back.
    pub fn enter(&mut self, bound: &Bound) -> (u64, u64) {
        let rounds = match bound {
            Bound::Constant(rounds) => *rounds,
            Bound::Parameter(param) => self.params.get(usize::from(*param)).copied().unwrap_or(u32::MAX),
        };
        let outside = self.entries;
        self.entries = outside.saturating_mul(u64::from(rounds.max(1)));
        let copies = self
            .entries
            .div_ceil(self.share.max(1))
            .clamp(1, u64::from(rounds.max(1)));
        (copies, outside)
    }

    pub fn leave(&mut self, outside: u64) {
        self.entries = outside;
    }
}

fn loops(block: &[Statement]) -> u64 {
    block
        .iter()
        .map(|statement| match statement {
            Statement::Loop { body, .. } => 1 + loops(body),
            Statement::If { then, otherwise, .. } => loops(then) + loops(otherwise),
            _ => 0,
        })
        .sum()
}

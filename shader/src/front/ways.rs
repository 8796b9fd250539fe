//! How control leaves blocks of the source, and what they write.

use std::ops::{BitAnd, BitOr, Not};

use naga::{Expression, Handle, Statement};

/// A set of ways out of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ways(u8);

impl Ways {
    pub const NONE: Self = Self(0);
    /// To what follows.
    pub const FALLS: Self = Self(1);
    /// By `break` of a loop.
    pub const BREAKS: Self = Self(2);
    pub const CONTINUES: Self = Self(4);
    pub const RETURNS: Self = Self(8);
    /// By `break` of a switch.
    pub const LEAVES: Self = Self(16);

    pub fn has(self, ways: Self) -> bool {
        self.0 & ways.0 != 0
    }

    pub fn falls(self) -> bool {
        self.has(Self::FALLS)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Ways {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Ways {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Not for Ways {
    type Output = Self;
    fn not(self) -> Self {
        Self(!self.0)
    }
}

/// Ways out of a block; `in_switch` when a `break` in it leaves a switch.
pub(super) fn of(block: &naga::Block, in_switch: bool) -> Ways {
    let mut ways = Ways::NONE;
    for statement in block {
        let own = of_statement(statement, in_switch);
        ways = ways | (own & !Ways::FALLS);
        if !own.falls() {
            return ways;
        }
    }
    ways | Ways::FALLS
}

fn of_statement(statement: &Statement, in_switch: bool) -> Ways {
    match statement {
        Statement::Block(block) => of(block, in_switch),
        Statement::If { accept, reject, .. } => of(accept, in_switch) | of(reject, in_switch),
        Statement::Switch { cases, .. } => {
            let bodies = cases.iter().filter(|case| !case.fall_through);
            let ways = bodies.fold(Ways::NONE, |ways, case| ways | of(&case.body, true));
            if ways.has(Ways::LEAVES) {
                ways & !Ways::LEAVES | Ways::FALLS
            } else {
                ways
            }
        }
        Statement::Loop {
            body,
            continuing,
            break_if,
        } => of_loop(body, continuing, break_if.is_some()),
        Statement::Break if in_switch => Ways::LEAVES,
        Statement::Break => Ways::BREAKS,
        Statement::Continue => Ways::CONTINUES,
        Statement::Return { .. } => Ways::RETURNS,
        _ => Ways::FALLS,
    }
}

/// Ways out of a loop.
pub(super) fn of_loop(body: &naga::Block, continuing: &naga::Block, breaks_at_end: bool) -> Ways {
    let inside = of(body, false) | of(continuing, false);
    let ends = breaks_at_end || inside.has(Ways::BREAKS);
    (inside & Ways::RETURNS) | if ends { Ways::FALLS } else { Ways::NONE }
}

/// Where a function returns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Returns {
    /// Only as its last statement.
    pub at_end: bool,
    pub outside_of_loops: usize,
}

pub(super) fn returns(body: &naga::Block) -> Returns {
    let outside_of_loops = count(body, false);
    let last = last(body);
    let at_end = count(body, true) == usize::from(last.is_some()) && last.is_some();
    Returns {
        at_end,
        outside_of_loops,
    }
}

fn last(block: &naga::Block) -> Option<()> {
    match block.last()? {
        Statement::Return { .. } => Some(()),
        Statement::Block(inner) => last(inner),
        _ => None,
    }
}

fn count(block: &naga::Block, in_loops: bool) -> usize {
    block
        .iter()
        .map(|statement| match statement {
            Statement::Return { .. } => 1,
            Statement::Block(block) => count(block, in_loops),
            Statement::If { accept, reject, .. } => count(accept, in_loops) + count(reject, in_loops),
            Statement::Switch { cases, .. } => cases.iter().map(|case| count(&case.body, in_loops)).sum(),
            Statement::Loop { body, continuing, .. } if in_loops => {
                count(body, true) + count(continuing, true)
            }
            _ => 0,
        })
        .sum()
}

/// Pointers that a block stores to or hands to functions.
pub(super) fn written_pointers(block: &naga::Block, pointers: &mut Vec<Handle<Expression>>) {
    for statement in block {
        match statement {
            Statement::Store { pointer, .. } => pointers.push(*pointer),
            Statement::Call { arguments, .. } => pointers.extend(arguments),
            Statement::Block(block) => written_pointers(block, pointers),
            Statement::If { accept, reject, .. } => {
                written_pointers(accept, pointers);
                written_pointers(reject, pointers);
            }
            Statement::Switch { cases, .. } => {
                cases
                    .iter()
                    .for_each(|case| written_pointers(&case.body, pointers));
            }
            Statement::Loop { body, continuing, .. } => {
                written_pointers(body, pointers);
                written_pointers(continuing, pointers);
            }
            _ => {}
        }
    }
}

/// Pointers that a block hands to functions.
pub(super) fn passed(block: &naga::Block, pointers: &mut Vec<Handle<Expression>>) {
    for statement in block {
        match statement {
            Statement::Call { arguments, .. } => pointers.extend(arguments),
            Statement::Block(block) => passed(block, pointers),
            Statement::If { accept, reject, .. } => {
                passed(accept, pointers);
                passed(reject, pointers);
            }
            Statement::Switch { cases, .. } => cases.iter().for_each(|case| passed(&case.body, pointers)),
            Statement::Loop { body, continuing, .. } => {
                passed(body, pointers);
                passed(continuing, pointers);
            }
            _ => {}
        }
    }
}

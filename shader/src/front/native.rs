//! `mul_hi_u32` and `mul_hi_i32`: operations of the kernel language that WGSL has no builtin for.
//!
//! A source calls them like builtins. Unless it declares them itself, their text is appended to it, behind
//! everything that a diagnostic could point at, and calls of them become the operation.

use std::collections::HashMap;

use edgeproof_kernel::Binary;
use naga::{Handle, Module};

use super::{ir::Op, scan::Scan};
use crate::helpers::Helper;

const NATIVES: [(Helper, Binary); 2] = [(Helper::MulHiU, Binary::MulHiU), (Helper::MulHiI, Binary::MulHiI)];

/// Declarations to append to a source; empty when it has its own.
pub(super) fn declarations(scan: &Scan) -> String {
    let names = NATIVES.map(|(helper, _)| helper.name());
    let called = names.iter().any(|name| scan.identifiers.contains(*name));
    if !called || names.iter().any(|name| scan.functions.contains_key(*name)) {
        return String::new();
    }
    NATIVES
        .iter()
        .map(|(helper, _)| format!("\n{}", helper.text()))
        .collect()
}

/// The appended functions.
pub(super) fn functions(module: &Module) -> HashMap<Handle<naga::Function>, Op> {
    let mut functions = HashMap::new();
    for (handle, function) in module.functions.iter() {
        let native = NATIVES
            .iter()
            .find(|(helper, _)| function.name.as_deref() == Some(helper.name()));
        if let Some((_, op)) = native {
            functions.insert(handle, Op::Binary(*op));
        }
    }
    functions
}

//! From text to a module that naga vouches for.
//!
//! naga parses by recursion and has assertions that a hostile source might reach. It runs on a thread with a large
//! stack, on sources whose nesting has been bounded before; what panics nevertheless is caught and refused.

use std::{panic, thread};

use naga::{
    front::wgsl,
    valid::{Capabilities, ModuleInfo, ValidationFlags, Validator},
    Module,
};

use super::{
    diagnostics::{Checked, Report},
    Refusal,
};

/// The version that is used, for reports of its defects.
pub(super) const NAGA: &str = "30";
const STACK: usize = 256 << 20;

/// Runs what recurses on sources: on a large stack, and with panics as refusals.
pub(super) fn contained<T: Send>(work: impl FnOnce() -> Checked<T> + Send) -> Checked<T> {
    let contained = || panic::catch_unwind(panic::AssertUnwindSafe(work));
    let done = thread::scope(|scope| {
        let thread = thread::Builder::new().name("front end".into()).stack_size(STACK);
        match thread.spawn_scoped(scope, contained) {
            Ok(thread) => thread.join().unwrap_or_else(Err),
            Err(error) => Err(Box::new(error.to_string()) as Box<dyn std::any::Any + Send>),
        }
    });
    done.unwrap_or_else(|payload| {
        let message = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
            (Some(text), _) => (*text).to_owned(),
            (_, Some(text)) => text.clone(),
            _ => "no reason given".into(),
        };
        Err(Report::new(Refusal::ParserPanicked(message), None))
    })
}

/// Parses and validates. `length` is that of the source without what was appended to it.
pub(super) fn parse(source: &str, length: usize) -> Checked<(Module, ModuleInfo)> {
    let module = wgsl::parse_str(source).map_err(|error| {
        let mut labels = error
            .labels()
            .filter_map(|(span, why)| Some((span.to_range()?, why.to_owned())));
        let (first, why) = labels.next().unzip();
        let mut report = Report::new(
            refusal(error.message()),
            first.filter(|place| place.start < length),
        );
        if let (Some(label), Some(why)) = (report.labels.first_mut(), why) {
            label.1 = why;
        }
        for (place, why) in labels.filter(|(place, _)| place.start < length) {
            report = report.and(Some(place), why);
        }
        error
            .notes()
            .fold(report, |report, note| report.note(format!("note: {note}")))
    })?;
    let mut validator = Validator::new(ValidationFlags::all(), Capabilities::default());
    let info = validator.validate(&module).map_err(|error| {
        let mut reasons = vec![error.as_inner().to_string()];
        let mut cause = std::error::Error::source(error.as_inner());
        while let Some(error) = cause {
            reasons.push(error.to_string());
            cause = error.source();
        }
        // The last spans are the closest.
        let place = error.spans().filter_map(|(span, _)| span.to_range()).next();
        let last = reasons.pop().unwrap_or_default();
        let report = Report::new(Refusal::Invalid(last), place.filter(|place| place.start < length));
        reasons
            .into_iter()
            .fold(report, |report, reason| report.note(format!("note: {reason}")))
    })?;
    Ok((module, info))
}

/// What naga says of recursion, in our words; the rest in its own.
fn refusal(message: &str) -> Refusal {
    let name = message.split('`').nth(1);
    match name {
        Some(name) if message.contains("is recursive") || message.contains("is cyclic") => {
            Refusal::Recursion(name.into())
        }
        _ => Refusal::Syntax(message.into()),
    }
}

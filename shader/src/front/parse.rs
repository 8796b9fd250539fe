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
        let places = error.spans().filter_map(|(span, _)| span.to_range());
        let place = places.min_by_key(|place| place.len());
        let last = plain(&reasons.pop().unwrap_or_default());
        let report = Report::new(Refusal::Invalid(last), place.filter(|place| place.start < length));
        reasons.into_iter().fold(report, |report, reason| {
            report.note(format!("note: {}", plain(&reason)))
        })
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

/// A reason of the validator without the numbers and the notation of its own data.
fn plain(reason: &str) -> String {
    let mut text = reason.to_owned();
    for (kind, width, name) in [
        ("Uint", 4, "u32"),
        ("Sint", 4, "i32"),
        ("Float", 4, "f32"),
        ("Bool", 1, "bool"),
    ] {
        let scalar = format!("Scalar {{ kind: {kind}, width: {width} }}");
        text = text
            .replace(&format!("Scalar({scalar})"), name)
            .replace(&scalar, name);
    }
    let mut plain = String::new();
    let mut rest = text.as_str();
    // `[7] (of type u32)` is a u32, and `Some([7])` and `[7]` say nothing.
    while let Some((before, after)) = rest.split_once('[') {
        let Some((_, after)) = after.split_once(']').filter(|(n, _)| n.parse::<u32>().is_ok()) else {
            plain.push_str(before);
            plain.push('[');
            rest = after;
            continue;
        };
        let (before, after) = match (before.strip_suffix("Some("), after.strip_prefix(')')) {
            (Some(before), Some(after)) => (before, after),
            _ => (before, after),
        };
        plain.push_str(before);
        match after
            .strip_prefix(" (of type ")
            .and_then(|after| after.split_once(')'))
        {
            Some((type_, after)) => {
                plain.push_str(type_);
                rest = after;
            }
            None => {
                plain.truncate(plain.trim_end().len());
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn reasons_lose_their_numbers() {
        let add = "Operation Add can't work with [0] (of type Scalar(Scalar { kind: Uint, width: 4 })) and [1] (of \
                   type Scalar(Scalar { kind: Sint, width: 4 }))";
        assert_eq!(plain(add), "Operation Add can't work with u32 and i32");
        let result = "The `return` expression Some([1]) does not match the declared return type Some([0])";
        assert_eq!(
            plain(result),
            "The `return` expression does not match the declared return type"
        );
        assert_eq!(plain("array<[u32"), "array<[u32");
    }
}

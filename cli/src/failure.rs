//! Errors: what was wrong, where, and what to do next.

use edgeproof_client::ClientError;
use serde_json::{json, Value};
use std::{error::Error, fmt};

/// A command that did not do what was asked.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    what: String,
    next: Option<String>,
    kind: Kind,
}

/// Whose turn it is after a failure; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Failed,
    Usage,
}

impl Failure {
    /// Something went wrong while doing what was asked.
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            next: None,
            kind: Kind::Failed,
        }
    }

    /// What was asked makes no sense.
    pub fn usage(what: impl Into<String>) -> Self {
        Self {
            kind: Kind::Usage,
            ..Self::new(what)
        }
    }

    /// Says what to do next.
    pub fn next(self, next: impl Into<String>) -> Self {
        Self {
            next: Some(next.into()),
            ..self
        }
    }

    /// 1 for a failure, 2 for a wrong use of the command.
    pub fn code(&self) -> u8 {
        match self.kind {
            Kind::Failed => 1,
            Kind::Usage => 2,
        }
    }

    pub fn value(&self) -> Value {
        json!({ "error": self.what, "next": self.next, "code": self.code() })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        self.next
            .iter()
            .try_for_each(|next| write!(f, "\n  next: {next}"))
    }
}

/// Any error with the chain of its causes, each said once. Those of the client end with what to do next.
impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        if (&error as &dyn Error).is::<ClientError>() {
            let text = error.to_string();
            return match text.rsplit_once("; ") {
                Some((what, next)) => Self::new(what).next(next),
                None => Self::new(text),
            };
        }
        let mut what = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let said = error.to_string();
            if !what.contains(&said) {
                what = format!("{what}: {said}");
            }
            cause = error.source();
        }
        Self::new(what)
    }
}

/// Says where an error happened.
pub trait At<T> {
    fn at(self, place: impl fmt::Display) -> Result<T, Failure>;
}

impl<T, E: Into<Failure>> At<T> for Result<T, E> {
    fn at(self, place: impl fmt::Display) -> Result<T, Failure> {
        self.map_err(|error| {
            let failure = error.into();
            Failure {
                what: format!("{place}: {}", failure.what),
                ..failure
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[test]
    fn a_failure_says_where_and_what_to_do() {
        let missing = Err::<(), _>(io::Error::other("no such file"));
        let failure = missing
            .at("net.program")
            .unwrap_err()
            .next("run `edgeproof program build`");
        assert_eq!(
            failure.to_string(),
            "error: net.program: no such file\n  next: run `edgeproof program build`"
        );
        assert_eq!(failure.code(), 1);
    }

    #[test]
    fn a_program_reads_the_same_failure() {
        let failure = Failure::usage("no key").next("pass --key");
        assert_eq!(
            failure.value(),
            json!({ "error": "no key", "next": "pass --key", "code": 2 })
        );
    }

    #[test]
    fn what_the_client_says_to_do_is_told_apart() {
        let failure = Failure::from(ClientError::Incompatible("old".into()));
        assert_eq!(
            failure.value(),
            json!({
                "error": "this program does not fit the node's runtime (old)",
                "next": "update the older of the two",
                "code": 1
            })
        );
    }

    #[test]
    fn causes_are_told_once() {
        #[derive(Debug)]
        struct Outer(io::Error);
        impl fmt::Display for Outer {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("cannot read")
            }
        }
        impl Error for Outer {
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                Some(&self.0)
            }
        }
        let failure = Failure::from(Outer(io::Error::other("disk gone")));
        assert_eq!(failure, Failure::new("cannot read: disk gone"));
    }
}

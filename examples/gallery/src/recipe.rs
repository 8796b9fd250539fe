use std::io;

use edgeproof_kernel::Verified;
use edgeproof_shader::front::program_from_toml;
use toml::{Table, Value};

use crate::GalleryError;

/// A folder of `programs/`, as it was when this crate was compiled.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    pub name: &'static str,
    /// Its `program.toml`.
    pub program: &'static str,
    /// File name and text of each kernel.
    pub kernels: &'static [(&'static str, &'static str)],
}

/// The folder with this name and these kernels.
macro_rules! source {
    ($name:literal, $($kernel:literal),+) => {
        $crate::Source {
            name: $name,
            program: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/programs/", $name, "/program.toml")),
            kernels: &[$(($kernel, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/programs/", $name, "/", $kernel)))),+],
        }
    };
}
pub(crate) use source;

impl Source {
    /// The program at the sizes that its file states.
    ///
    /// # Errors
    /// When the front end refuses it.
    pub fn build(&self) -> Result<Verified, GalleryError> {
        self.compile(self.program)
    }

    fn compile(&self, program: &str) -> Result<Verified, GalleryError> {
        let mut read = |path: &str| {
            let kernel = self.kernels.iter().find(|(name, _)| *name == path);
            kernel
                .map(|(_, text)| (*text).to_owned())
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        };
        program_from_toml(program, &mut read).map_err(|error| GalleryError::Program {
            program: self.name,
            reason: error.to_string(),
        })
    }
}

/// A program whose sizes are fitted to an input: its `program.toml` with other numbers in it.
#[derive(Clone, Debug)]
pub struct Recipe {
    source: Source,
    program: Table,
    /// The first name that the program does not have.
    unknown: Option<String>,
}

impl Recipe {
    /// # Panics
    /// When the folder's `program.toml` is not TOML, which a test of each folder excludes.
    pub fn new(source: Source) -> Self {
        Self {
            source,
            program: source.program.parse().expect("a test reads each program"),
            unknown: None,
        }
    }

    /// Words of a buffer: an input, or what a step writes.
    pub fn words(mut self, buffer: &str, words: u32) -> Self {
        let words = Value::from(words);
        let mut found = false;
        if let Some(input) = self
            .program
            .get_mut("inputs")
            .and_then(|inputs| inputs.get_mut(buffer))
        {
            *input = words.clone();
            found = true;
        }
        for_each_step(&mut self.program, &mut |step| {
            if step.get("out").and_then(Value::as_str) == Some(buffer) {
                step.insert("words".into(), words.clone());
                found = true;
            }
        });
        self.note(found, buffer)
    }

    /// How often every `repeat` of the program runs.
    pub fn times(mut self, times: u32) -> Self {
        let mut found = false;
        for_each_step(&mut self.program, &mut |step| {
            if let Some(repeat) = step.get_mut("repeat") {
                *repeat = times.into();
                found = true;
            }
        });
        self.note(found, "repeat")
    }

    /// A number, or a list of numbers, of the convolution that writes `out`.
    pub fn convolution(mut self, out: &str, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let mut found = false;
        for_each_step(&mut self.program, &mut |step| {
            if step.get("out").and_then(Value::as_str) == Some(out) {
                if let Some(entry) = step.get_mut("conv2d").and_then(|shape| shape.get_mut(key)) {
                    *entry = value.clone();
                    found = true;
                }
            }
        });
        self.note(found, out)
    }

    /// # Errors
    /// A name that the program does not have, or sizes that a program cannot have.
    pub fn build(self) -> Result<Verified, GalleryError> {
        match self.unknown {
            Some(name) => Err(GalleryError::Recipe {
                program: self.source.name,
                name,
            }),
            None => self.source.compile(&self.program.to_string()),
        }
    }

    fn note(mut self, found: bool, name: &str) -> Self {
        if !found && self.unknown.is_none() {
            self.unknown = Some(name.into());
        }
        self
    }
}

/// Every step of a table, and of the steps inside.
fn for_each_step(table: &mut Table, change: &mut impl FnMut(&mut Table)) {
    let Some(Value::Array(steps)) = table.get_mut("step") else {
        return;
    };
    for step in steps.iter_mut().filter_map(Value::as_table_mut) {
        change(step);
        for_each_step(step, change);
    }
}

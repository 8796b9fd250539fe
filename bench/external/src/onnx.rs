//! onnxruntime's product of bytes, in a process of its own that `matmul_integer.py` runs.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};

pub struct Product {
    process: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Product {
    /// `EDGEPROOF_PYTHON` names a Python that has onnxruntime; `scripts/bench` makes one.
    pub fn start(size: u32) -> Result<Self> {
        let python = std::env::var("EDGEPROOF_PYTHON").unwrap_or_else(|_| "python3".into());
        let mut process = Command::new(&python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/src/matmul_integer.py"))
            .arg(size.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{python} does not start"))?;
        Ok(Self {
            ask: process.stdin.take().context("no input of the process")?,
            answers: BufReader::new(process.stdout.take().context("no output of the process")?),
            process,
        })
    }

    pub fn time(&mut self) -> Result<Duration> {
        self.ask.write_all(b"again\n")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let nanoseconds = line.trim().parse().context("onnxruntime gave no time; see above")?;
        Ok(Duration::from_nanos(nanoseconds))
    }
}

impl Drop for Product {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

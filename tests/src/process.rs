use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// A child process whose output goes to a file, killed and reaped when dropped.
pub struct Process {
    child: Child,
    log: PathBuf,
    /// Length of the log when this process started.
    start: u64,
}

impl Process {
    /// Starts `command` with both output streams in the file `log`.
    pub fn start(mut command: Command, log: &Path) -> Self {
        let file = File::options()
            .create(true)
            .append(true)
            .open(log)
            .expect("the log is writable");
        let start = file.metadata().map_or(0, |data| data.len());
        let copy = file.try_clone().expect("a file can be opened twice");
        let child = command
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(copy)
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        Self {
            child,
            log: log.to_path_buf(),
            start,
        }
    }

    /// Number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything in the log.
    pub fn output(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    /// The rest of the first line that holds `marker`, as soon as the process has said it.
    ///
    /// # Panics
    /// When the process ends first or `limit` is over.
    pub fn wait_for_line(&mut self, marker: &str, limit: Duration) -> String {
        let end = Instant::now() + limit;
        loop {
            if let Some(rest) = self.find(marker) {
                return rest;
            }
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                panic!(
                    "the process ended with {status} before it said `{marker}`:\n{}",
                    self.output()
                );
            }
            assert!(
                Instant::now() < end,
                "no `{marker}` within {limit:?}:\n{}",
                self.output()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn find(&self, marker: &str) -> Option<String> {
        let mut file = File::open(&self.log).ok()?;
        std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(self.start)).ok()?;
        BufReader::new(file)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split_once(marker).map(|(_, rest)| rest.to_owned()))
    }

    /// SIGKILL: the process gets no chance to tidy up.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The status of a process that ends by itself within `limit`.
    ///
    /// # Panics
    /// When it does not.
    pub fn wait(&mut self, limit: Duration) -> ExitStatus {
        let end = Instant::now() + limit;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                return status;
            }
            assert!(
                Instant::now() < end,
                "the process did not end within {limit:?}:\n{}",
                self.output()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            let output = self.output();
            let lines: Vec<&str> = output.lines().collect();
            let tail = &lines[lines.len().saturating_sub(60)..];
            eprintln!("--- {} ---\n{}", self.log.display(), tail.join("\n"));
        }
    }
}

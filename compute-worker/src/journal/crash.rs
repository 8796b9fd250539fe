//! A disk in memory that survives the process, and a fuse that kills the process.

use redb::{backends::InMemoryBackend, StorageBackend};
use std::{
    io,
    sync::{
        atomic::{AtomicI64, Ordering},
        Arc,
    },
};

/// Counts steps and kills at a given one. A killed process does nothing more.
#[derive(Clone, Debug)]
pub(crate) struct Fuse(Arc<AtomicI64>);

impl Fuse {
    /// Kills at step `steps`, counted from 0.
    pub fn after(steps: i64) -> Self {
        Self(Arc::new(AtomicI64::new(steps)))
    }

    pub fn never() -> Self {
        Self::after(i64::MAX)
    }

    pub fn blown(&self) -> bool {
        self.0.load(Ordering::SeqCst) < 0
    }

    /// One step. Dies when it is the last, and whenever the process is dead already.
    pub fn step(&self) {
        if self.0.fetch_sub(1, Ordering::SeqCst) <= 0 {
            std::panic::panic_any("killed");
        }
    }
}

/// What a file keeps when its process is killed: all that was written, synced or not.
#[derive(Clone, Debug)]
pub(crate) struct Disk {
    content: Arc<InMemoryBackend>,
    fuse: Fuse,
}

impl Disk {
    pub fn new() -> Self {
        Self {
            content: Arc::new(InMemoryBackend::new()),
            fuse: Fuse::never(),
        }
    }

    /// The same disk under a process that dies when `fuse` blows. Each sync is two steps: before it and after it.
    pub fn with(&self, fuse: &Fuse) -> Self {
        Self {
            content: self.content.clone(),
            fuse: fuse.clone(),
        }
    }

    pub fn journal(&self) -> super::Journal {
        let database = redb::Database::builder()
            .create_with_backend(self.clone())
            .unwrap();
        super::Journal::over(database).unwrap()
    }

    fn alive(&self) -> io::Result<()> {
        if self.fuse.blown() {
            return Err(io::Error::other("killed"));
        }
        Ok(())
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        self.content.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.content.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.alive()?;
        self.content.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.alive()?;
        self.fuse.step();
        self.content.sync_data()?;
        self.fuse.step();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.alive()?;
        self.content.write(offset, data)
    }
}

//! The folders of players, and their end.

use edgeproof_primitives::{BlockNumber, Hash, JobId};
use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};
use tracing::warn;

/// The folder of a job's player. The same number may stand for another job after a reorganisation.
pub(super) fn name(job: JobId, digest: &Hash) -> String {
    format!("job-{job}-{}", hex::encode(&digest[..6]))
}

/// The folders below one folder.
pub(super) struct Folders {
    root: PathBuf,
    /// Since when nobody has needed a folder.
    idle: HashMap<String, BlockNumber>,
}

impl Folders {
    pub fn new(root: PathBuf) -> Self {
        Self {
            root,
            idle: HashMap::new(),
        }
    }

    /// Removes folders that nobody has needed for `patience` blocks.
    pub fn sweep(&mut self, needed: &HashSet<String>, now: BlockNumber, patience: BlockNumber) {
        // The folder appears with the first dispute.
        let Ok(entries) = fs::read_dir(&self.root) else {
            return;
        };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            if needed.contains(&name) || !name.starts_with("job-") {
                self.idle.remove(&name);
                continue;
            }
            let since = *self.idle.entry(name.clone()).or_insert(now);
            if now.saturating_sub(since) >= patience {
                self.idle.remove(&name);
                remove(&entry.path());
            }
        }
    }
}

fn remove(folder: &Path) {
    if let Err(error) = fs::remove_dir_all(folder) {
        warn!("cannot remove {}: {error}; remove it by hand", folder.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_goes_when_nobody_has_needed_it_for_long() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join(name(3, &[1; 32]));
        let other = root.path().join("kept");
        for made in [&folder, &other] {
            fs::create_dir_all(made).unwrap();
        }
        let needed = HashSet::from([name(3, &[1; 32])]);
        let mut folders = Folders::new(root.path().to_owned());
        folders.sweep(&HashSet::new(), 10, 5);
        folders.sweep(&needed, 14, 5);
        folders.sweep(&HashSet::new(), 15, 5);
        folders.sweep(&HashSet::new(), 19, 5);
        assert!(folder.exists(), "it was needed in between");
        folders.sweep(&HashSet::new(), 20, 5);
        assert!(!folder.exists());
        assert!(other.exists(), "what is no player's is left alone");
    }

    #[test]
    fn another_job_of_the_same_number_has_another_folder() {
        assert_ne!(name(3, &[1; 32]), name(3, &[2; 32]));
    }
}

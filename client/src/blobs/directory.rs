use super::{BlobError, BlobStore};
use edgeproof_primitives::{BlobHash, BlobRef};
use edgeproof_proofs::{blob_root, reader_root};
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Files that a crash left half written are removed when they are this old.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// A directory that keeps each blob in a file named by its hash. Several processes may share it.
#[derive(Clone, Debug)]
pub struct DirectoryStore {
    root: PathBuf,
}

impl DirectoryStore {
    /// Opens the directory and makes it when it is not there.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, BlobError> {
        let store = Self { root: root.into() };
        let unfinished = store.unfinished();
        fs::create_dir_all(&unfinished)
            .map_err(|source| failed("make the directory", &unfinished, source))?;
        store.sweep();
        Ok(store)
    }

    /// The directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file that holds, or would hold, a blob.
    pub fn path(&self, hash: &BlobHash) -> PathBuf {
        let name = hex::encode(hash.0);
        self.root.join(&name[..2]).join(name)
    }

    fn unfinished(&self) -> PathBuf {
        self.root.join("unfinished")
    }

    fn place(&self) -> String {
        self.root.display().to_string()
    }

    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(self.unfinished()) else {
            return;
        };
        for entry in entries.flatten() {
            let age = entry
                .metadata()
                .and_then(|data| data.modified())
                .ok()
                .and_then(|time| time.elapsed().ok());
            if age.is_some_and(|age| age > STALE) {
                // Another process may have swept it first.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn open_blob(&self, hash: &BlobHash) -> Result<(File, PathBuf), BlobError> {
        let path = self.path(hash);
        match File::open(&path) {
            Ok(file) => Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(BlobError::Missing {
                hash: *hash,
                place: self.place(),
            }),
            Err(source) => Err(failed("open", &path, source)),
        }
    }

    /// Moves a finished draft to its place, so that a blob is there in full or not at all.
    fn keep(&self, draft: Draft, hash: &BlobHash) -> Result<(), BlobError> {
        let path = self.path(hash);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|source| failed("make the directory", parent, source))?;
        }
        draft.finish(&path)
    }

    fn read_checked(&self, hash: &BlobHash, bytes: Option<u64>) -> Result<Vec<u8>, BlobError> {
        let (mut file, path) = self.open_blob(hash)?;
        let length = file
            .metadata()
            .map_err(|source| failed("read", &path, source))?
            .len();
        if let Some(expected) = bytes.filter(|expected| *expected != length) {
            return Err(BlobError::WrongLength {
                hash: *hash,
                expected,
                found: length,
                place: self.place(),
            });
        }
        let mut content = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        file.read_to_end(&mut content)
            .map_err(|source| failed("read", &path, source))?;
        self.check(hash, blob_root(&content).into())?;
        Ok(content)
    }

    fn check(&self, expected: &BlobHash, found: BlobHash) -> Result<(), BlobError> {
        if found == *expected {
            return Ok(());
        }
        Err(BlobError::WrongHash {
            expected: *expected,
            found,
            place: self.place(),
        })
    }

    /// Copies `source` into a draft and returns it with the hash and length of what was copied.
    fn draft(&self, mut source: impl Read, from: &Path) -> Result<(Draft, BlobRef), BlobError> {
        let mut draft = Draft::new(&self.unfinished())?;
        let mut tee = Tee {
            source: &mut source,
            copy: &mut draft.file,
        };
        let (root, bytes) = reader_root(&mut tee).map_err(|source| failed("copy", from, source))?;
        Ok((
            draft,
            BlobRef {
                hash: root.into(),
                bytes,
            },
        ))
    }
}

impl BlobStore for DirectoryStore {
    fn put(&self, bytes: &[u8]) -> Result<BlobRef, BlobError> {
        let (draft, blob) = self.draft(bytes, &self.root)?;
        self.keep(draft, &blob.hash)?;
        Ok(blob)
    }

    fn put_file(&self, path: &Path) -> Result<BlobRef, BlobError> {
        let source = File::open(path).map_err(|source| failed("open", path, source))?;
        let (draft, blob) = self.draft(source, path)?;
        self.keep(draft, &blob.hash)?;
        Ok(blob)
    }

    fn import(&self, expected: &BlobRef, source: &mut dyn Read) -> Result<(), BlobError> {
        let one_too_many = expected.bytes.saturating_add(1);
        let (draft, found) = self.draft(source.take(one_too_many), &self.root)?;
        if found.bytes != expected.bytes {
            return Err(BlobError::WrongLength {
                hash: expected.hash,
                expected: expected.bytes,
                found: found.bytes,
                place: self.place(),
            });
        }
        self.check(&expected.hash, found.hash)?;
        self.keep(draft, &expected.hash)
    }

    fn contains(&self, hash: &BlobHash) -> bool {
        self.path(hash).is_file()
    }

    fn get(&self, hash: &BlobHash) -> Result<Vec<u8>, BlobError> {
        self.read_checked(hash, None)
    }

    fn get_exact(&self, blob: &BlobRef) -> Result<Vec<u8>, BlobError> {
        self.read_checked(&blob.hash, Some(blob.bytes))
    }

    fn export(&self, hash: &BlobHash, path: &Path) -> Result<u64, BlobError> {
        let (mut source, from) = self.open_blob(hash)?;
        // Beside the target, so that the rename stays within one file system.
        let mut draft = Draft::new(
            path.parent()
                .filter(|parent| !parent.as_os_str().is_empty())
                .unwrap_or(Path::new(".")),
        )?;
        let mut tee = Tee {
            source: &mut source,
            copy: &mut draft.file,
        };
        let (root, bytes) = reader_root(&mut tee).map_err(|source| failed("copy", &from, source))?;
        self.check(hash, root.into())?;
        draft.finish(path)?;
        Ok(bytes)
    }
}

/// A file that disappears unless it is finished.
struct Draft {
    file: File,
    path: PathBuf,
    finished: bool,
}

impl Draft {
    fn new(directory: &Path) -> Result<Self, BlobError> {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!(".{}-{number}-{:016x}", std::process::id(), rand::random::<u64>());
        let path = directory.join(name);
        let file = File::create_new(&path).map_err(|source| failed("create", &path, source))?;
        Ok(Self {
            file,
            path,
            finished: false,
        })
    }

    /// Makes the content durable, then visible.
    fn finish(mut self, target: &Path) -> Result<(), BlobError> {
        self.file
            .sync_all()
            .map_err(|source| failed("write", &self.path, source))?;
        fs::rename(&self.path, target).map_err(|source| failed("create", target, source))?;
        self.finished = true;
        if let Some(parent) = target.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            sync_directory(parent)?;
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A rename is durable once its directory is. Other systems than Unix do not open directories.
fn sync_directory(path: &Path) -> Result<(), BlobError> {
    if cfg!(unix) {
        File::open(path)
            .and_then(|directory| directory.sync_all())
            .map_err(|source| failed("write", path, source))?;
    }
    Ok(())
}

/// Passes on what it reads and writes it down too.
struct Tee<'a, R, W> {
    source: &'a mut R,
    copy: &'a mut W,
}

impl<R: Read, W: Write> Read for Tee<'_, R, W> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.copy.write_all(&buffer[..count])?;
        Ok(count)
    }
}

fn failed(action: &'static str, path: &Path, source: io::Error) -> BlobError {
    BlobError::Io {
        action,
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, DirectoryStore) {
        let directory = tempfile::tempdir().unwrap();
        let store = DirectoryStore::open(directory.path().join("blobs")).unwrap();
        (directory, store)
    }

    fn drafts(store: &DirectoryStore) -> usize {
        fs::read_dir(store.unfinished()).unwrap().count()
    }

    #[test]
    fn a_blob_reads_back_by_its_hash() {
        let (_directory, store) = store();
        for bytes in [&b""[..], b"one", &[7; 300_000]] {
            let blob = store.put(bytes).unwrap();
            assert_eq!(
                blob,
                BlobRef {
                    hash: blob_root(bytes).into(),
                    bytes: bytes.len() as u64
                }
            );
            assert!(store.contains(&blob.hash));
            assert_eq!(store.get(&blob.hash).unwrap(), bytes);
            assert_eq!(store.get_exact(&blob).unwrap(), bytes);
        }
        assert_eq!(drafts(&store), 0);
    }

    #[test]
    fn a_file_goes_in_and_comes_out() {
        let (directory, store) = store();
        let (source, target) = (directory.path().join("in"), directory.path().join("out"));
        fs::write(&source, [9; 100_000]).unwrap();
        let blob = store.put_file(&source).unwrap();
        assert_eq!(store.export(&blob.hash, &target).unwrap(), 100_000);
        assert_eq!(fs::read(&target).unwrap(), fs::read(&source).unwrap());
    }

    #[test]
    fn a_missing_blob_is_a_typed_error() {
        let (_directory, store) = store();
        let hash = BlobHash([1; 32]);
        assert!(!store.contains(&hash));
        assert!(matches!(store.get(&hash), Err(BlobError::Missing { .. })));
    }

    #[test]
    fn a_damaged_blob_is_never_returned_and_is_healed_by_putting_it_again() {
        let (directory, store) = store();
        let target = directory.path().join("out");
        let blob = store.put(b"the right bytes").unwrap();
        fs::write(store.path(&blob.hash), b"the wrong bytes").unwrap();
        assert!(matches!(store.get(&blob.hash), Err(BlobError::WrongHash { .. })));
        assert!(matches!(store.get_exact(&blob), Err(BlobError::WrongHash { .. })));
        assert!(matches!(
            store.export(&blob.hash, &target),
            Err(BlobError::WrongHash { .. })
        ));
        assert!(!target.exists());
        store.put(b"the right bytes").unwrap();
        assert_eq!(store.get(&blob.hash).unwrap(), b"the right bytes");
    }

    #[test]
    fn a_truncated_blob_is_never_returned() {
        let (_directory, store) = store();
        let blob = store.put(b"the right bytes").unwrap();
        fs::write(store.path(&blob.hash), b"the right").unwrap();
        assert!(matches!(
            store.get_exact(&blob),
            Err(BlobError::WrongLength {
                expected: 15,
                found: 9,
                ..
            })
        ));
        assert!(matches!(store.get(&blob.hash), Err(BlobError::WrongHash { .. })));
    }

    #[test]
    fn an_import_is_kept_only_when_hash_and_length_fit() {
        let (_directory, store) = store();
        let right = BlobRef {
            hash: blob_root(b"abc").into(),
            bytes: 3,
        };
        let too_short = store.import(&right, &mut &b"ab"[..]);
        assert!(matches!(
            too_short,
            Err(BlobError::WrongLength {
                expected: 3,
                found: 2,
                ..
            })
        ));
        let too_long = store.import(&right, &mut io::repeat(1));
        assert!(matches!(
            too_long,
            Err(BlobError::WrongLength {
                expected: 3,
                found: 4,
                ..
            })
        ));
        let other = store.import(&right, &mut &b"abd"[..]);
        assert!(matches!(other, Err(BlobError::WrongHash { .. })));
        assert!(!store.contains(&right.hash));
        assert_eq!(drafts(&store), 0);
        store.import(&right, &mut &b"abc"[..]).unwrap();
        assert_eq!(store.get_exact(&right).unwrap(), b"abc");
    }
}

//! The journal: what this worker has done, written and synced before it is done.
//!
//! The chain knows what was committed and revealed; the journal keeps what only the worker knows (the root and the
//! salt behind a commitment) and when it last tried. Losing the salt of a commitment loses the whole bond, so it is
//! on the disk before the commitment leaves. One process holds a journal at a time.

#[cfg(test)]
pub(crate) mod crash;
mod entry;
mod error;
#[cfg(test)]
mod tests;

pub use entry::{digest, Answer, ClaimEntry, End, Entry, Key};
pub use error::JournalError;

use codec::{Decode, Encode};
use edgeproof_primitives::{BlockNumber, Hash, JobId, TfuelBalance};
use redb::{Database, ReadableDatabase, ReadableTable, Table, TableDefinition};
use std::{
    fs::{self, OpenOptions},
    path::Path,
};

type Rows = TableDefinition<'static, (JobId, u8), &'static [u8]>;

/// Numbers that describe the journal.
const META: TableDefinition<&str, u64> = TableDefinition::new("meta");
/// Assignments whose end this worker has not seen.
const OPEN: Rows = TableDefinition::new("open");
/// Assignments that have ended.
const ENDED: Rows = TableDefinition::new("ended");
/// Claims in disputes about live jobs.
const CLAIMS: TableDefinition<JobId, &[u8]> = TableDefinition::new("claims");

/// The version of everything above and of the encodings of [`Entry`] and [`ClaimEntry`].
const SCHEMA: u64 = 2;
/// Its entries said nothing about pay, and it knew no claims.
const FIRST_SCHEMA: u64 = 1;

/// A worker's journal.
#[derive(Debug)]
pub struct Journal {
    database: Database,
}

impl Journal {
    /// Opens the journal and makes it when it is not there.
    ///
    /// # Errors
    /// [`JournalError::Locked`] when another process holds it.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        if !path.exists() {
            Self::make(path)?;
        }
        Self::over(open_file(path, false)?)
    }

    /// Makes an empty journal beside its place and moves it there, so that a crash leaves none or a whole one.
    fn make(path: &Path) -> Result<(), JournalError> {
        let failed = |source| JournalError::File {
            path: path.to_owned(),
            source,
        };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        let draft = path.with_extension("new");
        drop(Self::over(open_file(&draft, true)?)?);
        fs::rename(&draft, path).map_err(failed)
    }

    /// A journal over an open database.
    fn over(database: Database) -> Result<Self, JournalError> {
        let journal = Self { database };
        let found = journal.write(|transaction| {
            let mut meta = transaction.open_table(META)?;
            transaction.open_table(OPEN)?;
            transaction.open_table(ENDED)?;
            transaction.open_table(CLAIMS)?;
            let found = meta.get("schema")?.map(|version| version.value());
            match found {
                Some(SCHEMA) => {}
                Some(FIRST_SCHEMA) => {
                    upgrade(&mut transaction.open_table(OPEN)?)?;
                    upgrade(&mut transaction.open_table(ENDED)?)?;
                    meta.insert("schema", SCHEMA)?;
                }
                None => {
                    meta.insert("schema", SCHEMA)?;
                }
                Some(other) => return Ok(other),
            }
            Ok(SCHEMA)
        })?;
        if found == SCHEMA {
            Ok(journal)
        } else {
            Err(JournalError::Schema {
                found,
                expected: SCHEMA,
            })
        }
    }

    /// What is known of an assignment, unless it was made of another job: after a reorganisation, or on a chain that
    /// was wiped, the same number may stand for another one.
    pub fn entry(&self, key: Key, digest: &Hash) -> Result<Option<Entry>, JournalError> {
        let found = self.read(OPEN, |table| {
            table.get(key.pair())?.map(|row| decode(row.value())).transpose()
        })?;
        Ok(found.filter(|entry: &Entry| entry.digest == *digest))
    }

    /// Assignments whose end has not been seen.
    pub fn open_entries(&self) -> Result<Vec<(Key, Entry)>, JournalError> {
        self.read(OPEN, rows)
    }

    /// Assignments that have ended, oldest job first.
    pub fn ended_entries(&self) -> Result<Vec<(Key, Entry)>, JournalError> {
        self.read(ENDED, rows)
    }

    /// Notes that an execution begins, which is worth `pay` planck of TFUEL to the stash.
    pub fn began(&self, key: Key, digest: Hash, pay: TfuelBalance) -> Result<(), JournalError> {
        self.change(|open| put(open, key, &Entry::new(digest, pay)))
    }

    /// Notes a result. From here on this answer, and no other, is given in this round.
    pub fn computed(&self, key: Key, answer: Answer) -> Result<(), JournalError> {
        self.update(key, |entry| entry.answer = Some(answer))
    }

    /// Notes that the commitment is about to be sent, after best block `at`.
    pub fn committing(&self, key: Key, at: BlockNumber) -> Result<(), JournalError> {
        self.update(key, |entry| entry.commit_sent = Some(at))
    }

    /// Notes that the reveal is about to be sent, after best block `at`.
    pub fn revealing(&self, key: Key, at: BlockNumber) -> Result<(), JournalError> {
        self.update(key, |entry| entry.reveal_sent = Some(at))
    }

    /// Notes how an assignment ended.
    pub fn ended(&self, key: Key, end: End) -> Result<(), JournalError> {
        self.write(|transaction| {
            let mut open = transaction.open_table(OPEN)?;
            let mut ended = transaction.open_table(ENDED)?;
            let Some(mut entry) = take(&mut open, key)? else {
                return Ok(());
            };
            entry.end = Some(end);
            put(&mut ended, key, &entry)
        })
    }

    /// Forgets an assignment that the chain does not know.
    pub fn forgotten(&self, key: Key) -> Result<(), JournalError> {
        self.change(|open| take(open, key).map(drop))
    }

    /// Claims in disputes about jobs whose end has not been seen.
    pub fn claims(&self) -> Result<Vec<(JobId, ClaimEntry)>, JournalError> {
        let table = self.database.begin_read()?.open_table(CLAIMS)?;
        let rows = table.iter()?;
        rows.map(|row| {
            let (job, value) = row?;
            let mut bytes = value.value();
            let claim = ClaimEntry::decode(&mut bytes).map_err(JournalError::Entry)?;
            Ok((job.value(), claim))
        })
        .collect()
    }

    /// Notes what has become of a claim, or that it is about to be sent.
    pub fn note_claim(&self, job: JobId, claim: &ClaimEntry) -> Result<(), JournalError> {
        self.write(|transaction| {
            transaction
                .open_table(CLAIMS)?
                .insert(job, claim.encode().as_slice())?;
            Ok(())
        })
    }

    /// Forgets the claim about a job that has ended.
    pub fn forget_claim(&self, job: JobId) -> Result<(), JournalError> {
        self.write(|transaction| {
            transaction.open_table(CLAIMS)?.remove(job)?;
            Ok(())
        })
    }

    fn update(&self, key: Key, change: impl FnOnce(&mut Entry)) -> Result<(), JournalError> {
        self.change(|open| {
            let mut entry = take(open, key)?.ok_or(JournalError::Unknown(key))?;
            change(&mut entry);
            put(open, key, &entry)
        })
    }

    fn change(
        &self,
        change: impl FnOnce(&mut OpenTable) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        self.write(|transaction| change(&mut transaction.open_table(OPEN)?))
    }

    /// Runs one transaction; it is on the disk when this returns.
    fn write<T>(
        &self,
        run: impl FnOnce(&redb::WriteTransaction) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let transaction = self.database.begin_write()?;
        let value = run(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    fn read<T>(
        &self,
        table: Rows,
        read: impl FnOnce(&redb::ReadOnlyTable<(JobId, u8), &'static [u8]>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        read(&self.database.begin_read()?.open_table(table)?)
    }
}

/// Opens the file of a journal, `new` and empty or as it is. Salts are secrets until they are revealed, so only the
/// owner may read it.
fn open_file(path: &Path, new: bool) -> Result<Database, JournalError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(new).truncate(new);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|source| JournalError::File {
        path: path.to_owned(),
        source,
    })?;
    redb::backends::FileBackend::new(file)
        .and_then(|file| Database::builder().create_with_backend(file))
        .map_err(|error| match error {
            redb::DatabaseError::DatabaseAlreadyOpen => JournalError::Locked(path.to_owned()),
            error => JournalError::Damaged(error.into()),
        })
}

type OpenTable<'a> = Table<'a, (JobId, u8), &'static [u8]>;

/// Writes the entries of version 1 again as this version does.
fn upgrade(table: &mut OpenTable) -> Result<(), JournalError> {
    let mut entries = Vec::new();
    for row in table.iter()? {
        let (key, value) = row?;
        let first = entry::FirstEntry::decode(&mut value.value()).map_err(JournalError::Entry)?;
        entries.push((key.value(), Entry::from(first)));
    }
    for ((job, round), entry) in entries {
        put(table, Key { job, round }, &entry)?;
    }
    Ok(())
}

fn rows(table: &redb::ReadOnlyTable<(JobId, u8), &'static [u8]>) -> Result<Vec<(Key, Entry)>, JournalError> {
    table
        .iter()?
        .map(|row| {
            let (key, value) = row?;
            let (job, round) = key.value();
            Ok((Key { job, round }, decode(value.value())?))
        })
        .collect()
}

fn take(table: &mut OpenTable, key: Key) -> Result<Option<Entry>, JournalError> {
    table
        .remove(key.pair())?
        .map(|row| decode(row.value()))
        .transpose()
}

fn put(table: &mut OpenTable, key: Key, entry: &Entry) -> Result<(), JournalError> {
    table.insert(key.pair(), entry.encode().as_slice())?;
    Ok(())
}

fn decode(mut bytes: &[u8]) -> Result<Entry, JournalError> {
    Entry::decode(&mut bytes).map_err(JournalError::Entry)
}

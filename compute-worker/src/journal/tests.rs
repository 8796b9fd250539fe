use super::{
    crash::{Disk, Fuse},
    entry::FirstEntry,
    Answer, ClaimEntry, End, Journal, JournalError, Key, ENDED, META, OPEN,
};
use codec::Encode;
use edgeproof_primitives::{Attestation, BlobHash, Outcome};
use std::panic::{catch_unwind, AssertUnwindSafe};

const KEY: Key = Key { job: 3, round: 1 };
const DIGEST: [u8; 32] = [4; 32];
const PAY: u128 = 750;

fn answer() -> Answer {
    Answer {
        output_root: BlobHash([1; 32]),
        salt: [2; 32],
        attestation: Attestation::default(),
    }
}

fn end() -> End {
    End {
        outcome: Some(Outcome::Succeeded),
        paid: PAY,
        at: 90,
    }
}

type Step = fn(&Journal) -> Result<(), JournalError>;
const STEPS: [Step; 5] = [
    |journal| journal.began(KEY, DIGEST, PAY),
    |journal| journal.computed(KEY, answer()),
    |journal| journal.committing(KEY, 10),
    |journal| journal.revealing(KEY, 12),
    |journal| journal.ended(KEY, end()),
];

#[test]
fn every_step_is_there_after_reopening() {
    let disk = Disk::new();
    for (number, step) in STEPS.iter().enumerate() {
        step(&disk.journal()).unwrap();
        let journal = disk.journal();
        let entry = journal.entry(KEY, &DIGEST).unwrap();
        if number == 4 {
            assert_eq!(entry, None);
            let ended = journal.ended_entries().unwrap();
            assert_eq!(ended.len(), 1);
            assert_eq!(ended[0].0, KEY);
            assert_eq!(ended[0].1.end, Some(end()));
            assert_eq!(ended[0].1.answer, Some(answer()));
            continue;
        }
        let entry = entry.unwrap();
        assert_eq!(entry.answer, (number >= 1).then(answer));
        assert_eq!(entry.commit_sent, (number >= 2).then_some(10));
        assert_eq!(entry.reveal_sent, (number >= 3).then_some(12));
    }
}

#[test]
fn a_crash_at_any_sync_loses_nothing_that_was_noted_and_invents_nothing() {
    let mut killed = 0;
    for at in 0.. {
        let disk = Disk::new();
        drop(disk.journal());
        let fuse = Fuse::after(at);
        let mut noted = 0;
        let run = catch_unwind(AssertUnwindSafe(|| {
            let journal = disk.with(&fuse).journal();
            for step in STEPS {
                step(&journal).unwrap();
                noted += 1;
            }
        }));
        let journal = disk.journal();
        let found = match journal.entry(KEY, &DIGEST).unwrap() {
            None if journal.ended_entries().unwrap().is_empty() => 0,
            None => 5,
            Some(entry) => {
                1 + usize::from(entry.answer.is_some())
                    + usize::from(entry.commit_sent.is_some())
                    + usize::from(entry.reveal_sent.is_some())
            }
        };
        assert!(
            found == noted || found == noted + 1,
            "killed at {at}: noted {noted}, found {found}"
        );
        if run.is_ok() {
            break;
        }
        killed += 1;
    }
    assert!(killed > STEPS.len(), "the fuse must blow inside the steps");
}

#[test]
fn an_entry_of_another_job_under_the_same_number_is_not_reused() {
    let journal = Disk::new().journal();
    journal.began(KEY, DIGEST, PAY).unwrap();
    journal.computed(KEY, answer()).unwrap();
    assert_eq!(journal.entry(KEY, &[5; 32]).unwrap(), None);
    journal.began(KEY, [5; 32], PAY).unwrap();
    assert_eq!(journal.entry(KEY, &[5; 32]).unwrap().unwrap().answer, None);
}

#[test]
fn a_step_without_the_one_before_is_an_error() {
    let journal = Disk::new().journal();
    assert!(matches!(
        journal.computed(KEY, answer()),
        Err(JournalError::Unknown(KEY))
    ));
}

#[test]
fn two_workers_cannot_share_a_journal() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("data").join("journal.redb");
    let first = Journal::open(&path).unwrap();
    assert!(matches!(Journal::open(&path), Err(JournalError::Locked(_))));
    drop(first);
    Journal::open(&path).unwrap();
}

#[test]
fn a_journal_that_was_half_made_is_made_again() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal.redb");
    std::fs::write(path.with_extension("new"), [7; 5_000]).unwrap();
    Journal::open(&path).unwrap().began(KEY, DIGEST, PAY).unwrap();
    assert!(Journal::open(&path)
        .unwrap()
        .entry(KEY, &DIGEST)
        .unwrap()
        .is_some());
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_a_journal() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal.redb");
    drop(Journal::open(&path).unwrap());
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn a_journal_of_another_version_is_refused() {
    let disk = Disk::new();
    let journal = disk.journal();
    journal
        .write(|transaction| {
            transaction.open_table(META)?.insert("schema", 99)?;
            Ok(())
        })
        .unwrap();
    drop(journal);
    let database = redb::Database::builder().create_with_backend(disk).unwrap();
    assert!(matches!(
        Journal::over(database),
        Err(JournalError::Schema {
            found: 99,
            expected: 2
        })
    ));
}

#[test]
fn a_journal_of_the_first_version_is_taken_over_with_every_answer() {
    let disk = Disk::new();
    let journal = disk.journal();
    let first = |end| FirstEntry {
        digest: DIGEST,
        answer: Some(answer()),
        commit_sent: Some(10),
        reveal_sent: None,
        end,
    };
    journal
        .write(|transaction| {
            transaction.open_table(META)?.insert("schema", 1)?;
            let open = first(None).encode();
            transaction
                .open_table(OPEN)?
                .insert(KEY.pair(), open.as_slice())?;
            let ended = first(Some(end())).encode();
            transaction.open_table(ENDED)?.insert((1, 0), ended.as_slice())?;
            Ok(())
        })
        .unwrap();
    drop(journal);
    for _ in 0..2 {
        let journal = disk.journal();
        let entry = journal.entry(KEY, &DIGEST).unwrap().unwrap();
        assert_eq!((entry.answer, entry.commit_sent), (Some(answer()), Some(10)));
        assert_eq!((entry.pay, entry.end), (None, None));
        let (key, ended) = journal.ended_entries().unwrap().pop().unwrap();
        assert_eq!((key.job, ended.end), (1, Some(end())));
    }
}

#[test]
fn a_claim_is_there_after_reopening_until_it_is_forgotten() {
    let disk = Disk::new();
    let mut claim = ClaimEntry {
        digest: DIGEST,
        output_root: BlobHash([1; 32]),
        sent: 5,
        attempts: 1,
        stands_since: None,
        lost: false,
    };
    disk.journal().note_claim(7, &claim).unwrap();
    assert_eq!(disk.journal().claims().unwrap(), [(7, claim.clone())]);
    claim.stands_since = Some(6);
    disk.journal().note_claim(7, &claim).unwrap();
    assert_eq!(disk.journal().claims().unwrap(), [(7, claim)]);
    disk.journal().forget_claim(7).unwrap();
    assert_eq!(disk.journal().claims().unwrap(), []);
}

use super::{Drain, Work, WorkConfig};
use crate::{
    chain::memory::{Call, MemoryChain, World, EXECUTION, PAID},
    compute::{testing::Interpreter, Compute},
    disputes::{DisputeConfig, Disputes},
    journal::crash::{Disk, Fuse},
};
use codec::Encode;
use edgeproof_client::{
    blobs::{BlobStore, DirectoryStore},
    result::fetch_outputs,
    AccountId, JobPhase, JobState,
};
use edgeproof_kernel::builder::{KernelBuilder, ProgramBuilder};
use edgeproof_primitives::{BlobRef, JobId};
use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        Arc, Mutex,
    },
    time::Duration,
};
use tokio::task::{JoinError, JoinHandle};

pub(crate) const OPERATOR: [u8; 32] = [9; 32];
const INPUT: [u8; 8] = [1, 0, 0, 0, 2, 0, 0, 0];
const OUTPUT: [u8; 8] = [2, 0, 0, 0, 3, 0, 0, 0];

/// Adds one to each of two words.
pub(crate) fn program() -> Vec<u8> {
    let kernel = KernelBuilder::new();
    let words = kernel.input();
    let next = words.load(kernel.index()) + 1u32;
    let kernel = kernel.finish(next);
    let mut program = ProgramBuilder::new();
    let input = program.input(2);
    let output = program.map(&kernel, &[input], &[], 2);
    program.output(output);
    program.build().unwrap().program().encode()
}

/// Everything that outlives a worker's process.
pub(crate) struct House {
    world: Arc<Mutex<World>>,
    disk: Disk,
    pub(crate) store: Arc<DirectoryStore>,
    executions: Arc<AtomicUsize>,
    directory: tempfile::TempDir,
}

impl House {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let disk = Disk::new();
        drop(disk.journal());
        Self {
            world: Arc::default(),
            disk,
            store: Arc::new(DirectoryStore::open(directory.path().join("blobs")).unwrap()),
            executions: Arc::default(),
            directory,
        }
    }

    fn chain(&self, fuse: &Fuse) -> MemoryChain {
        MemoryChain {
            world: self.world.clone(),
            operator: AccountId::from(OPERATOR),
            fuse: fuse.clone(),
        }
    }

    pub(crate) fn input(&self) -> BlobRef {
        self.store.put(&INPUT).unwrap()
    }

    fn assign(&self, inline: Option<u32>) -> JobId {
        let input = self.input();
        self.with(|world| world.assign(&AccountId::from(OPERATOR), &program(), &[input], inline))
    }

    pub(crate) fn with<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.chain(&Fuse::never()).lock())
    }

    /// Starts a worker's process.
    pub(crate) fn worker(&self, fuse: &Fuse) -> (Drain, JoinHandle<()>) {
        let (drain, draining) = Drain::new();
        let (disk, chain, store) = (self.disk.with(fuse), self.chain(fuse), self.store.clone());
        let device = Interpreter::device(fuse, &self.executions);
        let config = DisputeConfig::below(self.directory.path().join("disputes"), 0);
        let disputes = Disputes::new(AccountId::from(OPERATOR), device.clone(), store.clone(), config);
        let process = tokio::spawn(async move {
            let compute = Compute::start(device, store.clone(), 0);
            let config = WorkConfig {
                resend: 4,
                retry: 5,
                patience: 20,
                last_call: 6,
                forget: 200,
            };
            Work::new(chain, disk.journal(), compute, disputes, store, config, draining)
                .run()
                .await
                .unwrap();
        });
        (drain, process)
    }

    pub(crate) async fn until(&self, what: &str, is: impl Fn(&World) -> bool) {
        let wait = async {
            while !self.with(|world| is(world)) {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wait)
            .await
            .unwrap_or_else(|_| panic!("never: {what}"));
    }

    /// Lets a worker run until the job has ended, and kills it.
    async fn finish(&self, job: JobId) {
        let (_drain, process) = self.worker(&Fuse::never());
        self.until("the job ends", |world| world.receipt(job).is_some())
            .await;
        self.until_journaled(&process).await;
    }

    /// A few blocks more, so that the worker has seen the end.
    async fn until_journaled(&self, process: &JoinHandle<()>) {
        let seen = self.with(|world| world.block) + 3;
        self.until("three more blocks", |world| world.block >= seen).await;
        stop(process).await;
    }

    fn assert_paid_once(&self, job: JobId) {
        self.with(|world| {
            assert_eq!(world.count(job, |call| matches!(call, Call::Commit(_))), 1);
            assert_eq!(world.count(job, |call| matches!(call, Call::Reveal(_))), 1);
            let receipt = world.receipt(job).unwrap();
            assert_eq!(receipt.paid, PAID);
            let outputs = fetch_outputs(self.store.as_ref(), &receipt.output_root.unwrap(), &[2]).unwrap();
            assert_eq!(outputs, [OUTPUT]);
        });
        let journal = self.disk.journal();
        assert_eq!(journal.open_entries().unwrap(), []);
        let (_, entry) = journal.ended_entries().unwrap().pop().unwrap();
        assert_eq!(entry.end.unwrap().paid, PAID);
    }
}

async fn stop(process: &JoinHandle<()>) {
    process.abort();
    while !process.is_finished() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // The computing thread and the database end a moment later.
    tokio::time::sleep(Duration::from_millis(5)).await;
}

fn is_killed(end: &Result<(), JoinError>) -> bool {
    end.as_ref().is_err_and(JoinError::is_panic)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_computed_committed_revealed_and_paid() {
    let house = House::new();
    let job = house.assign(None);
    house.finish(job).await;
    house.assert_paid_once(job);
    assert_eq!(house.executions.load(Ordering::SeqCst), 1);
    assert_eq!(house.with(|world| world.refused.len()), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_output_that_was_asked_inline_comes_with_the_reveal() {
    let house = House::new();
    let job = house.assign(Some(8));
    house.finish(job).await;
    house.assert_paid_once(job);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_at_any_step_is_paid_once_and_gives_the_same_answer() {
    std::panic::set_hook(Box::new(|panic| {
        if panic.payload().downcast_ref::<&str>() != Some(&"killed") {
            eprintln!("{panic}");
        }
    }));
    let mut deaths = 0;
    for at in 0.. {
        let house = House::new();
        let job = house.assign(Some(8));
        let fuse = Fuse::after(at);
        let (_drain, process) = house.worker(&fuse);
        house
            .until("it dies or ends", |world| {
                fuse.blown() || world.receipt(job).is_some()
            })
            .await;
        if !fuse.blown() {
            stop(&process).await;
            break;
        }
        let end = process.await;
        assert!(is_killed(&end), "killed at {at}: {end:?}");
        deaths += 1;
        tokio::time::sleep(Duration::from_millis(5)).await;
        house.finish(job).await;
        house.assert_paid_once(job);
        // Work is lost only with the process that did it, before its result was noted.
        assert!(house.executions.load(Ordering::SeqCst) <= 2, "killed at {at}");
    }
    assert!(
        deaths > 10,
        "the fuse must blow at every step, and blew {deaths} times"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reorganisation_changes_no_answer() {
    let house = House::new();
    let job = house.assign(None);
    let before = house.with(|world| world.clone());
    let (_drain, process) = house.worker(&Fuse::never());
    house
        .until("it has revealed", |world| {
            world.count(job, |call| matches!(call, Call::Reveal(_))) == 1
        })
        .await;
    let first = house.with(|world| world.effective.clone());
    house.with(|world| world.reorganise(&before));
    house
        .until("the job ends", |world| world.receipt(job).is_some())
        .await;
    house.until_journaled(&process).await;
    house.assert_paid_once(job);
    assert_eq!(house.with(|world| world.effective.clone()), first);
    assert_eq!(house.executions.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assignment_that_vanishes_is_dropped_and_comes_back_with_its_answer() {
    let house = House::new();
    let job = house.assign(None);
    let assigned = house.with(|world| world.clone());
    let (_drain, process) = house.worker(&Fuse::never());
    house
        .until("it has committed", |world| {
            world.count(job, |call| matches!(call, Call::Commit(_))) == 1
        })
        .await;
    let answers = house.with(|world| {
        world.jobs.clear();
        world.pool.clear();
        world.effective.len()
    });
    let later = house.with(|world| world.block) + 20;
    house
        .until("twenty blocks without the job", |world| world.block >= later)
        .await;
    assert_eq!(house.with(|world| world.effective.len()), answers);
    house.with(|world| world.reorganise(&assigned));
    house
        .until("the job ends", |world| world.receipt(job).is_some())
        .await;
    house.until_journaled(&process).await;
    house.assert_paid_once(job);
    assert_eq!(house.executions.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_input_is_waited_for() {
    let house = House::new();
    let input = house.input();
    let path = house.store.path(&input.hash);
    std::fs::rename(&path, path.with_extension("away")).unwrap();
    let job = house.with(|world| world.assign(&AccountId::from(OPERATOR), &program(), &[input], None));
    let (_drain, process) = house.worker(&Fuse::never());
    house.until("some blocks", |world| world.block > 12).await;
    assert!(!process.is_finished());
    assert_eq!(house.with(|world| world.effective.len()), 0);
    house.input();
    house
        .until("the job ends", |world| world.receipt(job).is_some())
        .await;
    house.until_journaled(&process).await;
    house.assert_paid_once(job);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_input_is_never_computed_with() {
    let house = House::new();
    let input = house.input();
    std::fs::write(house.store.path(&input.hash), [0; 8]).unwrap();
    house.with(|world| world.assign(&AccountId::from(OPERATOR), &program(), &[input], None));
    let (_drain, process) = house.worker(&Fuse::never());
    house
        .until("the deadline passes", |world| world.block > EXECUTION + 10)
        .await;
    assert!(!process.is_finished());
    let calls: Vec<Call> = house.with(|world| world.effective.iter().map(|sent| sent.call.clone()).collect());
    assert_eq!(
        calls,
        [Call::ReportUnavailable(0)],
        "judges are asked, and nothing else happens"
    );
    assert_eq!(house.executions.load(Ordering::SeqCst), 0);
    stop(&process).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_drops_no_job() {
    let house = House::new();
    let job = house.assign(None);
    house.with(|world| world.outage = 12);
    house.finish(job).await;
    house.assert_paid_once(job);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_call_is_sent_again() {
    let house = House::new();
    let job = house.assign(None);
    house.with(|world| world.losses = 2);
    house.finish(job).await;
    house.assert_paid_once(job);
    assert_eq!(house.with(|world| world.losses), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drained_worker_reveals_what_it_has_computed_and_begins_nothing() {
    let house = House::new();
    let first = house.assign(None);
    let (drain, process) = house.worker(&Fuse::never());
    house
        .until("it has committed", |world| {
            world.count(first, |call| matches!(call, Call::Commit(_))) == 1
        })
        .await;
    drain.start();
    let second = house.assign(None);
    process.await.unwrap();
    house.with(|world| {
        assert_eq!(world.count(first, |call| matches!(call, Call::Reveal(_))), 1);
        assert_eq!(world.count(second, |_| true), 0);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commitment_that_the_journal_cannot_open_is_left_alone() {
    let house = House::new();
    let job = house.assign(None);
    house.with(|world| {
        let Some(JobState::Live(job)) = world.jobs.get_mut(&job) else {
            unreachable!()
        };
        job.seats[0].committed = Some((edgeproof_primitives::Commitment([3; 32]), 0));
        job.phase = JobPhase::Committed { reveal_by: 30 };
    });
    let (_drain, process) = house.worker(&Fuse::never());
    house.until("some blocks", |world| world.block > 20).await;
    assert!(!process.is_finished());
    assert_eq!(
        house.with(|world| (world.effective.len(), world.refused.len())),
        (0, 0)
    );
    stop(&process).await;
}

mod seats {
    use crate::{
        chain::memory::{Call, PAID},
        journal::crash::Fuse,
        town::{direct, stop, Operator, Town},
    };
    use edgeproof_client::{JobPhase, JobState};
    use edgeproof_primitives::BlockNumber;

    const LAG: BlockNumber = 40;

    fn at(town: &Town, is: impl Fn(&Call) -> bool) -> Vec<usize> {
        town.with(|world| {
            let sent = world.effective.iter().enumerate();
            sent.filter(|(_, sent)| is(&sent.call))
                .map(|(at, _)| at)
                .collect()
        })
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn replicas_and_an_auditor_reveal_after_all_have_committed_and_finality() {
        let town = Town::new();
        let operators: Vec<Operator> = (1..4).map(Operator::honest).collect();
        let job = town.with(|world| {
            (world.lag, world.reserve) = (LAG, vec![operators[2].account]);
            world.window = Some(60);
            world.jobs.len() as u64
        });
        let input = town.input();
        let accounts: Vec<_> = operators[..2].iter().map(|operator| operator.account).collect();
        town.with(|world| world.assign_all(&accounts, &direct(), &[input], None, 10_000));
        let workers: Vec<_> = operators
            .iter()
            .map(|operator| town.worker(operator, &Fuse::never()))
            .collect();
        town.until("reveals are open", |world| {
            matches!(&world.jobs[&job], JobState::Live(job) if matches!(job.phase, JobPhase::Committed { .. }))
        })
        .await;
        let opened = town.with(|world| world.block);
        town.until("a reveal", |world| {
            world.count(job, |call| matches!(call, Call::Reveal(_))) > 0
        })
        .await;
        assert!(town.with(|world| world.block) >= opened + LAG - 2);
        town.ended(job).await;
        town.assert_right(job, &direct(), &[]);
        let commits = at(&town, |call| matches!(call, Call::Commit(_)));
        let reveals = at(&town, |call| matches!(call, Call::Reveal(_)));
        assert_eq!((commits, reveals), (vec![0, 1, 2], vec![3, 4, 5]));
        let seen = town.with(|world| world.block) + 12;
        town.until("each has seen the end", |world| world.block >= seen)
            .await;
        for ((_, process), operator) in workers.iter().zip(&operators) {
            stop(process).await;
            let (_, entry) = operator.disk.journal().ended_entries().unwrap().pop().unwrap();
            assert_eq!(entry.end.unwrap().paid, PAID);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_kept_seat_of_an_earlier_round_is_revealed_beside_the_one_that_was_drawn_again() {
        let town = Town::new();
        let (first, absent, late) = (Operator::honest(1), Operator::honest(2), Operator::honest(3));
        let job = town.assign(&[&first, &absent], &direct());
        town.with(|world| {
            world.reserve = vec![late.account];
            world.window = Some(30);
        });
        let _first = town.worker(&first, &Fuse::never());
        let _late = town.worker(&late, &Fuse::never());
        town.ended(job).await;
        town.assert_right(job, &direct(), &[]);
        town.with(|world| {
            assert_eq!(world.count(job, |call| matches!(call, Call::Reveal(_))), 2);
            let receipt = world.receipt(job).unwrap();
            assert_eq!(receipt.workers.to_vec(), [first.account, late.account]);
        });
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_seat_that_was_lost_is_ended_in_the_journal_while_the_job_goes_on() {
        let town = Town::new();
        let (absent, late) = (Operator::honest(2), Operator::honest(3));
        let job = town.assign(&[&absent], &direct());
        let path = town.store.path(&town.input().hash);
        std::fs::remove_file(&path).unwrap();
        let (_drain, process) = town.worker(&absent, &Fuse::never());
        town.with(|world| world.reserve = vec![late.account]);
        town.until("another worker", |world| match &world.jobs[&job] {
            JobState::Live(job) => job.round == 1,
            JobState::Ended(_) => false,
        })
        .await;
        let seen = town.with(|world| world.block) + 5;
        town.until("five more blocks", |world| world.block >= seen).await;
        stop(&process).await;
        let journal = absent.disk.journal();
        assert_eq!(journal.open_entries().unwrap(), []);
        let (key, entry) = journal.ended_entries().unwrap().pop().unwrap();
        let end = entry.end.unwrap();
        assert_eq!((key.round, end.outcome, end.paid), (0, None, 0));
    }
}

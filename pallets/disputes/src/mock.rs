//! A chain with nothing but disputes: jobs and a ledger of stake that tests set by hand.

use crate as pallet_disputes;
use edgeproof_kernel::Verified;
use edgeproof_primitives::{BlobHash, BlobRef, BlockNumber, JobId, ProgramId};
use pallet_support::{
    DisputeRules, DisputedJobs, SlashOutcome, SlashShares, StakeLedger, Standing, StashLookup, Subject,
};
use polkadot_sdk::polkadot_sdk_frame::{
    deps::sp_runtime::Permill, prelude::*, runtime::prelude::*, testing_prelude::*,
};
use std::collections::BTreeMap;

pub type AccountId = u64;
pub type Theta = u64;

pub const REQUESTER: AccountId = 1;
/// The operator of a worker; its stash is [`stash`].
pub const WORKER: AccountId = 11;
pub const WORKER_2: AccountId = 12;
pub const WATCHER: AccountId = 13;
pub const LIAR: AccountId = 14;
pub const SYBIL: AccountId = 15;
/// Has nothing and does nothing but referee.
pub const PASSER_BY: AccountId = 99;

pub const BOND: Theta = 2_000;
pub const COMPENSATION: Theta = 100;
pub const STAKE: Theta = 1_000_000;
pub const EXECUTION: BlockNumber = 10;
pub const WINDOW: BlockNumber = 30;
pub const JOB: JobId = 7;

/// The account whose stake an operator key puts at risk.
pub fn stash(operator: AccountId) -> AccountId {
    operator + 100
}

construct_runtime!(
    pub enum Test {
        System: frame_system,
        Disputes: pallet_disputes,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlockU32<Test>;
}

parameter_types! {
    pub static Rules: DisputeRules = DisputeRules {
        answer: 5,
        bytes_per_block: 1 << 20,
        max_games: 4,
        judges: 1,
        judgement: 1,
        judge_fee: 0,
        chunk_fee: 0,
    };
    pub static FinderShare: Permill = Permill::from_percent(25);
    pub static AnswerReserve: Weight = Weight::from_parts(1_000_000_000_000, u64::MAX);
    pub static TurnWeight: Weight = Weight::from_parts(1_000_000_000_000, u64::MAX);
    pub static JobTable: BTreeMap<JobId, MockJob> = BTreeMap::new();
    pub static Programs: BTreeMap<ProgramId, Vec<u8>> = BTreeMap::new();
    pub static Ledger: BTreeMap<AccountId, Account> = BTreeMap::new();
    pub static Burned: Theta = 0;
}

impl crate::Config for Test {
    type Jobs = Jobs;
    type Stake = Stake;
    type Stashes = Stashes;
    type Rules = Rules;
    type FinderShare = FinderShare;
    type AnswerReserve = AnswerReserve;
    type TurnWeight = TurnWeight;
    type WeightInfo = ();
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    pub free: Theta,
    pub active: Theta,
    pub at_risk: Theta,
}

pub struct Stake;

fn with<R>(who: &AccountId, change: impl FnOnce(&mut Account) -> R) -> R {
    Ledger::mutate(|ledger| change(ledger.entry(*who).or_default()))
}

impl StakeLedger<AccountId> for Stake {
    type Balance = Theta;

    fn bonded(who: &AccountId) -> Theta {
        with(who, |account| account.active)
    }

    fn available(who: &AccountId) -> Theta {
        with(who, |account| account.active - account.at_risk)
    }

    fn lock(who: &AccountId, amount: Theta) -> DispatchResult {
        with(who, |account| {
            ensure!(
                account.active - account.at_risk >= amount,
                DispatchError::Other("no stake")
            );
            account.at_risk += amount;
            Ok(())
        })
    }

    fn unlock(who: &AccountId, amount: Theta) {
        with(who, |account| account.at_risk -= amount);
    }

    fn slash(who: &AccountId, amount: Theta, shares: SlashShares<AccountId, Theta>) -> SlashOutcome<Theta> {
        with(who, |account| {
            account.at_risk -= amount;
            account.active -= amount;
        });
        let compensated = shares.compensation.min(amount);
        let rewarded = shares
            .finder
            .map_or(0, |_| shares.finder_share.mul_floor(amount - compensated));
        with(shares.injured, |account| account.free += compensated);
        if let Some(finder) = shares.finder {
            with(finder, |account| account.free += rewarded);
        }
        let burned = amount - compensated - rewarded;
        Burned::mutate(|sum| *sum += burned);
        SlashOutcome {
            compensated,
            rewarded,
            held: burned,
        }
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_bonded(who: &AccountId, amount: Theta) {
        with(who, |account| account.active += amount);
    }
}

pub struct Stashes;

impl StashLookup<AccountId> for Stashes {
    fn stash_of(operator: &AccountId) -> Option<AccountId> {
        (11..50).contains(operator).then(|| stash(*operator))
    }
}

/// What became of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Revealed,
    Disputed,
    /// Settles for this result, and pays this operator when no seat has it.
    Resumed(BlobHash, AccountId),
    Restarted,
}

#[derive(Clone, Debug)]
pub struct MockJob {
    pub subject: Subject<AccountId, Theta>,
    pub seats: Vec<Standing<AccountId, Theta>>,
    pub stand: Stand,
}

pub struct Jobs;

impl DisputedJobs<AccountId> for Jobs {
    type Stake = Theta;

    fn subject(job: JobId) -> Option<Subject<AccountId, Theta>> {
        JobTable::get()
            .get(&job)
            .filter(|job| job.stand != Stand::Restarted)
            .map(|job| job.subject.clone())
    }

    fn program_code(program: &ProgramId) -> Option<Vec<u8>> {
        Programs::get().get(program).cloned()
    }

    fn standing(job: JobId) -> Vec<Standing<AccountId, Theta>> {
        JobTable::get()[&job].seats.clone()
    }

    fn suspend(job: JobId) {
        change(job, |job| {
            assert!(matches!(job.stand, Stand::Revealed | Stand::Resumed(..)));
            job.stand = Stand::Disputed;
        });
    }

    fn extend(job: JobId, window_ends: BlockNumber) {
        change(job, |job| job.subject.window_ends = window_ends);
    }

    fn refute(job: JobId, operator: &AccountId, finder: Option<&AccountId>) {
        let requester = JobTable::get()[&job].subject.requester;
        change(job, |job| {
            let Some(at) = job.seats.iter().position(|seat| seat.operator == *operator) else {
                return;
            };
            let seat = job.seats.remove(at);
            let shares = SlashShares {
                injured: &requester,
                compensation: job.subject.compensation,
                finder,
                finder_share: FinderShare::get(),
                driver: None,
            };
            Stake::slash(&seat.stash, seat.bond, shares);
        });
    }

    fn resume(job: JobId, output_root: BlobHash, first: (AccountId, AccountId)) {
        change(job, |job| {
            assert_eq!(job.stand, Stand::Disputed);
            job.stand = Stand::Resumed(output_root, first.0);
        });
    }

    fn restart(job: JobId) {
        change(job, |job| {
            assert_eq!(job.stand, Stand::Disputed);
            assert!(job.seats.is_empty(), "all seats have ended");
            job.stand = Stand::Restarted;
        });
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_revealed(
        code: Vec<u8>,
        inputs: Vec<BlobRef>,
        params: Vec<u32>,
        output_root: BlobHash,
    ) -> JobId {
        let program = Verified::from_bytes(&code).expect("a program");
        let job = JobTable::get().len() as JobId;
        with(&stash(WORKER), |account| account.active += BOND);
        revealed(job, &program, &[], &params, &[(WORKER, output_root)]);
        change(job, |job| job.subject.inputs = inputs);
        job
    }
}

fn change(job: JobId, change: impl FnOnce(&mut MockJob)) {
    JobTable::mutate(|jobs| change(jobs.get_mut(&job).expect("the job lives")));
}

pub fn stand() -> Stand {
    JobTable::get()[&JOB].stand
}

/// Stores a program and a job that runs it, whose seats have revealed these results.
pub fn revealed(
    job: JobId,
    program: &Verified,
    inputs: &[Vec<u8>],
    params: &[u32],
    seats: &[(AccountId, BlobHash)],
) {
    let code = program.program().encode();
    let id = ProgramId(edgeproof_proofs::blob_root(&code));
    Programs::mutate(|programs| programs.insert(id, code));
    let inputs = inputs.iter().map(|bytes| BlobRef {
        hash: BlobHash(edgeproof_proofs::blob_root(bytes)),
        bytes: bytes.len() as u64,
    });
    let now = System::block_number();
    let seats: Vec<_> = seats
        .iter()
        .map(|(operator, output_root)| {
            Stake::lock(&stash(*operator), BOND).expect("a worker has stake");
            Standing {
                operator: *operator,
                stash: stash(*operator),
                bond: BOND,
                output_root: *output_root,
            }
        })
        .collect();
    let subject = Subject {
        requester: REQUESTER,
        program: id,
        inputs: inputs.collect(),
        params: params.to_vec(),
        execution: EXECUTION,
        window: WINDOW,
        window_ends: now + WINDOW,
        bond: BOND,
        compensation: COMPENSATION,
    };
    let agree = seats.iter().all(|seat| seat.output_root == seats[0].output_root);
    let stand = if agree { Stand::Revealed } else { Stand::Disputed };
    JobTable::mutate(|jobs| {
        jobs.insert(
            job,
            MockJob {
                subject,
                seats: seats.clone(),
                stand,
            },
        )
    });
    if !agree {
        <Disputes as pallet_support::Disputes<AccountId>>::open(job, seats);
    }
}

/// All THETA there is, burned or not.
pub fn total() -> Theta {
    let held: Theta = Ledger::get()
        .values()
        .map(|account| account.free + account.active)
        .sum();
    held + Burned::get()
}

pub fn check() {
    Disputes::do_try_state().expect("the state is sound");
    assert_eq!(
        total(),
        (WORKER..=40).map(|_| STAKE).sum::<Theta>(),
        "no THETA appears or vanishes"
    );
    // What is at risk is what seats and claims say.
    let mut expected = BTreeMap::<AccountId, Theta>::new();
    for (id, job) in JobTable::get() {
        for seat in &job.seats {
            *expected.entry(seat.stash).or_default() += seat.bond;
        }
        let dispute = crate::Disputes::<Test>::get(id);
        let claims = dispute
            .iter()
            .flat_map(|dispute| dispute.claims.iter().chain(&dispute.refuted));
        let waiting = crate::WaitingClaims::<Test>::iter_prefix_values(id);
        for claim in claims.cloned().chain(waiting).filter(|claim| !claim.seat) {
            *expected.entry(claim.stash).or_default() += claim.bond;
        }
    }
    for (who, account) in Ledger::get() {
        assert_eq!(
            account.at_risk,
            expected.get(&who).copied().unwrap_or(0),
            "stake at risk of {who}"
        );
    }
}

pub fn next_block() {
    check();
    System::set_block_number(System::block_number() + 1);
    Disputes::on_initialize(System::block_number());
    check();
}

pub fn pass(blocks: BlockNumber) {
    (0..blocks).for_each(|_| next_block());
}

pub fn externalities() -> TestState {
    let storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .expect("genesis builds");
    TestState::new(storage)
}

pub fn test(body: impl FnOnce()) {
    externalities().execute_with(|| {
        JobTable::set(BTreeMap::new());
        Programs::set(BTreeMap::new());
        Burned::set(0);
        let account = Account {
            active: STAKE,
            ..Default::default()
        };
        Ledger::set((WORKER..=40).map(|operator| (stash(operator), account)).collect());
        System::set_block_number(1);
        body();
        check();
    });
}

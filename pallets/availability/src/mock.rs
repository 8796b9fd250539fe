//! A chain with nothing but questions about data: jobs and workers that tests set by hand.

use crate as pallet_availability;
use edgeproof_primitives::{BlobHash, BlockNumber, Hash, JobId, TfuelBalance};
use edgeproof_proofs::{blob_root, output_root};
use pallet_support::{
    DataJobs, DisputeRules, DrawRequest, DrawnWorker, Judges, Published, SeatEnd, Seed, SeedSource,
    SeedStatus, SlashOutcome, StashLookup, WorkerDraw,
};
use polkadot_sdk::{
    pallet_balances,
    polkadot_sdk_frame::{prelude::*, runtime::prelude::*, testing_prelude::*},
};
use std::collections::{BTreeMap, BTreeSet};

pub type AccountId = u64;
pub type Theta = u64;

pub const REQUESTER: AccountId = 1;
pub const STRANGER: AccountId = 2;
/// Can hold no deposit.
pub const POOR: AccountId = 3;
/// Operator keys hold no token; the stash of each is [`stash`].
pub const WORKER: AccountId = 11;
pub const JOB: JobId = 7;
pub const OTHER_JOB: JobId = 8;

pub const ENDOWMENT: TfuelBalance = 1_000_000;
pub const CHUNK_FEE: TfuelBalance = 100;
pub const JUDGE_FEE: TfuelBalance = 1_000;
pub const ANSWER: BlockNumber = 5;
pub const JUDGEMENT: BlockNumber = 10;

/// The account that is paid for what an operator key does.
pub fn stash(operator: AccountId) -> AccountId {
    operator + 100
}

construct_runtime!(
    pub enum Test {
        System: frame_system,
        Balances: pallet_balances,
        Availability: pallet_availability,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlockU32<Test>;
    type AccountData = pallet_balances::AccountData<TfuelBalance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = TfuelBalance;
    type ExistentialDeposit = ConstU128<10>;
    type AccountStore = System;
}

parameter_types! {
    pub static Rules: DisputeRules = rules();
    pub static DueWeight: Weight = Weight::from_parts(1_000_000_000_000, u64::MAX);
    pub static Randomness: SeedStatus = SeedStatus::Pending;
    pub static JobTable: BTreeMap<JobId, MockJob> = BTreeMap::new();
    /// Operator keys that can be drawn.
    pub static Crowd: BTreeSet<AccountId> = BTreeSet::new();
    /// Slots in use, by operator key.
    pub static Slots: BTreeMap<AccountId, u32> = BTreeMap::new();
}

pub fn rules() -> DisputeRules {
    DisputeRules {
        answer: ANSWER,
        bytes_per_block: 1 << 20,
        max_games: 1,
        judges: 5,
        judgement: JUDGEMENT,
        judge_fee: JUDGE_FEE,
        chunk_fee: CHUNK_FEE,
    }
}

impl crate::Config for Test {
    type Jobs = Jobs;
    type Fuel = Balances;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Seeds = Seeds;
    type Workers = Registry;
    type Stashes = Stashes;
    type Rules = Rules;
    type DueWeight = DueWeight;
    type WeightInfo = ();
}

/// Seeds that are ready in the block after next, unless tests say otherwise.
pub struct Seeds;

impl SeedSource for Seeds {
    fn seed(domain: &[u8], subject: &[u8], event: u32, outputs: u32) -> SeedStatus {
        assert_eq!((domain, outputs), (crate::JUDGES_DOMAIN, 1));
        match Randomness::get() {
            SeedStatus::Ready(_) if System::block_number() > event + outputs => {
                SeedStatus::Ready((subject, event).using_encoded(blake2_256))
            }
            SeedStatus::Ready(_) => SeedStatus::Pending,
            other => other,
        }
    }
}

pub struct Stashes;

impl StashLookup<AccountId> for Stashes {
    fn stash_of(operator: &AccountId) -> Option<AccountId> {
        (11..100).contains(operator).then(|| stash(*operator))
    }
}

pub struct Registry;

impl WorkerDraw<AccountId> for Registry {
    type Fuel = TfuelBalance;
    type Stake = Theta;

    fn draw(
        seed: Seed,
        request: &DrawRequest<AccountId, TfuelBalance>,
    ) -> Vec<DrawnWorker<AccountId, TfuelBalance, Theta>> {
        assert_eq!((request.operations, request.demands.memory), (0, 0));
        let mut fitting: Vec<_> = Crowd::get()
            .into_iter()
            .filter(|operator| !request.excluded.contains(operator))
            .collect();
        fitting.sort_by_key(|operator| (seed, *operator).using_encoded(blake2_256));
        if fitting.len() < request.seats as usize {
            return Vec::new();
        }
        let drawn = fitting.into_iter().take(request.seats as usize);
        drawn
            .map(|operator| {
                Slots::mutate(|slots| *slots.entry(operator).or_default() += 1);
                DrawnWorker {
                    operator,
                    stash: stash(operator),
                    fee: 0,
                    bond: 0,
                    value: 0,
                }
            })
            .collect()
    }

    fn draw_weight() -> Weight {
        Weight::from_parts(1, 0)
    }

    fn end_seat(
        worker: &DrawnWorker<AccountId, TfuelBalance, Theta>,
        _requester: &AccountId,
        finder: Option<&AccountId>,
        end: SeatEnd,
    ) -> SlashOutcome<Theta> {
        assert_eq!((finder, end), (None, SeatEnd::Released));
        Slots::mutate(|slots| *slots.get_mut(&worker.operator).expect("a slot is taken") -= 1);
        SlashOutcome::default()
    }

    fn charge(_: &mut DrawnWorker<AccountId, TfuelBalance, Theta>, _: &[AccountId]) -> Theta {
        unreachable!("the jobs charge")
    }

    fn key_bytes(_: &AccountId) -> Hash {
        unreachable!("the jobs check commitments")
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_worker(_: &AccountId, _: &AccountId) {
        Crowd::mutate(|crowd| crowd.extend(60..80));
    }
}

/// What became of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Its workers compute.
    Computing,
    /// One result stands.
    Revealed,
    /// Results are disputed.
    Disputed,
    /// It has ended with its result withheld.
    Withheld,
    /// It has ended without an input; these judges were paid so much each.
    Unavailable(Vec<AccountId>, TfuelBalance),
    /// It has ended in another way.
    Ended,
}

#[derive(Clone, Debug)]
pub struct MockJob {
    pub stand: Stand,
    pub outputs: Vec<Vec<u8>>,
    /// Last block of the window, or of the commit phase.
    pub until: BlockNumber,
    /// Who was charged for a wrong report, and who got it.
    pub charged: Option<(AccountId, Vec<AccountId>)>,
}

impl MockJob {
    pub fn roots(&self) -> Vec<Hash> {
        self.outputs.iter().map(|output| blob_root(output)).collect()
    }

    fn is_live(&self) -> bool {
        matches!(self.stand, Stand::Computing | Stand::Revealed | Stand::Disputed)
    }
}

pub struct Jobs;

fn change(job: JobId, change: impl FnOnce(&mut MockJob)) {
    JobTable::mutate(|jobs| change(jobs.get_mut(&job).expect("the job exists")));
}

/// Ends a job as the jobs pallet does.
pub fn end(job: JobId, stand: Stand) {
    change(job, |job| job.stand = stand);
    <Availability as pallet_support::OnJobEnded>::on_job_ended(job);
}

impl DataJobs<AccountId> for Jobs {
    fn published(job: JobId) -> Option<Published<AccountId>> {
        let job = JobTable::get().get(&job)?.clone();
        (job.stand == Stand::Revealed).then(|| Published {
            requester: REQUESTER,
            output_root: BlobHash(output_root(&job.roots())),
            outputs: job.outputs.iter().map(|output| output.len() as u64).collect(),
        })
    }

    fn needed(job: JobId, operator: &AccountId, input: u8) -> Option<BlobHash> {
        let job = JobTable::get().get(&job)?.clone();
        (job.stand == Stand::Computing && *operator == WORKER && input < 2).then_some(BlobHash([input; 32]))
    }

    fn judges(job: JobId) -> Option<Judges<AccountId>> {
        let job = JobTable::get().get(&job)?.clone();
        job.is_live().then(|| Judges {
            requester: REQUESTER,
            excluded: vec![WORKER],
            demands: Default::default(),
        })
    }

    fn keep_open(job: JobId, until: BlockNumber) {
        change(job, |job| job.until = job.until.max(until));
    }

    fn allow_time(job: JobId, until: BlockNumber) {
        change(job, |job| job.until = job.until.max(until));
    }

    fn withhold(job: JobId) {
        end(job, Stand::Withheld);
    }

    fn unavailable(job: JobId, judges: &[AccountId], fee: TfuelBalance) {
        end(job, Stand::Unavailable(judges.to_vec(), fee));
    }

    fn charge(job: JobId, operator: &AccountId, judges: &[AccountId]) {
        change(job, |job| job.charged = Some((*operator, judges.to_vec())));
    }

    fn dispute_weight() -> Weight {
        Weight::from_parts(1, 0)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_published(output: &[u8]) -> (JobId, AccountId) {
        add(JOB, Stand::Revealed, vec![output.to_vec()]);
        (JOB, REQUESTER)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_assigned() -> (JobId, AccountId) {
        add(JOB, Stand::Computing, vec![vec![1]]);
        (JOB, WORKER)
    }
}

pub fn add(job: JobId, stand: Stand, outputs: Vec<Vec<u8>>) {
    let added = MockJob {
        stand,
        outputs,
        until: System::block_number() + 3,
        charged: None,
    };
    JobTable::mutate(|jobs| jobs.insert(job, added));
}

pub fn job(job: JobId) -> MockJob {
    JobTable::get()[&job].clone()
}

pub fn free(who: AccountId) -> TfuelBalance {
    Balances::free_balance(who)
}

pub fn events() -> Vec<crate::Event<Test>> {
    let events = System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Availability(event) => Some(event),
            _ => None,
        });
    let events = events.collect();
    System::reset_events();
    events
}

/// Checks every invariant.
pub fn check() {
    Availability::do_try_state().expect("the state is sound");
    let judges: u32 = crate::QuestionsAbout::<Test>::iter_values()
        .filter_map(|questions| match questions.open {
            Some(crate::Question::Inquiry(inquiry)) => match inquiry.stage {
                crate::Stage::Judging(judges) => Some(judges.len() as u32),
                crate::Stage::Drawing { .. } => None,
            },
            _ => None,
        })
        .sum();
    assert_eq!(
        Slots::get().values().sum::<u32>(),
        judges,
        "a slot is taken for each judge"
    );
    let endowed = [REQUESTER, STRANGER].into_iter().chain((11..60).map(stash));
    assert_eq!(
        Balances::total_issuance(),
        ENDOWMENT * endowed.count() as u128,
        "TFUEL is conserved"
    );
}

pub fn next_block() {
    check();
    System::set_block_number(System::block_number() + 1);
    Availability::on_initialize(System::block_number());
    check();
}

pub fn pass(blocks: BlockNumber) {
    (0..blocks).for_each(|_| next_block());
}

pub fn externalities() -> TestState {
    let mut storage = frame_system::GenesisConfig::<Test>::default()
        .build_storage()
        .expect("genesis builds");
    let endowed = [REQUESTER, STRANGER].into_iter().chain((11..60).map(stash));
    pallet_balances::GenesisConfig::<Test> {
        balances: endowed.map(|who| (who, ENDOWMENT)).collect(),
        ..Default::default()
    }
    .assimilate_storage(&mut storage)
    .expect("genesis builds");
    TestState::new(storage)
}

#[cfg(feature = "runtime-benchmarks")]
pub fn benchmark_externalities() -> TestState {
    reset();
    externalities()
}

fn reset() {
    JobTable::set(BTreeMap::new());
    Slots::set(BTreeMap::new());
    Crowd::set((21..31).collect());
    Randomness::set(SeedStatus::Ready([0; 32]));
    Rules::set(rules());
}

/// Runs `body` in a chain with ten workers that can judge.
pub fn test(body: impl FnOnce()) {
    reset();
    externalities().execute_with(|| {
        System::set_block_number(1);
        body();
        check();
    });
}

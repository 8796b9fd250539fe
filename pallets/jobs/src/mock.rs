//! A chain with nothing but jobs: a registry of workers and a source of seeds that tests set by hand, and disputes that
//! only take notes.

use crate as pallet_jobs;
use edgeproof_primitives::{
    Clause, ClauseCount, Demands, Hash, JobId, JobSpec, ProgramId, Region, Survey, TfuelBalance,
};
use pallet_support::{
    Assessment, DisputedJobs, Disputes, DrawRequest, DrawnWorker, FirstSeat, JobRules, OnBurned, OnJobBurned,
    SeatEnd, Seed, SeedSource, SeedStatus, SlashOutcome, Standing, WorkerDraw, WorkerMarket,
};
use polkadot_sdk::{
    pallet_balances, pallet_skip_feeless_payment, pallet_transaction_payment,
    polkadot_sdk_frame::{
        deps::{frame_support::weights::IdentityFee, sp_runtime::Permill},
        prelude::*,
        runtime::prelude::*,
        testing_prelude::*,
        token::fungible::Credit,
        traits::Imbalance as _,
    },
};
use std::{cell::RefCell, collections::BTreeMap};

pub type AccountId = u64;
/// THETA is `u64` and TFUEL `u128` here, so that mixing them does not compile.
pub type Theta = u64;

pub const REQUESTER: AccountId = 1;
pub const OTHER: AccountId = 2;
/// Endowed with nothing, in any test.
pub const STRANGER: AccountId = 3;
/// Operator keys hold no token of either kind.
pub const OPERATOR: AccountId = 11;
pub const STASH: AccountId = 21;
pub const OPERATOR_2: AccountId = 12;
pub const STASH_2: AccountId = 22;
pub const OPERATOR_3: AccountId = 13;
pub const STASH_3: AccountId = 23;

pub const ENDOWMENT: TfuelBalance = 1_000_000;
pub const EXISTENTIAL_DEPOSIT: TfuelBalance = 10;

construct_runtime!(
    pub enum Test {
        System: frame_system,
        Balances: pallet_balances,
        TransactionPayment: pallet_transaction_payment,
        SkipFeeless: pallet_skip_feeless_payment,
        Jobs: pallet_jobs,
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
    type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
    type AccountStore = System;
}

#[derive_impl(pallet_transaction_payment::config_preludes::TestDefaultConfig)]
impl pallet_transaction_payment::Config for Test {
    type OnChargeTransaction = pallet_transaction_payment::FungibleAdapter<Balances, BurnCounter>;
    type OperationalFeeMultiplier = ConstU8<5>;
    type WeightToFee = IdentityFee<TfuelBalance>;
    type LengthToFee = IdentityFee<TfuelBalance>;
}

impl pallet_skip_feeless_payment::Config for Test {
    type RuntimeEvent = RuntimeEvent;
}

pub fn default_rules() -> JobRules {
    JobRules {
        draw_outputs: 1,
        audit_outputs: 3,
        max_replicas: 4,
        max_audit_rate: 1_000_000,
        workers_per_replica: 1,
        redraw_interval: 5,
        max_draw: 100,
        min_execution: 2,
        max_execution: 40,
        operations_per_block: 1_000,
        reveal: 20,
        window_base: 10,
        max_window: 60,
        receipt_retention: 30,
        max_draws: 3,
        price_floor: 1_000_000_000,
        worker_share: Permill::from_percent(75),
        program_deposit: 100,
        byte_deposit: 2,
        job_deposit: 50,
        feeless_bytes: 100_000,
    }
}

parameter_types! {
    pub static Rules: JobRules = default_rules();
    pub static AgendaWeight: Weight = Weight::from_parts(1_000_000_000_000, u64::MAX);
    pub static Randomness: SeedMode = SeedMode::Flows;
    pub static Burned: TfuelBalance = 0;
    /// What was burned for the work of stashes, in the order in which they were paid.
    pub static Worked: Vec<(AccountId, TfuelBalance)> = Vec::new();
}

impl pallet_jobs::Config for Test {
    type Fuel = Balances;
    type RuntimeHoldReason = RuntimeHoldReason;
    type Seeds = Seeds;
    type Workers = Registry;
    type Disputes = Notes;
    type OnEnded = ();
    type OnBurned = BurnCounter;
    type OnJobBurned = WorkCounter;
    type Rules = Rules;
    type AgendaWeight = AgendaWeight;
    type WeightInfo = ();
}

pub struct BurnCounter;

impl OnBurned<TfuelBalance> for BurnCounter {
    fn on_burned(amount: TfuelBalance) {
        Burned::mutate(|burned| *burned += amount);
    }
}

impl OnUnbalanced<Credit<AccountId, Balances>> for BurnCounter {
    fn on_nonzero_unbalanced(fee: Credit<AccountId, Balances>) {
        <Self as OnBurned<TfuelBalance>>::on_burned(fee.peek());
    }
}

pub struct WorkCounter;

impl OnJobBurned<AccountId> for WorkCounter {
    fn on_job_burned(stash: &AccountId, amount: TfuelBalance) {
        Worked::mutate(|worked| worked.push((*stash, amount)));
    }
}

/// What becomes of randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedMode {
    /// Every block brings an output: ready at the start of `event + outputs + 1`.
    Flows,
    /// No block brings an output.
    Dry,
    /// Every event is too old.
    Lost,
}

/// The seed that every event has.
pub fn seed_of(domain: &[u8], subject: &[u8], event: u32) -> Seed {
    blake2_256(&(domain, subject, event).encode())
}

pub struct Seeds;

impl SeedSource for Seeds {
    fn seed(domain: &[u8], subject: &[u8], event: u32, outputs: u32) -> SeedStatus {
        let expected = if domain == crate::DRAW_DOMAIN {
            Rules::get().draw_outputs
        } else {
            assert_eq!(domain, crate::AUDIT_DOMAIN);
            Rules::get().audit_outputs
        };
        assert_eq!(outputs, expected);
        match Randomness::get() {
            SeedMode::Flows if System::block_number() > event + outputs => {
                SeedStatus::Ready(seed_of(domain, subject, event))
            }
            SeedMode::Flows | SeedMode::Dry => SeedStatus::Pending,
            SeedMode::Lost => SeedStatus::Forgotten,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Worker {
    pub stash: AccountId,
    pub fee: TfuelBalance,
    pub memory: u64,
    pub region: Region,
    pub slots: u32,
    pub used: u32,
    pub at_risk: Theta,
}

thread_local! {
    static WORKERS: RefCell<BTreeMap<AccountId, Worker>> = const { RefCell::new(BTreeMap::new()) };
    static ENDS: RefCell<Vec<(AccountId, SeatEnd)>> = const { RefCell::new(Vec::new()) };
    static SEEDS: RefCell<Vec<Seed>> = const { RefCell::new(Vec::new()) };
    static ASKED: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
}

/// What a draw was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub seats: u32,
    pub first: FirstSeat,
    pub least_workers: u32,
}

/// A registry that gives a first seat to the cheapest worker that fits and the others to those that the seed says, and
/// counts slots and bonds.
pub struct Registry;

/// The bond of a seat of the usual fee.
pub const BOND: Theta = 500;

impl Registry {
    pub fn add(operator: AccountId, stash: AccountId, fee: TfuelBalance) {
        let worker = Worker {
            stash,
            fee,
            memory: 1 << 30,
            region: Region(*b"CH"),
            slots: 1_000,
            used: 0,
            at_risk: 0,
        };
        WORKERS.with_borrow_mut(|workers| workers.insert(operator, worker));
    }

    pub fn edit(operator: AccountId, edit: impl FnOnce(&mut Worker)) {
        WORKERS.with_borrow_mut(|workers| edit(workers.get_mut(&operator).unwrap()));
    }

    pub fn get(operator: AccountId) -> Worker {
        WORKERS.with_borrow(|workers| workers[&operator].clone())
    }

    pub fn retire_all() {
        WORKERS.with_borrow_mut(|workers| workers.values_mut().for_each(|worker| worker.slots = 0));
    }

    /// How seats ended so far, in order.
    pub fn ends() -> Vec<(AccountId, SeatEnd)> {
        ENDS.with_borrow(Clone::clone)
    }

    /// The seeds of all draws so far.
    pub fn seeds() -> Vec<Seed> {
        SEEDS.with_borrow(Clone::clone)
    }

    /// What all draws so far were asked for.
    pub fn asked() -> Vec<Asked> {
        ASKED.with_borrow(Clone::clone)
    }

    pub fn slots_in_use() -> u32 {
        WORKERS.with_borrow(|workers| workers.values().map(|worker| worker.used).sum())
    }

    pub fn at_risk() -> Theta {
        WORKERS.with_borrow(|workers| workers.values().map(|worker| worker.at_risk).sum())
    }

    fn clear() {
        WORKERS.with_borrow_mut(BTreeMap::clear);
        ENDS.with_borrow_mut(Vec::clear);
        SEEDS.with_borrow_mut(Vec::clear);
        ASKED.with_borrow_mut(Vec::clear);
    }
}

/// What a seat with this fee puts at risk here.
pub fn bond_of(fee: TfuelBalance) -> Theta {
    fee as Theta + 99
}

/// A worker against a request.
fn assess(
    operator: AccountId,
    worker: &Worker,
    request: &DrawRequest<AccountId, TfuelBalance>,
) -> Assessment {
    let Demands { memory, regions, .. } = request.demands;
    let fails = |clause: &Clause| match clause {
        Clause::NoFreeSlot => worker.used >= worker.slots,
        Clause::TooDear => worker.fee > request.price_cap,
        Clause::Memory => worker.memory < *memory,
        Clause::Region => !regions.is_empty() && !regions.contains(&worker.region),
        Clause::OwnJob => worker.stash == *request.requester,
        Clause::Excluded => request.excluded.contains(&operator),
        _ => false,
    };
    Assessment {
        fee: Some(worker.fee),
        failing: Clause::ALL.into_iter().filter(fails).collect(),
    }
}

impl WorkerMarket<AccountId> for Registry {
    /// Only whom the first clause of each excludes, in the order of the clauses.
    fn survey(request: &DrawRequest<AccountId, TfuelBalance>) -> (Survey, Vec<TfuelBalance>) {
        let assessed: Vec<_> = WORKERS.with_borrow(|workers| {
            let workers = workers.iter();
            workers
                .map(|(operator, worker)| assess(*operator, worker, request))
                .collect()
        });
        let first = |clause| {
            let count = |worker: &&Assessment| worker.failing.first() == Some(&clause);
            let first = assessed.iter().filter(count).count() as u32;
            (first > 0).then_some(ClauseCount {
                clause,
                first,
                all: first,
                only: first,
            })
        };
        let fitting = assessed.iter().filter(|worker| worker.failing.is_empty());
        let mut fees: Vec<_> = fitting.filter_map(|worker| worker.fee).collect();
        fees.sort();
        let survey = Survey {
            active: assessed.len() as u32,
            seen: assessed.len() as u32,
            fitting: fees.len() as u32,
            excluded: Clause::ALL.into_iter().filter_map(first).collect(),
        };
        (survey, fees)
    }

    fn assess(operator: &AccountId, request: &DrawRequest<AccountId, TfuelBalance>) -> Option<Assessment> {
        WORKERS.with_borrow(|workers| Some(assess(*operator, workers.get(operator)?, request)))
    }
}

impl WorkerDraw<AccountId> for Registry {
    type Fuel = TfuelBalance;
    type Stake = Theta;

    fn draw(
        seed: Seed,
        request: &DrawRequest<AccountId, TfuelBalance>,
    ) -> Vec<DrawnWorker<AccountId, TfuelBalance, Theta>> {
        SEEDS.with_borrow_mut(|seeds| seeds.push(seed));
        let asked = Asked {
            seats: request.seats,
            first: request.first,
            least_workers: request.least_workers,
        };
        ASKED.with_borrow_mut(|all| all.push(asked));
        WORKERS.with_borrow_mut(|workers| {
            if workers.len() < request.least_workers as usize {
                return Vec::new();
            }
            let mut fitting: Vec<_> = workers
                .iter_mut()
                .filter(|(operator, worker)| assess(**operator, worker, request).failing.is_empty())
                .collect();
            fitting.sort_by_key(|(operator, _)| (seed, *operator).using_encoded(blake2_256));
            if request.first == FirstSeat::Cheapest {
                // Stable: the cheapest comes first, the others stay in their order.
                let cheapest = fitting.iter().map(|(_, worker)| worker.fee).min();
                fitting.sort_by_key(|(_, worker)| Some(worker.fee) != cheapest);
            }
            if fitting.len() < request.seats as usize {
                return Vec::new();
            }
            let taken = fitting.into_iter().take(request.seats as usize);
            taken
                .map(|(operator, worker)| {
                    let bond = bond_of(worker.fee);
                    worker.used += 1;
                    worker.at_risk += bond;
                    DrawnWorker {
                        operator: *operator,
                        stash: worker.stash,
                        fee: worker.fee,
                        bond,
                        value: bond / 5,
                    }
                })
                .collect()
        })
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
        ENDS.with_borrow_mut(|ends| ends.push((worker.operator, end)));
        Self::edit(worker.operator, |entry| {
            entry.used = entry.used.checked_sub(1).expect("a seat ends once");
            entry.at_risk = entry
                .at_risk
                .checked_sub(worker.bond)
                .expect("a bond is released once");
        });
        match end {
            SeatEnd::Succeeded | SeatEnd::Released => SlashOutcome::default(),
            SeatEnd::CommitMissed => SlashOutcome {
                held: worker.bond / 100,
                ..Default::default()
            },
            SeatEnd::RevealMissed | SeatEnd::Refuted => {
                let compensated = worker.value;
                let rewarded = finder.map_or(0, |_| worker.bond / 10);
                SlashOutcome {
                    compensated,
                    rewarded,
                    held: worker.bond - compensated - rewarded,
                }
            }
        }
    }

    fn charge(worker: &mut DrawnWorker<AccountId, TfuelBalance, Theta>, payees: &[AccountId]) -> Theta {
        let part = worker.bond / 100 / payees.len() as Theta * payees.len() as Theta;
        worker.bond -= part;
        Self::edit(worker.operator, |entry| entry.at_risk -= part);
        part
    }

    fn key_bytes(operator: &AccountId) -> Hash {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&operator.to_le_bytes());
        key
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_worker(stash: &AccountId, operator: &AccountId) {
        Self::add(*operator, *stash, 100);
    }
}

/// What a result that stands looks like here.
pub type StandingResult = Standing<AccountId, Theta>;

thread_local! {
    static OPENED: RefCell<Vec<(JobId, Vec<StandingResult>)>> = const { RefCell::new(Vec::new()) };
    static CLOSED: RefCell<Vec<JobId>> = const { RefCell::new(Vec::new()) };
}

/// Disputes that take notes and decide nothing: tests decide through `DisputedJobs`.
pub struct Notes;

impl Notes {
    /// The disputes begun so far, in order.
    pub fn opened() -> Vec<(JobId, Vec<StandingResult>)> {
        OPENED.with_borrow(Clone::clone)
    }

    /// The jobs that have settled so far, in order.
    pub fn closed() -> Vec<JobId> {
        CLOSED.with_borrow(Clone::clone)
    }

    fn clear() {
        OPENED.with_borrow_mut(Vec::clear);
        CLOSED.with_borrow_mut(Vec::clear);
    }
}

impl Disputes<AccountId> for Notes {
    type Stake = Theta;

    fn open(job: JobId, standing: Vec<StandingResult>) {
        assert_eq!(
            <Jobs as DisputedJobs<AccountId>>::standing(job),
            standing,
            "the job is suspended before the dispute begins"
        );
        OPENED.with_borrow_mut(|opened| opened.push((job, standing)));
    }

    fn close(job: JobId) -> bool {
        assert!(<Jobs as DisputedJobs<AccountId>>::subject(job).is_none());
        CLOSED.with_borrow_mut(|closed| closed.push(job));
        OPENED.with_borrow(|opened| opened.iter().any(|(opened, _)| *opened == job))
    }

    fn open_weight() -> Weight {
        Weight::from_parts(1_000_000, 0)
    }

    fn close_weight() -> Weight {
        Weight::from_parts(2_000_000, 0)
    }
}

/// Builds the state of a test.
pub struct TestExt {
    rules: JobRules,
    workers: Vec<(AccountId, AccountId, TfuelBalance)>,
    agenda: Option<Weight>,
}

impl TestExt {
    /// Two endowed requesters; no worker.
    pub fn new() -> Self {
        Self {
            rules: default_rules(),
            workers: Vec::new(),
            agenda: None,
        }
    }

    pub fn rules(mut self, edit: impl FnOnce(&mut JobRules)) -> Self {
        edit(&mut self.rules);
        self
    }

    /// A worker that asks `fee` for any job.
    pub fn worker(mut self, operator: AccountId, stash: AccountId, fee: TfuelBalance) -> Self {
        self.workers.push((operator, stash, fee));
        self
    }

    pub fn agenda_weight(mut self, weight: Weight) -> Self {
        self.agenda = Some(weight);
        self
    }

    pub fn build(self) -> TestState {
        Registry::clear();
        Notes::clear();
        for (operator, stash, fee) in self.workers {
            Registry::add(operator, stash, fee);
        }
        Rules::set(self.rules);
        Randomness::set(SeedMode::Flows);
        Burned::set(0);
        Worked::set(Vec::new());
        AgendaWeight::set(
            self.agenda
                .unwrap_or(Weight::from_parts(1_000_000_000_000, u64::MAX)),
        );
        let mut storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .unwrap();
        pallet_balances::GenesisConfig::<Test> {
            balances: [REQUESTER, OTHER, STASH, STASH_2, STASH_3]
                .map(|who| (who, ENDOWMENT))
                .to_vec(),
            ..Default::default()
        }
        .assimilate_storage(&mut storage)
        .unwrap();
        let mut state = TestState::new(storage);
        state.execute_with(|| advance_to(1));
        state
    }

    /// Runs `test`, then checks every invariant.
    pub fn execute_with(self, test: impl FnOnce()) {
        self.build().execute_with(|| {
            test();
            check();
        });
    }
}

/// All invariants, across pallets: nothing is lost and nothing is locked for nobody.
pub fn check() {
    Jobs::do_try_state().unwrap();
    assert_eq!(
        Balances::total_issuance() + Burned::get(),
        5 * ENDOWMENT,
        "TFUEL is conserved"
    );
    let seats: Vec<_> = crate::Jobs::<Test>::iter_values()
        .flat_map(|job| job.seats)
        .collect();
    assert_eq!(
        Registry::slots_in_use() as usize,
        seats.len(),
        "a slot is taken exactly for each seat"
    );
    assert_eq!(
        Registry::at_risk(),
        seats.iter().map(|seat| seat.worker.bond).sum::<Theta>(),
        "a bond is at risk exactly for each seat"
    );
}

/// Builds blocks until `block`, whose calls come next.
pub fn advance_to(block: u32) {
    while System::block_number() < block {
        System::set_block_number(System::block_number() + 1);
        Jobs::on_initialize(System::block_number());
    }
}

pub fn advance(blocks: u32) {
    advance_to(System::block_number() + blocks);
}

pub fn now() -> u32 {
    System::block_number()
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

pub fn free(who: AccountId) -> TfuelBalance {
    Balances::free_balance(who)
}

pub fn held(who: AccountId) -> TfuelBalance {
    Balances::reserved_balance(who)
}

/// The pallet's events since the last call, oldest first.
pub fn events() -> Vec<crate::Event<Test>> {
    let events = System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Jobs(event) => Some(event),
            _ => None,
        });
    let events = events.collect();
    System::reset_events();
    events
}

/// The number of the job that `spec` becomes.
pub fn submit(requester: AccountId, spec: JobSpec) -> JobId {
    let id = crate::NextJob::<Test>::get();
    assert_ok!(Jobs::submit_job(signed(requester), spec));
    id
}

pub fn register(owner: AccountId, code: Vec<u8>) -> ProgramId {
    let id = ProgramId(edgeproof_proofs::blob_root(&code));
    assert_ok!(Jobs::register_program(signed(owner), code.try_into().unwrap()));
    id
}

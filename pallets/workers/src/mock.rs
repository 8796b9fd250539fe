//! A chain with the registry and a ledger of its own; THETA in `u64` and TFUEL in `u128`.

use crate as pallet_workers;
use edgeproof_primitives::{Capability, Clause, Demands, Label, Ops, Region};
use frame::{
    deps::{
        frame_support::storage_alias,
        sp_runtime::{FixedU128, Permill},
    },
    prelude::DispatchError,
    testing_prelude::*,
};
use pallet_support::{
    DrawRequest, DrawnWorker, FirstSeat, Seed, SlashOutcome, SlashShares, StakeLedger, WorkerDraw,
    WorkerMarket, WorkerRules,
};
use polkadot_sdk::polkadot_sdk_frame as frame;

pub type AccountId = u64;
pub type ThetaBalance = u64;
pub type FuelBalance = u128;
pub type Seat = DrawnWorker<AccountId, FuelBalance, ThetaBalance>;
pub type Request<'a> = DrawRequest<'a, AccountId, FuelBalance>;

/// Least stake of a worker.
pub const MINIMUM: ThetaBalance = 1_000;
/// Operations in the unit of an ask.
pub const GIGA: Ops = 1_000_000_000;
/// An account that posts jobs.
pub const REQUESTER: AccountId = 999;

construct_runtime!(
    pub struct Test {
        System: frame_system,
        Registry: pallet_workers,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlockU32<Test>;
}

#[storage_alias]
type Bonded = StorageMap<MockLedger, Blake2_128Concat, AccountId, ThetaBalance, ValueQuery>;
#[storage_alias]
type AtRisk = StorageMap<MockLedger, Blake2_128Concat, AccountId, ThetaBalance, ValueQuery>;
#[storage_alias]
type Received = StorageMap<MockLedger, Blake2_128Concat, AccountId, ThetaBalance, ValueQuery>;

#[storage_alias]
type SlashedDriver = StorageValue<MockLedger, Label, OptionQuery>;

#[storage_alias]
type Refused = StorageValue<MockLedger, AccountId, OptionQuery>;

/// A stake ledger that everybody can write.
pub struct Ledger;

impl Ledger {
    pub fn bond(who: AccountId, value: ThetaBalance) {
        Bonded::mutate(who, |bonded| *bonded += value);
    }

    pub fn unbond(who: AccountId, value: ThetaBalance) {
        Bonded::mutate(who, |bonded| *bonded -= value.min(Self::available(&who)));
    }

    pub fn at_risk(who: AccountId) -> ThetaBalance {
        AtRisk::get(who)
    }

    /// From now on no bond of `who` is accepted, although it has the stake.
    pub fn refuse(who: AccountId) {
        Refused::set(Some(who));
    }

    /// The driver that the last slash named.
    pub fn slashed_driver() -> Option<Label> {
        SlashedDriver::get()
    }

    pub fn received(who: AccountId) -> ThetaBalance {
        Received::get(who)
    }
}

impl StakeLedger<AccountId> for Ledger {
    type Balance = ThetaBalance;

    fn bonded(who: &AccountId) -> ThetaBalance {
        Bonded::get(who)
    }

    fn available(who: &AccountId) -> ThetaBalance {
        Bonded::get(who) - AtRisk::get(who)
    }

    fn lock(who: &AccountId, amount: ThetaBalance) -> DispatchResult {
        ensure!(Refused::get() != Some(*who), DispatchError::Other("refused"));
        ensure!(
            amount <= Self::available(who),
            DispatchError::Other("not available")
        );
        AtRisk::mutate(who, |at_risk| *at_risk += amount);
        Ok(())
    }

    fn unlock(who: &AccountId, amount: ThetaBalance) {
        AtRisk::mutate(who, |at_risk| *at_risk -= amount);
    }

    fn slash(
        who: &AccountId,
        amount: ThetaBalance,
        shares: SlashShares<AccountId, ThetaBalance>,
    ) -> SlashOutcome<ThetaBalance> {
        Self::unlock(who, amount);
        SlashedDriver::set(shares.driver.cloned());
        Bonded::mutate(who, |bonded| *bonded -= amount);
        let compensated = shares.compensation.min(amount);
        Received::mutate(shares.injured, |received| *received += compensated);
        let rewarded = shares
            .finder
            .map_or(0, |_| shares.finder_share.mul_floor(amount - compensated));
        if let Some(finder) = shares.finder {
            Received::mutate(finder, |received| *received += rewarded);
        }
        SlashOutcome {
            compensated,
            rewarded,
            held: amount - compensated - rewarded,
        }
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_bonded(who: &AccountId, amount: ThetaBalance) {
        Self::bond(*who, amount);
    }
}

parameter_types! {
    pub storage BondFactor: u32 = 20;
    pub storage Rate: FixedU128 = FixedU128::from_rational(1, 10);
    pub Rules: WorkerRules = WorkerRules {
        bond_factor: BondFactor::get(),
        rate: Rate::get(),
        missed_commit_slash: Permill::from_percent(1),
        finder_share: Permill::from_percent(25),
    };
}

impl crate::Config for Test {
    type Stake = Ledger;
    type Fuel = FuelBalance;
    type Rules = Rules;
    type MinStake = ConstU64<MINIMUM>;
    type AdminOrigin = EnsureRoot<AccountId>;
    type WeightInfo = ();
}

/// Builds a chain and looks after it.
#[derive(Default)]
pub struct TestExt {
    workers: Vec<(AccountId, FuelBalance)>,
}

impl TestExt {
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers a worker at `ask`, with ample stake and the operator key [`operator_of`].
    pub fn worker(mut self, stash: AccountId, ask: FuelBalance) -> Self {
        self.workers.push((stash, ask));
        self
    }

    pub fn build(self) -> TestState {
        let storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .unwrap();
        let mut ext = TestState::new(storage);
        ext.execute_with(|| {
            System::set_block_number(1);
            for (stash, ask) in self.workers {
                Ledger::bond(stash, 1_000 * MINIMUM);
                assert_ok!(Registry::register(
                    origin(stash),
                    operator_of(stash),
                    capability(),
                    ask
                ));
            }
        });
        ext
    }

    /// Runs `test`, then checks what must always hold.
    pub fn execute_with<R>(self, test: impl FnOnce() -> R) -> R {
        self.build().execute_with(|| {
            let result = test();
            Registry::do_try_state().unwrap();
            result
        })
    }
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

/// The operator key that [`TestExt::worker`] names.
pub fn operator_of(stash: AccountId) -> AccountId {
    stash + 10_000
}

pub fn driver(name: &str) -> Label {
    name.as_bytes().to_vec().try_into().unwrap()
}

/// Puts a driver on the fault list.
pub fn list(driver: &Label) {
    assert_ok!(Registry::list_driver(RuntimeOrigin::root(), driver.clone()));
}

/// A device with 4 slots and 8 GiB in Germany.
pub fn capability() -> Capability {
    Capability {
        memory: 8 << 30,
        region: Region::new("DE").unwrap(),
        slots: 4,
        adapter: b"llvmpipe".to_vec().try_into().unwrap(),
        driver: driver("Mesa 22"),
    }
}

/// Draws for a giga-operation of the requester at any price, `seed` being spread over 32 bytes.
pub fn draw(seed: u64) -> Option<Seat> {
    draw_for(seed, &Demands::default(), |_| ())
}

/// Draws for what `adapt` makes of the request of [`draw`].
pub fn draw_for<'a>(seed: u64, demands: &'a Demands, adapt: impl FnOnce(&mut Request<'a>)) -> Option<Seat> {
    let mut request = request(demands);
    adapt(&mut request);
    Registry::draw(spread(seed), &request).into_iter().next()
}

/// Draws several workers, the first as `first` says, for what is otherwise the request of [`draw`].
pub fn draw_seats(seed: u64, seats: u32, first: FirstSeat) -> Vec<Seat> {
    let demands = Demands::default();
    let request = Request {
        seats,
        first,
        ..request(&demands)
    };
    Registry::draw(spread(seed), &request)
}

/// One seat for a giga-operation of the requester at any price.
pub fn request(demands: &Demands) -> Request<'_> {
    DrawRequest {
        requester: &REQUESTER,
        operations: GIGA,
        price_cap: FuelBalance::MAX,
        demands,
        excluded: &[],
        seats: 1,
        first: FirstSeat::Cheapest,
        least_workers: 0,
    }
}

/// The first clause that keeps the worker of [`TestExt::worker`] from a seat. `None` when it fits, or when there is no such
/// worker.
pub fn failing_clause(stash: AccountId, request: &Request) -> Option<Clause> {
    let assessment = Registry::assess(&operator_of(stash), request)?;
    assessment.failing.first().copied()
}

pub fn spread(seed: u64) -> Seed {
    seed.using_encoded(frame::hashing::blake2_256)
}

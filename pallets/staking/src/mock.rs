//! A chain with both tokens, THETA in `u64` and TFUEL in `u128`.

use crate as pallet_theta_staking;
use edgeproof_primitives::{BlockNumber, Label};
use frame::{
    deps::sp_runtime::Permill,
    testing_prelude::*,
    token::{
        fungible::{self, Credit},
        imbalance::Imbalance,
    },
    traits::{StorageMapShim, ValidatorRegistration},
};
use pallet_balances::Instance1;
use pallet_support::{ComputeCredit, DriverFaults, EraIndex, IssueTfuel, OnBurned, OnEraEnded, StakeRules};
use polkadot_sdk::{pallet_balances, polkadot_sdk_frame as frame};

pub type AccountId = u64;
pub type ThetaBalance = u64;
pub type FuelBalance = u128;

/// Least stake.
pub const MINIMUM: ThetaBalance = 1_000;
/// Blocks between unbonding and withdrawal.
pub const UNBONDING: BlockNumber = 20;
/// Least own stake of a candidate.
pub const VALIDATOR_BOND: ThetaBalance = 5_000;
/// Least stake behind a validator.
pub const DELEGATION: ThetaBalance = 100;
/// Sessions of an era.
pub const SESSIONS: u32 = 2;
/// Blocks of a session.
pub const SESSION: BlockNumber = 5;
/// Existential deposit of THETA.
pub const DEPOSIT: ThetaBalance = 10;

// rustfmt would drop the `::` that the macro wants.
#[rustfmt::skip]
construct_runtime!(
    pub struct Test {
        System: frame_system,
        Fuel: pallet_balances,
        Theta: pallet_balances::<Instance1>,
        Staking: pallet_theta_staking,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlockU32<Test>;
    type AccountData = pallet_balances::AccountData<FuelBalance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = FuelBalance;
    type ExistentialDeposit = ConstU128<5>;
    type AccountStore = System;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config<Instance1> for Test {
    type Balance = ThetaBalance;
    type ExistentialDeposit = ConstU64<DEPOSIT>;
    type AccountStore = StorageMapShim<
        pallet_balances::Account<Test, Instance1>,
        AccountId,
        pallet_balances::AccountData<ThetaBalance>,
    >;
    type DustRemoval = CountDust;
}

parameter_types! {
    /// THETA burned since genesis, by slashes and as dust.
    pub storage Burned: ThetaBalance = 0;
    /// The part of it that was dust.
    pub storage Dust: ThetaBalance = 0;
    /// What governance has listed.
    pub storage Faulty: BoundedVec<Label, ConstU32<4>> = BoundedVec::new();
    pub storage UnbondingTime: BlockNumber = UNBONDING;
    /// Validators of an era.
    pub storage Seats: u32 = 3;
    /// TFUEL minted since genesis.
    pub storage Minted: FuelBalance = 0;
    /// What stands behind the author of a block earns.
    pub storage Reward: FuelBalance = 1_000;
    /// What work counts, for whom.
    pub storage Credits: alloc::vec::Vec<(AccountId, ThetaBalance)> = alloc::vec::Vec::new();
    /// The eras that have ended, and their blocks.
    pub storage Ended: alloc::vec::Vec<(EraIndex, BlockNumber)> = alloc::vec::Vec::new();
    /// The session that runs.
    pub storage CurrentSession: u32 = 0;
    /// Who has no session keys.
    pub storage Keyless: alloc::vec::Vec<AccountId> = alloc::vec::Vec::new();
    pub Rules: StakeRules = StakeRules {
        min_operator_stake: MINIMUM.into(),
        unbonding: UnbondingTime::get(),
        min_validator_bond: VALIDATOR_BOND.into(),
        min_delegation: DELEGATION.into(),
        max_validators: Seats::get(),
        max_credit: Permill::from_percent(25),
        sessions_per_era: SESSIONS,
        report_window: 5,
        slash_deferral: 1,
    };
}

/// Mints into the TFUEL of the mock, and counts.
pub struct Mint;
impl IssueTfuel<AccountId> for Mint {
    fn issue(who: &AccountId, amount: FuelBalance) -> DispatchResult {
        <Fuel as fungible::Mutate<AccountId>>::mint_into(who, amount)?;
        Minted::set(&(Minted::get() + amount));
        Ok(())
    }
}

/// Everybody has session keys but [`Keyless`].
pub struct Keys;
impl ValidatorRegistration<AccountId> for Keys {
    fn is_registered(who: &AccountId) -> bool {
        !Keyless::get().contains(who)
    }
}

/// The credits of [`Credits`].
pub struct Work;
impl ComputeCredit<AccountId> for Work {
    type Balance = ThetaBalance;

    fn credit(stash: &AccountId) -> ThetaBalance {
        let credits = Credits::get();
        credits
            .iter()
            .find(|(who, _)| who == stash)
            .map_or(0, |(_, credit)| *credit)
    }
}

/// Remembers the ends of eras in [`Ended`].
pub struct NoteEra;
impl OnEraEnded for NoteEra {
    fn on_era_ended(era: EraIndex, blocks: BlockNumber) {
        let mut ended = Ended::get();
        ended.push((era, blocks));
        Ended::set(&ended);
    }
}

/// Counts what slashes burn.
pub struct CountBurned;
impl OnBurned<ThetaBalance> for CountBurned {
    fn on_burned(amount: ThetaBalance) {
        Burned::set(&(Burned::get() + amount));
    }
}

/// Counts what is left of dead accounts.
pub struct CountDust;
impl OnUnbalanced<Credit<AccountId, Theta>> for CountDust {
    fn on_nonzero_unbalanced(credit: Credit<AccountId, Theta>) {
        Burned::set(&(Burned::get() + credit.peek()));
        Dust::set(&(Dust::get() + credit.peek()));
    }
}

/// The drivers of [`Faulty`].
pub struct Faults;
impl DriverFaults for Faults {
    fn is_listed(driver: &Label) -> bool {
        Faulty::get().contains(driver)
    }

    #[cfg(feature = "runtime-benchmarks")]
    fn ensure_listed(driver: &Label) {
        list(driver);
    }
}

/// Puts a driver on the fault list.
pub fn list(driver: &Label) {
    let mut faulty = Faulty::get();
    if !faulty.contains(driver) {
        faulty.try_push(driver.clone()).unwrap();
    }
    Faulty::set(&faulty);
}

/// Takes a driver off the fault list.
pub fn delist(driver: &Label) {
    let mut faulty = Faulty::get();
    faulty.retain(|listed| listed != driver);
    Faulty::set(&faulty);
}

pub fn driver(name: &str) -> Label {
    name.as_bytes().to_vec().try_into().unwrap()
}

impl crate::Config for Test {
    type Stake = Theta;
    type Rules = Rules;
    type OnBurned = CountBurned;
    type Faults = Faults;
    type SessionKeys = Keys;
    type Credit = Work;
    type Fuel = Mint;
    type BlockReward = Reward;
    type OnEraEnded = NoteEra;
    type AdminOrigin = EnsureRoot<AccountId>;
    type WeightInfo = ();
}

/// Builds a chain and looks after it.
#[derive(Default)]
pub struct TestExt {
    theta: Vec<(AccountId, ThetaBalance)>,
    fuel: Vec<(AccountId, FuelBalance)>,
    validators: Vec<(AccountId, ThetaBalance)>,
}

impl TestExt {
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives `who` THETA.
    pub fn endow(mut self, who: AccountId, amount: ThetaBalance) -> Self {
        self.theta.push((who, amount));
        self
    }

    /// Gives `who` TFUEL.
    pub fn fuel(mut self, who: AccountId, amount: FuelBalance) -> Self {
        self.fuel.push((who, amount));
        self
    }

    /// Gives `who` twice `stake` of THETA and makes it a validator with half of it.
    pub fn validator(mut self, who: AccountId, stake: ThetaBalance) -> Self {
        self.validators.push((who, stake));
        self.endow(who, 2 * stake)
    }

    pub fn build(self) -> TestState {
        let mut storage = frame_system::GenesisConfig::<Test>::default()
            .build_storage()
            .unwrap();
        pallet_balances::GenesisConfig::<Test> {
            balances: self.fuel,
            ..Default::default()
        }
        .assimilate_storage(&mut storage)
        .unwrap();
        pallet_balances::GenesisConfig::<Test, Instance1> {
            balances: self.theta,
            ..Default::default()
        }
        .assimilate_storage(&mut storage)
        .unwrap();
        crate::GenesisConfig::<Test> {
            validators: self.validators,
        }
        .assimilate_storage(&mut storage)
        .unwrap();
        let mut ext = TestState::new(storage);
        ext.execute_with(|| System::set_block_number(1));
        ext
    }

    /// Runs `test`, then checks what must always hold.
    pub fn execute_with<R>(self, test: impl FnOnce() -> R) -> R {
        let genesis: ThetaBalance = self.theta.iter().map(|(_, amount)| amount).sum();
        self.build().execute_with(|| {
            let result = test();
            assert_invariants(genesis);
            result
        })
    }
}

/// The pallet's own invariants, and that no THETA was lost: issuance = genesis - burned.
pub fn assert_invariants(genesis: ThetaBalance) {
    Staking::do_try_state().unwrap();
    assert_eq!(Theta::total_issuance(), genesis - Burned::get());
}

pub fn origin(who: AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who)
}

pub fn advance(blocks: BlockNumber) {
    System::set_block_number(System::block_number() + blocks);
}

/// Ends the current session and begins the next as the session pallet does: it is started, then the one after it planned.
/// Returns the set that was planned.
pub fn next_session() -> Option<Vec<AccountId>> {
    advance(SESSION);
    let session = CurrentSession::get() + 1;
    CurrentSession::set(&session);
    Staking::start_session(session);
    Staking::plan_session(session + 1)
}

/// Runs sessions until another era has begun.
pub fn next_era() {
    let era = Staking::era().current;
    while Staking::era().current == era {
        next_session();
    }
}

/// What `who` has behind `validator`, as it was settled last.
pub fn principal(who: AccountId, validator: AccountId) -> ThetaBalance {
    crate::Guardians::<Test>::get(who)
        .and_then(|guardian| {
            guardian
                .delegation(&validator)
                .map(|delegation| delegation.principal)
        })
        .unwrap_or_default()
}

//! A chain with both tokens, THETA in `u64` and TFUEL in `u128`.

use crate as pallet_theta_staking;
use edgeproof_primitives::{BlockNumber, Label};
use frame::{
    testing_prelude::*,
    token::{fungible::Credit, imbalance::Imbalance},
    traits::StorageMapShim,
};
use pallet_balances::Instance1;
use pallet_support::{DriverFaults, OnBurned, StakeRules};
use polkadot_sdk::{pallet_balances, polkadot_sdk_frame as frame};

pub type AccountId = u64;
pub type ThetaBalance = u64;
pub type FuelBalance = u128;

/// Least stake.
pub const MINIMUM: ThetaBalance = 1_000;
/// Blocks between unbonding and withdrawal.
pub const UNBONDING: BlockNumber = 20;
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
    pub Rules: StakeRules =
        StakeRules { min_operator_stake: MINIMUM.into(), unbonding: UnbondingTime::get() };
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
    type AdminOrigin = EnsureRoot<AccountId>;
    type WeightInfo = ();
}

/// Builds a chain and looks after it.
#[derive(Default)]
pub struct TestExt {
    theta: Vec<(AccountId, ThetaBalance)>,
    fuel: Vec<(AccountId, FuelBalance)>,
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

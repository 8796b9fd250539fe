//! Both tokens, each with its counter. THETA is `u64` and TFUEL `u128`, so that mixing them does not compile.

use crate as pallet_supply;
use crate::{frame, BurnFeeTipAuthor, CountedBurn};
use frame::{
    deps::frame_support::instances::Instance1,
    runtime::prelude::weights::IdentityFee,
    testing_prelude::*,
    traits::{fungible, IdentityLookup, StorageMapShim},
};
use polkadot_sdk::{pallet_balances, pallet_transaction_payment};

pub type AccountId = u64;

// rustfmt would take the turbofish for a type.
#[rustfmt::skip]
construct_runtime!(
    pub struct Test {
        System: frame_system,
        Fuel: pallet_balances,
        Theta: pallet_balances::<Instance1>,
        TransactionPayment: pallet_transaction_payment,
        FuelSupply: pallet_supply,
        ThetaSupply: pallet_supply::<Instance1>,
    }
);

pub const FUEL_DEPOSIT: u128 = 100;
pub const THETA_DEPOSIT: u64 = 10;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlock<Test>;
    type AccountId = AccountId;
    type Lookup = IdentityLookup<AccountId>;
    type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = u128;
    type ExistentialDeposit = ConstU128<FUEL_DEPOSIT>;
    type AccountStore = System;
    type DustRemoval = CountedBurn<Test>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config<Instance1> for Test {
    type Balance = u64;
    type ExistentialDeposit = ConstU64<THETA_DEPOSIT>;
    type AccountStore = StorageMapShim<
        pallet_balances::Account<Test, Instance1>,
        AccountId,
        pallet_balances::AccountData<u64>,
    >;
    type DustRemoval = CountedBurn<Test, Instance1>;
}

parameter_types! {
    /// Who made the current block.
    pub static Author: Option<AccountId> = None;
}

#[derive_impl(pallet_transaction_payment::config_preludes::TestDefaultConfig)]
impl pallet_transaction_payment::Config for Test {
    type OnChargeTransaction =
        pallet_transaction_payment::FungibleAdapter<Fuel, BurnFeeTipAuthor<Test, Author>>;
    type OperationalFeeMultiplier = ConstU8<5>;
    type WeightToFee = IdentityFee<u128>;
    type LengthToFee = IdentityFee<u128>;
}

impl pallet_supply::Config for Test {
    type Token = Fuel;
}

impl pallet_supply::Config<Instance1> for Test {
    type Token = Theta;
}

/// An amount of TFUEL on its way.
pub type FuelCredit = fungible::Credit<AccountId, Fuel>;
/// An amount of THETA on its way.
pub type ThetaCredit = fungible::Credit<AccountId, Theta>;

/// Builds a state, runs in it, and asserts the invariants of both tokens at the end.
#[derive(Default)]
pub struct TestExt {
    fuel: Vec<(AccountId, u128)>,
    theta: Vec<(AccountId, u64)>,
}

impl TestExt {
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives `who` both tokens at genesis.
    pub fn endow(mut self, who: AccountId, fuel: u128, theta: u64) -> Self {
        self.fuel.push((who, fuel));
        self.theta.push((who, theta));
        self
    }

    pub fn build(self) -> TestState {
        let config = RuntimeGenesisConfig {
            fuel: pallet_balances::GenesisConfig {
                balances: self.fuel,
                ..Default::default()
            },
            theta: pallet_balances::GenesisConfig {
                balances: self.theta,
                ..Default::default()
            },
            ..Default::default()
        };
        let mut state: TestState = config.build_storage().expect("genesis is consistent").into();
        state.execute_with(|| {
            System::set_block_number(1);
            Author::set(None);
        });
        state
    }

    pub fn execute_with<R>(self, test: impl FnOnce() -> R) -> R {
        self.build().execute_with(|| {
            let result = test();
            nothing_is_lost();
            result
        })
    }
}

/// Asserts the invariants of both tokens.
pub fn nothing_is_lost() {
    FuelSupply::do_try_state().expect("TFUEL is conserved");
    ThetaSupply::do_try_state().expect("THETA is conserved");
}

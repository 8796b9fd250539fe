//! A chain with TFUEL in `u128`, whose makers and burners are counted. THETA is a mere `u64`.

use crate as pallet_rewards;
use edgeproof_primitives::{BlockNumber, TfuelBalance};
use frame::{
    deps::sp_runtime::{FixedU128, Permill},
    testing_prelude::*,
    token::{
        fungible::{Credit, Inspect as _, Mutate as _},
        imbalance::Imbalance,
        tokens::{Fortitude, Precision, Preservation},
    },
};
use pallet_support::{EraIndex, IssueTfuel, OnEraEnded, OnJobBurned, RewardRules};
use polkadot_sdk::{pallet_balances, polkadot_sdk_frame as frame};

pub type AccountId = u64;
pub type ThetaBalance = u64;

/// Existential deposit of TFUEL.
pub const DEPOSIT: TfuelBalance = 5;
/// Eras for which rates are kept.
pub const HISTORY: EraIndex = 3;
/// The most that is issued for each block.
pub const ISSUANCE: TfuelBalance = 100;

construct_runtime!(
    pub struct Test {
        System: frame_system,
        Fuel: pallet_balances,
        Rewards: pallet_rewards,
    }
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = MockBlock<Test>;
    type AccountData = pallet_balances::AccountData<TfuelBalance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = TfuelBalance;
    type ExistentialDeposit = ConstU128<DEPOSIT>;
    type AccountStore = System;
    type DustRemoval = CountDust;
}

parameter_types! {
    /// TFUEL minted since genesis.
    pub storage Minted: TfuelBalance = 0;
    /// TFUEL burned since genesis.
    pub storage Burned: TfuelBalance = 0;
    pub storage Rules: RewardRules = RewardRules {
        validator_issuance: 24,
        compute_issuance: ISSUANCE,
        returned_share: Permill::from_percent(80),
    };
    /// One THETA is worth twenty TFUEL.
    pub storage Rate: FixedU128 = FixedU128::from_rational(1, 20);
}

/// Counts what is left of dead accounts.
pub struct CountDust;
impl OnUnbalanced<Credit<AccountId, Fuel>> for CountDust {
    fn on_nonzero_unbalanced(credit: Credit<AccountId, Fuel>) {
        Burned::set(&(Burned::get() + credit.peek()));
    }
}

/// Mints and counts.
pub struct Mint;
impl IssueTfuel<AccountId> for Mint {
    fn issue(who: &AccountId, amount: TfuelBalance) -> DispatchResult {
        Fuel::mint_into(who, amount)?;
        Minted::set(&(Minted::get() + amount));
        Ok(())
    }
}

impl crate::Config for Test {
    type Issue = Mint;
    type Rules = Rules;
    type Rate = Rate;
    type Theta = ThetaBalance;
    type History = ConstU32<HISTORY>;
    type WeightInfo = ();
}

/// Builds a chain and looks after it.
#[derive(Default)]
pub struct TestExt {
    fuel: Vec<(AccountId, TfuelBalance)>,
}

impl TestExt {
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives `who` TFUEL.
    pub fn endow(mut self, who: AccountId, amount: TfuelBalance) -> Self {
        self.fuel.push((who, amount));
        self
    }

    pub fn build(self) -> TestState {
        let config = RuntimeGenesisConfig {
            fuel: pallet_balances::GenesisConfig {
                balances: self.fuel,
                ..Default::default()
            },
            ..Default::default()
        };
        let mut state: TestState = config.build_storage().expect("genesis is consistent").into();
        state.execute_with(|| System::set_block_number(1));
        state
    }

    /// Runs `test`, then checks what must always hold.
    pub fn execute_with<R>(self, test: impl FnOnce() -> R) -> R {
        let genesis = self.fuel.iter().map(|(_, amount)| amount).sum();
        self.build().execute_with(|| {
            let result = test();
            assert_invariants(genesis);
            result
        })
    }
}

/// The pallet's own invariants, and that TFUEL was neither made nor lost uncounted.
pub fn assert_invariants(genesis: TfuelBalance) {
    Rewards::do_try_state().unwrap();
    assert_eq!(Fuel::total_issuance(), genesis + Minted::get() - Burned::get());
}

/// A job that `stash` posted to itself burns `amount` of its own TFUEL, which must be there.
pub fn burn(stash: AccountId, amount: TfuelBalance) {
    Fuel::burn_from(
        &stash,
        amount,
        Preservation::Preserve,
        Precision::Exact,
        Fortitude::Polite,
    )
    .expect("the stash has as much");
    Burned::set(&(Burned::get() + amount));
    Rewards::on_job_burned(&stash, amount);
}

/// Ends the era that runs.
pub fn end_era(blocks: BlockNumber) {
    Rewards::on_era_ended(Rewards::current_era().index, blocks);
}

/// Ends `eras` eras in which nobody burns any more.
pub fn pass(eras: EraIndex) {
    (0..eras).for_each(|_| end_era(10));
}

pub fn set_rules(change: impl FnOnce(&mut RewardRules)) {
    let mut rules = Rules::get();
    change(&mut rules);
    Rules::set(&rules);
}

/// Has a stranger claim for `stash`. Says how much it got.
pub fn claim(stash: AccountId) -> Result<TfuelBalance, DispatchError> {
    let before = Fuel::balance(&stash);
    let done = Rewards::claim(RuntimeOrigin::signed(99), stash).map_err(|failed| failed.error)?;
    assert_eq!(done.pays_fee, Pays::No);
    Ok(Fuel::balance(&stash) - before)
}

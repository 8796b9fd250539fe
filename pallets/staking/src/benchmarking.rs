//! Benchmarks of every call and of every function that other pallets call.

use crate::*;
use alloc::vec;
use edgeproof_primitives::{Label, MAX_LABEL_BYTES};
use frame::{benchmarking::prelude::*, deps::sp_runtime::Permill, token::fungible::Mutate as _};
use pallet_support::{DriverFaults, SlashShares, StakeLedger};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// A thousand TFUEL.
const REWARD: TfuelBalance = 1_000_000_000_000_000_000_000;

/// A stake that every rule allows.
fn stake<T: Config>() -> StakeOf<T> {
    let least = Pallet::<T>::minimum().max(<T::Stake as fungible::Inspect<_>>::minimum_balance());
    least.saturating_mul(1_000u32.into())
}

fn now<T: Config>() -> BlockNumber {
    frame_system::Pallet::<T>::block_number().saturated_into()
}

/// A driver with the longest name.
fn driver() -> Label {
    vec![b'x'; MAX_LABEL_BYTES as usize]
        .try_into()
        .unwrap_or_default()
}

/// Takes as much as can be held out of the bond of `who`, to be burned from `burn_at` on.
fn slash_often<T: Config>(who: &T::AccountId, burn_at: BlockNumber) {
    let mut ledger = Ledgers::<T>::get(who).unwrap_or_default();
    let held = <T::Stake as fungible::Inspect<_>>::minimum_balance().max(1u32.into());
    NextSlash::<T>::put(SlashId::from(MAX_HELD));
    for id in 0..MAX_HELD {
        ledger.active = ledger.active.saturating_sub(held);
        ledger.hold_slash(HeldSlash {
            id: id.into(),
            slashed: held,
            held,
            returned: Zero::zero(),
            driver: Some(driver()),
            burn_at,
        });
    }
    Ledgers::<T>::insert(who, ledger);
}

/// An account with as much free THETA as it has bonded, and a full list of chunks less `room`, released at `release_at`.
fn owner<T: Config>(room: u32, release_at: BlockNumber) -> T::AccountId {
    let who: T::AccountId = whitelisted_caller();
    Pallet::<T>::ensure_bonded(&who, stake::<T>());
    add_chunks::<T>(&who, room, release_at);
    who
}

/// Fills the list of chunks of `who` less `room`.
fn add_chunks<T: Config>(who: &T::AccountId, room: u32, release_at: BlockNumber) {
    for block in 0..MAX_UNBONDING.saturating_sub(room) {
        let mut ledger = Ledgers::<T>::get(who).unwrap_or_default();
        let value = <T::Stake as fungible::Inspect<_>>::minimum_balance().max(1u32.into());
        ledger.active = ledger.active.saturating_sub(value);
        // Different blocks, so that the chunks do not join; all are due or none is.
        let release_at = release_at.saturating_add(block);
        let _ = ledger.push_chunk(Chunk { value, release_at });
        Ledgers::<T>::insert(who, ledger);
    }
}

impl<T: Config> Pallet<T> {
    /// Gives `who` free THETA of twice `amount` and bonds half of it, for benchmarks here and elsewhere.
    pub fn ensure_bonded(who: &T::AccountId, amount: StakeOf<T>) {
        let least = <T::Stake as fungible::Inspect<_>>::minimum_balance();
        let amount = amount.max(Self::minimum()).max(least).max(1u32.into());
        let _ = T::Stake::mint_into(who, amount.saturating_mul(2u32.into()).saturating_add(least));
        let _ = Self::do_bond(who, amount);
    }
}

/// A candidate with twice the least stake of its own.
fn candidate<T: Config>(number: u32) -> T::AccountId {
    let who: T::AccountId = account("candidate", number, 0);
    let bond = Pallet::<T>::least_bond()
        .max(stake::<T>())
        .saturating_mul(2u32.into());
    Pallet::<T>::ensure_bonded(&who, bond);
    let _ = Pallet::<T>::back(&who, &who, bond);
    let commission = Permill::from_percent(10);
    Candidates::<T>::insert(&who, Candidate { commission });
    Pools::<T>::mutate_extant(&who, |pool| {
        pool.commission = commission;
        pool.accrue(REWARD);
    });
    who
}

/// An amount that may back a validator.
fn delegation<T: Config>() -> StakeOf<T> {
    let least: StakeOf<T> = T::Rules::get().min_delegation.saturated_into();
    least
        .max(<T::Stake as fungible::Inspect<_>>::minimum_balance())
        .saturating_mul(4u32.into())
}

/// A guardian with as many delegations and exits as there can be, less one of each, all of which have lost and earned
/// something since it was last touched, and whom its first delegation backs.
fn guardian<T: Config>(release_at: BlockNumber) -> (T::AccountId, T::AccountId) {
    let who: T::AccountId = whitelisted_caller();
    let value = delegation::<T>();
    let all = value.saturating_mul(MAX_DELEGATIONS.saturating_add(MAX_EXITS).into());
    Pallet::<T>::ensure_bonded(&who, all.max(stake::<T>()).saturating_mul(2u32.into()));
    for number in 1..MAX_DELEGATIONS {
        let _ = Pallet::<T>::back(&who, &candidate::<T>(number), value);
    }
    let (mut ledger, mut guardian) = Pallet::<T>::open(&who);
    for number in 1..MAX_EXITS {
        let validator: T::AccountId = account("left", number, 0);
        ledger.active = ledger.active.saturating_sub(value);
        let _ = Pallet::<T>::remember_exit(&mut guardian, &validator, value, None);
        if let Some(exit) = guardian.exits.last_mut() {
            exit.release_at = release_at;
        }
    }
    Pallet::<T>::close(&who, ledger, guardian);
    lose_and_earn::<T>();
    (who, account("candidate", 1, 0))
}

/// Lets every pool lose and earn something.
fn lose_and_earn<T: Config>() {
    let part = Perbill::from_percent(1);
    Pools::<T>::translate_values(|mut pool: PoolOf<T>| {
        pool.fund.slash(part);
        pool.accrue(REWARD);
        Some(pool)
    });
    Left::<T>::translate_values(|mut fund: Fund<StakeOf<T>>| {
        fund.slash(part);
        Some(fund)
    });
}

/// Lets `count` slashes of the first candidate wait, for the eras from 0 on.
fn accuse_often<T: Config>(count: u32, apply_at: EraIndex) {
    let accusations = (0..count).map(|era| Accusation {
        validator: account("candidate", 0, 0),
        era,
        part: Perbill::from_percent(1),
        apply_at,
    });
    Accusations::<T>::put(BoundedVec::truncate_from(accusations.collect()));
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn bond() {
        let who = owner::<T>(0, now::<T>());
        slash_often::<T>(&who, now::<T>());
        let before = Pallet::<T>::bonded(&who);

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), 1u32.into());

        assert!(Pallet::<T>::bonded(&who) > before);
    }

    #[benchmark]
    fn unbond() {
        let who = owner::<T>(1, now::<T>());
        slash_often::<T>(&who, now::<T>());
        let before = Pallet::<T>::bonded(&who);

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), 1u32.into());

        assert!(Pallet::<T>::bonded(&who) < before);
    }

    #[benchmark]
    fn rebond() {
        let who = owner::<T>(0, now::<T>());
        slash_often::<T>(&who, now::<T>());
        let all = Ledgers::<T>::get(&who).unwrap_or_default().unbonding_total();

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), all);

        assert!(Ledgers::<T>::get(&who).unwrap_or_default().unbonding.is_empty());
    }

    #[benchmark]
    fn withdraw() {
        let (who, _) = guardian::<T>(0);
        add_chunks::<T>(&who, 0, 0);
        slash_often::<T>(&who, 0);
        frame_system::Pallet::<T>::set_block_number(MAX_UNBONDING.saturating_add(1).into());

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()));

        assert!(Ledgers::<T>::get(&who).unwrap_or_default().unbonding.is_empty());
        assert!(Guardians::<T>::get(&who).unwrap_or_default().exits.is_empty());
    }

    #[benchmark]
    fn delegate() {
        let (who, _) = guardian::<T>(BlockNumber::MAX);
        let validator = candidate::<T>(0);

        #[extrinsic_call]
        _(
            RawOrigin::Signed(who.clone()),
            validator.clone(),
            delegation::<T>(),
        );

        assert!(Guardians::<T>::get(&who)
            .unwrap_or_default()
            .delegation(&validator)
            .is_some());
    }

    #[benchmark]
    fn undelegate() {
        let (who, validator) = guardian::<T>(BlockNumber::MAX);

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), validator, 1u32.into());

        let exits = Guardians::<T>::get(&who).unwrap_or_default().exits.len();
        assert_eq!(exits, MAX_EXITS as usize);
    }

    #[benchmark]
    fn redelegate() {
        let (who, validator) = guardian::<T>(BlockNumber::MAX);
        let to = candidate::<T>(0);
        let value = delegation::<T>().checked_div(&2u32.into()).unwrap_or_default();

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), validator, to.clone(), value);

        assert!(Guardians::<T>::get(&who)
            .unwrap_or_default()
            .delegation(&to)
            .is_some());
    }

    /// Without the check of session keys, which a benchmark cannot set.
    #[benchmark]
    fn validate() -> Result<(), BenchmarkError> {
        let (who, _) = guardian::<T>(BlockNumber::MAX);
        let own = Pallet::<T>::least_bond().max(stake::<T>());
        Pallet::<T>::ensure_bonded(&who, own.saturating_mul(2u32.into()));

        #[block]
        {
            Pallet::<T>::offer(&who, own, Permill::from_percent(10))?;
        }

        assert!(Candidates::<T>::contains_key(&who));
        Ok(())
    }

    #[benchmark]
    fn chill() {
        let who = candidate::<T>(0);

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()));

        assert!(!Candidates::<T>::contains_key(&who));
    }

    #[benchmark]
    fn claim() {
        let (who, _) = guardian::<T>(BlockNumber::MAX);

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()));

        assert_eq!(Pallet::<T>::claimable(&who), 0);
    }

    #[benchmark]
    fn settle_losses() {
        let caller: T::AccountId = account("caller", 0, 0);
        let (who, _) = guardian::<T>(BlockNumber::MAX);

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), who.clone());

        assert!(Pallet::<T>::pending_loss(&who).is_zero());
    }

    #[benchmark]
    fn link() {
        let (who, other): (T::AccountId, T::AccountId) = (account("who", 0, 0), account("other", 0, 0));

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()), Some(other));

        assert!(Links::<T>::contains_key(&who));
    }

    /// The last of a full list.
    #[benchmark]
    fn cancel_slash() -> Result<(), BenchmarkError> {
        let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
        let who = candidate::<T>(0);
        accuse_often::<T>(MAX_ACCUSATIONS, EraIndex::MAX);

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, who, MAX_ACCUSATIONS.saturating_sub(1));

        assert!(!Accusations::<T>::get().is_full());
        Ok(())
    }

    #[benchmark]
    fn note_author() {
        let who = candidate::<T>(0);

        #[block]
        {
            Pallet::<T>::note_author(&who);
        }

        assert_eq!(Points::<T>::get(&who), 1);
    }

    #[benchmark]
    fn note_offence() {
        let who = candidate::<T>(0);
        accuse_often::<T>(MAX_ACCUSATIONS.saturating_sub(1), EraIndex::MAX);
        History::<T>::put(BoundedVec::truncate_from(vec![(EraIndex::MAX, 0)]));

        #[block]
        {
            Pallet::<T>::note_offence(&who, Perbill::one(), 0);
        }

        assert!(Accusations::<T>::get().is_full());
    }

    /// For the oldest era, when stake has left in every one since.
    #[benchmark]
    fn apply_slash() {
        let who = candidate::<T>(0);
        Era::<T>::mutate(|state| state.planned = MAX_ERAS);
        for era in 0..=MAX_ERAS {
            let (shares, backing) = (1_000_000, 1_000_000u32.into());
            Left::<T>::insert(&who, era, Fund { shares, backing });
        }
        accuse_often::<T>(1, 0);

        #[block]
        {
            Pallet::<T>::apply_due_slashes(0);
        }

        assert!(Accusations::<T>::get().is_empty());
    }

    #[benchmark]
    fn plan_session(n: Linear<1, MAX_CANDIDATES>) {
        (0..n).for_each(|number| {
            candidate::<T>(number);
        });

        #[block]
        {
            Pallet::<T>::plan_session(SessionIndex::MAX);
        }

        assert_eq!(Era::<T>::get().planned, 1);
    }

    #[benchmark]
    fn lock() -> Result<(), BenchmarkError> {
        let who = owner::<T>(0, now::<T>());
        let amount = Pallet::<T>::available(&who);

        #[block]
        {
            Pallet::<T>::lock(&who, amount)?;
        }

        assert!(Pallet::<T>::available(&who).is_zero());
        Ok(())
    }

    #[benchmark]
    fn unlock() -> Result<(), BenchmarkError> {
        let who = owner::<T>(0, now::<T>());
        Pallet::<T>::lock(&who, Pallet::<T>::available(&who))?;

        #[block]
        {
            Pallet::<T>::unlock(&who, Pallet::<T>::bonded(&who));
        }

        assert!(!Pallet::<T>::available(&who).is_zero());
        Ok(())
    }

    /// The accounts of the injured party and of the finder are created, a part is held, and what was held before is burned.
    #[benchmark]
    fn slash() -> Result<(), BenchmarkError> {
        let who = owner::<T>(0, now::<T>());
        slash_often::<T>(&who, now::<T>());
        let (injured, finder): (T::AccountId, T::AccountId) =
            (account("injured", 0, 0), account("finder", 0, 0));
        let amount = Pallet::<T>::available(&who);
        let compensation = amount.checked_div(&2u32.into()).unwrap_or_default();
        Pallet::<T>::lock(&who, amount)?;

        #[block]
        {
            Pallet::<T>::slash(
                &who,
                amount,
                SlashShares {
                    injured: &injured,
                    compensation,
                    finder: Some(&finder),
                    finder_share: Permill::from_percent(50),
                    driver: Some(&driver()),
                },
            );
        }

        assert!(Pallet::<T>::bonded(&who).is_zero());
        assert!(!<T::Stake as fungible::Inspect<_>>::balance(&finder).is_zero());
        Ok(())
    }

    #[benchmark]
    fn burn_slashed() {
        let (caller, who): (T::AccountId, T::AccountId) =
            (account("caller", 0, 0), owner::<T>(0, now::<T>()));
        slash_often::<T>(&who, now::<T>());

        #[extrinsic_call]
        _(RawOrigin::Signed(caller), who.clone());

        assert!(Ledgers::<T>::get(&who).unwrap_or_default().slashes.is_empty());
    }

    /// Of the last slash of a full list, none of which is due.
    #[benchmark]
    fn return_slash() -> Result<(), BenchmarkError> {
        let origin = T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
        let who = owner::<T>(0, now::<T>());
        slash_often::<T>(&who, BlockNumber::MAX);
        T::Faults::ensure_listed(&driver());
        let before = Pallet::<T>::bonded(&who);

        #[extrinsic_call]
        _(
            origin as T::RuntimeOrigin,
            who.clone(),
            SlashId::from(MAX_HELD.saturating_sub(1)),
            Permill::one(),
        );

        assert!(Pallet::<T>::bonded(&who) > before);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::TestExt::new().build(), crate::mock::Test);
}

//! Benchmarks of every call and of every function that other pallets call.

use crate::*;
use alloc::vec;
use edgeproof_primitives::{Label, MAX_LABEL_BYTES};
use frame::{benchmarking::prelude::*, deps::sp_runtime::Permill, token::fungible::Mutate as _};
use pallet_support::{DriverFaults, SlashShares, StakeLedger};
use polkadot_sdk::polkadot_sdk_frame as frame;

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
    for block in 0..MAX_UNBONDING.saturating_sub(room) {
        let mut ledger = Ledgers::<T>::get(&who).unwrap_or_default();
        let value = <T::Stake as fungible::Inspect<_>>::minimum_balance().max(1u32.into());
        ledger.active = ledger.active.saturating_sub(value);
        // Different blocks, so that the chunks do not join; all are due or none is.
        let release_at = release_at.saturating_add(block);
        let _ = ledger.push_chunk(Chunk { value, release_at });
        Ledgers::<T>::insert(&who, ledger);
    }
    who
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
        let who = owner::<T>(0, 0);
        slash_often::<T>(&who, 0);
        frame_system::Pallet::<T>::set_block_number(MAX_UNBONDING.saturating_add(1).into());

        #[extrinsic_call]
        _(RawOrigin::Signed(who.clone()));

        assert!(Ledgers::<T>::get(&who).unwrap_or_default().unbonding.is_empty());
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

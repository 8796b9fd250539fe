//! How an account becomes a candidate, and ceases to be one.

use crate::{
    Candidate, Candidates, ChillReason, Config, Elected, Error, Event, Guardians, Links, Pallet, Points,
    Pools, StakeOf, Standing, StandingOf, MAX_CANDIDATES,
};
use alloc::vec::Vec;
use frame::{deps::sp_runtime::Permill, prelude::*, traits::ValidatorRegistration};
use pallet_support::ComputeCredit;
use polkadot_sdk::polkadot_sdk_frame as frame;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_validate(who: &T::AccountId, value: StakeOf<T>, commission: Permill) -> DispatchResult {
        ensure!(T::SessionKeys::is_registered(who), Error::<T>::NoSessionKeys);
        Self::offer(who, value, commission)
    }

    /// Makes `who` a candidate, whatever its session keys.
    pub(crate) fn offer(who: &T::AccountId, value: StakeOf<T>, commission: Permill) -> DispatchResult {
        Self::ensure_not_accused(who)?;
        let is_new = !Candidates::<T>::contains_key(who);
        ensure!(
            !is_new || Candidates::<T>::count() < MAX_CANDIDATES,
            Error::<T>::TooManyCandidates
        );
        if !value.is_zero() {
            Self::back(who, who, value)?;
        }
        let own = Self::own_stake(who);
        ensure!(own >= Self::least_bond(), Error::<T>::OwnStakeTooSmall);
        Candidates::<T>::insert(who, Candidate { commission });
        Self::deposit_event(Event::Validating {
            who: who.clone(),
            own,
            commission,
        });
        Ok(())
    }

    /// Least stake of a candidate of its own, in planck.
    pub(crate) fn least_bond() -> StakeOf<T> {
        T::Rules::get().min_validator_bond.saturated_into()
    }

    /// What `who` has in its own pool, in planck.
    pub fn own_stake(who: &T::AccountId) -> StakeOf<T> {
        let guardian = Guardians::<T>::get(who).unwrap_or_default();
        let pool = Pools::<T>::get(who).unwrap_or_default();
        guardian.delegation(who).map_or_else(Zero::zero, |delegation| {
            pool.fund.value_of(delegation.shares).min(delegation.principal)
        })
    }

    pub(crate) fn do_chill(who: &T::AccountId) -> DispatchResult {
        ensure!(Candidates::<T>::contains_key(who), Error::<T>::NotACandidate);
        Self::chill_for(who, ChillReason::Asked);
        Ok(())
    }

    /// Takes `who` off the candidates, when it is one.
    pub(crate) fn chill_for(who: &T::AccountId, reason: ChillReason) {
        if Candidates::<T>::take(who).is_none() {
            return;
        }
        if let Some(pool) = Pools::<T>::get(who) {
            Self::store_pool(who, pool);
        }
        Self::deposit_event(Event::Chilled {
            who: who.clone(),
            reason,
        });
    }

    pub(crate) fn all_standings() -> Vec<StandingOf<T>> {
        let elected = Elected::<T>::get();
        let retired = elected
            .iter()
            .filter(|who| !Candidates::<T>::contains_key(who))
            .cloned();
        Candidates::<T>::iter_keys()
            .chain(retired)
            .map(|who| Self::standing(who, &elected))
            .collect()
    }

    fn standing(who: T::AccountId, elected: &[T::AccountId]) -> StandingOf<T> {
        let candidate = Candidates::<T>::get(&who);
        let pool = Pools::<T>::get(&who).unwrap_or_default();
        Standing {
            backing: pool.fund.backing,
            own: Self::own_stake(&who),
            credit: Self::credit(&who),
            commission: candidate.map_or(pool.commission, |candidate| candidate.commission),
            is_candidate: candidate.is_some(),
            is_elected: elected.contains(&who),
            has_keys: T::SessionKeys::is_registered(&who),
            points: Points::<T>::get(&who),
            who,
        }
    }

    pub(crate) fn do_link(who: &T::AccountId, other: Option<T::AccountId>) {
        match &other {
            Some(other) => Links::<T>::insert(who, other),
            None => Links::<T>::remove(who),
        }
        Self::deposit_event(Event::Linked {
            who: who.clone(),
            other,
        });
    }

    /// What the work of the edge operator that `validator` is linked with counts, in planck of THETA. Both must name each
    /// other.
    pub(crate) fn credit(validator: &T::AccountId) -> StakeOf<T> {
        Links::<T>::get(validator)
            .filter(|operator| Links::<T>::get(operator).as_ref() == Some(validator))
            .map_or_else(Zero::zero, |operator| T::Credit::credit(&operator))
    }
}

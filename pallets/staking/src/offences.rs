//! What an offence costs a validator and everybody behind it.
//!
//! A slash waits for some eras, in which governance may cancel it. Meanwhile nobody can join the pool; whoever leaves stays
//! liable.

use crate::{Accusations, ChillReason, Config, Era, Error, Event, Left, Pallet, Pools, SessionIndex};
use frame::{deps::sp_runtime::Perbill, prelude::*};
use pallet_support::EraIndex;
use polkadot_sdk::polkadot_sdk_frame as frame;

/// A slash that waits.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
pub struct Accusation<AccountId> {
    /// Who offended.
    pub validator: AccountId,
    /// The era of the offence.
    pub era: EraIndex,
    /// The part that is taken of all stake that backed the validator then.
    pub part: Perbill,
    /// The era that begins with the slash.
    pub apply_at: EraIndex,
}

impl<T: Config> Pallet<T> {
    pub(crate) fn ensure_not_accused(validator: &T::AccountId) -> DispatchResult {
        let accused = Accusations::<T>::get()
            .iter()
            .any(|accusation| accusation.validator == *validator);
        ensure!(!accused, Error::<T>::SlashPending);
        Ok(())
    }

    /// Notes that `validator` committed an offence in session `index` that costs `part` of its backing. It loses its seat with
    /// the next election. Offences of forgotten eras have no effect; the rules let none be reported so late.
    pub fn note_offence(validator: &T::AccountId, part: Perbill, index: SessionIndex) {
        let Some(era) = Self::era_of(index) else {
            return;
        };
        Self::chill_for(validator, ChillReason::Offence);
        Era::<T>::mutate(|state| state.forced = true);
        if part.is_zero() {
            return;
        }
        let apply_at = Era::<T>::get()
            .current
            .saturating_add(T::Rules::get().slash_deferral);
        let accusation = Accusation {
            validator: validator.clone(),
            era,
            part,
            apply_at,
        };
        Self::deposit_event(Event::SlashDeferred {
            validator: validator.clone(),
            era,
            part,
            apply_at,
        });
        Self::accuse(accusation);
    }

    /// Of several slashes of one validator for one era the largest waits. Where no more can wait, the slash is applied at once.
    fn accuse(accusation: Accusation<T::AccountId>) {
        let refused = Accusations::<T>::mutate(|accusations| {
            let known = accusations
                .iter_mut()
                .find(|known| known.validator == accusation.validator && known.era == accusation.era);
            match known {
                Some(known) => {
                    known.part = known.part.max(accusation.part);
                    None
                }
                None => accusations.try_push(accusation).err(),
            }
        });
        if let Some(accusation) = refused {
            Self::apply(&accusation);
        }
    }

    /// Applies what was to wait until `era` begins.
    pub(crate) fn apply_due_slashes(era: EraIndex) {
        let mut accusations = Accusations::<T>::get();
        let mut due = alloc::vec::Vec::new();
        accusations.retain(|accusation| {
            let waits = accusation.apply_at > era;
            if !waits {
                due.push(accusation.clone());
            }
            waits
        });
        if due.is_empty() {
            return;
        }
        Accusations::<T>::put(accusations);
        due.iter().for_each(Self::apply);
    }

    /// Lowers the backing of the pool, and of what left it since the offence.
    fn apply(accusation: &Accusation<T::AccountId>) {
        let Accusation {
            validator, era, part, ..
        } = accusation;
        let mut taken = Zero::zero();
        let more = match Pools::<T>::get(validator) {
            Some(mut pool) => {
                let before = pool.fund.backing;
                let more = pool.slash(*era, *part);
                taken = before.saturating_sub(pool.fund.backing);
                Self::store_pool(validator, pool);
                more
            }
            None => *part,
        };
        for left in *era..=Self::planned_era() {
            Left::<T>::mutate_exists(validator, left, |fund| {
                if let Some(fund) = fund {
                    taken = taken.saturating_add(fund.slash(more));
                }
            });
        }
        Self::deposit_event(Event::PoolSlashed {
            validator: validator.clone(),
            era: *era,
            taken,
        });
    }

    pub(crate) fn do_cancel_slash(validator: &T::AccountId, era: EraIndex) -> DispatchResult {
        Accusations::<T>::try_mutate(|accusations| {
            let before = accusations.len();
            accusations.retain(|accusation| accusation.validator != *validator || accusation.era != era);
            ensure!(accusations.len() < before, Error::<T>::NoSuchAccusation);
            Ok::<(), DispatchError>(())
        })?;
        Self::deposit_event(Event::SlashCancelled {
            validator: validator.clone(),
            era,
        });
        Ok(())
    }
}

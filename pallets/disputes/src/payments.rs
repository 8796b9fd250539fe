//! Every movement of THETA of this pallet. The bonds of seats are moved by the jobs that hold them.

use crate::{types::ClaimOf, Config, Error, Event, Pallet, StakeOf, SubjectOf};
use edgeproof_primitives::JobId;
use pallet_support::{DisputedJobs, SlashShares, StakeLedger};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    /// Puts the bond of a claim at risk.
    pub(crate) fn lock_bond(stash: &T::AccountId, bond: StakeOf<T>) -> Result<(), Error<T>> {
        T::Stake::lock(stash, bond).map_err(|_| Error::<T>::BondNotAvailable)
    }

    /// Ends the risk of a claim that stood.
    pub(crate) fn release_bond(job: JobId, claim: &ClaimOf<T>) {
        if claim.seat {
            return;
        }
        T::Stake::unlock(&claim.stash, claim.bond);
        Self::deposit_event(Event::Released {
            job,
            stash: claim.stash.clone(),
        });
    }

    /// Takes the bond of a claim that was refuted: first the requester, then the finder, and the rest is burned.
    pub(crate) fn slash_bond(
        job: JobId,
        subject: &SubjectOf<T>,
        claim: &ClaimOf<T>,
        finder: Option<&T::AccountId>,
    ) {
        if claim.seat {
            return T::Jobs::refute(job, &claim.operator, finder);
        }
        let shares = SlashShares {
            injured: &subject.requester,
            compensation: subject.compensation,
            finder,
            finder_share: T::FinderShare::get(),
            driver: None,
        };
        let outcome = T::Stake::slash(&claim.stash, claim.bond, shares);
        Self::deposit_event(Event::Slashed {
            job,
            stash: claim.stash.clone(),
            compensated: outcome.compensated,
            rewarded: outcome.rewarded,
            held: outcome.held,
        });
    }
}

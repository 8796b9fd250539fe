//! Eras: some sessions with one set of validators.
//!
//! An era is planned one session before it begins, because the session pallet wants the set of a session while the one
//! before it runs.

use crate::{
    election, Candidates, ChillReason, Config, Elected, Era, Event, History, Pallet, Planned, Points, Pools,
    MAX_VALIDATORS,
};
use alloc::vec::Vec;
use edgeproof_primitives::BlockNumber;
use frame::{prelude::*, traits::ValidatorRegistration};
use pallet_support::{EraIndex, OnEraEnded};
use polkadot_sdk::polkadot_sdk_frame as frame;

/// Number of a session, as the session pallet counts them.
pub type SessionIndex = u32;

/// Blocks that must be expected of each validator before too few of them count against it.
const LEAST_EXPECTED: u32 = 8;

/// Where the chain is in its eras.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct EraState {
    /// The era that runs.
    pub current: EraIndex,
    /// The era that was planned last: the one that runs, or the next.
    pub planned: EraIndex,
    /// Session in which `planned` begins or began.
    pub session: SessionIndex,
    /// Block in which `current` began.
    pub since: BlockNumber,
    /// An offender must leave: the next session that can be planned begins an era.
    pub forced: bool,
}

impl<T: Config> Pallet<T> {
    /// The last era whose validators are known.
    pub(crate) fn planned_era() -> EraIndex {
        Era::<T>::get().planned
    }

    /// The validators from session `index` on, when they change.
    pub fn plan_session(index: SessionIndex) -> Option<Vec<T::AccountId>> {
        let mut state = Era::<T>::get();
        let length = T::Rules::get().sessions_per_era;
        let is_due = state.forced || index >= state.session.saturating_add(length);
        if state.planned != state.current || !is_due {
            return None;
        }
        Self::chill_idle(&state);
        state.planned = state.planned.saturating_add(1);
        state.session = index;
        state.forced = false;
        Era::<T>::put(state);

        let elected = Self::elect();
        let set = if elected.is_empty() {
            Elected::<T>::get()
        } else {
            BoundedVec::truncate_from(elected)
        };
        Planned::<T>::put(&set);
        Self::deposit_event(Event::EraPlanned {
            era: state.planned,
            session: index,
            validators: set.to_vec(),
        });
        (!set.is_empty()).then(|| set.into_inner())
    }

    /// Begins session `index`, and the planned era when it is its first.
    pub fn start_session(index: SessionIndex) {
        let mut state = Era::<T>::get();
        if state.planned == state.current || index < state.session {
            return;
        }
        let now = Self::now();
        T::OnEraEnded::on_era_ended(state.current, now.saturating_sub(state.since));
        state.current = state.planned;
        state.since = now;
        Era::<T>::put(state);

        let _ = Points::<T>::clear(MAX_VALIDATORS.saturating_mul(2), None);
        let set = Planned::<T>::take();
        for who in &set {
            if let Some(candidate) = Candidates::<T>::get(who) {
                Pools::<T>::mutate_extant(who, |pool| pool.commission = candidate.commission);
            }
        }
        Elected::<T>::put(set);
        Self::remember_era(state.current, index);
        Self::apply_due_slashes(state.current);
        Self::deposit_event(Event::EraStarted { era: state.current });
    }

    fn remember_era(era: EraIndex, session: SessionIndex) {
        History::<T>::mutate(|history| {
            if history.is_full() {
                history.remove(0);
            }
            let _ = history.try_push((era, session)).defensive();
        });
    }

    /// The era that session `index` belongs to, while it is remembered.
    pub fn era_of(index: SessionIndex) -> Option<EraIndex> {
        History::<T>::get()
            .iter()
            .rev()
            .find(|(_, first)| *first <= index)
            .map(|(era, _)| *era)
    }

    fn elect() -> Vec<T::AccountId> {
        let rules = T::Rules::get();
        let least = Self::least_bond();
        let scores = Candidates::<T>::iter_keys()
            .filter_map(|who| {
                let backing = Pools::<T>::get(&who).unwrap_or_default().fund.backing;
                let score = election::score(backing, Self::credit(&who), rules.max_credit);
                let can_serve = Self::own_stake(&who) >= least && T::SessionKeys::is_registered(&who);
                can_serve.then_some((score, who))
            })
            .collect();
        let seats = rules.max_validators.min(MAX_VALIDATORS);
        election::highest(scores, usize::try_from(seats).unwrap_or(usize::MAX))
    }

    fn chill_idle(state: &EraState) {
        let points = Elected::<T>::get()
            .into_iter()
            .map(|who| (Points::<T>::get(&who), who))
            .collect();
        let blocks = Self::now().saturating_sub(state.since);
        for who in election::idle(points, blocks, LEAST_EXPECTED) {
            Self::chill_for(&who, ChillReason::Idle);
        }
    }
}

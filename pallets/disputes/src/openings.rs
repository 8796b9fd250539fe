//! The answers of the parties. Each has one check, which the call and its feeless rule share: a call that passes it cannot
//! fail.

use crate::{
    types::{DisputeOf, Game, Phase},
    Config, Disputes, Error, Openings, Pallet, SubjectOf, WeightInfo,
};
use edgeproof_primitives::{Hash, JobId, Move, TraceOpening};
use edgeproof_proofs::NodeOpening;
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    /// The game of a job, while it takes answers.
    pub(crate) fn played(job: JobId) -> Result<(DisputeOf<T>, Game), Error<T>> {
        let dispute = Disputes::<T>::get(job).ok_or(Error::<T>::NotPlayed)?;
        let Phase::Playing(game) = &dispute.phase else {
            return Err(Error::<T>::NotPlayed);
        };
        let game = game.clone();
        let in_time = Self::deadline(job).is_some_and(|deadline| Self::now() <= deadline);
        ensure!(in_time, Error::<T>::TooLate);
        Ok((dispute, game))
    }

    /// The dispute, when this first opening of `who` would be taken now.
    pub(crate) fn check_open_trace(
        who: &T::AccountId,
        job: JobId,
        opened: &TraceOpening,
    ) -> Result<DisputeOf<T>, Error<T>> {
        let (dispute, game) = Self::played(job)?;
        ensure!(game.next == Move::OpenTraces, Error::<T>::NotNext);
        let claim = dispute.claims.iter().find(|claim| claim.operator == *who);
        let claim = claim.ok_or(Error::<T>::NotAParty)?;
        ensure!(claim.trace_root.is_none(), Error::<T>::AlreadyOpened);
        Self::check_trace(&dispute.shape, &claim.output_root, opened)?;
        Ok(dispute)
    }

    pub(crate) fn do_open_trace(
        who: T::AccountId,
        job: JobId,
        opened: TraceOpening,
    ) -> DispatchResultWithPostInfo {
        let mut dispute = Self::check_open_trace(&who, job, &opened)?;
        let subject = Self::subject(job)?;
        if let Some(claim) = dispute.claims.iter_mut().find(|claim| claim.operator == who) {
            claim.trace_root = Some(opened.trace_root);
        }
        Openings::<T>::insert(job, opened.trace_root.0, opened.opening);
        let mut spent = Default::default();
        if dispute.claims.iter().all(|claim| claim.trace_root.is_some()) {
            spent = Self::begin_round(job, &subject, &mut dispute);
        }
        Self::store(job, dispute);
        let weight = T::WeightInfo::open_trace().saturating_add(Self::spent_weight(spent));
        Ok(Some(weight).into())
    }

    /// The dispute and the hash that is opened, when this opening of `who` would be taken now.
    pub(crate) fn check_open_node(
        who: &T::AccountId,
        job: JobId,
        opening: &NodeOpening,
    ) -> Result<(DisputeOf<T>, Hash), Error<T>> {
        let (dispute, game) = Self::played(job)?;
        let Move::OpenNode { node, .. } = &game.next else {
            return Err(Error::<T>::NotNext);
        };
        let trace_root = dispute
            .claims
            .iter()
            .find(|claim| claim.operator == *who)
            .and_then(|claim| claim.trace_root);
        let side = game.sides.iter().find(|side| Some(side.trace_root) == trace_root);
        let claimed = side.ok_or(Error::<T>::NotAParty)?.claimed;
        ensure!(
            !Openings::<T>::contains_key(job, claimed),
            Error::<T>::AlreadyOpened
        );
        opening
            .verify(node, &claimed)
            .map_err(|_| Error::<T>::OpeningInvalid)?;
        Ok((dispute, claimed))
    }

    pub(crate) fn do_open_node(
        who: T::AccountId,
        job: JobId,
        opening: NodeOpening,
    ) -> DispatchResultWithPostInfo {
        let (mut dispute, claimed) = Self::check_open_node(&who, job, &opening)?;
        let subject: SubjectOf<T> = Self::subject(job)?;
        Openings::<T>::insert(job, claimed, opening);
        let spent = Self::descend_if_open(job, &subject, &mut dispute);
        Self::store(job, dispute);
        let weight = T::WeightInfo::open_node().saturating_add(Self::spent_weight(spent));
        Ok(Some(weight).into())
    }
}

use crate::{configs::ReportedSessions, *};
use alloc::vec::Vec;
use polkadot_sdk::{
    frame_support::{traits::Get, weights::Weight},
    pallet_session::{
        historical::{self, IdentificationTuple},
        SessionManager,
    },
    sp_runtime::{traits::Convert, Perbill},
    sp_staking::{
        offence::{OffenceDetails, OffenceSeverity, OnOffenceHandler},
        SessionIndex,
    },
};

/// The validators whom staking elects. Those of genesis rule until the first election.
pub struct ElectedValidators;

impl SessionManager<AccountId> for ElectedValidators {
    fn new_session(index: SessionIndex) -> Option<Vec<AccountId>> {
        Staking::plan_session(index)
    }

    /// Those whose keys genesis sets. They are named, so that offences of the first sessions can be proven later.
    fn new_session_genesis(_: SessionIndex) -> Option<Vec<AccountId>> {
        let mut validators: Vec<_> = pallet_session::NextKeys::<Runtime>::iter_keys().collect();
        validators.sort();
        Some(validators)
    }

    fn start_session(index: SessionIndex) {
        Staking::start_session(index);
        let reported =
            SessionIndex::try_from(<ReportedSessions as Get<u64>>::get()).unwrap_or(SessionIndex::MAX);
        Historical::prune_up_to(index.saturating_sub(reported));
    }

    fn end_session(_: SessionIndex) {}
}

impl historical::SessionManager<AccountId, ()> for ElectedValidators {
    fn new_session(index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
        identified(<Self as SessionManager<AccountId>>::new_session(index))
    }

    fn new_session_genesis(index: SessionIndex) -> Option<Vec<(AccountId, ())>> {
        identified(<Self as SessionManager<AccountId>>::new_session_genesis(index))
    }

    fn start_session(index: SessionIndex) {
        <Self as SessionManager<AccountId>>::start_session(index);
    }

    fn end_session(_: SessionIndex) {}
}

fn identified(validators: Option<Vec<AccountId>>) -> Option<Vec<(AccountId, ())>> {
    Some(validators?.into_iter().map(|who| (who, ())).collect())
}

/// A validator is identified by its account alone.
pub struct UnitIdentification;

impl Convert<AccountId, Option<()>> for UnitIdentification {
    fn convert(_: AccountId) -> Option<()> {
        Some(())
    }
}

/// Takes offenders out of office at once and has staking slash them.
pub struct Offenders;

impl OnOffenceHandler<AccountId, IdentificationTuple<Runtime>, Weight> for Offenders {
    fn on_offence(
        offenders: &[OffenceDetails<AccountId, IdentificationTuple<Runtime>>],
        parts: &[Perbill],
        session: SessionIndex,
    ) -> Weight {
        use pallet_theta_staking::WeightInfo as _;
        let mut weight = Weight::zero();
        for (details, part) in offenders.iter().zip(parts) {
            let (who, ()) = &details.offender;
            Session::report_offence(who.clone(), OffenceSeverity(*part));
            Staking::note_offence(who, *part, session);
            weight.saturating_accrue(<Runtime as pallet_theta_staking::Config>::WeightInfo::note_offence());
        }
        weight
    }
}

//! How answers get into blocks: first, free, and within a reserve.

use crate::{Call, Config, Pallet, WeightInfo};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use edgeproof_primitives::{BlockNumber, Move};
use polkadot_sdk::polkadot_sdk_frame::{
    deps::frame_support::dispatch::DispatchInfo,
    deps::sp_runtime::{
        traits::{AsSystemOriginSigner, DispatchInfoOf, DispatchOriginOf, Dispatchable, Implication},
        transaction_validity::{TransactionPriority, TransactionSource, TransactionValidityError},
    },
    prelude::*,
};

/// Priority of answers that are certain to succeed.
pub const MOVE_PRIORITY: TransactionPriority = TransactionPriority::MAX;

/// An answer that is certain to succeed.
struct CertainMove {
    /// What makes it the only one of its kind.
    tag: Vec<u8>,
    /// Last block in which it is taken.
    until: BlockNumber,
}

impl<T: Config> Pallet<T> {
    fn certain_move(who: &T::AccountId, call: &Call<T>) -> Option<CertainMove> {
        let (job, tag) = match call {
            Call::open_trace { job, trace } => {
                Self::check_open_trace(who, *job, trace).ok()?;
                (*job, (*job, Move::OpenTraces, who).encode())
            }
            Call::open_node { job, opening } => {
                let (_, hash) = Self::check_open_node(who, *job, opening).ok()?;
                (*job, (*job, hash).encode())
            }
            Call::referee { job, witness } => {
                let (_, game) = Self::played(*job).ok()?;
                Self::check_referee(*job, witness).ok()?;
                (*job, (*job, game.next).encode())
            }
            _ => return None,
        };
        Some(CertainMove {
            tag,
            until: Self::deadline(job)?,
        })
    }
}

/// Puts answers that are certain to succeed before everything else, within the reserve of the block; what exceeds it
/// stays in the pool for the next block, and the deadlines of all games grow by that block. Leaves all other calls alone.
#[derive(Clone, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(skip_type_params(T))]
pub struct PrioritizeMoves<T>(PhantomData<T>);

impl<T> PrioritizeMoves<T> {
    /// The extension; it carries no data.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for PrioritizeMoves<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> core::fmt::Debug for PrioritizeMoves<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PrioritizeMoves")
    }
}

impl<T: Config + Send + Sync> TransactionExtension<T::RuntimeCall> for PrioritizeMoves<T>
where
    T::RuntimeCall: Dispatchable<RuntimeOrigin = T::RuntimeOrigin, Info = DispatchInfo> + IsSubType<Call<T>>,
    T::RuntimeOrigin: AsSystemOriginSigner<T::AccountId>,
{
    const IDENTIFIER: &'static str = "PrioritizeMoves";
    type Implicit = ();
    /// Whether the call counts against the reserve.
    type Val = bool;
    type Pre = ();

    /// The check costs no more than the call.
    fn weight(&self, call: &T::RuntimeCall) -> Weight {
        match call.is_sub_type() {
            Some(Call::open_trace { .. }) => T::WeightInfo::open_trace(),
            Some(Call::open_node { .. }) => T::WeightInfo::open_node(),
            Some(Call::referee { witness, .. }) => {
                T::WeightInfo::referee(Pallet::<T>::witness_bytes(witness))
                    .saturating_add(Pallet::<T>::worst_execution())
                    .saturating_add(Pallet::<T>::worst_program())
            }
            _ => Weight::zero(),
        }
    }

    fn validate(
        &self,
        origin: DispatchOriginOf<T::RuntimeCall>,
        call: &T::RuntimeCall,
        _info: &DispatchInfoOf<T::RuntimeCall>,
        _len: usize,
        _self_implicit: Self::Implicit,
        _inherited_implication: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<Self::Val, T::RuntimeCall> {
        let (Some(who), Some(call)) = (origin.as_system_origin_signer(), call.is_sub_type()) else {
            return Ok((ValidTransaction::default(), false, origin));
        };
        let Some(CertainMove { tag, until }) = Pallet::<T>::certain_move(who, call) else {
            return Ok((ValidTransaction::default(), false, origin));
        };
        if !Pallet::<T>::admits_answer() {
            return Err(InvalidTransaction::ExhaustsResources.into());
        }
        let validity = ValidTransaction {
            priority: MOVE_PRIORITY,
            provides: alloc::vec![(Self::IDENTIFIER, tag).encode()],
            longevity: u64::from(until.saturating_sub(Pallet::<T>::now())).max(1),
            ..Default::default()
        };
        Ok((validity, true, origin))
    }

    fn prepare(
        self,
        counts: Self::Val,
        _origin: &DispatchOriginOf<T::RuntimeCall>,
        _call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        _len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        if counts {
            Pallet::<T>::note_answer(info.call_weight);
        }
        Ok(())
    }
}

//! How answers of workers get into blocks: first, free, and within a quota.

use crate::{types::FeelessUsage, Call, Config, FeelessBytes, JobState, Pallet, WeightInfo};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use edgeproof_primitives::JobId;
use pallet_support::{Answers, CertainAnswer, Prioritize, ANSWER_PRIORITY};
use polkadot_sdk::polkadot_sdk_frame::{
    deps::sp_runtime::{
        traits::{
            DispatchInfoOf, DispatchOriginOf, Dispatchable, Implication, PostDispatchInfoOf,
            TransactionExtensionMetadata,
        },
        transaction_validity::{TransactionSource, TransactionValidityError},
    },
    prelude::*,
};

impl<T: Config> Pallet<T> {
    /// True when this commitment, sent now by `origin`, succeeds.
    pub(crate) fn is_certain_commit(origin: &OriginFor<T>, job: JobId) -> bool {
        ensure_signed(origin.clone()).is_ok_and(|operator| Self::check_commit(&operator, job).is_ok())
    }

    /// True when this reveal, sent now by `origin`, succeeds.
    pub(crate) fn is_certain_reveal(
        origin: &OriginFor<T>,
        job: JobId,
        opening: &edgeproof_primitives::RevealOpening,
    ) -> bool {
        ensure_signed(origin.clone())
            .is_ok_and(|operator| Self::check_reveal(&operator, job, opening).is_ok())
    }

    /// Bytes of feeless answers in the block being built.
    pub fn feeless_bytes() -> u32 {
        let usage = FeelessBytes::<T>::get();
        if usage.block == Self::now() {
            usage.bytes
        } else {
            0
        }
    }

    /// Whether the block being built admits another `len` feeless bytes.
    pub fn admits_feeless(len: usize) -> bool {
        let total = u32::try_from(len)
            .ok()
            .and_then(|len| Self::feeless_bytes().checked_add(len));
        total.is_some_and(|total| total <= T::Rules::get().feeless_bytes)
    }

    /// Counts `len` feeless bytes against the block being built.
    pub fn note_feeless(len: usize) {
        let bytes = Self::feeless_bytes().saturating_add(len.saturated_into());
        FeelessBytes::<T>::put(FeelessUsage {
            block: Self::now(),
            bytes,
        });
    }

    pub(crate) fn certain_answer(operator: &T::AccountId, call: &Call<T>) -> Option<CertainAnswer> {
        let (id, job, reveal) = match call {
            Call::commit_result { job, .. } => (*job, Self::check_commit(operator, *job), false),
            Call::reveal_result { job, opening } => (*job, Self::check_reveal(operator, *job, opening), true),
            _ => return None,
        };
        let job = job.ok()?;
        let until = match job.state {
            JobState::Committed { reveal_by } => reveal_by,
            other => other.commit_by()?,
        };
        let round = job.seat_of(operator)?.round;
        Some(CertainAnswer {
            tag: (operator, id, round, reveal).encode(),
            longevity: until.saturating_sub(Self::now()),
            spared: Weight::zero(),
        })
    }
}

/// Puts commitments and reveals that are certain to succeed before everything else, within the quota of feeless bytes.
///
/// Each answer has a tag of its own, so one operator can keep one commitment and one reveal per job in a pool.
pub type PrioritizeAnswers<T> = Prioritize<Pallet<T>>;

impl<T: Config> Answers<T::RuntimeCall> for Pallet<T>
where
    T::RuntimeCall: IsSubType<Call<T>>,
{
    type AccountId = T::AccountId;

    const IDENTIFIER: &'static str = "PrioritizeAnswers";

    fn check_weight(call: &T::RuntimeCall) -> Weight {
        match call.is_sub_type() {
            Some(Call::commit_result { .. }) => T::WeightInfo::check_answer(0),
            Some(Call::reveal_result { opening, .. }) => {
                T::WeightInfo::check_answer(crate::inline_len(opening))
            }
            _ => Weight::zero(),
        }
    }

    fn certain_answer(who: &T::AccountId, call: &T::RuntimeCall) -> Option<CertainAnswer> {
        Self::certain_answer(who, call.is_sub_type()?)
    }

    fn admits(len: usize) -> bool {
        Self::admits_feeless(len)
    }

    fn note(_: Weight, len: usize) {
        Self::note_feeless(len);
    }
}

/// Keeps every priority that the wrapped payment extension gives below [`ANSWER_PRIORITY`].
///
/// Tips count in planck, and with 18 decimals the scaled tip of a small one already reaches the largest priority there
/// is; without this, a pool full of tipped transfers would stand beside answers, not behind them.
/// Invisible from outside, like `SkipCheckIfFeeless`.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking)]
pub struct BelowAnswers<S>(pub S);

impl<S> From<S> for BelowAnswers<S> {
    fn from(inner: S) -> Self {
        Self(inner)
    }
}

impl<S: TypeInfo + 'static> TypeInfo for BelowAnswers<S> {
    type Identity = S;
    fn type_info() -> scale_info::Type {
        S::type_info()
    }
}

impl<C: Dispatchable, S: TransactionExtension<C>> TransactionExtension<C> for BelowAnswers<S> {
    const IDENTIFIER: &'static str = S::IDENTIFIER;
    type Implicit = S::Implicit;
    type Val = S::Val;
    type Pre = S::Pre;

    fn metadata() -> Vec<TransactionExtensionMetadata> {
        S::metadata()
    }

    fn implicit(&self) -> Result<Self::Implicit, TransactionValidityError> {
        self.0.implicit()
    }

    fn weight(&self, call: &C) -> Weight {
        self.0.weight(call)
    }

    fn validate(
        &self,
        origin: DispatchOriginOf<C>,
        call: &C,
        info: &DispatchInfoOf<C>,
        len: usize,
        self_implicit: Self::Implicit,
        inherited_implication: &impl Implication,
        source: TransactionSource,
    ) -> ValidateResult<Self::Val, C> {
        let (mut validity, val, origin) = self.0.validate(
            origin,
            call,
            info,
            len,
            self_implicit,
            inherited_implication,
            source,
        )?;
        validity.priority = validity.priority.min(ANSWER_PRIORITY.saturating_sub(1));
        Ok((validity, val, origin))
    }

    fn prepare(
        self,
        val: Self::Val,
        origin: &DispatchOriginOf<C>,
        call: &C,
        info: &DispatchInfoOf<C>,
        len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        self.0.prepare(val, origin, call, info, len)
    }

    fn post_dispatch_details(
        pre: Self::Pre,
        info: &DispatchInfoOf<C>,
        post_info: &PostDispatchInfoOf<C>,
        len: usize,
        result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        S::post_dispatch_details(pre, info, post_info, len, result)
    }
}

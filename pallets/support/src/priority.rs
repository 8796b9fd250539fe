//! Calls that go before everything else in a block when they are certain to succeed.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use edgeproof_primitives::BlockNumber;
use polkadot_sdk::polkadot_sdk_frame::{
    deps::{
        frame_support::dispatch::DispatchInfo,
        sp_runtime::{
            traits::{
                AsSystemOriginSigner, DispatchInfoOf, DispatchOriginOf, Dispatchable, Implication,
                PostDispatchInfoOf,
            },
            transaction_validity::{TransactionPriority, TransactionSource, TransactionValidityError},
        },
    },
    prelude::*,
};

/// Priority of answers that are certain to succeed.
pub const ANSWER_PRIORITY: TransactionPriority = TransactionPriority::MAX;

/// An answer that is certain to succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertainAnswer {
    /// What tells it from every other one that may wait beside it in a pool.
    pub tag: Vec<u8>,
    /// Blocks in which it can still be taken.
    pub longevity: BlockNumber,
    /// What the check was charged for and did not use.
    pub spared: Weight,
}

/// A pallet with calls that nobody may crowd out.
pub trait Answers<Call> {
    /// Who signs.
    type AccountId;

    /// Name of the extension.
    const IDENTIFIER: &'static str;

    /// What [`Self::certain_answer`] weighs.
    fn check_weight(call: &Call) -> Weight;

    /// The answer that `call` is, when it would succeed now. `None` for every other call.
    fn certain_answer(who: &Self::AccountId, call: &Call) -> Option<CertainAnswer>;

    /// Whether the block being built has room for another answer of `len` bytes.
    fn admits(len: usize) -> bool;

    /// Counts an answer of this weight and of `len` bytes against the block being built.
    fn note(weight: Weight, len: usize);
}

/// Puts answers of `P` that are certain to succeed before everything else, within what a block admits; what exceeds that
/// stays in the pool for the next block. Leaves all other calls alone.
///
/// Goes with `SkipCheckIfFeeless` around the payment, which skips the fee of exactly these calls. Who will not wait for
/// room pays by wrapping the call, for instance in `utility.batch`: wrapped calls are not feeless.
#[derive(Encode, Decode, DecodeWithMemTracking, TypeInfo, CloneNoBound, PartialEqNoBound, EqNoBound)]
#[scale_info(skip_type_params(P))]
pub struct Prioritize<P>(PhantomData<P>);

impl<P> Prioritize<P> {
    /// The extension; it carries no data.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<P> Default for Prioritize<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P> core::fmt::Debug for Prioritize<P> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Prioritize")
    }
}

impl<P, C> TransactionExtension<C> for Prioritize<P>
where
    P: Answers<C> + Send + Sync + 'static,
    C: Dispatchable<Info = DispatchInfo>,
    C::RuntimeOrigin: AsSystemOriginSigner<P::AccountId>,
{
    const IDENTIFIER: &'static str = P::IDENTIFIER;
    type Implicit = ();
    /// For a call that counts against what the block admits, what its check has spared.
    type Val = Option<Weight>;
    type Pre = Weight;

    fn weight(&self, call: &C) -> Weight {
        P::check_weight(call)
    }

    fn validate(
        &self,
        origin: DispatchOriginOf<C>,
        call: &C,
        _info: &DispatchInfoOf<C>,
        len: usize,
        _self_implicit: Self::Implicit,
        _inherited_implication: &impl Implication,
        _source: TransactionSource,
    ) -> ValidateResult<Self::Val, C> {
        let signer = origin.as_system_origin_signer();
        let Some(answer) = signer.and_then(|who| P::certain_answer(who, call)) else {
            return Ok((ValidTransaction::default(), None, origin));
        };
        if !P::admits(len) {
            return Err(InvalidTransaction::ExhaustsResources.into());
        }
        let validity = ValidTransaction {
            priority: ANSWER_PRIORITY,
            provides: alloc::vec![(P::IDENTIFIER, answer.tag).encode()],
            longevity: u64::from(answer.longevity).max(1),
            ..Default::default()
        };
        Ok((validity, Some(answer.spared), origin))
    }

    fn prepare(
        self,
        spared: Self::Val,
        _origin: &DispatchOriginOf<C>,
        _call: &C,
        info: &DispatchInfoOf<C>,
        len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        // Nothing ran between validation and now, so the block still admits it.
        if spared.is_some() {
            P::note(info.call_weight, len);
        }
        Ok(spared.unwrap_or_default())
    }

    fn post_dispatch_details(
        spared: Self::Pre,
        _info: &DispatchInfoOf<C>,
        _post_info: &PostDispatchInfoOf<C>,
        _len: usize,
        _result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        Ok(spared)
    }
}

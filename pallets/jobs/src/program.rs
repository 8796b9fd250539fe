//! What this pallet needs of the kernel language: bytes in, facts out.

use crate::{Config, Error};
use edgeproof_kernel::{Rejection, Rule, Verified};
use edgeproof_primitives::{Ops, MAX_BUFFERS, MAX_PARAMS, MAX_TRACED_BYTES};
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

const BYTES_PER_WORD: u64 = 4;

/// What a verified program says about itself.
pub(crate) struct ProgramFacts {
    pub operations: Ops,
    pub peak_memory: u64,
    pub inputs: BoundedVec<u64, ConstU32<MAX_BUFFERS>>,
    pub outputs: BoundedVec<u64, ConstU32<MAX_BUFFERS>>,
    pub params: BoundedVec<u32, ConstU32<MAX_PARAMS>>,
}

/// Checks every rule of the kernel language.
pub(crate) fn verify<T: Config>(code: &[u8]) -> Result<ProgramFacts, Error<T>> {
    let program = Verified::from_bytes(code).map_err(refusal::<T>)?;
    let traced = program.traced_words().saturating_mul(BYTES_PER_WORD);
    ensure!(traced <= MAX_TRACED_BYTES, Error::<T>::ProgramOverLimit);
    Ok(ProgramFacts {
        operations: program.operations(),
        peak_memory: program.peak_bytes(),
        inputs: lengths(&program.input_words())?,
        outputs: lengths(&program.output_words())?,
        params: program
            .params()
            .to_vec()
            .try_into()
            .map_err(|_| Error::<T>::ProgramOverLimit)?,
    })
}

fn lengths<T: Config>(words: &[u32]) -> Result<BoundedVec<u64, ConstU32<MAX_BUFFERS>>, Error<T>> {
    let bytes = words
        .iter()
        .map(|words| u64::from(*words).saturating_mul(BYTES_PER_WORD));
    BoundedVec::try_from(bytes.collect::<alloc::vec::Vec<_>>()).map_err(|_| Error::<T>::ProgramOverLimit)
}

/// The class of the broken rule. `edgeproof program inspect` names the rule and the place.
fn refusal<T: Config>(rejection: Rejection) -> Error<T> {
    match rejection.rule {
        Rule::NotAProgram | Rule::UnknownVersion(_) => Error::<T>::ProgramMalformed,
        Rule::TooManyBytes
        | Rule::TooManyKernels
        | Rule::TooManyBuffers
        | Rule::TooManySteps
        | Rule::TooManyUnrolledSteps
        | Rule::RepeatTooDeep
        | Rule::TooManyInputs
        | Rule::TooManyOutputs
        | Rule::TooManyParams
        | Rule::BufferLength(_)
        | Rule::TotalBufferLength
        | Rule::CostOverflow
        | Rule::TooManyKernelInputs
        | Rule::TooManyValues
        | Rule::TooManyLocals
        | Rule::TooManyLocalWords
        | Rule::TooDeep
        | Rule::TooManyVariableCosts
        | Rule::TooManyOperations(_)
        | Rule::TooManyLoads(_) => Error::<T>::ProgramOverLimit,
        _ => Error::<T>::ProgramIllTyped,
    }
}

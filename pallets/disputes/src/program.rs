//! What a dispute needs of the kernel language.

use crate::{types::TraceShape, Config, Error, Pallet, WeightInfo};
use alloc::vec::Vec;
use edgeproof_kernel::{limits, Verified};
use edgeproof_primitives::{ProgramId, MAX_PROGRAM_BYTES};
use pallet_support::DisputedJobs;
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

const BYTES_PER_WORD: u64 = 4;

impl<T: Config> Pallet<T> {
    /// Reads and verifies a stored program; how long its encoding is.
    pub(crate) fn load_program(id: &ProgramId) -> Result<(Verified, u32), Error<T>> {
        let code = T::Jobs::program_code(id).ok_or(Error::<T>::ProgramMissing)?;
        let program = Verified::from_bytes(&code).map_err(|_| Error::<T>::ProgramMissing)?;
        Ok((program, code.len().saturated_into()))
    }

    /// The most that loading a program can cost.
    pub(crate) fn worst_program() -> Weight {
        T::WeightInfo::load_program(MAX_PROGRAM_BYTES)
    }

    /// The most that executing one invocation can cost.
    pub(crate) fn worst_execution() -> Weight {
        T::WeightInfo::execute(limits::OPERATIONS.saturated_into())
    }
}

/// What a program says about its trace. The verifier lets no output be an input.
pub(crate) fn shape<T: Config>(program: &Verified) -> Result<TraceShape, Error<T>> {
    let outputs = (0..program.program().outputs.len())
        .map(|output| program.output_position(output))
        .collect::<Option<Vec<_>>>()
        .and_then(|outputs| outputs.try_into().ok())
        .ok_or(Error::<T>::ProgramMissing)?;
    Ok(TraceShape {
        steps: program.trace_length(),
        outputs,
        bytes: program.traced_words().saturating_mul(BYTES_PER_WORD),
    })
}

/// What one execution of a step writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StepOutput {
    /// Bytes of the output.
    pub bytes: u64,
    /// Words of one invocation.
    pub width: u32,
}

/// The output of the step at a position of the trace.
pub(crate) fn step_output(program: &Verified, position: u32) -> Option<StepOutput> {
    let execution = program.execution(position)?;
    let plan = program.steps().get(execution.step)?;
    let width = u32::from(plan.width);
    Some(StepOutput {
        bytes: u64::from(plan.invocations)
            .saturating_mul(width.into())
            .saturating_mul(BYTES_PER_WORD),
        width,
    })
}

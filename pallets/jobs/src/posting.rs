//! Posting a job and withdrawing it.

use crate::{
    draw::NextSeed,
    types::{Due, Job, JobState},
    Config, Error, Event, Jobs, NextJob, Pallet, ProgramInfoOf, Programs,
};
use alloc::vec::Vec;
use edgeproof_primitives::{
    BlockNumber, Deadlines, JobId, JobSpec, Ops, Reason, TfuelBalance, MAX_INLINE_BYTES, MAX_REPLICAS,
    MAX_SCORE,
};
use pallet_support::JobRules;
use polkadot_sdk::polkadot_sdk_frame::{
    arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding},
    prelude::*,
};

/// Operations in the unit of prices.
const GIGA: u128 = 1_000_000_000;

/// The least price of a seat, in planck of TFUEL: its operations at the floor, rounded up, and never nothing.
/// `None` when it exceeds every amount.
pub(crate) fn price_floor(operations: Ops, rules: &JobRules) -> Option<TfuelBalance> {
    multiply_by_rational_with_rounding(operations.into(), rules.price_floor, GIGA, Rounding::Up)
        .map(|floor| floor.max(1))
}

/// The shortest execution deadline that the operation count allows, in blocks. Beyond all deadlines it saturates.
pub(crate) fn least_execution(operations: Ops, rules: &JobRules) -> BlockNumber {
    let blocks = operations.div_ceil(rules.operations_per_block.max(1));
    BlockNumber::try_from(blocks)
        .unwrap_or(BlockNumber::MAX)
        .max(rules.min_execution)
        .max(1)
}

impl<T: Config> Pallet<T> {
    pub(crate) fn do_submit(requester: T::AccountId, mut spec: JobSpec) -> DispatchResult {
        let rules = T::Rules::get();
        let program = Programs::<T>::get(spec.program).ok_or(Error::<T>::UnknownProgram)?;
        Self::check_arguments(&spec, &program)?;
        Self::check_deadlines(&spec.deadlines, program.operations, &rules)?;
        let window = Self::check_assurance(&spec, &rules)?;
        let inline_bytes = Self::check_inline(&spec, &program)?;
        let floor = price_floor(program.operations, &rules).ok_or(Error::<T>::PriceCapBelowFloor)?;
        ensure!(spec.price_cap >= floor, Error::<T>::PriceCapBelowFloor);
        spec.demands.memory = spec.demands.memory.max(program.peak_memory);

        let id = NextJob::<T>::get();
        let next = id.checked_add(1).ok_or(Error::<T>::TooManyJobs)?;
        let escrow = spec
            .most()
            .and_then(|most| most.checked_add(rules.job_deposit))
            .ok_or(Error::<T>::InsufficientBalance)?;
        Self::hold_escrow(&requester, escrow)?;
        Self::take_program_reference(spec.program)?;

        let now = Self::now();
        let event = Event::JobSubmitted {
            job: id,
            requester: requester.clone(),
            program: spec.program,
            operations: program.operations,
            price_cap: spec.price_cap,
        };
        let mut job = Job {
            requester,
            operations: program.operations,
            inline_bytes,
            window,
            watched: window >= rules.window(spec.deadlines.execution),
            worker_share: rules.worker_share,
            deposit: rules.job_deposit,
            posted_at: now,
            round: 0,
            turn: 0,
            drawn_at: None,
            first_fee: 0,
            first_bond: Default::default(),
            first_value: Default::default(),
            excluded: Default::default(),
            seats: Default::default(),
            standing: None,
            inline_root: None,
            state: JobState::open(now, spec.deadlines.draw),
            spec,
        };
        let draw_at = NextSeed::after(now, rules.draw_outputs).at;
        Self::plan(id, &mut job, Due::Draw, draw_at);
        Jobs::<T>::insert(id, job);
        NextJob::<T>::put(next);
        Self::deposit_event(event);
        Ok(())
    }

    pub(crate) fn do_cancel(who: T::AccountId, id: JobId) -> DispatchResult {
        let job = Self::live_job(id)?;
        ensure!(job.requester == who, Error::<T>::NotRequester);
        let open = matches!(job.state, JobState::Open { .. });
        ensure!(open && job.seats.is_empty(), Error::<T>::NotOpen);
        let split = Self::refund(&job);
        Self::end_job(id, job, Vec::new(), Reason::CancelledByRequester, split);
        Ok(())
    }

    /// Inputs and parameters against the program, regions and reputation against what there can be.
    fn check_arguments(spec: &JobSpec, program: &ProgramInfoOf<T>) -> Result<(), Error<T>> {
        ensure!(
            spec.inputs.len() == program.inputs.len(),
            Error::<T>::WrongInputCount
        );
        let lengths_fit = spec
            .inputs
            .iter()
            .zip(program.inputs.iter())
            .all(|(input, bytes)| input.bytes == *bytes);
        ensure!(lengths_fit, Error::<T>::WrongInputLength);
        ensure!(
            spec.params.len() == program.params.len(),
            Error::<T>::WrongParameterCount
        );
        let params_fit = spec
            .params
            .iter()
            .zip(program.params.iter())
            .all(|(word, maximum)| word <= maximum);
        ensure!(params_fit, Error::<T>::ParameterTooLarge);
        ensure!(
            spec.demands.regions.iter().all(|region| region.is_valid()),
            Error::<T>::InvalidRegion
        );
        ensure!(
            spec.demands.reputation <= MAX_SCORE,
            Error::<T>::ReputationOutOfReach
        );
        Ok(())
    }

    fn check_deadlines(deadlines: &Deadlines, operations: Ops, rules: &JobRules) -> Result<(), Error<T>> {
        let soonest = rules.draw_outputs.saturating_add(1);
        ensure!(
            (soonest..=rules.max_draw).contains(&deadlines.draw),
            Error::<T>::DrawDeadlineOutOfRange
        );
        ensure!(
            deadlines.execution >= least_execution(operations, rules),
            Error::<T>::ExecutionDeadlineTooShort
        );
        ensure!(
            deadlines.execution <= rules.max_execution,
            Error::<T>::ExecutionDeadlineTooLong
        );
        Ok(())
    }

    /// The window of the job. One worker stands alone, so its window is never shorter than the rule; of several, one
    /// honest worker suffices to dispute the others, so the requester may choose less.
    fn check_assurance(spec: &JobSpec, rules: &JobRules) -> Result<BlockNumber, Error<T>> {
        let assurance = &spec.assurance;
        let most = u32::from(rules.max_replicas).min(MAX_REPLICAS);
        ensure!(
            (1..=most).contains(&assurance.replicas.into()),
            Error::<T>::ReplicasOutOfRange
        );
        ensure!(
            assurance.audit_rate <= rules.max_audit_rate,
            Error::<T>::AuditRateTooHigh
        );
        let rule = rules.window(spec.deadlines.execution);
        let window = assurance.window.unwrap_or(rule);
        let least = if assurance.replicas == 1 { rule } else { 1 };
        ensure!(window >= least, Error::<T>::WindowTooShort);
        ensure!(window <= rules.max_window, Error::<T>::WindowTooLong);
        Ok(window)
    }

    /// The bytes that a reveal must carry, when the output is asked inline.
    fn check_inline(spec: &JobSpec, program: &ProgramInfoOf<T>) -> Result<Option<u32>, Error<T>> {
        if !spec.inline_output {
            return Ok(None);
        }
        let [bytes] = program.outputs.as_slice() else {
            return Err(Error::<T>::InlineOutputNeedsOneOutput);
        };
        let bytes = u32::try_from(*bytes).map_err(|_| Error::<T>::InlineOutputTooLarge)?;
        ensure!(bytes <= MAX_INLINE_BYTES, Error::<T>::InlineOutputTooLarge);
        Ok(Some(bytes))
    }
}

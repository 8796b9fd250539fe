//! Posting a job and withdrawing it.

use crate::{
    draw::NextSeed,
    terms,
    types::{Due, Job, JobState},
    Config, Error, Event, Jobs, NextJob, Pallet, ProgramInfoOf, Programs,
};
use alloc::vec::Vec;
use edgeproof_primitives::{BlockNumber, JobId, JobSpec, Reason, MAX_INLINE_BYTES};
use pallet_support::JobRules;
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_submit(requester: T::AccountId, mut spec: JobSpec) -> DispatchResult {
        let rules = T::Rules::get();
        let program = Programs::<T>::get(spec.program).ok_or(Error::<T>::UnknownProgram)?;
        Self::check_arguments(&spec, &program)?;
        Self::check_draw(spec.deadlines.draw, &rules)?;
        terms::check_execution(spec.deadlines.execution, program.operations, &rules)
            .map_err(Error::<T>::from)?;
        let window =
            terms::window(&spec.assurance, spec.deadlines.execution, &rules).map_err(Error::<T>::from)?;
        let inline_bytes = Self::check_inline(&spec, &program)?;
        terms::check_cap(spec.price_cap, program.operations, &rules).map_err(Error::<T>::from)?;
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
        terms::check_demands(&spec.demands)?;
        Ok(())
    }

    fn check_draw(draw: BlockNumber, rules: &JobRules) -> Result<(), Error<T>> {
        let soonest = rules.draw_outputs.saturating_add(1);
        ensure!(
            (soonest..=rules.max_draw).contains(&draw),
            Error::<T>::DrawDeadlineOutOfRange
        );
        Ok(())
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

//! What must hold between any two blocks.

use crate::{
    results::agreed_root,
    types::{AgendaEntry, Due, JobState, MAX_DRAWS},
    Agenda, AgendaCursor, AgendaLength, Config, HoldReason, InlineOutputs, JobOf, Jobs, NextJob, Pallet,
    ProgramCode, Programs, Receipts, SeatOf, SeatsOf,
};
use alloc::collections::{BTreeMap, BTreeSet};
use codec::Encode;
use edgeproof_primitives::{BlobHash, BlockNumber, JobId, Outcome, PayRule, ProgramId, TfuelBalance};
use polkadot_sdk::polkadot_sdk_frame::{
    deps::sp_runtime::TryRuntimeError, prelude::*, token::fungible::hold::Inspect as _,
};

/// Encoded accounts, since account ids need not be ordered.
type Sums = BTreeMap<alloc::vec::Vec<u8>, TfuelBalance>;

impl<T: Config> Pallet<T> {
    /// Checks every invariant of this pallet.
    ///
    /// # Errors
    /// The first one that is broken.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        Self::check_holds()?;
        Self::check_programs()?;
        Self::check_jobs()?;
        Self::check_seats()?;
        Self::check_agenda()
    }

    /// What is held from each account is what its jobs and programs say.
    fn check_holds() -> Result<(), TryRuntimeError> {
        let mut escrow = Sums::new();
        for job in Jobs::<T>::iter_values() {
            let sum = escrow.entry(job.requester.encode()).or_default();
            *sum = sum.saturating_add(job.escrow());
        }
        let mut deposits = Sums::new();
        for program in Programs::<T>::iter_values() {
            let sum = deposits.entry(program.owner.encode()).or_default();
            *sum = sum.saturating_add(program.deposit);
        }
        let mut held = 0usize;
        for who in frame_system::Account::<T>::iter_keys() {
            for (reason, expected) in [
                (HoldReason::Escrow, &escrow),
                (HoldReason::ProgramDeposit, &deposits),
            ] {
                let expected = expected.get(&who.encode()).copied();
                let found = T::Fuel::balance_on_hold(&reason.into(), &who);
                ensure!(
                    found == expected.unwrap_or(0),
                    "a hold differs from the jobs and programs behind it"
                );
                held = held.saturating_add(usize::from(expected.is_some()));
            }
        }
        ensure!(
            held == escrow.len().saturating_add(deposits.len()),
            "an account of a job or program does not exist"
        );
        Ok(())
    }

    fn check_programs() -> Result<(), TryRuntimeError> {
        let mut references = BTreeMap::<ProgramId, u32>::new();
        for job in Jobs::<T>::iter_values() {
            let count = references.entry(job.spec.program).or_default();
            *count = count.saturating_add(1);
        }
        for (id, info) in Programs::<T>::iter() {
            let code = ProgramCode::<T>::get(id).ok_or("a program has no code")?;
            ensure!(
                edgeproof_proofs::blob_root(&code) == id.0,
                "a program's id is not its code's hash"
            );
            ensure!(code.len() == info.bytes as usize, "a program's length is wrong");
            ensure!(
                references.remove(&id).unwrap_or(0) == info.references,
                "a program's references are wrong"
            );
        }
        ensure!(
            references.is_empty(),
            "a live job runs a program that is not stored"
        );
        ensure!(
            ProgramCode::<T>::iter_keys().count() == Programs::<T>::iter_keys().count(),
            "code without a program"
        );
        Ok(())
    }

    fn check_jobs() -> Result<(), TryRuntimeError> {
        let next = NextJob::<T>::get();
        for (id, job) in Jobs::<T>::iter() {
            ensure!(id < next, "a job's number was never given");
            ensure!(!Receipts::<T>::contains_key(id), "a live job has a receipt");
            let stored =
                InlineOutputs::<T>::get(id).map(|output| BlobHash(edgeproof_proofs::blob_root(&output)));
            ensure!(
                stored == job.inline_root && (stored.is_none() || job.inline_bytes.is_some()),
                "an inline output is stored exactly when it was asked and is that of the job"
            );
            ensure!(
                u32::from(job.round) <= MAX_DRAWS,
                "a job has had more rounds than there are draws"
            );
            Self::check_seats_of(&job)?;
            Self::check_state_of(&job)?;
        }
        for (id, receipt) in Receipts::<T>::iter() {
            ensure!(id < next && id == receipt.job, "a receipt's number is wrong");
            ensure!(
                receipt.output_root.is_some() == (receipt.outcome == Outcome::Succeeded)
                    && receipt.revealed_at.is_none_or(|_| receipt.output_root.is_some()),
                "a receipt contradicts itself"
            );
            ensure!(
                receipt.outcome == receipt.reason.outcome(),
                "a job ended for a reason of another outcome"
            );
            let (paid, burned) = (receipt.paid > 0, receipt.burned > 0);
            ensure!(
                match receipt.outcome.pay_rule() {
                    PayRule::Work => true,
                    PayRule::Judges => !burned,
                    PayRule::Refund => !paid && !burned,
                },
                "a job that ended so pays nobody"
            );
        }
        ensure!(
            InlineOutputs::<T>::iter_keys()
                .all(|id| Jobs::<T>::contains_key(id) || Receipts::<T>::contains_key(id)),
            "an inline output has outlived its job"
        );
        Ok(())
    }

    /// No two seats have one operator, none costs more than the cap, and only the last is an auditor.
    fn check_seats_of(job: &JobOf<T>) -> Result<(), TryRuntimeError> {
        let operators: BTreeSet<_> = job
            .seats
            .iter()
            .map(|seat| seat.worker.operator.encode())
            .collect();
        ensure!(
            operators.len() == job.seats.len(),
            "an operator holds two seats of a job"
        );
        ensure!(
            job.seats
                .iter()
                .all(|seat| seat.worker.fee <= job.spec.price_cap && seat.round <= job.round),
            "a seat costs more than the cap, or is of a round to come"
        );
        ensure!(
            job.first_fee <= job.spec.price_cap,
            "the first fee is above the cap"
        );
        let auditors = job.seats.iter().filter(|seat| seat.auditor).count();
        let replicas = job.seats.len().saturating_sub(auditors);
        ensure!(
            auditors <= usize::from(job.spec.assurance.audit_rate > 0)
                && replicas <= usize::from(job.spec.assurance.replicas)
                && job.seats.iter().skip(replicas).all(|seat| seat.auditor),
            "a job has more seats than it pays for"
        );
        Ok(())
    }

    /// The seats say what the state says.
    fn check_state_of(job: &JobOf<T>) -> Result<(), TryRuntimeError> {
        let count = |fits: fn(&SeatOf<T>) -> bool| job.seats.iter().filter(|seat| fits(seat)).count();
        let seats = job.seats.len();
        let (audited, committed, revealed) = (
            count(|seat| seat.auditor) > 0,
            count(|seat| seat.committed.is_some()),
            count(|seat| seat.revealed.is_some()),
        );
        let full = seats.saturating_sub(usize::from(audited)) == usize::from(job.spec.assurance.replicas);
        let blind = revealed == 0 && job.inline_root.is_none();
        let fits = match job.state {
            JobState::Open { .. } => !full && !audited && committed == seats && blind,
            JobState::Assigned { .. } => full && !audited && committed < seats && blind,
            JobState::Deciding { .. } => full && !audited && committed == seats && blind,
            JobState::Auditing { .. } => full && audited && committed.saturating_add(1) == seats && blind,
            JobState::Committed { .. } => full && committed == seats && revealed < seats,
            JobState::Revealed { .. } => {
                revealed == seats && agreed_root(job).is_some() != job.standing.is_some()
            }
            JobState::Disputed { .. } => revealed == seats,
        };
        ensure!(fits, "a job's seats contradict its state");
        ensure!(
            job.standing.is_none() || (seats == 0 && job.state.window_ends().is_some()),
            "a claimed result stands beside seats"
        );
        Ok(())
    }

    /// The index of seats has exactly the seats.
    fn check_seats() -> Result<(), TryRuntimeError> {
        let mut seats = 0usize;
        for (id, job) in Jobs::<T>::iter() {
            for seat in &job.seats {
                ensure!(
                    SeatsOf::<T>::contains_key(&seat.worker.operator, id),
                    "a seat is missing in the index"
                );
                seats = seats.saturating_add(1);
            }
        }
        ensure!(
            SeatsOf::<T>::iter_keys().count() == seats,
            "the index has a seat that no job has"
        );
        Ok(())
    }

    /// Whatever lives has exactly one entry that will move it on, at the right time.
    fn check_agenda() -> Result<(), TryRuntimeError> {
        let cursor = AgendaCursor::<T>::get();
        let mut planned = BTreeMap::<AgendaEntry, u32>::new();
        let mut lengths = BTreeMap::<u32, u32>::new();
        for (block, index, entry) in Agenda::<T>::iter() {
            if let Some(cursor) = cursor {
                ensure!(
                    (block, index) >= (cursor.block, cursor.index),
                    "an entry was passed over"
                );
            }
            ensure!(
                index < AgendaLength::<T>::get(block),
                "an entry lies outside its list"
            );
            ensure!(
                planned.insert(entry, block).is_none(),
                "an entry is planned twice"
            );
            let count = lengths.entry(block).or_default();
            *count = count.saturating_add(1);
        }
        for (block, length) in AgendaLength::<T>::iter() {
            let done = cursor
                .filter(|cursor| cursor.block == block)
                .map_or(0, |cursor| cursor.index);
            let left = lengths.get(&block).copied().unwrap_or(0);
            ensure!(length == done.saturating_add(left), "a list has lost entries");
        }
        let mut pruned = BTreeSet::<JobId>::new();
        for (entry, _) in planned.iter().filter(|(entry, _)| entry.due == Due::Prune) {
            ensure!(pruned.insert(entry.job), "a receipt is pruned twice");
        }
        for id in Receipts::<T>::iter_keys() {
            ensure!(pruned.contains(&id), "a receipt would stay for ever");
        }
        for (job, state) in Jobs::<T>::iter() {
            let (due, latest) = match state.state {
                JobState::Open { draw_by, .. } => (Due::Draw, draw_by),
                JobState::Assigned { commit_by } | JobState::Auditing { commit_by } => {
                    (Due::Commit, commit_by)
                }
                // The decision is never left out, however short the time for a draw.
                JobState::Deciding { audited: false, .. } => (Due::Audit, BlockNumber::MAX),
                JobState::Deciding { draw_by, .. } => (Due::Audit, draw_by),
                JobState::Committed { reveal_by } => (Due::Reveal, reveal_by),
                JobState::Revealed { window_ends } => (Due::Settle, window_ends),
                // Its dispute moves it on.
                JobState::Disputed { .. } => continue,
            };
            let turn = state.turn;
            let block = planned
                .get(&AgendaEntry { job, due, turn })
                .ok_or("a job would stay in its state for ever")?;
            let waits = matches!(due, Due::Draw | Due::Audit);
            let on_time = if waits {
                *block <= latest.saturating_add(1)
            } else {
                *block == latest.saturating_add(1)
            };
            // A draw that waits for randomness while the agenda is behind may be planned for a block after the deadline.
            ensure!(
                on_time || (waits && *block <= Self::now().saturating_add(1)),
                "a deadline fires late"
            );
        }
        Ok(())
    }
}

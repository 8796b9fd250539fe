//! Deadlines that fire by themselves.
//!
//! Every block has a list of entries, each stored alone, so planning one costs the same however many there are and
//! cannot fail. At the start of a block the agenda works off what is due, in order and within its reserved weight; what
//! does not fit waits for the next block. Calls judge deadlines by the block number, so nobody gains by an agenda that
//! is behind.

use crate::{
    types::{AgendaEntry, Cursor, Due, JobState},
    Agenda, AgendaCursor, AgendaLength, Config, JobOf, Jobs, Pallet, WeightInfo,
};
use edgeproof_primitives::{BlockNumber, JobId, MAX_SEATS};
use pallet_support::{Disputes, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame::{deps::frame_support::weights::WeightMeter, prelude::*};

impl<T: Config> Pallet<T> {
    /// The block being built, as this chain's clients count.
    pub(crate) fn now() -> BlockNumber {
        frame_system::Pallet::<T>::block_number().saturated_into()
    }

    /// Plans what moves the job on next; what was planned for it before no longer counts. The caller stores the job.
    pub(crate) fn plan(id: JobId, job: &mut JobOf<T>, due: Due, at: BlockNumber) {
        job.turn = job.turn.saturating_add(1);
        let entry = AgendaEntry {
            job: id,
            due,
            turn: job.turn,
        };
        Self::schedule(at, entry);
    }

    /// Plans `entry` for the start of block `at`, at the earliest the next.
    pub(crate) fn schedule(at: BlockNumber, entry: AgendaEntry) {
        let at = at.max(Self::now().saturating_add(1));
        AgendaLength::<T>::mutate(at, |length| {
            Agenda::<T>::insert(at, *length, entry);
            *length = length.saturating_add(1);
        });
    }

    /// The most that one entry can cost.
    pub(crate) fn worst_step() -> Weight {
        [
            Due::Draw,
            Due::Audit,
            Due::Commit,
            Due::Reveal,
            Due::Settle,
            Due::Prune,
        ]
        .into_iter()
        .fold(T::WeightInfo::agenda_stale(), |worst, due| {
            worst.max(Self::step_weight(due, MAX_SEATS, true))
        })
    }

    /// What an entry costs that is not stale, for a job of at most `seats` seats, with or without a dispute about it.
    fn step_weight(due: Due, seats: u32, disputed: bool) -> Weight {
        let with = |dispute: Weight| if disputed { dispute } else { Weight::zero() };
        match due {
            // The registry of the benchmarks is small; the registry knows its worst sample.
            Due::Draw => T::WeightInfo::agenda_draw(seats)
                .max(T::WeightInfo::agenda_no_worker(seats))
                .saturating_add(T::Workers::draw_weight()),
            Due::Audit => T::WeightInfo::agenda_audit().saturating_add(T::Workers::draw_weight()),
            Due::Commit => T::WeightInfo::agenda_commit_missed(seats),
            Due::Reveal => {
                T::WeightInfo::agenda_reveal_missed(seats).saturating_add(with(T::Disputes::open_weight()))
            }
            Due::Settle => {
                T::WeightInfo::agenda_settle(seats).saturating_add(with(T::Disputes::close_weight()))
            }
            Due::Prune => T::WeightInfo::agenda_prune(),
        }
    }

    /// Works off what is due, within the weight that `meter` has left.
    pub(crate) fn run_agenda(meter: &mut WeightMeter) {
        if meter.try_consume(T::WeightInfo::agenda_base()).is_err() {
            return;
        }
        let now = Self::now();
        let mut cursor = AgendaCursor::<T>::get().unwrap_or(Cursor { block: now, index: 0 });
        while cursor.block <= now && meter.try_consume(T::WeightInfo::agenda_block()).is_ok() {
            let length = AgendaLength::<T>::get(cursor.block);
            while cursor.index < length && meter.can_consume(Self::worst_step()) {
                meter.consume(Self::do_entry(cursor.block, cursor.index));
                cursor.index = cursor.index.saturating_add(1);
            }
            if cursor.index < length {
                break;
            }
            AgendaLength::<T>::remove(cursor.block);
            cursor = Cursor {
                block: cursor.block.saturating_add(1),
                index: 0,
            };
        }
        AgendaCursor::<T>::put(cursor);
    }

    /// Takes an entry off its list and does it. Says what it cost.
    pub(crate) fn do_entry(block: BlockNumber, index: u32) -> Weight {
        Agenda::<T>::take(block, index).map_or(T::WeightInfo::agenda_stale(), Self::do_step)
    }

    /// Does what `entry` says, unless the job has moved on, and says what it cost.
    fn do_step(entry: AgendaEntry) -> Weight {
        let AgendaEntry { job: id, due, turn } = entry;
        if due == Due::Prune {
            Self::prune_due(id);
            return Self::step_weight(due, 0, false);
        }
        let stale = T::WeightInfo::agenda_stale();
        let Some(job) = Jobs::<T>::get(id).filter(|job| job.turn == turn) else {
            return stale;
        };
        let seats = job.spec.assurance.seats();
        let disputed = match (due, job.state) {
            (Due::Draw, JobState::Open { .. }) => {
                Self::draw_due(id, job);
                false
            }
            (Due::Commit, JobState::Assigned { .. } | JobState::Auditing { .. }) => {
                Self::commit_missed_due(id, job);
                false
            }
            (Due::Audit, JobState::Deciding { .. }) => {
                Self::audit_due(id, job);
                false
            }
            (Due::Reveal, JobState::Committed { .. }) => Self::reveal_missed_due(id, job),
            (Due::Settle, JobState::Revealed { .. }) => Self::settle_due(id, job),
            _ => return stale,
        };
        Self::step_weight(due, seats, disputed)
    }
}

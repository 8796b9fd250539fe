//! Whose deadlines have passed, and which dispute is played next.

use crate::{
    descent,
    types::{DisputeOf, Game, Phase, Reserve, Turn},
    Config, Disputes, Event, Openings, Pallet, Queue, QueueEnds, ReserveUsed, SubjectOf, Turns, WeightInfo,
};
use alloc::vec::Vec;
use edgeproof_primitives::{BlobHash, BlockNumber, JobId, Move};
use pallet_support::{DisputedJobs, MAX_GAMES};
use polkadot_sdk::polkadot_sdk_frame::{deps::frame_support::weights::WeightMeter, prelude::*};

impl<T: Config> Pallet<T> {
    /// The most that one deadline can cost.
    pub(crate) fn worst_turn() -> Weight {
        T::WeightInfo::timeout()
            .max(T::WeightInfo::start())
            .saturating_add(T::WeightInfo::finish())
            .saturating_add(Self::worst_program())
    }

    /// The dearest answer of a game.
    pub(crate) fn worst_answer() -> Weight {
        T::WeightInfo::open_trace()
            .max(T::WeightInfo::open_node())
            .saturating_add(Self::worst_program())
            .max(Self::referee_weight(edgeproof_proofs::PROOF_BYTES))
    }

    fn full_blocks() -> u32 {
        ReserveUsed::<T>::get().full_blocks
    }

    fn ends(turn: &Turn) -> BlockNumber {
        let full = Self::full_blocks().saturating_sub(turn.full_blocks);
        turn.deadline.saturating_add(full)
    }

    /// Last block in which the game of `job` takes an answer.
    pub fn deadline(job: JobId) -> Option<BlockNumber> {
        Turns::<T>::get()
            .iter()
            .find(|turn| turn.job == job)
            .map(Self::ends)
    }

    /// Gives the parties of a game `blocks` from now.
    pub(crate) fn set_turn(job: JobId, blocks: BlockNumber) {
        let turn = Turn {
            job,
            deadline: Self::now().saturating_add(blocks),
            full_blocks: Self::full_blocks(),
        };
        Turns::<T>::mutate(|turns| match turns.iter_mut().find(|known| known.job == job) {
            Some(known) => *known = turn,
            None => {
                if turns.try_push(turn).is_err() {
                    defensive!("a game was started without a free place");
                }
            }
        });
    }

    pub(crate) fn end_turn(job: JobId) {
        Turns::<T>::mutate(|turns| turns.retain(|turn| turn.job != job));
    }

    pub(crate) fn has_free_game() -> bool {
        let most = T::Rules::get().max_games.clamp(1, MAX_GAMES);
        let (first, next) = QueueEnds::<T>::get();
        first == next && Turns::<T>::decode_len().unwrap_or(0) < most as usize
    }

    /// Starts the game of a suspended job, or lets it wait for a free place.
    pub(crate) fn start_or_queue(job: JobId, subject: &SubjectOf<T>, dispute: &mut DisputeOf<T>) {
        if !Self::has_free_game() {
            return Self::enqueue(job, dispute);
        }
        Self::deposit_event(Event::GameStarted { job });
        Self::begin_round(job, subject, dispute);
    }

    pub(crate) fn enqueue(job: JobId, dispute: &mut DisputeOf<T>) {
        dispute.phase = Phase::Waiting;
        QueueEnds::<T>::mutate(|(_, next)| {
            Queue::<T>::insert(*next, job);
            *next = next.wrapping_add(1);
        });
    }

    /// Ends what is overdue and starts what can be started, within the weight that `meter` has left.
    pub(crate) fn run_turns(meter: &mut WeightMeter) {
        if meter.try_consume(T::WeightInfo::turns_base()).is_err() {
            return;
        }
        let now = Self::now();
        let overdue: Vec<JobId> = Turns::<T>::get()
            .iter()
            .filter(|turn| Self::ends(turn) < now)
            .map(|turn| turn.job)
            .collect();
        for job in overdue {
            if meter.try_consume(Self::worst_turn()).is_err() {
                return;
            }
            Self::timeout(job);
        }
        let most = T::Rules::get().max_games.clamp(1, MAX_GAMES);
        while Turns::<T>::decode_len().unwrap_or(0) < most as usize {
            let (first, next) = QueueEnds::<T>::get();
            if first == next || meter.try_consume(Self::worst_turn()).is_err() {
                return;
            }
            QueueEnds::<T>::put((first.wrapping_add(1), next));
            if let Some(job) = Queue::<T>::take(first) {
                Self::start(job);
            }
        }
    }

    /// Starts the game of a dispute that has waited.
    pub(crate) fn start(job: JobId) {
        let (Some(subject), Some(mut dispute)) = (T::Jobs::subject(job), Disputes::<T>::get(job)) else {
            defensive!("a dispute waits that is none");
            return;
        };
        Self::take_waiting(job, &mut dispute);
        Self::deposit_event(Event::GameStarted { job });
        Self::begin_round(job, &subject, &mut dispute);
        Self::store(job, dispute);
    }

    /// The parties have let the deadline pass: who has not answered is removed.
    pub(crate) fn timeout(job: JobId) {
        let (Some(subject), Some(mut dispute)) = (T::Jobs::subject(job), Disputes::<T>::get(job)) else {
            defensive!("a game is played that is none");
            return Self::end_turn(job);
        };
        let Phase::Playing(game) = &dispute.phase else {
            defensive!("a game is played that is none");
            return Self::end_turn(job);
        };
        let game = game.clone();
        match game.next {
            Move::OpenTraces => {
                Self::join_or_remove(job, &mut dispute);
                Self::begin_round(job, &subject, &mut dispute);
            }
            Move::OpenNode { .. } => {
                let silent = Self::silent(job, &game);
                Self::remove_traces_keeping(job, &subject, &mut dispute, &silent);
            }
            Move::Referee { .. } => {
                Self::remove_all(job, &subject, &mut dispute);
            }
        }
        Self::store(job, dispute);
    }

    /// A claim that has not opened its trace stands with the one that leads to its result, if there is exactly one.
    fn join_or_remove(job: JobId, dispute: &mut DisputeOf<T>) {
        let known: Vec<(BlobHash, BlobHash)> = dispute
            .claims
            .iter()
            .filter_map(|claim| Some((claim.output_root, claim.trace_root?)))
            .collect();
        for claim in dispute
            .claims
            .iter_mut()
            .filter(|claim| claim.trace_root.is_none())
        {
            let mut traces = known
                .iter()
                .filter(|(output_root, _)| *output_root == claim.output_root)
                .map(|(_, trace_root)| *trace_root);
            let first = traces.next();
            claim.trace_root = first.filter(|first| traces.all(|other| other == *first));
        }
        Self::remove(job, dispute, |claim| claim.trace_root.is_none());
    }

    /// Traces whose hash of the open node nobody has opened.
    fn silent(job: JobId, game: &Game) -> Vec<BlobHash> {
        let unopened: Vec<_> = descent::distinct(&game.sides)
            .into_iter()
            .filter(|hash| !Openings::<T>::contains_key(job, hash))
            .collect();
        game.sides
            .iter()
            .filter(|side| unopened.contains(&side.claimed))
            .map(|side| side.trace_root)
            .collect()
    }

    /// Removes the sides that were silent. Those that are left and still differ at the open node go on there; otherwise a
    /// new round begins.
    fn remove_traces_keeping(
        job: JobId,
        subject: &SubjectOf<T>,
        dispute: &mut DisputeOf<T>,
        silent: &[BlobHash],
    ) {
        let Phase::Playing(game) = &mut dispute.phase else {
            return;
        };
        game.sides.retain(|side| !silent.contains(&side.trace_root));
        let goes_on = descent::distinct(&game.sides).len() > 1;
        if !goes_on {
            Self::remove_traces(job, subject, dispute, silent);
            return;
        }
        Self::remove(job, dispute, |claim| {
            claim.trace_root.is_some_and(|root| silent.contains(&root))
        });
        Self::descend_if_open(job, subject, dispute);
    }

    /// Counts the weight of an answer. A block whose reserve has no room for the dearest answer is full.
    pub fn note_answer(weight: Weight) {
        let now = Self::now();
        let mut reserve = Self::reserve_now();
        let was_full = Self::is_full(reserve.used);
        reserve.used = reserve.used.saturating_add(weight);
        if !was_full && Self::is_full(reserve.used) {
            reserve.full_blocks = reserve.full_blocks.saturating_add(1);
        }
        reserve.block = now;
        ReserveUsed::<T>::put(reserve);
    }

    fn reserve_now() -> Reserve {
        let reserve = ReserveUsed::<T>::get();
        if reserve.block == Self::now() {
            return reserve;
        }
        Reserve {
            used: Weight::zero(),
            ..reserve
        }
    }

    fn is_full(used: Weight) -> bool {
        used.saturating_add(Self::worst_answer())
            .any_gt(T::AnswerReserve::get())
    }

    /// Whether the block being built has room for an answer.
    pub fn admits_answer() -> bool {
        !Self::is_full(Self::reserve_now().used)
    }
}

//! How a game proceeds: from round to round, and to its end.

use crate::{
    descent::{self, Descent},
    program,
    types::{DisputeOf, Game, Phase, Side, MAX_BACKERS, MAX_CLAIMS},
    Config, Disputes, Event, Openings, Pallet, SubjectOf, WaitingClaims, WeightInfo,
};
use alloc::vec::Vec;
use edgeproof_primitives::{BlobHash, BlockNumber, Hash, JobId, Move, Tree};
use edgeproof_proofs::{trace, Node};
use pallet_support::DisputedJobs;
use polkadot_sdk::polkadot_sdk_frame::prelude::*;

/// What a step of a game has cost beyond its own weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spent {
    /// Bytes of the program that was read and verified.
    pub program_bytes: u32,
    /// The game has ended, and claims were slashed.
    pub finished: bool,
}

impl<T: Config> Pallet<T> {
    /// The block being built, as this chain's clients count.
    pub(crate) fn now() -> BlockNumber {
        frame_system::Pallet::<T>::block_number().saturated_into()
    }

    /// What loading a program of this many bytes costs; nothing when there was none to load.
    pub(crate) fn program_weight(bytes: u32) -> Weight {
        if bytes == 0 {
            return Weight::zero();
        }
        T::WeightInfo::load_program(bytes)
    }

    pub(crate) fn spent_weight(spent: Spent) -> Weight {
        let finish = if spent.finished {
            T::WeightInfo::finish()
        } else {
            Weight::zero()
        };
        Self::program_weight(spent.program_bytes).saturating_add(finish)
    }

    /// Blocks for an answer that a party can only give after it has executed the job again: twice the job's own time,
    /// and the time to hash what its steps write.
    fn replay_blocks(subject: &SubjectOf<T>, dispute: &DisputeOf<T>) -> BlockNumber {
        T::Rules::get().opening(subject.execution, dispute.shape.bytes)
    }

    fn ask(job: JobId, dispute: &mut DisputeOf<T>, next: Move, sides: Vec<Side>, blocks: BlockNumber) {
        Self::set_turn(job, blocks);
        Self::deposit_event(Event::Moved {
            job,
            next: next.clone(),
        });
        dispute.phase = Phase::Playing(Game {
            next,
            sides: BoundedVec::truncate_from(sides),
        });
    }

    /// Begins a round among the claims that stand, or ends the game when they agree.
    pub(crate) fn begin_round(job: JobId, subject: &SubjectOf<T>, dispute: &mut DisputeOf<T>) -> Spent {
        if !dispute.is_disputed() {
            Self::finish(job, subject, dispute);
            return Spent {
                finished: true,
                ..Default::default()
            };
        }
        let blocks = Self::replay_blocks(subject, dispute);
        if dispute.claims.iter().any(|claim| claim.trace_root.is_none()) {
            Self::ask(job, dispute, Move::OpenTraces, Vec::new(), blocks);
            return Spent::default();
        }
        // A trace has at least one step.
        let Ok(node) = trace::node(dispute.shape.steps).defensive() else {
            return Spent::default();
        };
        let sides = dispute.traces().into_iter().map(|trace_root| Side {
            trace_root,
            claimed: trace_root.0,
            words: BoundedVec::new(),
        });
        let next = Move::OpenNode {
            tree: Tree::Trace,
            node,
        };
        let sides = sides.collect();
        Self::ask(job, dispute, next, sides, blocks);
        Self::descend_if_open(job, subject, dispute)
    }

    /// Descends when every hash that is claimed for the open node has been opened.
    pub(crate) fn descend_if_open(job: JobId, subject: &SubjectOf<T>, dispute: &mut DisputeOf<T>) -> Spent {
        let Phase::Playing(Game {
            next: Move::OpenNode { tree, node },
            sides,
        }) = &dispute.phase
        else {
            return Spent::default();
        };
        let (tree, node, sides) = (*tree, *node, sides.to_vec());
        let hashes = descent::distinct(&sides);
        let openings: Option<Vec<_>> = hashes.iter().map(|hash| Openings::<T>::get(job, hash)).collect();
        let Some(openings) = openings else {
            return Spent::default();
        };
        let openings: Vec<_> = openings.iter().collect();
        Self::clear_openings(job);
        let led = descent::descend(tree, &node, &openings);
        let (next, sides, replay, bytes) =
            match led.and_then(|led| Self::follow(subject, tree, &hashes, sides, led)) {
                Some(next) => next,
                None => {
                    // Different hashes with the same parts would be a collision of BLAKE3.
                    defensive!("openings of different hashes agree");
                    return Self::remove_all(job, subject, dispute);
                }
            };
        let blocks = if replay {
            Self::replay_blocks(subject, dispute)
        } else {
            T::Rules::get().answer
        };
        Self::ask(job, dispute, next, sides, blocks);
        Spent {
            program_bytes: bytes,
            finished: false,
        }
    }

    /// What is asked next: the move, the sides with what they claim of it, whether it needs a replay, and bytes of the
    /// program that was read.
    fn follow(
        subject: &SubjectOf<T>,
        tree: Tree,
        hashes: &[Hash],
        mut sides: Vec<Side>,
        led: Descent,
    ) -> Option<(Move, Vec<Side>, bool, u32)> {
        let place = |side: &Side| hashes.iter().position(|hash| *hash == side.claimed);
        match led {
            Descent::Node(node, claimed) => {
                for side in &mut sides {
                    side.claimed = *claimed.get(place(side)?)?;
                }
                Some((Move::OpenNode { tree, node }, sides, false, 0))
            }
            Descent::Output(position, claimed) => {
                let (program, bytes) = Self::load_program(&subject.program).ok()?;
                let output = program::step_output(&program, position)?;
                for side in &mut sides {
                    side.claimed = *claimed.get(place(side)?)?;
                }
                let next = Move::OpenNode {
                    tree: Tree::Output(position),
                    node: Node::root(output.bytes).ok()?,
                };
                Some((next, sides, true, bytes))
            }
            Descent::Word(word, chunks) => {
                let Tree::Output(position) = tree else {
                    return None;
                };
                let (program, bytes) = Self::load_program(&subject.program).ok()?;
                let width = program::step_output(&program, position)?.width;
                let invocation = word.checked_div(width)?;
                let first = invocation.checked_mul(width)?;
                for side in &mut sides {
                    side.words = descent::words_of(chunks.get(place(side)?)?, first, width)?;
                }
                let next = Move::Referee { position, invocation };
                Some((next, sides, false, bytes))
            }
        }
    }

    pub(crate) fn clear_openings(job: JobId) {
        // At most one for each claim of a game.
        let _ = Openings::<T>::clear_prefix(job, MAX_CLAIMS, None);
    }

    /// Removes the claims that `falls` names.
    pub(crate) fn remove(
        job: JobId,
        dispute: &mut DisputeOf<T>,
        falls: impl Fn(&crate::types::ClaimOf<T>) -> bool,
    ) {
        let (removed, stay): (Vec<_>, Vec<_>) = core::mem::take(&mut dispute.claims)
            .into_iter()
            .partition(|claim| falls(claim));
        dispute.claims = BoundedVec::truncate_from(stay);
        for claim in removed {
            Self::deposit_event(Event::Removed {
                job,
                operator: claim.operator.clone(),
                output_root: claim.output_root,
            });
            // As many as were claims of this game: there is room.
            if dispute.refuted.try_push(claim).is_err() {
                defensive!("more claims were refuted than a game has");
            }
        }
    }

    /// Removes the sides of a game with these traces, and goes on among the others.
    pub(crate) fn remove_traces(
        job: JobId,
        subject: &SubjectOf<T>,
        dispute: &mut DisputeOf<T>,
        traces: &[BlobHash],
    ) -> Spent {
        Self::remove(job, dispute, |claim| {
            claim.trace_root.is_some_and(|root| traces.contains(&root))
        });
        Self::clear_openings(job);
        Self::begin_round(job, subject, dispute)
    }

    pub(crate) fn remove_all(job: JobId, subject: &SubjectOf<T>, dispute: &mut DisputeOf<T>) -> Spent {
        Self::remove(job, dispute, |_| true);
        Self::clear_openings(job);
        Self::begin_round(job, subject, dispute)
    }

    /// The claims that stand agree. Slashes those that were refuted, the first claim that stands being the finder; then
    /// the next game begins, or the job goes on.
    pub(crate) fn finish(job: JobId, subject: &SubjectOf<T>, dispute: &mut DisputeOf<T>) {
        Self::clear_openings(job);
        Self::end_turn(job);
        let first = dispute.claims.first().map(|claim| claim.stash.clone());
        Self::slash_refuted(job, subject, dispute, first.as_ref());
        let output_root = dispute.only_root();
        Self::deposit_event(Event::GameEnded { job, output_root });
        if dispute.has_waiting() {
            Self::make_room(job, dispute);
            Self::enqueue(job, dispute);
            return;
        }
        dispute.phase = Phase::Decided;
        if let (Some(output_root), Some(first)) = (output_root, dispute.claims.first()) {
            T::Jobs::resume(job, output_root, (first.operator.clone(), first.stash.clone()));
        }
    }

    pub(crate) fn slash_refuted(
        job: JobId,
        subject: &SubjectOf<T>,
        dispute: &mut DisputeOf<T>,
        finder: Option<&T::AccountId>,
    ) {
        for claim in core::mem::take(&mut dispute.refuted) {
            Self::slash_bond(job, subject, &claim, finder);
        }
    }

    /// Releases backers that would leave no place for the claims that wait.
    fn make_room(job: JobId, dispute: &mut DisputeOf<T>) {
        let mut kept = 0usize;
        let claims = core::mem::take(&mut dispute.claims);
        let (stay, go): (Vec<_>, Vec<_>) = claims.into_iter().partition(|claim| {
            kept = kept.saturating_add(1);
            claim.seat || kept <= MAX_BACKERS
        });
        dispute.claims = BoundedVec::truncate_from(stay);
        go.iter().for_each(|claim| Self::release_bond(job, claim));
    }

    /// Takes claims that wait into the game that begins.
    pub(crate) fn take_waiting(job: JobId, dispute: &mut DisputeOf<T>) {
        while dispute.has_waiting() && dispute.has_room() {
            let number = dispute.first_waiting;
            dispute.first_waiting = number.saturating_add(1);
            if let Some(claim) = WaitingClaims::<T>::take(job, number) {
                let _ = dispute.claims.try_push(claim);
            }
        }
    }

    /// Stores what has become of a dispute. One without any claim is over, and the job is drawn again.
    pub(crate) fn store(job: JobId, dispute: DisputeOf<T>) {
        if dispute.claims.is_empty() && matches!(dispute.phase, Phase::Decided) {
            Disputes::<T>::remove(job);
            T::Jobs::restart(job);
        } else {
            Disputes::<T>::insert(job, dispute);
        }
    }
}

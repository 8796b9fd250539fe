//! The referee game, as far as a worker meets it.

use super::{descent, Call, World, ANSWER};
use edgeproof_client::{
    AccountId, ClaimInfo, DisputeInfo, DisputePhase, JobInfo, JobPhase, JobState, SideInfo,
};
use edgeproof_kernel::Verified;
use edgeproof_primitives::{BlobHash, BlockNumber, Hash, JobId, Move, TraceOpening, Tree};
use edgeproof_proofs::{output_root, trace, Node, NodeOpening};
use std::collections::BTreeMap;

/// A dispute about one job.
#[derive(Clone, Debug)]
pub(crate) struct Dispute {
    claims: Vec<ClaimInfo>,
    refuted: Vec<ClaimInfo>,
    waiting: Vec<ClaimInfo>,
    /// None while one result stands.
    game: Option<Game>,
    openings: BTreeMap<Hash, NodeOpening>,
}

#[derive(Clone, Debug)]
struct Game {
    next: Move,
    deadline: BlockNumber,
    sides: Vec<SideInfo>,
    /// What each side claims as the words of the disputed invocation.
    words: Vec<Vec<u32>>,
}

impl Dispute {
    pub fn info(&self, job: JobId) -> DisputeInfo {
        DisputeInfo {
            job,
            claims: self.claims.clone(),
            phase: match &self.game {
                None => DisputePhase::Decided,
                Some(game) => DisputePhase::Playing {
                    next: game.next.clone(),
                    deadline: game.deadline,
                    sides: game.sides.clone(),
                    opened: self.openings.keys().copied().collect(),
                },
            },
        }
    }

    pub fn waits(&self, operator: &AccountId) -> bool {
        self.waiting.iter().any(|claim| claim.operator == *operator)
    }

    fn ask(&mut self, next: Move, sides: Vec<SideInfo>, words: Vec<Vec<u32>>, now: BlockNumber) {
        self.game = Some(Game {
            next,
            deadline: now + ANSWER,
            sides,
            words,
        });
    }

    fn traces(&self) -> Vec<BlobHash> {
        let mut traces: Vec<BlobHash> = Vec::new();
        for trace in self.claims.iter().filter_map(|claim| claim.trace_root) {
            if !traces.contains(&trace) {
                traces.push(trace);
            }
        }
        traces
    }

    fn is_agreed(&self) -> bool {
        let one_root = self
            .claims
            .windows(2)
            .all(|pair| pair[0].output_root == pair[1].output_root);
        one_root && self.traces().len() < 2
    }

    fn remove(&mut self, falls: impl Fn(&ClaimInfo) -> bool) {
        let (fallen, stay) = std::mem::take(&mut self.claims)
            .into_iter()
            .partition(|claim| falls(claim));
        self.claims = stay;
        let fallen: Vec<ClaimInfo> = fallen;
        self.refuted.extend(fallen);
        self.openings.clear();
    }
}

impl World {
    fn verified(&self, job: &JobInfo) -> Verified {
        Verified::from_bytes(&self.programs[&job.spec.program]).unwrap()
    }

    fn new_dispute(job: &JobInfo) -> Dispute {
        let claims = job.seats.iter().filter_map(|seat| {
            Some(ClaimInfo {
                operator: seat.operator,
                stash: seat.stash,
                bond: seat.bond,
                seat: true,
                output_root: seat.revealed.as_ref()?.output_root,
                trace_root: None,
            })
        });
        Dispute {
            claims: claims.collect(),
            refuted: Vec::new(),
            waiting: Vec::new(),
            game: None,
            openings: BTreeMap::new(),
        }
    }

    /// Seats have revealed different results.
    pub(super) fn open_dispute(&mut self, job: &mut JobInfo) {
        let mut dispute = Self::new_dispute(job);
        dispute.ask(Move::OpenTraces, Vec::new(), Vec::new(), self.block);
        self.disputes.insert(job.id, dispute);
    }

    pub(super) fn apply_to_dispute(&mut self, mut job: JobInfo, who: &AccountId, call: &Call) -> Option<()> {
        let now = self.block;
        let program = self.verified(&job);
        let mut dispute = match (self.disputes.get(&job.id), call) {
            (Some(dispute), _) => dispute.clone(),
            (None, Call::Claim(..) | Call::Prove(..)) => Self::new_dispute(&job),
            (None, _) => return None,
        };
        let game = dispute.game.clone();
        match call {
            Call::Claim(root, opened) => {
                let window_ends = match job.phase {
                    JobPhase::Revealed { settles_at } => settles_at - 1,
                    JobPhase::Disputed { window_ends } => window_ends,
                    _ => return None,
                };
                let known = dispute
                    .claims
                    .iter()
                    .chain(&dispute.refuted)
                    .chain(&dispute.waiting);
                if now > window_ends || known.clone().any(|claim| claim.operator == *who) {
                    return None;
                }
                check_trace(&program, root, opened)?;
                let is_new = dispute.claims.iter().all(|claim| claim.output_root != *root);
                let claim = ClaimInfo {
                    operator: *who,
                    stash: *who,
                    bond: 20,
                    seat: false,
                    output_root: *root,
                    trace_root: Some(opened.trace_root),
                };
                match &game {
                    None => {
                        dispute.claims.push(claim);
                        if !dispute.is_agreed() {
                            job.phase = JobPhase::Disputed { window_ends };
                            dispute
                                .openings
                                .insert(opened.trace_root.0, opened.opening.clone());
                            self.begin_round(&mut job, &mut dispute, &program);
                        }
                    }
                    Some(game) if game.next == Move::OpenTraces => {
                        dispute.claims.push(claim);
                        dispute
                            .openings
                            .insert(opened.trace_root.0, opened.opening.clone());
                    }
                    Some(_) => dispute.waiting.push(claim),
                }
                if let (true, JobPhase::Disputed { window_ends }) = (is_new, &mut job.phase) {
                    *window_ends = now + job.window;
                }
            }
            Call::OpenTrace(opened) => {
                if game?.next != Move::OpenTraces {
                    return None;
                }
                let claim = dispute.claims.iter_mut().find(|claim| claim.operator == *who)?;
                if claim.trace_root.is_some() {
                    return None;
                }
                check_trace(&program, &claim.output_root, opened)?;
                claim.trace_root = Some(opened.trace_root);
                dispute
                    .openings
                    .insert(opened.trace_root.0, opened.opening.clone());
                if dispute.claims.iter().all(|claim| claim.trace_root.is_some()) {
                    self.begin_round(&mut job, &mut dispute, &program);
                }
            }
            Call::OpenNode(opening) => {
                let game = game?;
                let Move::OpenNode { node, .. } = &game.next else {
                    return None;
                };
                let claim = dispute.claims.iter().find(|claim| claim.operator == *who)?;
                let side = game
                    .sides
                    .iter()
                    .find(|side| Some(side.trace_root) == claim.trace_root)?;
                opening.verify(node, &side.claimed).ok()?;
                if dispute.openings.insert(side.claimed, opening.clone()).is_some() {
                    return None;
                }
                self.descend_if_open(&mut dispute, &program);
            }
            Call::Referee(witness) => {
                let game = game?;
                let Move::Referee { position, invocation } = game.next else {
                    return None;
                };
                let traces: Vec<BlobHash> = game.sides.iter().map(|side| side.trace_root).collect();
                let words = descent::execute(&program, &job.spec, (position, invocation), witness, &traces)?;
                let wrong: Vec<BlobHash> = game
                    .sides
                    .iter()
                    .zip(&game.words)
                    .filter(|(_, said)| **said != words)
                    .map(|(side, _)| side.trace_root)
                    .collect();
                dispute.remove(|claim| claim.trace_root.is_some_and(|root| wrong.contains(&root)));
                self.begin_round(&mut job, &mut dispute, &program);
            }
            Call::Prove(root, proof) => {
                if dispute.claims.iter().all(|claim| claim.output_root != *root) {
                    return None;
                }
                let position = program.output_position(usize::from(proof.output))?;
                let at = (position, proof.invocation);
                let right = descent::execute(&program, &job.spec, at, &proof.witness, &[])?;
                let roots: Vec<Hash> = match &proof.roots[..] {
                    [] => vec![root.0],
                    roots => roots.iter().map(|root| root.0).collect(),
                };
                if output_root(&roots) != root.0 {
                    return None;
                }
                let bytes = descent::output_bytes(&program, position)?;
                let wrong = roots.get(usize::from(proof.output))?;
                let mut opened = proof.claimed.verify(wrong, bytes, 1).ok()?;
                let first = proof.invocation * right.len() as u32;
                let said: Option<Vec<u32>> = (first..first + right.len() as u32)
                    .map(|at| opened.get(at).ok())
                    .collect();
                if said? == right {
                    return None;
                }
                dispute.remove(|claim| claim.output_root == *root);
                let (JobPhase::Revealed { settles_at: end } | JobPhase::Disputed { window_ends: end }) =
                    job.phase
                else {
                    return None;
                };
                job.phase = JobPhase::Disputed { window_ends: end };
                self.begin_round(&mut job, &mut dispute, &program);
            }
            Call::Commit(_)
            | Call::Reveal(_)
            | Call::ServeChunk(_)
            | Call::ReportUnavailable(_)
            | Call::Judge(_) => return None,
        }
        self.store(job, dispute);
        Some(())
    }

    /// Ends what is overdue.
    pub(super) fn time_out_games(&mut self) {
        for id in self.disputes.keys().copied().collect::<Vec<_>>() {
            let mut dispute = self.disputes[&id].clone();
            let (Some(game), Some(mut job)) = (dispute.game.clone(), self.live(id)) else {
                continue;
            };
            if self.block <= game.deadline {
                continue;
            }
            let program = self.verified(&job);
            match game.next {
                Move::OpenTraces => dispute.remove(|claim| claim.trace_root.is_none()),
                Move::OpenNode { .. } => {
                    let opened: Vec<Hash> = dispute.openings.keys().copied().collect();
                    let silent: Vec<BlobHash> = game
                        .sides
                        .iter()
                        .filter(|side| !opened.contains(&side.claimed))
                        .map(|side| side.trace_root)
                        .collect();
                    dispute.remove(|claim| claim.trace_root.is_some_and(|root| silent.contains(&root)));
                }
                Move::Referee { .. } => dispute.remove(|_| true),
            }
            self.begin_round(&mut job, &mut dispute, &program);
            self.store(job, dispute);
        }
    }

    fn store(&mut self, job: JobInfo, dispute: Dispute) {
        let id = job.id;
        if dispute.claims.is_empty() {
            self.disputes.remove(&id);
            self.jobs.insert(id, super::lost(&job, self.block));
        } else {
            self.disputes.insert(id, dispute);
            self.jobs.insert(id, JobState::Live(Box::new(job)));
        }
    }

    fn begin_round(&mut self, job: &mut JobInfo, dispute: &mut Dispute, program: &Verified) {
        if dispute.is_agreed() {
            return self.finish(job, dispute, program);
        }
        if dispute.claims.iter().any(|claim| claim.trace_root.is_none()) {
            return dispute.ask(Move::OpenTraces, Vec::new(), Vec::new(), self.block);
        }
        let sides = dispute.traces().into_iter().map(|trace_root| SideInfo {
            trace_root,
            claimed: trace_root.0,
        });
        let next = Move::OpenNode {
            tree: Tree::Trace,
            node: trace::node(program.trace_length()).unwrap(),
        };
        dispute.ask(next, sides.collect(), Vec::new(), self.block);
        self.descend_if_open(dispute, program);
    }

    fn descend_if_open(&mut self, dispute: &mut Dispute, program: &Verified) {
        let Some(Game {
            next: Move::OpenNode { tree, node },
            sides,
            ..
        }) = &dispute.game
        else {
            return;
        };
        let openings: Option<Vec<&NodeOpening>> = sides
            .iter()
            .map(|side| dispute.openings.get(&side.claimed))
            .collect();
        let Some(openings) = openings else {
            return;
        };
        let (next, claimed, words) = descent::descend(program, *tree, node, &openings);
        let sides = sides.iter().zip(&claimed).map(|(side, claimed)| SideInfo {
            claimed: *claimed,
            ..*side
        });
        let sides = sides.collect();
        dispute.openings.clear();
        dispute.ask(next, sides, words, self.block);
    }

    fn finish(&mut self, job: &mut JobInfo, dispute: &mut Dispute, program: &Verified) {
        dispute.game = None;
        dispute.openings.clear();
        for claim in std::mem::take(&mut dispute.refuted) {
            self.slashed.push((job.id, claim.operator));
            job.seats.retain(|seat| seat.operator != claim.operator);
        }
        let Some(first) = dispute.claims.first().map(|claim| claim.output_root) else {
            return;
        };
        if !dispute.waiting.is_empty() {
            dispute.claims.append(&mut dispute.waiting);
            return self.begin_round(job, dispute, program);
        }
        if let JobPhase::Disputed { window_ends } = job.phase {
            job.standing = job.seats.is_empty().then_some(first);
            job.phase = JobPhase::Revealed {
                settles_at: window_ends.max(self.block) + 1,
            };
        }
    }
}

fn check_trace(program: &Verified, root: &BlobHash, opened: &TraceOpening) -> Option<()> {
    let steps = program.trace_length();
    let outputs: Vec<u32> = (0..program.program().outputs.len())
        .map(|output| program.output_position(output).unwrap())
        .collect();
    trace::check_outputs(&opened.outputs, &opened.trace_root.0, steps, &outputs, &root.0).ok()?;
    let top: Node = trace::node(steps).unwrap();
    opened.opening.verify(&top, &opened.trace_root.0).ok()
}

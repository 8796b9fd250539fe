use super::{
    decide::{decide, Action, Ask},
    folders::Folders,
    handle::{Answer, Answered, Players},
    Case, DisputeConfig,
};
use crate::{chain::Chain, compute::Device};
use edgeproof_client::{blobs::BlobStore, AccountId, ClientError, DisputePhase, JobInfo, JobPhase};
use edgeproof_primitives::BlockNumber;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use tracing::{debug, info, warn};

/// Plays the disputes of an operator.
pub struct Disputes {
    operator: AccountId,
    config: DisputeConfig,
    players: Players,
    folders: Folders,
    /// Games in which the operator stands for a result, whoever has to move.
    played: HashSet<Case>,
    /// What is owed now.
    games: HashMap<Case, Game>,
    now: BlockNumber,
}

/// What may be forgotten when the worker is killed.
struct Game {
    ask: Ask,
    progress: Progress,
    /// What went wrong last.
    trouble: String,
}

/// How far the answer to a question is.
enum Progress {
    /// A player has to be asked, not before this block.
    Open(BlockNumber),
    /// A player thinks about it.
    Asked,
    /// It is known, and was sent after this block.
    Known(Box<Answer>, Option<BlockNumber>),
}

impl Disputes {
    /// Has not looked at the chain yet.
    pub fn new(
        operator: AccountId,
        device: Device,
        store: Arc<dyn BlobStore>,
        config: DisputeConfig,
    ) -> Self {
        Self {
            operator,
            folders: Folders::new(config.folder.clone()),
            players: Players::new(device, store, config.clone()),
            config,
            played: HashSet::new(),
            games: HashMap::new(),
            now: 0,
        }
    }

    /// Does after best block `now` what the disputes about these jobs need: all live ones of which the operator answers
    /// for a result, except those whose state could not be read now. For the cases that are `aside`, which are those and
    /// the ones whose folder somebody else uses, nothing is forgotten and no player is asked.
    pub(crate) async fn attend<C: Chain>(
        &mut self,
        chain: &C,
        jobs: &[JobInfo],
        aside: &HashSet<Case>,
        now: BlockNumber,
    ) {
        self.now = now;
        let disputed = |job: &&JobInfo| matches!(job.phase, JobPhase::Disputed { .. });
        let cases: HashSet<Case> = jobs.iter().filter(disputed).map(Case::of).collect();
        let is_disputed = |case: &Case| cases.contains(case) || aside.contains(case);
        self.games.retain(|case, _| is_disputed(case));
        self.played.retain(is_disputed);
        let held: HashSet<Case> = jobs.iter().map(Case::of).collect();
        self.players
            .keep(|case| held.contains(case) || aside.contains(case));
        for job in jobs.iter().filter(disputed) {
            self.attend_one(chain, job, !aside.contains(&Case::of(job))).await;
        }
        let needed = held.iter().chain(aside).chain(self.players.cases());
        let needed = needed.map(Case::folder).collect();
        self.folders.sweep(&needed, now, self.config.forget);
    }

    /// Makes a case's folder free for somebody else; false while its player thinks.
    pub(crate) fn release(&mut self, case: &Case) -> bool {
        self.players.release(case)
    }

    /// True while a game is played, or waits to be, in which the operator stands for a result.
    pub fn is_playing(&self) -> bool {
        !self.played.is_empty()
    }

    /// Waits for a player. Dropping the future loses nothing.
    pub(crate) async fn answered(&mut self) -> Answered {
        self.players.answered().await
    }

    /// Sends what a player says.
    pub(crate) async fn take<C: Chain>(&mut self, chain: &C, answered: Answered) {
        let Answered { case, ask, result } = answered;
        let Some(game) = self.games.get_mut(&case).filter(|game| game.ask == ask) else {
            return;
        };
        match result {
            Ok(answer) => game.progress = Progress::Known(Box::new(answer), None),
            Err(error) => {
                let again = if error.may_pass() {
                    self.now.saturating_add(self.config.retry)
                } else {
                    BlockNumber::MAX
                };
                game.progress = Progress::Open(again);
                game.trouble(&case, error.to_string());
            }
        }
        self.send(chain, &case).await;
    }

    async fn attend_one<C: Chain>(&mut self, chain: &C, job: &JobInfo, may_ask: bool) {
        let case = Case::of(job);
        let dispute = match chain.dispute(job.id).await {
            Ok(Some(dispute)) => dispute,
            // The job moves on in the same block as its dispute ends.
            Ok(None) => return,
            Err(error) => {
                debug!("job {}: {error}", job.id);
                return;
            }
        };
        if dispute.claim_of(&self.operator).is_some() && dispute.phase != DisputePhase::Decided {
            self.played.insert(case);
        } else {
            self.played.remove(&case);
        }
        match decide(&dispute, &self.operator, self.now) {
            Action::Wait => {
                self.games.remove(&case);
            }
            Action::TooLate(ask) => {
                let game = self.game(case, ask);
                game.trouble(&case, "the answer cannot be given in time any more".into());
            }
            Action::Answer(ask) => {
                self.game(case, ask);
                if may_ask {
                    self.ask(chain, &case, job).await;
                }
                self.send(chain, &case).await;
            }
        }
    }

    /// The game as it asks now.
    fn game(&mut self, case: Case, ask: Ask) -> &mut Game {
        let new = || Game {
            ask,
            progress: Progress::Open(0),
            trouble: String::new(),
        };
        let game = self.games.entry(case).or_insert_with(new);
        if game.ask != ask {
            *game = new();
        }
        game
    }

    /// Asks the player, unless it was asked.
    async fn ask<C: Chain>(&mut self, chain: &C, case: &Case, job: &JobInfo) {
        let Some(game) = self.games.get_mut(case) else {
            return;
        };
        match game.progress {
            Progress::Open(at) if self.now >= at => {}
            _ => return,
        }
        if !self.players.is_seated(case) {
            match chain.program(job.spec.program).await {
                Ok(code) => self.players.seat(*case, job.spec.clone(), code),
                Err(error) => return game.trouble(case, error.to_string()),
            }
        }
        match self.players.ask(case, game.ask) {
            Ok(()) => {
                info!("job {} disputed: {}", case.job, describe(&game.ask));
                game.progress = Progress::Asked;
            }
            Err(error) => game.trouble(case, error.to_string()),
        }
    }

    /// Sends the answer when it is known, and again when it has not moved the game for long.
    async fn send<C: Chain>(&mut self, chain: &C, case: &Case) {
        let (now, resend) = (self.now, self.config.resend);
        let Some(game) = self.games.get_mut(case) else {
            return;
        };
        let Progress::Known(answer, sent) = &mut game.progress else {
            return;
        };
        let is_due = sent.is_none_or(|sent| now < sent || now - sent >= resend);
        if !is_due {
            return;
        }
        match say(chain, case, answer).await {
            Ok(()) => {
                *sent = Some(now);
                info!("job {} disputed: answer sent", case.job);
            }
            Err(error) => {
                *sent = None;
                game.trouble(case, format!("answer not sent: {error}"));
            }
        }
    }
}

impl Game {
    /// Says what went wrong, once.
    fn trouble(&mut self, case: &Case, text: String) {
        if self.trouble != text {
            warn!("job {} disputed: {text}", case.job);
            self.trouble = text;
        }
    }
}

async fn say<C: Chain>(chain: &C, case: &Case, answer: &Answer) -> Result<(), ClientError> {
    match answer {
        Answer::Trace(opening) => chain.open_trace(case.job, (**opening).clone()).await,
        Answer::Node(opening) => chain.open_node(case.job, opening.clone()).await,
        Answer::Witness(witness) => chain.referee(case.job, (**witness).clone()).await,
    }
}

fn describe(ask: &Ask) -> String {
    match ask {
        Ask::Trace { .. } => "opening the trace, which computes the job again".into(),
        Ask::Node { tree, node, .. } => format!(
            "opening {} chunks of {tree:?} from byte {}",
            node.chunks(),
            node.first_byte()
        ),
        Ask::Witness { position, invocation } => {
            format!("showing what invocation {invocation} at position {position} reads")
        }
    }
}

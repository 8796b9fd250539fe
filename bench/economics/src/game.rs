//! One job from commitment to settlement, as the chain settles it (protocol.md, sections 2 to 5).

use crate::{
    chance::{Chance, Owner},
    setting::{Setting, COMPENSATION, FINDER_SHARE, WORKER_SHARE},
};

/// What a worker commits to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Right,
    Wrong,
    /// The commitment of somebody else. It binds that worker, so it opens for nobody but that worker.
    Copied,
}

/// What the player does in one game.
#[derive(Clone, Copy, Debug)]
pub struct Play {
    /// What its workers commit to.
    pub answer: Answer,
    /// What its auditor commits to, should it be drawn.
    pub audit: Answer,
    /// Its workers keep silent at the reveal.
    pub silent: bool,
    /// It posted the job itself.
    pub posts: bool,
    /// It refutes its own workers with the right result.
    pub challenges: bool,
    /// What it spends on computing.
    pub spent: f64,
    /// Part of the burn of its job that issuance returns to the workers.
    pub returned: f64,
}

/// Where money comes from and goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    Player,
    Strangers,
    Requester,
    Burned,
    Issued,
    /// The world outside: what computing costs, and who profits from a wrong result.
    Outside,
}

/// What a game has moved. The sum of all accounts is zero.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ledger([f64; 6]);

impl Ledger {
    pub fn of(&self, account: Account) -> f64 {
        self.0[account as usize]
    }

    fn pay(&mut self, from: Account, to: Account, amount: f64) {
        self.0[from as usize] -= amount;
        self.0[to as usize] += amount;
    }
}

struct Worker {
    owner: Owner,
    answer: Answer,
    reveals: bool,
}

impl Owner {
    fn account(self) -> Account {
        match self {
            Owner::Player => Account::Player,
            Owner::Stranger => Account::Strangers,
        }
    }
}

fn workers(chance: &Chance, play: &Play) -> Vec<Worker> {
    let worker = |owner: Owner, answer: Answer, silent: bool| match owner {
        Owner::Stranger => Worker {
            owner,
            answer: Answer::Right,
            reveals: true,
        },
        Owner::Player => Worker {
            owner,
            answer,
            reveals: answer != Answer::Copied && !silent,
        },
    };
    let own = (0..chance.own_seats).map(|_| worker(Owner::Player, play.answer, play.silent));
    let strange = (0..chance.strange_seats).map(|_| worker(Owner::Stranger, Answer::Right, false));
    let auditor = chance.auditor.map(|owner| worker(owner, play.audit, false));
    own.chain(strange).chain(auditor).collect()
}

struct Game<'a> {
    setting: &'a Setting,
    play: &'a Play,
    ledger: Ledger,
}

impl Game<'_> {
    fn requester(&self) -> Account {
        if self.play.posts {
            Account::Player
        } else {
            Account::Requester
        }
    }

    /// Takes the whole bond: the requester is made whole, the finder gets its share of the rest, what is left is burned.
    fn slash(&mut self, worker: Owner, finder: Option<Owner>) {
        let bond = self.setting.assurance.bond;
        let compensation = COMPENSATION.min(bond);
        let reward = finder.map_or(0.0, |_| FINDER_SHARE * (bond - compensation));
        let worker = worker.account();
        self.ledger.pay(worker, self.requester(), compensation);
        if let Some(finder) = finder {
            self.ledger.pay(worker, finder.account(), reward);
        }
        self.ledger
            .pay(worker, Account::Burned, bond - compensation - reward);
    }

    /// Pays the fee of a seat, and what issuance returns of its burn.
    fn pay(&mut self, worker: Owner) {
        let burn = 1.0 - WORKER_SHARE;
        self.ledger.pay(self.requester(), worker.account(), WORKER_SHARE);
        self.ledger.pay(self.requester(), Account::Burned, burn);
        self.ledger
            .pay(Account::Issued, worker.account(), self.play.returned * burn);
    }
}

/// Plays one game to its end.
pub fn settle(setting: &Setting, chance: &Chance, play: &Play) -> Ledger {
    let mut game = Game {
        setting,
        play,
        ledger: Ledger::default(),
    };
    game.ledger.pay(Account::Player, Account::Outside, play.spent);

    let (revealed, silent): (Vec<Worker>, Vec<Worker>) = workers(chance, play)
        .into_iter()
        .partition(|worker| worker.reveals);
    for worker in &silent {
        game.slash(worker.owner, None);
    }
    let (right, wrong): (Vec<Worker>, Vec<Worker>) = revealed
        .into_iter()
        .partition(|worker| worker.answer == Answer::Right);

    // One honest claim is enough: the referee removes every wrong root.
    let finder = right
        .first()
        .map(|worker| worker.owner)
        .or(play.challenges.then_some(Owner::Player))
        .or(chance.watched.then_some(Owner::Stranger));
    match finder {
        Some(finder) => {
            for worker in &wrong {
                game.slash(worker.owner, Some(finder));
            }
            for worker in &right {
                game.pay(worker.owner);
            }
            // The first backer of a root that no seat revealed is paid like the first seat.
            if right.is_empty() && !wrong.is_empty() {
                game.pay(finder);
            }
        }
        None => {
            for worker in &wrong {
                game.pay(worker.owner);
            }
            if !wrong.is_empty() {
                game.ledger.pay(Account::Outside, Account::Player, setting.gain);
            }
        }
    }
    game.ledger
}

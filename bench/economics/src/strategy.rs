//! Ways to cheat, and what honest behaviour would bring in their place.

use crate::{
    chance::{Chance, Owner, Place},
    game::{Answer, Play},
    setting::{COST, RETURNED_BURN},
};

/// Part of its jobs in which a random liar lies.
pub const LIE_RATE: f64 = 0.1;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Alone, commits a random output without computing.
    Lazy,
    /// Alone, computes everything and lies now and then.
    RandomLies,
    /// Waits for the public draw, and when it holds every seat, agrees on a wrong result without computing.
    Collusion,
    /// An auditor that copies a worker's commitment in place of computing.
    Copycat,
    /// As [`Self::Collusion`], but keeps silent when a stranger is drawn to audit.
    Withholding,
    /// Posts a job, holds every seat, lies and refutes itself for the finder's share.
    SelfChallenge,
    /// Posts jobs that cost nothing to compute, to collect the issuance for them.
    SelfDealing,
}

pub const ALL: [Strategy; 7] = [
    Strategy::Lazy,
    Strategy::RandomLies,
    Strategy::Collusion,
    Strategy::Copycat,
    Strategy::Withholding,
    Strategy::SelfChallenge,
    Strategy::SelfDealing,
];

const HONEST: Play = Play {
    answer: Answer::Right,
    audit: Answer::Right,
    silent: false,
    posts: false,
    challenges: false,
    spent: COST,
    returned: 0.0,
};

const LIE: Play = Play {
    answer: Answer::Wrong,
    audit: Answer::Wrong,
    spent: 0.0,
    ..HONEST
};

impl Strategy {
    pub fn name(self) -> &'static str {
        match self {
            Self::Lazy => "lazy",
            Self::RandomLies => "random lies",
            Self::Collusion => "collusion",
            Self::Copycat => "copycat",
            Self::Withholding => "withholding",
            Self::SelfChallenge => "self-challenge",
            Self::SelfDealing => "self-dealing",
        }
    }

    /// True when the strategy is played by many keys of one owner.
    pub fn colludes(self) -> bool {
        matches!(
            self,
            Self::Collusion | Self::Withholding | Self::SelfChallenge | Self::SelfDealing
        )
    }

    /// Where the player sits.
    pub fn place(self) -> Place {
        match self {
            Self::Copycat => Place::Auditor,
            _ => Place::FirstSeat,
        }
    }

    /// What the player does after the draw, which is public. `None` when it stays honest, and there is nothing to compare.
    pub fn play(self, chance: &Chance) -> Option<Play> {
        match self {
            Self::Lazy => Some(LIE),
            Self::RandomLies if chance.coin < LIE_RATE => Some(Play { spent: COST, ..LIE }),
            Self::RandomLies => Some(HONEST),
            Self::Collusion => chance.all_seats().then_some(LIE),
            Self::Copycat => Some(Play {
                audit: Answer::Copied,
                spent: 0.0,
                ..HONEST
            }),
            Self::Withholding => chance.all_seats().then_some(Play {
                silent: chance.auditor == Some(Owner::Stranger),
                ..LIE
            }),
            Self::SelfChallenge => chance.all_seats().then_some(Play {
                audit: Answer::Right,
                posts: true,
                challenges: true,
                ..LIE
            }),
            Self::SelfDealing => Some(Play {
                posts: true,
                spent: 0.0,
                returned: RETURNED_BURN,
                ..HONEST
            }),
        }
    }

    /// What the player would do instead: honest work, or nothing where the job exists only for the strategy.
    pub fn honest(self) -> Option<Play> {
        match self {
            Self::SelfChallenge | Self::SelfDealing => None,
            _ => Some(HONEST),
        }
    }
}

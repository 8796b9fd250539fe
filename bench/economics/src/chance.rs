//! What chance decides in one game.

use fastrand::Rng;

use crate::setting::Setting;

/// Workers that could be drawn. So many that a seat more or less changes no share.
const WORKERS: u32 = 10_000;

/// Whom a key belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Whoever plays the strategy.
    Player,
    Stranger,
}

/// The seat from which the strategy is played. Its holder was drawn: games without it are not played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    FirstSeat,
    Auditor,
}

/// How chance falls out.
#[derive(Clone, Debug)]
pub struct Chance {
    /// Seats that the player holds.
    pub own_seats: usize,
    /// Seats that strangers hold.
    pub strange_seats: usize,
    /// Who was drawn to audit, if the job is audited.
    pub auditor: Option<Owner>,
    /// Whether somebody checks a result that nobody disputes.
    pub watched: bool,
    /// Uniform in 0..1, for strategies that toss a coin.
    pub coin: f64,
}

/// Workers that were not drawn yet.
struct Pool {
    player: u32,
    all: u32,
}

impl Pool {
    fn draw(&mut self, rng: &mut Rng) -> Owner {
        let number = rng.u32(0..self.all);
        self.all -= 1;
        if number < self.player {
            self.player -= 1;
            Owner::Player
        } else {
            Owner::Stranger
        }
    }
}

impl Chance {
    /// Draws seats, auditor and watcher. The first seat may be won by bidding low; all others are drawn uniformly, no worker
    /// twice, as `pallet-workers` does and tests.
    pub fn draw(rng: &mut Rng, setting: &Setting, place: Place) -> Self {
        let player = (setting.colluding * f64::from(WORKERS)).round() as u32;
        // The player's own seat is no longer in the pool.
        let mut pool = Pool {
            player: player.saturating_sub(1),
            all: WORKERS - 1,
        };
        let first = usize::from(place == Place::FirstSeat);
        let replicas = setting.assurance.replicas;
        let others = (first..replicas).filter(|_| pool.draw(rng) == Owner::Player);
        let own_seats = first + others.count();
        let auditor = match place {
            Place::Auditor => Some(Owner::Player),
            Place::FirstSeat => (rng.f64() < setting.assurance.audit_rate).then(|| pool.draw(rng)),
        };
        Self {
            own_seats,
            strange_seats: replicas - own_seats,
            auditor,
            watched: rng.f64() < setting.watched,
            coin: rng.f64(),
        }
    }

    /// True when the player holds every seat.
    pub fn all_seats(&self) -> bool {
        self.strange_seats == 0
    }
}

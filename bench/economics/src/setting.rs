//! What a game is played under. All amounts are in fees of one seat; bonds count at the rate of their draw.

/// How sure a requester wants to be (economy.md, "Slashing a worker").
#[derive(Clone, Copy, Debug)]
pub struct Assurance {
    pub name: &'static str,
    /// Workers that compute the job: `k`.
    pub replicas: usize,
    /// Chance that an auditor computes it too: `q`.
    pub audit_rate: f64,
    /// Bond of a seat: `b`, `B` of the formula.
    pub bond: f64,
}

/// The levels that requesters choose from.
pub const LEVELS: [Assurance; 3] = [
    Assurance {
        name: "economy",
        replicas: 1,
        audit_rate: 0.08,
        bond: 20.0,
    },
    Assurance {
        name: "standard",
        replicas: 2,
        audit_rate: 0.06,
        bond: 20.0,
    },
    Assurance {
        name: "critical",
        replicas: 3,
        audit_rate: 0.05,
        bond: 20.0,
    },
];

/// Part of a fee that the worker receives; the rest is burned.
pub const WORKER_SHARE: f64 = 0.75;
/// Part of a slash, less what the requester gets, that goes to the finder.
pub const FINDER_SHARE: f64 = 0.25;
/// Most of what a job burned that issuance returns to its workers.
pub const RETURNED_BURN: f64 = 0.8;
/// Most that a requester gets of one slash: the value of the fee.
pub const COMPENSATION: f64 = 1.0;
/// What an honest computation costs. More than a worker is paid, so no temptation to save it is greater.
pub const COST: f64 = 0.8;

/// One point of the space that is searched.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub assurance: Assurance,
    /// Share of the eligible workers that collude: `alpha`.
    pub colluding: f64,
    /// What a wrong result brings from outside: `G`.
    pub gain: f64,
    /// Chance that somebody checks a result that nobody disputes.
    pub watched: f64,
}

impl Setting {
    /// A worker without accomplices, whose lies bring `gain`, and nobody watches.
    pub fn alone(assurance: Assurance, gain: f64) -> Self {
        Self {
            assurance,
            colluding: 0.0,
            gain,
            watched: 0.0,
        }
    }

    /// Colluders whose lies bring `gain`, and nobody watches.
    pub fn together(assurance: Assurance, colluding: f64, gain: f64) -> Self {
        Self {
            colluding,
            ..Self::alone(assurance, gain)
        }
    }
}

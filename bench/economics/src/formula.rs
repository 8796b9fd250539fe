//! The mean profit of each strategy in closed form, over what honesty brings (economy.md, "Slashing a worker").
//!
//! With `c` the cost, `G` the gain, `F` the fee (1) of which a worker gets `s`, `B` the bond, `k` the replicas, and `P` the
//! chance that all seats are punished, colluders that hold all seats profit by
//! `(1 - P)(k s F + G) - P k B - (k s F - c) = c + G (1 - P) - P k (s F + B)`: negative exactly when
//! `B > (c + G (1 - P)) / (k P) - s F`, the formula of economy.md with what a worker is paid for `F`.

use crate::{
    setting::{Assurance, Setting, COMPENSATION, COST, FINDER_SHARE, RETURNED_BURN, WORKER_SHARE},
    strategy::{Strategy, LIE_RATE},
};

/// Chance that a stranger audits: `p = q (1 - alpha)`.
fn audited(setting: &Setting) -> f64 {
    setting.assurance.audit_rate * (1.0 - setting.colluding)
}

/// Chance that a lie on all seats is found, by an auditor or by a watcher.
fn found(setting: &Setting) -> f64 {
    1.0 - (1.0 - audited(setting)) * (1.0 - setting.watched)
}

/// Mean number of seats that are punished: all of the job, and that of an auditor who agreed with a lie that a watcher
/// finds.
fn punished(setting: &Setting) -> f64 {
    let agreed = setting.assurance.audit_rate * setting.colluding * setting.watched;
    found(setting) * setting.assurance.replicas as f64 + agreed
}

/// Mean profit of a lie on all seats that saves `saved` of computing.
fn lie(setting: &Setting, saved: f64) -> f64 {
    let lost = punished(setting) * (WORKER_SHARE + setting.assurance.bond);
    saved + setting.gain * (1.0 - found(setting)) - lost
}

/// Mean profit of a lie on one seat: with other replicas it is certain to be found.
fn lone_lie(setting: &Setting, saved: f64) -> f64 {
    if setting.assurance.replicas == 1 {
        lie(setting, saved)
    } else {
        saved - WORKER_SHARE - setting.assurance.bond
    }
}

fn self_challenge(setting: &Setting) -> f64 {
    let Assurance { replicas, bond, .. } = setting.assurance;
    let left = replicas as f64 * (bond - COMPENSATION.min(bond));
    let (stranger, burned) = (audited(setting), 1.0 - WORKER_SHARE);
    // A stranger that audits gets the fee and is the finder.
    (1.0 - stranger) * (-burned - (1.0 - FINDER_SHARE) * left) + stranger * (-1.0 - left)
}

fn self_dealing(setting: &Setting) -> f64 {
    let Assurance {
        replicas, audit_rate, ..
    } = setting.assurance;
    let others = (replicas - 1) as f64 + audit_rate;
    let lost = (1.0 - WORKER_SHARE) * (1.0 - RETURNED_BURN);
    -lost * (1.0 + others * setting.colluding) - others * (1.0 - setting.colluding)
}

/// Mean profit of `strategy`, for each game in which it is played.
pub fn profit(strategy: Strategy, setting: &Setting) -> f64 {
    match strategy {
        Strategy::Lazy => lone_lie(setting, COST),
        Strategy::RandomLies => LIE_RATE * lone_lie(setting, 0.0),
        // Silence costs what a lie costs that is found.
        Strategy::Collusion | Strategy::Withholding => lie(setting, COST),
        Strategy::Copycat => COST - WORKER_SHARE - setting.assurance.bond,
        Strategy::SelfChallenge => self_challenge(setting),
        Strategy::SelfDealing => self_dealing(setting),
    }
}

/// The greatest gain from outside at which a lie of colluders does not pay.
pub fn covered_gain(setting: &Setting) -> f64 {
    let free = Setting {
        gain: 0.0,
        ..*setting
    };
    (-lie(&free, COST) / (1.0 - found(setting))).max(0.0)
}

/// The smallest chance of a watcher at which a lie of colluders does not pay. Their profit falls in a straight line from
/// where nobody watches to where somebody always does.
pub fn watch_needed(setting: &Setting) -> f64 {
    let watched = |watched| lie(&Setting { watched, ..*setting }, COST);
    let (never, always) = (watched(0.0), watched(1.0));
    (never / (never - always)).max(0.0)
}

//! What staking earns and how long things take, from what the chain says.

use edgeproof_client::{EraInfo, ValidatorInfo};
use edgeproof_primitives::{TfuelBalance, ThetaBalance};
use std::time::Duration;

const MILLIS_PER_DAY: u64 = 24 * 60 * 60 * 1_000;
/// Parts of a whole commission.
const WHOLE: f64 = 1_000_000.0;

/// What `stake` (planck of THETA) behind `validator` earns in a day at the present rate, about, in planck of TFUEL: each of `seats`
/// validators makes as many of the day's blocks, and the stake has its part of what the commission leaves.
pub fn daily(
    stake: ThetaBalance,
    validator: &ValidatorInfo,
    seats: usize,
    era: &EraInfo,
    block_reward: TfuelBalance,
) -> TfuelBalance {
    if !validator.is_elected || seats == 0 || validator.backing == 0 {
        return 0;
    }
    let blocks = (MILLIS_PER_DAY / era.slot_millis.max(1)) as f64 / seats as f64;
    let left = 1.0 - f64::from(validator.commission) / WHOLE;
    let share = stake as f64 / validator.backing as f64;
    (block_reward as f64 * blocks * left * share) as u128
}

/// What `blocks` take when no slot stays empty.
pub fn time(blocks: u64, era: &EraInfo) -> Duration {
    Duration::from_millis(blocks.saturating_mul(era.slot_millis))
}

/// A duration in its two largest units, for instance `2 d 3 h`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let shown: Vec<_> = units
        .iter()
        .scan(seconds, |left, (unit, name)| {
            let number = *left / unit;
            *left %= unit;
            Some((number, *name))
        })
        .skip_while(|(number, _)| *number == 0)
        .take(2)
        .filter(|(number, _)| *number > 0)
        .map(|(number, name)| format!("{number} {name}"))
        .collect();
    if shown.is_empty() {
        "now".into()
    } else {
        shown.join(" ")
    }
}

#[cfg(test)]
pub mod testing {
    use super::*;
    use edgeproof_client::{AccountId, StakingTerms};
    use edgeproof_primitives::UNIT;

    pub fn terms() -> StakingTerms {
        StakingTerms {
            min_stake: 1_000 * UNIT,
            min_validator_bond: 200_000 * UNIT,
            min_delegation: 1_000 * UNIT,
            max_validators: 31,
            unbonding: 57_600,
            block_reward: 24 * UNIT,
        }
    }

    pub fn era() -> EraInfo {
        EraInfo {
            current: 3,
            since: 10_000,
            session: 19,
            next_session: 24,
            is_planned: false,
            session_slots: 600,
            slot_millis: 3_000,
        }
    }

    pub fn validator() -> ValidatorInfo {
        ValidatorInfo {
            account: AccountId([7; 32]),
            backing: 1_000_000 * UNIT,
            own: 400_000 * UNIT,
            credit: 0,
            commission: 100_000,
            is_candidate: true,
            is_elected: true,
            has_keys: true,
            blocks: 12,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};
    use edgeproof_primitives::UNIT;

    #[test]
    fn stake_earns_its_part_of_a_validators_blocks_after_the_commission() {
        // 28,800 blocks a day, a quarter of them by this validator, 24 TFUEL each, a tenth taken, a tenth of the stake.
        let expected = 28_800 / 4 * 24 * UNIT / 10 * 9 / 10;
        let earned = daily(100_000 * UNIT, &validator(), 4, &era(), 24 * UNIT);
        assert!(
            earned.abs_diff(expected) <= expected / 1_000_000,
            "{earned} {expected}"
        );
    }

    #[test]
    fn who_is_not_in_office_earns_nothing() {
        let idle = ValidatorInfo {
            is_elected: false,
            ..validator()
        };
        assert_eq!(daily(UNIT, &idle, 4, &era(), 24 * UNIT), 0);
        assert_eq!(daily(UNIT, &validator(), 0, &era(), 24 * UNIT), 0);
    }

    #[test]
    fn durations_have_at_most_two_units() {
        let shown = |seconds| duration(Duration::from_secs(seconds));
        assert_eq!(shown(0), "now");
        assert_eq!(shown(59), "59 s");
        assert_eq!(shown(3_600), "1 h");
        assert_eq!(shown(3_725), "1 h 2 min");
        assert_eq!(shown(172_800 + 7_200 + 59), "2 d 2 h");
    }
}

//! How likely a worker's next seat is to end well, by how its seats ended before.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Evidence of one seat of full weight.
pub const FULL_EVIDENCE: u32 = 1_000_000;
/// Most evidence of one kind that is remembered: 100 seats of full weight.
pub const MAX_EVIDENCE: u32 = 100 * FULL_EVIDENCE;
/// The greatest score that a worker can reach, in parts per million: 101 of 102, with as much good evidence as is remembered.
pub const MAX_SCORE: u32 = 990_196;

const MILLION: u32 = 1_000_000;

/// What is remembered of how a worker's seats ended, in millionths of a seat of full weight.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Evidence {
    /// Seats whose result stood.
    pub successes: u32,
    /// Seats that were lost: by silence, by a wrong result, or by one that nobody could fetch.
    pub failures: u32,
}

impl Evidence {
    /// The reputation score in parts per million, rounded down: `(r + 1) / (r + s + 2)`, the expected value of the beta
    /// distribution of `r` successes and `s` failures (A. Jøsang and R. Ismail, "The Beta Reputation System", 15th Bled
    /// Electronic Commerce Conference, 2002). Without evidence it is a half.
    pub fn score(&self) -> u32 {
        let full = u64::from(FULL_EVIDENCE);
        let (successes, failures) = (u64::from(self.successes), u64::from(self.failures));
        let good = successes.saturating_add(full);
        let all = good.saturating_add(failures).saturating_add(full);
        let score = good.saturating_mul(MILLION.into()).checked_div(all);
        score
            .and_then(|score| u32::try_from(score).ok())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(successes: u32, failures: u32) -> u32 {
        Evidence { successes, failures }.score()
    }

    #[test]
    fn an_unknown_worker_is_as_likely_to_succeed_as_to_fail() {
        assert_eq!(Evidence::default().score(), 500_000);
    }

    #[test]
    fn the_score_is_the_expected_value_of_the_beta_distribution() {
        assert_eq!(score(FULL_EVIDENCE, 0), 666_666);
        assert_eq!(score(0, FULL_EVIDENCE), 333_333);
        assert_eq!(score(8 * FULL_EVIDENCE, 0), 900_000);
        assert_eq!(score(7 * FULL_EVIDENCE, FULL_EVIDENCE), 800_000);
        assert_eq!(score(FULL_EVIDENCE / 2, FULL_EVIDENCE / 2), 500_000);
    }

    #[test]
    fn nobody_has_more_than_the_greatest_score() {
        assert_eq!(score(MAX_EVIDENCE, 0), MAX_SCORE);
        assert!(score(MAX_EVIDENCE, 1) <= MAX_SCORE);
        assert!(score(MAX_EVIDENCE - 1, 0) <= MAX_SCORE);
    }

    #[test]
    fn no_evidence_overflows_the_score() {
        for (successes, failures) in [(u32::MAX, 0), (0, u32::MAX), (u32::MAX, u32::MAX)] {
            assert!(score(successes, failures) <= MILLION);
        }
        assert_eq!(score(u32::MAX, u32::MAX), 500_000);
    }
}

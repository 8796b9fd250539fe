//! What a claim puts at risk.

use crate::{failure::Failure, format::theta};
use edgeproof_client::{keys::Signer, AccountId, Client, Rules, StakeInfo, View};
use edgeproof_primitives::{TfuelBalance, ThetaBalance};

/// The bond of a claim, and what has to be bonded before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stakes {
    /// Put at risk until the job ends, in planck of THETA.
    pub bond: ThetaBalance,
    /// Missing for it, in planck of THETA.
    pub missing: ThetaBalance,
}

impl Stakes {
    /// Of a claim that `account` makes about a job whose first seat cost `first_fee`.
    pub async fn of(
        view: &View,
        rules: &Rules,
        account: &AccountId,
        first_fee: TfuelBalance,
    ) -> Result<Self, Failure> {
        let worker = view.worker(account).await?;
        let stash = worker.map_or(*account, |worker| worker.stash);
        let stakes = Self::beside(
            &view.stake(&stash).await?,
            rules.bond(first_fee),
            rules.min_operator_stake,
        );
        let free = view.balances(&stash).await?.theta.free;
        stakes.check(&stash, stash == *account, free)?;
        Ok(stakes)
    }

    fn beside(stake: &StakeInfo, bond: ThetaBalance, least: ThetaBalance) -> Self {
        let available = stake.bonded.saturating_sub(stake.at_risk);
        let missing = match bond.saturating_sub(available) {
            0 => 0,
            missing => missing.max(least.saturating_sub(stake.bonded)),
        };
        Self { bond, missing }
    }

    /// Refuses what cannot be bonded. `own` when the signer owns the stake.
    fn check(&self, stash: &AccountId, own: bool, free: ThetaBalance) -> Result<(), Failure> {
        if self.missing == 0 {
            return Ok(());
        }
        let short = format!(
            "a claim puts {} at risk, and {} of {stash} are missing for it",
            theta(self.bond),
            theta(self.missing)
        );
        if !own {
            return Err(Failure::new(short).next("bond more with `compute-worker register --stake AMOUNT`"));
        }
        if free < self.missing {
            let has = format!("{short}; it has {} free", theta(free));
            return Err(
                Failure::new(has).next("give the account more THETA, or challenge with another --key")
            );
        }
        Ok(())
    }

    /// Bonds what is missing.
    pub async fn secure(&self, client: &Client, signer: &Signer) -> Result<(), Failure> {
        if self.missing > 0 {
            client.bond(signer, self.missing).await?;
        }
        Ok(())
    }
}

impl std::fmt::Display for Stakes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "puts {} at risk until the job ends", theta(self.bond))?;
        if self.missing > 0 {
            write!(f, ", and bonds {} for it first", theta(self.missing))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::UNIT;

    fn stake(bonded: u128, at_risk: u128) -> StakeInfo {
        StakeInfo {
            bonded,
            at_risk,
            ..StakeInfo::default()
        }
    }

    #[test]
    fn only_what_is_missing_is_bonded_and_never_less_than_the_least_stake() {
        for (stake, bond, missing) in [
            (stake(0, 0), 20, 1_000),
            (stake(0, 0), 2_000, 2_000),
            (stake(1_000, 0), 20, 0),
            (stake(1_000, 990), 20, 10),
            (stake(1_000, 1_000), 20, 20),
            (stake(400, 400), 20, 600),
            (stake(0, 0), 0, 0),
        ] {
            assert_eq!(
                Stakes::beside(&stake, bond, 1_000),
                Stakes { bond, missing },
                "{stake:?}"
            );
        }
    }

    #[test]
    fn a_bond_that_nobody_can_pay_is_refused_before_anything_is_sent() {
        let stash = AccountId([1; 32]);
        let short = Stakes {
            bond: 20 * UNIT,
            missing: 5 * UNIT,
        };
        assert!(short.check(&stash, true, 5 * UNIT).is_ok());
        let poor = short.check(&stash, true, 4 * UNIT).unwrap_err().to_string();
        assert!(
            poor.contains("5 THETA") && poor.contains("it has 4 THETA free"),
            "{poor}"
        );
        let operator = short.check(&stash, false, 100 * UNIT).unwrap_err();
        assert!(
            operator.to_string().contains("compute-worker register"),
            "{operator}"
        );
        let enough = Stakes {
            bond: 20 * UNIT,
            missing: 0,
        };
        assert!(enough.check(&stash, false, 0).is_ok());
    }

    #[test]
    fn what_is_at_risk_is_said_before() {
        let text = |missing| {
            Stakes {
                bond: 20 * UNIT,
                missing,
            }
            .to_string()
        };
        assert_eq!(text(0), "puts 20 THETA at risk until the job ends");
        assert_eq!(
            text(5 * UNIT),
            "puts 20 THETA at risk until the job ends, and bonds 5 THETA for it first"
        );
    }
}

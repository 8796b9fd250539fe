//! Whether a group of rules is consistent: each relation has its own error.

use crate::{clamps::*, frame, Config, Error, Pallet};
use edgeproof_primitives::{BlockNumber, TfuelBalance, ThetaBalance};
use frame::{
    deps::sp_runtime::{FixedU128, Permill},
    prelude::*,
};
use pallet_support::{
    DisputeRules, GovernanceRules, JobRules, RewardRules, StakeRules, WorkerRules, MAX_GAMES, MAX_JUDGES,
    MAX_RETURNED_SHARE, MAX_SEATS,
};

impl<T: Config> Pallet<T> {
    /// Checks every relation between the values that jobs live by.
    pub fn check_job_rules(rules: &JobRules) -> Result<(), Error<T>> {
        Self::check_draw(rules)?;
        Self::check_assurance(rules)?;
        Self::check_deadlines(rules)?;
        Self::check_prices(rules)
    }

    fn check_draw(rules: &JobRules) -> Result<(), Error<T>> {
        let outputs_in_range = (1..=T::MaxDrawOutputs::get()).contains(&rules.draw_outputs);
        ensure!(outputs_in_range, Error::DrawOutputsOutOfRange);
        ensure!(rules.redraw_interval >= 1, Error::RedrawIntervalZero);
        ensure!(rules.max_draw > rules.draw_outputs, Error::DrawTimeTooShort);
        ensure!(rules.max_draws >= 1, Error::MaxDrawsZero);
        ensure!(rules.redraw_interval <= MAX_PERIOD, Error::PeriodTooLong);
        ensure!(rules.max_draw <= MAX_EXECUTION, Error::PeriodTooLong);
        Ok(())
    }

    fn check_assurance(rules: &JobRules) -> Result<(), Error<T>> {
        let outputs_in_range = (1..=T::MaxDrawOutputs::get()).contains(&rules.audit_outputs);
        ensure!(outputs_in_range, Error::AuditOutputsOutOfRange);
        let replicas_in_range = (1..=most_replicas()).contains(&rules.max_replicas);
        ensure!(replicas_in_range, Error::MaxReplicasOutOfRange);
        ensure!(rules.max_audit_rate <= ALWAYS, Error::MaxAuditRateAboveWhole);
        ensure!(rules.workers_per_replica >= 1, Error::WorkersPerReplicaZero);
        Ok(())
    }

    fn check_deadlines(rules: &JobRules) -> Result<(), Error<T>> {
        ensure!(rules.min_execution >= 1, Error::MinExecutionZero);
        ensure!(
            rules.min_execution <= rules.max_execution,
            Error::ExecutionRangeEmpty
        );
        ensure!(rules.operations_per_block >= 1, Error::OperationsPerBlockZero);
        ensure!(rules.reveal >= 1, Error::RevealZero);
        ensure!(rules.window_base >= 1, Error::WindowBaseZero);
        ensure!(rules.receipt_retention >= 1, Error::ReceiptRetentionZero);
        for period in [rules.max_execution, rules.reveal, rules.window_base] {
            ensure!(period <= MAX_EXECUTION, Error::PeriodTooLong);
        }
        ensure!(rules.max_window <= MAX_WINDOW, Error::PeriodTooLong);
        ensure!(rules.receipt_retention <= MAX_PERIOD, Error::PeriodTooLong);
        let longest_needed = rules.window(rules.max_execution);
        ensure!(longest_needed <= rules.max_window, Error::MaxWindowTooShort);
        Ok(())
    }

    fn check_prices(rules: &JobRules) -> Result<(), Error<T>> {
        ensure!(rules.price_floor >= 1, Error::PriceFloorZero);
        ensure!(rules.worker_share <= Permill::one(), Error::WorkerShareAboveWhole);
        ensure!(
            rules.feeless_bytes >= MIN_FEELESS_BYTES,
            Error::FeelessBytesTooFew
        );
        let amounts: [TfuelBalance; 4] = [
            rules.price_floor,
            rules.program_deposit,
            rules.byte_deposit,
            rules.job_deposit,
        ];
        ensure!(
            amounts.iter().all(|amount| *amount <= MAX_TFUEL),
            Error::AmountTooLarge
        );
        Ok(())
    }

    /// Checks every relation between the values that the stake ledger lives by.
    pub fn check_stake_rules(rules: &StakeRules) -> Result<(), Error<T>> {
        let least: [ThetaBalance; 3] = [
            rules.min_operator_stake,
            rules.min_validator_bond,
            rules.min_delegation,
        ];
        ensure!(least.iter().all(|least| *least >= 1), Error::LeastStakeZero);
        ensure!(
            least.iter().all(|least| *least <= MAX_THETA),
            Error::AmountTooLarge
        );
        ensure!(rules.unbonding >= 1, Error::UnbondingZero);
        ensure!(rules.unbonding <= MAX_PERIOD, Error::PeriodTooLong);
        let seats_in_range = (1..=MAX_SEATS).contains(&rules.max_validators);
        ensure!(seats_in_range, Error::MaxValidatorsOutOfRange);
        ensure!(rules.max_credit <= MAX_CREDIT, Error::MaxCreditTooLarge);
        ensure!(
            rules.sessions_per_era >= MIN_SESSIONS_PER_ERA,
            Error::SessionsPerEraTooFew
        );
        ensure!(rules.report_window >= 1, Error::ReportWindowZero);
        ensure!(rules.report_window <= MAX_PERIOD, Error::PeriodTooLong);
        let deferral_in_range = (1..=MAX_DEFERRAL).contains(&rules.slash_deferral);
        ensure!(deferral_in_range, Error::SlashDeferralOutOfRange);
        Ok(())
    }

    /// Checks every relation between the values that the worker registry lives by.
    pub fn check_worker_rules(rules: &WorkerRules) -> Result<(), Error<T>> {
        ensure!(rules.bond_factor >= 1, Error::BondFactorZero);
        ensure!(rules.rate > FixedU128::zero(), Error::RateZero);
        ensure!(
            rules.missed_commit_slash <= Permill::one(),
            Error::MissedCommitSlashAboveWhole
        );
        ensure!(rules.finder_share <= MAX_FINDER_SHARE, Error::FinderShareTooLarge);
        Ok(())
    }

    /// Checks every relation between the values that disputes live by.
    pub fn check_dispute_rules(rules: &DisputeRules) -> Result<(), Error<T>> {
        ensure!(rules.answer >= 1, Error::AnswerZero);
        ensure!(rules.answer <= MAX_EXECUTION, Error::PeriodTooLong);
        ensure!(
            rules.bytes_per_block >= MIN_BYTES_PER_BLOCK,
            Error::BytesPerBlockTooFew
        );
        let games_in_range = (1..=MAX_GAMES).contains(&rules.max_games);
        ensure!(games_in_range, Error::MaxGamesOutOfRange);
        let judges_in_range = (1..=MAX_JUDGES).contains(&rules.judges);
        ensure!(judges_in_range, Error::JudgesOutOfRange);
        ensure!(rules.judgement >= 1, Error::JudgementZero);
        ensure!(rules.judgement <= MAX_EXECUTION, Error::PeriodTooLong);
        ensure!(rules.judge_fee <= MAX_JUDGE_FEE, Error::AmountTooLarge);
        ensure!(rules.chunk_fee <= MAX_TFUEL, Error::AmountTooLarge);
        Ok(())
    }

    /// Checks every relation between the values that issuance lives by.
    pub fn check_reward_rules(rules: &RewardRules) -> Result<(), Error<T>> {
        for issuance in [rules.validator_issuance, rules.compute_issuance] {
            ensure!(issuance <= MAX_ISSUANCE, Error::IssuanceTooHigh);
        }
        ensure!(
            rules.returned_share <= MAX_RETURNED_SHARE,
            Error::ReturnedShareTooLarge
        );
        Ok(())
    }

    /// Checks every relation between the values that referenda and the treasury live by.
    pub fn check_governance_rules(rules: &GovernanceRules) -> Result<(), Error<T>> {
        let votes = [rules.decision, rules.confirm, rules.enactment, rules.vote_lock];
        let lasts = |period: &BlockNumber| *period >= 1;
        let all_last = votes.iter().all(lasts) && lasts(&rules.spend_period);
        ensure!(all_last, Error::VotePeriodZero);
        ensure!(rules.undecided > rules.prepare, Error::UndecidedTooShort);
        ensure!(rules.vote_lock >= rules.enactment, Error::VoteLockTooShort);
        for period in votes.into_iter().chain([rules.prepare]) {
            ensure!(period <= MAX_VOTE_PERIOD, Error::PeriodTooLong);
        }
        for period in [rules.undecided, rules.spend_period] {
            ensure!(period <= MAX_PERIOD, Error::PeriodTooLong);
        }
        Self::check_governance_amounts(rules)
    }

    fn check_governance_amounts(rules: &GovernanceRules) -> Result<(), Error<T>> {
        ensure!(rules.submission_deposit >= 1, Error::SubmissionDepositZero);
        let deposits: [ThetaBalance; 3] = [
            rules.submission_deposit,
            rules.decision_deposit,
            rules.root_deposit,
        ];
        let payable = |deposit: &ThetaBalance| *deposit <= MAX_REFERENDUM_DEPOSIT;
        ensure!(deposits.iter().all(payable), Error::AmountTooLarge);
        ensure!(rules.spend_limit <= MAX_TFUEL, Error::AmountTooLarge);
        ensure!(
            rules.treasury_burn <= Permill::one(),
            Error::TreasuryBurnAboveWhole
        );
        Ok(())
    }
}

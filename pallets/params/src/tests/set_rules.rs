//! Governance sets the rules.

use crate::{clamps::MAX_TFUEL, frame, mock::*, presets, *};
use edgeproof_primitives::UNIT;
use frame::{
    deps::sp_runtime::{FixedU128, Permill},
    testing_prelude::*,
};
use pallet_support::{
    DisputeRules, GovernanceRules, JobRules, RewardRules, StakeRules, WorkerRules, MAX_GAMES, MAX_JUDGES,
    MAX_SEATS,
};

/// A share above the whole, which only JSON can make.
fn two_wholes() -> Permill {
    serde_json::from_str("2000000").expect("JSON does not know the bound")
}

fn refuse_jobs(error: Error<Test>, change: impl FnOnce(&mut JobRules)) {
    let mut rules = presets::job_rules::defaults();
    change(&mut rules);
    assert_noop!(Params::set_job_rules(RuntimeOrigin::root(), rules), error);
}

fn refuse_stake(error: Error<Test>, change: impl FnOnce(&mut StakeRules)) {
    let mut rules = presets::stake_rules::defaults();
    change(&mut rules);
    assert_noop!(Params::set_stake_rules(RuntimeOrigin::root(), rules), error);
}

fn refuse_disputes(error: Error<Test>, change: impl FnOnce(&mut DisputeRules)) {
    let mut rules = presets::dispute_rules::defaults();
    change(&mut rules);
    assert_noop!(Params::set_dispute_rules(RuntimeOrigin::root(), rules), error);
}

fn refuse_workers(error: Error<Test>, change: impl FnOnce(&mut WorkerRules)) {
    let mut rules = presets::worker_rules::defaults();
    change(&mut rules);
    assert_noop!(Params::set_worker_rules(RuntimeOrigin::root(), rules), error);
}

fn refuse_rewards(error: Error<Test>, change: impl FnOnce(&mut RewardRules)) {
    let mut rules = presets::reward_rules::defaults();
    change(&mut rules);
    assert_noop!(Params::set_reward_rules(RuntimeOrigin::root(), rules), error);
}

fn refuse_governance(error: Error<Test>, change: impl FnOnce(&mut GovernanceRules)) {
    let mut rules = presets::governance_rules::defaults();
    change(&mut rules);
    assert_noop!(Params::set_governance_rules(RuntimeOrigin::root(), rules), error);
}

#[test]
fn the_admin_sets_each_group() {
    TestExt::new().execute_with(|| {
        let rules = presets::job_rules::for_tests();
        assert_ok!(Params::set_job_rules(RuntimeOrigin::root(), rules.clone()));
        assert_eq!(JobRulesOf::<Test>::get(), rules);
        System::assert_last_event(Event::JobRulesSet { rules }.into());

        let rules = StakeRules {
            min_operator_stake: 5 * UNIT,
            unbonding: 1_000_000,
            ..presets::stake_rules::defaults()
        };
        assert_ok!(Params::set_stake_rules(RuntimeOrigin::root(), rules.clone()));
        assert_eq!(StakeRulesOf::<Test>::get(), rules);
        System::assert_last_event(Event::StakeRulesSet { rules }.into());

        let rules = WorkerRules {
            bond_factor: 3,
            ..presets::worker_rules::defaults()
        };
        assert_ok!(Params::set_worker_rules(RuntimeOrigin::root(), rules.clone()));
        assert_eq!(WorkerRulesOf::<Test>::get(), rules);
        System::assert_last_event(Event::WorkerRulesSet { rules }.into());

        let rules = presets::dispute_rules::for_development();
        assert_ok!(Params::set_dispute_rules(RuntimeOrigin::root(), rules.clone()));
        assert_eq!(DisputeRulesOf::<Test>::get(), rules);
        System::assert_last_event(Event::DisputeRulesSet { rules }.into());

        let rules = RewardRules {
            validator_issuance: 0,
            compute_issuance: MAX_ISSUANCE,
            returned_share: Permill::zero(),
        };
        assert_ok!(Params::set_reward_rules(RuntimeOrigin::root(), rules.clone()));
        assert_eq!(RewardRulesOf::<Test>::get(), rules);
        System::assert_last_event(Event::RewardRulesSet { rules }.into());

        let rules = presets::governance_rules::for_development();
        assert_ok!(Params::set_governance_rules(RuntimeOrigin::root(), rules.clone()));
        assert_eq!(GovernanceRulesOf::<Test>::get(), rules);
        System::assert_last_event(Event::GovernanceRulesSet { rules }.into());
    });
}

#[test]
fn nobody_else_sets_anything() {
    TestExt::new().execute_with(|| {
        for origin in [RuntimeOrigin::signed(1), RuntimeOrigin::none()] {
            let jobs = presets::job_rules::for_tests();
            assert_noop!(Params::set_job_rules(origin.clone(), jobs), BadOrigin);
            let stake = presets::stake_rules::for_tests();
            assert_noop!(Params::set_stake_rules(origin.clone(), stake), BadOrigin);
            let workers = presets::worker_rules::defaults();
            assert_noop!(Params::set_worker_rules(origin.clone(), workers), BadOrigin);
            let disputes = presets::dispute_rules::defaults();
            assert_noop!(Params::set_dispute_rules(origin.clone(), disputes), BadOrigin);
            let rewards = presets::reward_rules::defaults();
            assert_noop!(Params::set_reward_rules(origin.clone(), rewards), BadOrigin);
            let governance = presets::governance_rules::defaults();
            assert_noop!(Params::set_governance_rules(origin, governance), BadOrigin);
        }
    });
}

#[test]
fn views_show_what_readers_see() {
    TestExt::new().execute_with(|| {
        assert_eq!(Params::job_rules(), JobRulesOf::<Test>::get());
        assert_eq!(Params::stake_rules(), StakeRulesOf::<Test>::get());
        assert_eq!(Params::worker_rules(), WorkerRulesOf::<Test>::get());
        assert_eq!(Params::dispute_rules(), DisputeRulesOf::<Test>::get());
        assert_eq!(Params::reward_rules(), RewardRulesOf::<Test>::get());
        assert_eq!(Params::governance_rules(), GovernanceRulesOf::<Test>::get());
    });
}

#[test]
fn a_draw_takes_a_possible_number_of_outputs() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::DrawOutputsOutOfRange, |rules| rules.draw_outputs = 0);
        refuse_jobs(Error::DrawOutputsOutOfRange, |rules| rules.draw_outputs = 17);
    });
}

#[test]
fn an_audit_is_decided_by_a_possible_number_of_outputs() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::AuditOutputsOutOfRange, |rules| rules.audit_outputs = 0);
        refuse_jobs(Error::AuditOutputsOutOfRange, |rules| rules.audit_outputs = 17);
    });
}

#[test]
fn assurance_stays_inside_its_bounds() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::MaxReplicasOutOfRange, |rules| rules.max_replicas = 0);
        refuse_jobs(Error::MaxReplicasOutOfRange, |rules| rules.max_replicas = 9);
        refuse_jobs(Error::MaxAuditRateAboveWhole, |rules| {
            rules.max_audit_rate = 1_000_001
        });
        refuse_jobs(Error::WorkersPerReplicaZero, |rules| {
            rules.workers_per_replica = 0
        });
        let widest = JobRules {
            max_replicas: 8,
            workers_per_replica: u32::MAX,
            ..presets::job_rules::defaults()
        };
        assert_ok!(Params::set_job_rules(RuntimeOrigin::root(), widest));
    });
}

#[test]
fn a_dispute_leaves_time_to_answer_and_to_hash() {
    TestExt::new().execute_with(|| {
        refuse_disputes(Error::AnswerZero, |rules| rules.answer = 0);
        refuse_disputes(Error::PeriodTooLong, |rules| rules.answer = MAX_EXECUTION + 1);
        refuse_disputes(Error::BytesPerBlockTooFew, |rules| rules.bytes_per_block = 0);
        refuse_disputes(Error::BytesPerBlockTooFew, |rules| {
            rules.bytes_per_block = MIN_BYTES_PER_BLOCK - 1
        });
    });
}

#[test]
fn data_is_judged_by_some_in_some_time_for_what_there_is() {
    TestExt::new().execute_with(|| {
        refuse_disputes(Error::JudgesOutOfRange, |rules| rules.judges = 0);
        refuse_disputes(Error::JudgesOutOfRange, |rules| rules.judges = MAX_JUDGES + 1);
        refuse_disputes(Error::JudgementZero, |rules| rules.judgement = 0);
        refuse_disputes(Error::PeriodTooLong, |rules| rules.judgement = MAX_EXECUTION + 1);
        refuse_disputes(Error::AmountTooLarge, |rules| rules.judge_fee = MAX_TFUEL);
        refuse_disputes(Error::AmountTooLarge, |rules| rules.chunk_fee = MAX_TFUEL + 1);
    });
}

#[test]
fn some_disputes_are_played_at_once() {
    TestExt::new().execute_with(|| {
        refuse_disputes(Error::MaxGamesOutOfRange, |rules| rules.max_games = 0);
        refuse_disputes(Error::MaxGamesOutOfRange, |rules| rules.max_games = MAX_GAMES + 1);
    });
}

#[test]
fn draws_happen_in_time_and_at_least_once() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::RedrawIntervalZero, |rules| rules.redraw_interval = 0);
        refuse_jobs(Error::DrawTimeTooShort, |rules| {
            rules.max_draw = rules.draw_outputs
        });
        refuse_jobs(Error::MaxDrawsZero, |rules| rules.max_draws = 0);
    });
}

#[test]
fn there_is_an_admissible_execution_deadline() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::MinExecutionZero, |rules| rules.min_execution = 0);
        refuse_jobs(Error::ExecutionRangeEmpty, |rules| {
            rules.min_execution = rules.max_execution + 1
        });
        refuse_jobs(Error::OperationsPerBlockZero, |rules| {
            rules.operations_per_block = 0
        });
    });
}

#[test]
fn there_is_time_to_reveal_and_to_watch() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::RevealZero, |rules| rules.reveal = 0);
        refuse_jobs(Error::WindowBaseZero, |rules| rules.window_base = 0);
        refuse_jobs(Error::ReceiptRetentionZero, |rules| rules.receipt_retention = 0);
    });
}

#[test]
fn the_longest_window_admits_the_longest_execution() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::MaxWindowTooShort, |rules| rules.max_window -= 1);
        refuse_jobs(Error::MaxWindowTooShort, |rules| rules.window_base += 1);
        refuse_jobs(Error::MaxWindowTooShort, |rules| rules.max_execution += 1);
    });
}

#[test]
fn absurd_periods_are_refused() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::PeriodTooLong, |rules| rules.redraw_interval = u32::MAX);
        refuse_jobs(Error::PeriodTooLong, |rules| rules.max_draw = u32::MAX);
        refuse_jobs(Error::PeriodTooLong, |rules| rules.max_execution = u32::MAX);
        refuse_jobs(Error::PeriodTooLong, |rules| rules.window_base = u32::MAX);
        refuse_jobs(Error::PeriodTooLong, |rules| rules.max_window = u32::MAX);
        refuse_jobs(Error::PeriodTooLong, |rules| rules.reveal = u32::MAX);
        refuse_jobs(Error::PeriodTooLong, |rules| rules.receipt_retention = u32::MAX);
        refuse_stake(Error::PeriodTooLong, |rules| rules.unbonding = u32::MAX);
    });
}

#[test]
fn prices_are_real_and_shares_are_shares() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::PriceFloorZero, |rules| rules.price_floor = 0);
        refuse_jobs(Error::WorkerShareAboveWhole, |rules| {
            rules.worker_share = two_wholes()
        });
        refuse_jobs(Error::AmountTooLarge, |rules| rules.price_floor = u128::MAX);
        refuse_jobs(Error::AmountTooLarge, |rules| rules.program_deposit = u128::MAX);
        refuse_jobs(Error::AmountTooLarge, |rules| rules.byte_deposit = u128::MAX);
        refuse_jobs(Error::AmountTooLarge, |rules| rules.job_deposit = u128::MAX);
    });
}

#[test]
fn the_longest_inline_reveal_fits_the_feeless_bytes() {
    TestExt::new().execute_with(|| {
        refuse_jobs(Error::FeelessBytesTooFew, |rules| {
            rules.feeless_bytes = MIN_FEELESS_BYTES - 1
        });
    });
}

#[test]
fn an_operator_stakes_something_for_some_time() {
    TestExt::new().execute_with(|| {
        refuse_stake(Error::LeastStakeZero, |rules| rules.min_operator_stake = 0);
        refuse_stake(Error::AmountTooLarge, |rules| {
            rules.min_operator_stake = u128::MAX
        });
        refuse_stake(Error::LeastStakeZero, |rules| rules.min_validator_bond = 0);
        refuse_stake(Error::LeastStakeZero, |rules| rules.min_delegation = 0);
        refuse_stake(Error::UnbondingZero, |rules| rules.unbonding = 0);
    });
}

#[test]
fn eras_have_validators_and_offences_have_their_time() {
    TestExt::new().execute_with(|| {
        refuse_stake(Error::MaxValidatorsOutOfRange, |rules| rules.max_validators = 0);
        refuse_stake(Error::MaxValidatorsOutOfRange, |rules| {
            rules.max_validators = MAX_SEATS + 1
        });
        refuse_stake(Error::MaxCreditTooLarge, |rules| {
            rules.max_credit = Permill::from_parts(250_001)
        });
        refuse_stake(Error::SessionsPerEraTooFew, |rules| rules.sessions_per_era = 1);
        refuse_stake(Error::ReportWindowZero, |rules| rules.report_window = 0);
        refuse_stake(Error::PeriodTooLong, |rules| rules.report_window = u32::MAX);
        refuse_stake(Error::SlashDeferralOutOfRange, |rules| rules.slash_deferral = 0);
        refuse_stake(Error::SlashDeferralOutOfRange, |rules| rules.slash_deferral = 29);
    });
}

#[test]
fn stake_stays_liable_until_the_last_slash_of_a_validator_that_it_backed() {
    TestExt::new().execute_with(|| {
        let rules = StakeRules {
            slash_deferral: 28,
            ..presets::stake_rules::defaults()
        };
        assert_ok!(Params::set_stake_rules(RuntimeOrigin::root(), rules));
        // The window, the waiting time and three eras of six half-hours.
        assert_eq!(StakeRulesOf::<Test>::get().unbonding, 21_600 + (28 + 3) * 6 * 600);
    });
}

#[test]
fn a_bond_is_worth_something_and_is_slashed_at_most_whole() {
    TestExt::new().execute_with(|| {
        refuse_workers(Error::BondFactorZero, |rules| rules.bond_factor = 0);
        refuse_workers(Error::RateZero, |rules| rules.rate = FixedU128::from_inner(0));
        refuse_workers(Error::MissedCommitSlashAboveWhole, |rules| {
            rules.missed_commit_slash = two_wholes()
        });
        refuse_workers(Error::FinderShareTooLarge, |rules| {
            rules.finder_share = two_wholes()
        });
        refuse_workers(Error::FinderShareTooLarge, |rules| {
            rules.finder_share = Permill::from_parts(500_001)
        });
    });
}

#[test]
fn issuance_has_a_bound_and_never_repays_what_was_burned_for_it() {
    TestExt::new().execute_with(|| {
        refuse_rewards(Error::IssuanceTooHigh, |rules| {
            rules.validator_issuance = MAX_ISSUANCE + 1
        });
        refuse_rewards(Error::IssuanceTooHigh, |rules| rules.compute_issuance = u128::MAX);
        refuse_rewards(Error::ReturnedShareTooLarge, |rules| {
            rules.returned_share = Permill::from_parts(800_001)
        });
        refuse_rewards(Error::ReturnedShareTooLarge, |rules| {
            rules.returned_share = two_wholes()
        });
    });
}

#[test]
fn unbonding_outlasts_the_longest_dispute() {
    TestExt::new().execute_with(|| {
        let short = StakeRules {
            unbonding: 1,
            ..presets::stake_rules::defaults()
        };
        assert_ok!(Params::set_stake_rules(RuntimeOrigin::root(), short));
        // Worker, decision and auditor; reveal and window; two openings with a re-execution and 512 GiB at 100 MiB per
        // block; five other rounds and the referee.
        let opening = 2 * 5_600 + 5_243 + 20;
        let longest = 5_600 + (3 + 1_200 + 5_600) + 200 + 11_300 + 2 * opening + 6 * 20;
        assert_eq!(StakeRulesOf::<Test>::get().unbonding, longest);

        let mut rules = presets::job_rules::defaults();
        rules.max_window += 1_000;
        assert_ok!(Params::set_job_rules(RuntimeOrigin::root(), rules));
        assert_eq!(StakeRulesOf::<Test>::get().unbonding, longest + 1_000);

        let mut rules = presets::dispute_rules::defaults();
        rules.answer += 10;
        assert_ok!(Params::set_dispute_rules(RuntimeOrigin::root(), rules));
        assert_eq!(StakeRulesOf::<Test>::get().unbonding, longest + 1_000 + 8 * 10);
    });
}

#[test]
fn every_step_of_a_vote_takes_some_time_and_at_most_a_month() {
    TestExt::new().execute_with(|| {
        refuse_governance(Error::VotePeriodZero, |rules| rules.decision = 0);
        refuse_governance(Error::VotePeriodZero, |rules| rules.confirm = 0);
        refuse_governance(Error::VotePeriodZero, |rules| rules.enactment = 0);
        refuse_governance(Error::VotePeriodZero, |rules| rules.spend_period = 0);
        refuse_governance(Error::UndecidedTooShort, |rules| rules.undecided = rules.prepare);
        refuse_governance(Error::VoteLockTooShort, |rules| {
            rules.vote_lock = rules.enactment - 1
        });
        refuse_governance(Error::PeriodTooLong, |rules| rules.decision = MAX_VOTE_PERIOD + 1);
        refuse_governance(Error::PeriodTooLong, |rules| rules.confirm = u32::MAX);
        refuse_governance(Error::PeriodTooLong, |rules| rules.vote_lock = u32::MAX);
        refuse_governance(Error::PeriodTooLong, |rules| rules.undecided = MAX_PERIOD + 1);
        refuse_governance(Error::PeriodTooLong, |rules| rules.spend_period = MAX_PERIOD + 1);
    });
}

#[test]
fn a_referendum_costs_something_that_somebody_has() {
    TestExt::new().execute_with(|| {
        refuse_governance(Error::SubmissionDepositZero, |rules| rules.submission_deposit = 0);
        refuse_governance(Error::AmountTooLarge, |rules| {
            rules.submission_deposit = MAX_REFERENDUM_DEPOSIT + 1
        });
        refuse_governance(Error::AmountTooLarge, |rules| {
            rules.decision_deposit = MAX_REFERENDUM_DEPOSIT + 1
        });
        refuse_governance(Error::AmountTooLarge, |rules| {
            rules.root_deposit = MAX_REFERENDUM_DEPOSIT + 1
        });
        refuse_governance(Error::AmountTooLarge, |rules| rules.spend_limit = MAX_TFUEL + 1);
        refuse_governance(Error::TreasuryBurnAboveWhole, |rules| {
            rules.treasury_burn = two_wholes()
        });
    });
}

#[test]
fn only_genesis_writes_the_epoch_and_the_slot() {
    TestExt::new().execute_with(|| {
        let before = (EpochSlots::<Test>::get(), SlotMillis::<Test>::get());
        assert_ok!(Params::set_job_rules(
            RuntimeOrigin::root(),
            presets::job_rules::for_tests()
        ));
        assert_ok!(Params::set_stake_rules(
            RuntimeOrigin::root(),
            presets::stake_rules::for_tests()
        ));
        assert_ok!(Params::set_worker_rules(
            RuntimeOrigin::root(),
            presets::worker_rules::defaults()
        ));
        assert_ok!(Params::set_dispute_rules(
            RuntimeOrigin::root(),
            presets::dispute_rules::for_tests()
        ));
        assert_ok!(Params::set_reward_rules(
            RuntimeOrigin::root(),
            presets::reward_rules::defaults()
        ));
        assert_ok!(Params::set_governance_rules(
            RuntimeOrigin::root(),
            presets::governance_rules::for_development()
        ));
        assert_eq!((EpochSlots::<Test>::get(), SlotMillis::<Test>::get()), before);
    });
}

//! What a chain starts with.

use crate::{frame, mock::*, presets, *};
use edgeproof_primitives::{MAX_INLINE_BYTES, UNIT};
use frame::{
    deps::sp_runtime::{FixedU128, Permill},
    testing_prelude::*,
};

#[test]
fn an_empty_storage_yields_the_defaults() {
    TestState::default().execute_with(|| {
        assert_eq!(EpochLength::<Test>::get(), 600);
        assert_eq!(SlotDuration::<Test>::get(), 3_000);
        assert_eq!(MinimumPeriod::<Test>::get(), 1_500);
        assert_eq!(JobRulesOf::<Test>::get(), presets::job_rules::defaults());
        assert_eq!(WorkerRulesOf::<Test>::get(), presets::worker_rules::defaults());
        assert_eq!(DisputeRulesOf::<Test>::get(), presets::dispute_rules::defaults());
        assert_eq!(RewardRulesOf::<Test>::get(), presets::reward_rules::defaults());
        assert_eq!(StakeRulesOf::<Test>::get(), presets::stake_rules::defaults());
        assert_eq!(
            GovernanceRulesOf::<Test>::get(),
            presets::governance_rules::defaults()
        );
        assert_ok!(Params::do_try_state());
    });
}

#[test]
fn the_defaults_are_those_of_the_design() {
    let jobs = presets::job_rules::defaults();
    assert_eq!(
        (jobs.draw_outputs, jobs.reveal, jobs.window_base, jobs.max_draws),
        (1, 200, 100, 3)
    );
    assert_eq!(jobs.worker_share, Permill::from_percent(75));
    assert_eq!(jobs.price_floor, 100_000_000_000_000);
    assert!(jobs.feeless_bytes > MAX_INLINE_BYTES);
    let stake = presets::stake_rules::defaults();
    assert_eq!(
        (stake.min_operator_stake, stake.unbonding),
        (1_000 * UNIT, 57_600)
    );
    let workers = presets::worker_rules::defaults();
    assert_eq!(workers.bond_factor, 20);
    assert_eq!(workers.rate, FixedU128::from_rational(5, 100));
    assert_eq!(workers.missed_commit_slash, Permill::from_percent(1));
    assert_eq!(workers.finder_share, Permill::from_percent(25));
    assert_eq!(
        (jobs.audit_outputs, jobs.max_replicas, jobs.workers_per_replica),
        (3, 5, 4)
    );
    let disputes = presets::dispute_rules::defaults();
    assert_eq!((disputes.answer, disputes.max_games), (20, 16));
    assert_eq!(disputes.bytes_per_block, 104_857_600);
    let rewards = presets::reward_rules::defaults();
    assert_eq!(
        (rewards.validator_issuance, rewards.compute_issuance),
        (24 * UNIT, 19 * UNIT)
    );
    assert_eq!(rewards.returned_share, Permill::from_percent(80));
}

#[test]
fn every_preset_is_consistent() {
    TestExt::new().execute_with(|| {
        for rules in [
            presets::job_rules::defaults(),
            presets::job_rules::for_development(),
            presets::job_rules::for_tests(),
        ] {
            assert_ok!(Params::check_job_rules(&rules));
        }
        for rules in [
            presets::stake_rules::defaults(),
            presets::stake_rules::for_development(),
            presets::stake_rules::for_tests(),
        ] {
            assert_ok!(Params::check_stake_rules(&rules));
        }
        assert_ok!(Params::check_worker_rules(&presets::worker_rules::defaults()));
        for rules in [
            presets::dispute_rules::defaults(),
            presets::dispute_rules::for_development(),
            presets::dispute_rules::for_tests(),
        ] {
            assert_ok!(Params::check_dispute_rules(&rules));
        }
        assert_ok!(Params::check_reward_rules(&presets::reward_rules::defaults()));
        for rules in [
            presets::governance_rules::defaults(),
            presets::governance_rules::for_development(),
        ] {
            assert_ok!(Params::check_governance_rules(&rules));
        }
    });
}

#[test]
fn the_longest_dispute_fits_the_unbonding_of_every_preset() {
    use presets::{dispute_rules, job_rules, stake_rules};
    let presets = [
        (
            job_rules::defaults(),
            dispute_rules::defaults(),
            stake_rules::defaults(),
        ),
        (
            job_rules::for_development(),
            dispute_rules::for_development(),
            stake_rules::defaults(),
        ),
        (
            job_rules::for_tests(),
            dispute_rules::for_tests(),
            stake_rules::for_tests(),
        ),
    ];
    for (jobs, disputes, stake) in presets {
        let longest = longest_dispute(&jobs, &disputes);
        assert!(longest <= stake.unbonding, "{longest} blocks");
    }
}

#[test]
fn one_desk_has_workers_enough_for_replicas() {
    for rules in [
        presets::job_rules::for_development(),
        presets::job_rules::for_tests(),
    ] {
        assert_eq!(rules.workers_per_replica, 1);
    }
}

#[test]
fn tests_run_with_a_tenth_of_every_long_window_and_deadline() {
    let (usual, tenth) = (presets::job_rules::defaults(), presets::job_rules::for_tests());
    assert_eq!(
        (tenth.redraw_interval, tenth.min_execution),
        (1, usual.min_execution)
    );
    assert_eq!(tenth.max_draw * 10, usual.max_draw);
    assert_eq!(tenth.max_execution * 10, usual.max_execution);
    assert_eq!(tenth.reveal * 10, usual.reveal);
    assert_eq!(tenth.window_base * 10, usual.window_base);
    assert_eq!(tenth.max_window * 10, usual.max_window);
    assert!(
        tenth.receipt_retention <= 100,
        "a test can wait for a receipt to be pruned"
    );
    assert_eq!(presets::dispute_rules::for_tests().answer, 3);
}

#[test]
fn genesis_sets_every_value() {
    let mut genesis = GenesisConfig::<Test> {
        epoch_slots: presets::TEST_EPOCH_SLOTS,
        slot_millis: presets::TEST_SLOT_MILLIS,
        job_rules: presets::job_rules::for_tests(),
        stake_rules: presets::stake_rules::for_tests(),
        ..Default::default()
    };
    genesis.worker_rules.bond_factor = 7;
    genesis.dispute_rules.max_games = 2;
    genesis.reward_rules.compute_issuance = 3;
    genesis.governance_rules.decision = 9;
    TestExt::new().genesis(genesis).execute_with(|| {
        assert_eq!(EpochLength::<Test>::get(), 20);
        assert_eq!(SlotDuration::<Test>::get(), 1_000);
        assert_eq!(MinimumPeriod::<Test>::get(), 500);
        assert_eq!(JobRulesOf::<Test>::get(), presets::job_rules::for_tests());
        assert_eq!(Stake::<Test>::get(), presets::stake_rules::for_tests());
        assert_eq!(WorkerRulesOf::<Test>::get().bond_factor, 7);
        assert_eq!(DisputeRulesOf::<Test>::get().max_games, 2);
        assert_eq!(RewardRulesOf::<Test>::get().compute_issuance, 3);
        assert_eq!(GovernanceRulesOf::<Test>::get().decision, 9);
    });
}

#[test]
fn genesis_survives_its_json() {
    let genesis = GenesisConfig::<Test> {
        job_rules: presets::job_rules::for_development(),
        ..Default::default()
    };
    let json = serde_json::to_value(&genesis).expect("a genesis is JSON");
    assert_eq!(json["jobRules"]["window_base"], 10);
    let read: GenesisConfig<Test> = serde_json::from_value(json).expect("and back");
    assert_eq!(read, genesis);
}

#[test]
#[should_panic(expected = "params.epochSlots is out of range")]
fn genesis_refuses_an_empty_epoch() {
    TestExt::new()
        .genesis(GenesisConfig {
            epoch_slots: 0,
            ..Default::default()
        })
        .build();
}

#[test]
#[should_panic(expected = "params.slotMillis is out of range")]
fn genesis_refuses_an_empty_slot() {
    TestExt::new()
        .genesis(GenesisConfig {
            slot_millis: 0,
            ..Default::default()
        })
        .build();
}

#[test]
#[should_panic(expected = "params.slotMillis is out of range or odd")]
fn genesis_refuses_a_slot_that_has_no_half() {
    TestExt::new()
        .genesis(GenesisConfig {
            slot_millis: 1_001,
            ..Default::default()
        })
        .build();
}

#[test]
#[should_panic(expected = "params.jobRules: Err(MaxWindowTooShort)")]
fn genesis_refuses_inconsistent_rules() {
    let mut genesis = GenesisConfig::<Test>::default();
    genesis.job_rules.max_window -= 1;
    TestExt::new().genesis(genesis).build();
}

#[test]
#[should_panic(expected = "params.disputeRules: Err(AnswerZero)")]
fn genesis_refuses_disputes_without_time() {
    let mut genesis = GenesisConfig::<Test>::default();
    genesis.dispute_rules.answer = 0;
    TestExt::new().genesis(genesis).build();
}

#[test]
#[should_panic(expected = "params.rewardRules: Err(ReturnedShareTooLarge)")]
fn genesis_refuses_jobs_that_pay_for_themselves() {
    let mut genesis = GenesisConfig::<Test>::default();
    genesis.reward_rules.returned_share = Permill::from_percent(81);
    TestExt::new().genesis(genesis).build();
}

#[test]
fn a_vote_takes_a_week_on_a_public_chain_and_less_than_a_minute_in_tests() {
    let (usual, desk) = (
        presets::governance_rules::defaults(),
        presets::governance_rules::for_development(),
    );
    assert_eq!(usual.decision, 7 * 24 * 1_200);
    assert!(desk.prepare + desk.decision + desk.confirm + desk.enactment < 60);
}

#[test]
fn no_stored_value_makes_a_getter_return_zero() {
    TestState::default().execute_with(|| {
        EpochSlots::<Test>::put(0);
        SlotMillis::<Test>::put(0);
        assert_eq!(EpochLength::<Test>::get(), 1);
        assert_eq!(SlotDuration::<Test>::get(), 100);
        assert_eq!(MinimumPeriod::<Test>::get(), 50);
        assert_err!(Params::do_try_state(), "params: the epoch length is out of range");
        SlotMillis::<Test>::put(1_001);
        assert_eq!(SlotDuration::<Test>::get(), 2 * MinimumPeriod::<Test>::get());
    });
}

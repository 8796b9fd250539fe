//! Whatever anybody sets or stores, readers see consistent rules.

use crate::{clamps::MAX_TFUEL, frame, mock::*, presets, *};
use frame::{
    deps::sp_runtime::{FixedU128, Permill},
    testing_prelude::*,
};
use pallet_support::{
    DisputeRules, GovernanceRules, JobRules, RewardRules, StakeRules, WorkerRules, MAX_GAMES, MAX_JUDGES,
    MAX_SEATS,
};
use proptest::prelude::*;

/// A value of any size, with the edges favoured.
fn blocks() -> impl Strategy<Value = u32> {
    prop_oneof![
        0u32..4,
        0u32..100_000,
        Just(MAX_EXECUTION),
        Just(MAX_WINDOW),
        Just(MAX_PERIOD),
        any::<u32>()
    ]
}

fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![
        0u128..3,
        Just(5_000_000_000 * edgeproof_primitives::UNIT),
        any::<u128>()
    ]
}

fn share() -> impl Strategy<Value = Permill> {
    prop_oneof![0u32..=1_000_000, any::<u32>()]
        .prop_map(|parts| serde_json::from_value(parts.into()).expect("JSON does not know the bound"))
}

fn job_rules() -> impl Strategy<Value = JobRules> {
    let draw = (0u32..20, blocks(), blocks(), 0u8..3);
    let assurance = (
        0u32..20,
        0u8..12,
        prop_oneof![0..=1_000_000u32, any::<u32>()],
        0u32..5,
    );
    let deadlines = (
        blocks(),
        blocks(),
        any::<u64>(),
        blocks(),
        blocks(),
        blocks(),
        blocks(),
    );
    let prices = (amount(), share(), amount(), amount(), amount(), any::<u32>());
    (draw, assurance, deadlines, prices).prop_map(|(draw, assurance, deadlines, prices)| JobRules {
        draw_outputs: draw.0,
        redraw_interval: draw.1,
        max_draw: draw.2,
        max_draws: draw.3,
        audit_outputs: assurance.0,
        max_replicas: assurance.1,
        max_audit_rate: assurance.2,
        workers_per_replica: assurance.3,
        min_execution: deadlines.0,
        max_execution: deadlines.1,
        operations_per_block: deadlines.2,
        reveal: deadlines.3,
        window_base: deadlines.4,
        max_window: deadlines.5,
        receipt_retention: deadlines.6,
        price_floor: prices.0,
        worker_share: prices.1,
        program_deposit: prices.2,
        byte_deposit: prices.3,
        job_deposit: prices.4,
        feeless_bytes: prices.5,
    })
}

/// The defaults with one or two values replaced: most of these are accepted.
fn near_the_defaults() -> impl Strategy<Value = JobRules> {
    (0u32..20, blocks(), blocks(), share()).prop_map(|(draw_outputs, reveal, max_window, worker_share)| {
        JobRules {
            draw_outputs,
            reveal,
            max_window,
            worker_share,
            ..presets::job_rules::defaults()
        }
    })
}

#[derive(Clone, Debug)]
enum Action {
    Jobs(JobRules),
    Stake(StakeRules),
    Workers(WorkerRules),
    Disputes(DisputeRules),
    Rewards(RewardRules),
    Governance(GovernanceRules),
}

fn governance_rules() -> impl Strategy<Value = GovernanceRules> {
    let votes = (blocks(), blocks(), blocks(), blocks(), blocks(), blocks());
    let deposits = (amount(), 0..2 * MAX_REFERENDUM_DEPOSIT, amount());
    (votes, deposits, amount(), blocks(), share()).prop_map(
        |(votes, deposits, spend_limit, spend_period, treasury_burn)| GovernanceRules {
            prepare: votes.0,
            decision: votes.1,
            confirm: votes.2,
            enactment: votes.3,
            undecided: votes.4,
            vote_lock: votes.5,
            submission_deposit: deposits.0,
            decision_deposit: deposits.1,
            root_deposit: deposits.2,
            spend_limit,
            spend_period,
            treasury_burn,
        },
    )
}

fn dispute_rules() -> impl Strategy<Value = DisputeRules> {
    let bytes_per_block = prop_oneof![Just(MIN_BYTES_PER_BLOCK), 0..1u64 << 40, any::<u64>()];
    let counts = (0..2 * MAX_GAMES, 0..2 * MAX_JUDGES);
    let fees = (any::<u128>(), 0..2 * MAX_TFUEL);
    (blocks(), bytes_per_block, counts, blocks(), fees).prop_map(
        |(answer, bytes_per_block, (max_games, judges), judgement, (judge_fee, chunk_fee))| DisputeRules {
            answer,
            bytes_per_block,
            max_games,
            judges,
            judgement,
            judge_fee,
            chunk_fee,
        },
    )
}

fn stake_rules() -> impl Strategy<Value = StakeRules> {
    let least = (amount(), amount(), amount());
    let times = (blocks(), blocks(), 0..100u32, 0..40u32);
    (least, times, 0..2 * MAX_SEATS, share()).prop_map(
        |(
            (min_operator_stake, min_validator_bond, min_delegation),
            (unbonding, report_window, sessions_per_era, slash_deferral),
            max_validators,
            max_credit,
        )| StakeRules {
            min_operator_stake,
            unbonding,
            min_validator_bond,
            min_delegation,
            max_validators,
            max_credit,
            sessions_per_era,
            report_window,
            slash_deferral,
        },
    )
}

fn reward_rules() -> impl Strategy<Value = RewardRules> {
    let issuance = || prop_oneof![0..2 * MAX_ISSUANCE, Just(MAX_ISSUANCE), any::<u128>()];
    (issuance(), issuance(), share()).prop_map(|(validator_issuance, compute_issuance, returned_share)| {
        RewardRules {
            validator_issuance,
            compute_issuance,
            returned_share,
        }
    })
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        job_rules().prop_map(Action::Jobs),
        near_the_defaults().prop_map(Action::Jobs),
        stake_rules().prop_map(Action::Stake),
        (any::<u32>(), amount(), share(), share()).prop_map(
            |(bond_factor, rate, missed_commit_slash, finder_share)| {
                Action::Workers(WorkerRules {
                    bond_factor,
                    rate: FixedU128::from_inner(rate),
                    missed_commit_slash,
                    finder_share,
                })
            }
        ),
        dispute_rules().prop_map(Action::Disputes),
        reward_rules().prop_map(Action::Rewards),
        governance_rules().prop_map(Action::Governance),
    ]
}

fn run(action: Action) -> DispatchResult {
    let root = RuntimeOrigin::root();
    match action {
        Action::Jobs(rules) => Params::set_job_rules(root, rules),
        Action::Stake(rules) => Params::set_stake_rules(root, rules),
        Action::Workers(rules) => Params::set_worker_rules(root, rules),
        Action::Disputes(rules) => Params::set_dispute_rules(root, rules),
        Action::Rewards(rules) => Params::set_reward_rules(root, rules),
        Action::Governance(rules) => Params::set_governance_rules(root, rules),
    }
}

fn readers_are_safe() {
    assert_ok!(Params::check_job_rules(&JobRulesOf::<Test>::get()));
    assert_ok!(Params::check_stake_rules(&StakeRulesOf::<Test>::get()));
    assert_ok!(Params::check_worker_rules(&WorkerRulesOf::<Test>::get()));
    assert_ok!(Params::check_dispute_rules(&DisputeRulesOf::<Test>::get()));
    assert_ok!(Params::check_reward_rules(&RewardRulesOf::<Test>::get()));
    assert_ok!(Params::check_governance_rules(&GovernanceRulesOf::<Test>::get()));
    let longest = longest_dispute(&JobRulesOf::<Test>::get(), &DisputeRulesOf::<Test>::get());
    let stake = StakeRulesOf::<Test>::get();
    assert!(stake.unbonding >= longest);
    let epoch = EpochLength::<Test>::get().try_into().unwrap();
    assert!(stake.unbonding >= longest_liability(&stake, epoch));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A call either changes nothing or leaves rules that read back as they were set.
    #[test]
    fn any_sequence_of_calls_leaves_consistent_rules(actions in prop::collection::vec(action(), 1..24)) {
        TestExt::new().execute_with(|| {
            for action in actions {
                if run(action).is_ok() {
                    assert_eq!(JobRulesOf::<Test>::get(), Jobs::<Test>::get());
                    assert_eq!(WorkerRulesOf::<Test>::get(), Workers::<Test>::get());
                    assert_eq!(DisputeRulesOf::<Test>::get(), Disputes::<Test>::get());
                    assert_eq!(RewardRulesOf::<Test>::get(), Rewards::<Test>::get());
                    assert_eq!(GovernanceRulesOf::<Test>::get(), Governance::<Test>::get());
                }
                Params::do_try_state().expect("the invariants hold after every call");
                readers_are_safe();
            }
        });
    }

    /// Even rules that no call would have stored are read as consistent ones.
    #[test]
    fn whatever_is_stored_readers_see_consistent_rules(jobs in job_rules(), actions in prop::collection::vec(action(), 1..8)) {
        TestState::default().execute_with(|| {
            Jobs::<Test>::put(jobs);
            for action in actions {
                match action {
                    Action::Jobs(rules) => Jobs::<Test>::put(rules),
                    Action::Stake(rules) => Stake::<Test>::put(rules),
                    Action::Workers(rules) => Workers::<Test>::put(rules),
                    Action::Disputes(rules) => Disputes::<Test>::put(rules),
                    Action::Rewards(rules) => Rewards::<Test>::put(rules),
                    Action::Governance(rules) => Governance::<Test>::put(rules),
                }
                readers_are_safe();
            }
        });
    }
}

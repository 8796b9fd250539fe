//! Shares never make anybody richer than the stake that is there.

use crate::{
    election::{highest, idle, score},
    fund::{Fund, LEAST_SHARE},
    Pool,
};
use frame::deps::sp_runtime::{Perbill, Permill};
use polkadot_sdk::polkadot_sdk_frame as frame;
use proptest::{collection::vec, prelude::*};

#[derive(Clone, Debug)]
enum Action {
    Join(u64),
    /// Gives up a part of the shares of one of the owners.
    Leave(prop::sample::Index, Permill),
    Slash(Perbill),
}

fn action() -> impl Strategy<Value = Action> {
    let part = || 0..=1_000_000u32;
    prop_oneof![
        (1..u64::MAX / 1_000).prop_map(Action::Join),
        (1..1_000u64).prop_map(Action::Join),
        (any::<prop::sample::Index>(), part())
            .prop_map(|(who, part)| Action::Leave(who, Permill::from_parts(part))),
        part().prop_map(|part| Action::Slash(Perbill::from_parts(part * 1_000))),
    ]
}

#[test]
fn a_share_costs_a_planck_until_the_first_slash() {
    let mut fund = Fund::<u64>::default();
    assert_eq!(fund.join(1_000), Some(1_000));
    assert_eq!(fund.join(500), Some(500));
    assert_eq!(fund.leave(300), 300);
    assert_eq!(fund.slash(Perbill::from_percent(50)), 600);
    assert_eq!(fund.value_of(1_000), 500);
    assert_eq!(fund.join(500), Some(1_000));
}

#[test]
fn a_fund_with_shares_and_no_backing_is_closed() {
    let mut fund = Fund::<u64>::default();
    fund.join(1_000).unwrap();
    fund.slash(Perbill::one());
    assert!(fund.is_closed());
    assert_eq!(fund.join(1_000), None);
    assert_eq!(fund.leave(1_000), 0);
    assert!(fund.is_empty());
    assert_eq!(fund.join(7), Some(7));
}

#[test]
fn a_fund_whose_shares_are_worth_next_to_nothing_is_closed() {
    let shares = 10 * LEAST_SHARE;
    assert!(!Fund::<u64> { shares, backing: 10 }.is_closed());
    assert!(Fund::<u64> { shares, backing: 9 }.is_closed());
}

#[test]
fn of_two_slashes_for_one_era_the_larger_counts() {
    let mut pool = Pool::<u64>::default();
    pool.fund.join(1_000_000).unwrap();
    pool.slash(3, Perbill::from_percent(20));
    pool.slash(3, Perbill::from_percent(10));
    assert_eq!(pool.fund.backing, 800_000);
    pool.slash(3, Perbill::from_percent(60));
    assert_eq!(pool.fund.backing, 400_000);
    pool.slash(4, Perbill::from_percent(50));
    assert_eq!(pool.fund.backing, 200_000);
}

#[test]
fn equal_scores_elect_the_lower_account() {
    let candidates = vec![(5u64, 9u64), (7, 3), (5, 2), (1, 1)];
    assert_eq!(highest(candidates.clone(), 3), [3, 2, 9]);
    assert_eq!(highest(candidates, 9), [3, 2, 9, 1]);
}

#[test]
fn only_a_minority_can_be_idle() {
    // A hundred blocks, twenty-five of each.
    let points = vec![(0u32, 1u64), (1, 2), (40, 3), (59, 4)];
    assert_eq!(idle(points.clone(), 100, 8), [1]);
    assert!(idle(points, 28, 8).is_empty());
    assert!(idle(Vec::<(u32, u64)>::new(), 100, 8).is_empty());
    let seven: Vec<_> = (0..7).map(|who| (2, who)).collect();
    assert_eq!(idle(seven, 700, 8), [0, 1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nobody_takes_out_more_than_it_put_in_and_all_never_more_than_there_is(
        actions in vec(action(), 1..60),
    ) {
        let mut fund = Fund::<u64>::default();
        let mut owners: Vec<(u128, u64)> = Vec::new();
        for action in actions {
            match action {
                Action::Join(value) => {
                    let Some(total) = fund.backing.checked_add(value) else { continue };
                    if let Some(shares) = fund.join(value) {
                        prop_assert_eq!(fund.backing.max(value), total.min(fund.backing.max(value)));
                        owners.push((shares, value));
                    }
                }
                Action::Leave(who, part) => {
                    if owners.is_empty() { continue }
                    let place = who.index(owners.len());
                    let (shares, paid) = owners[place];
                    let given = part.mul_floor(shares);
                    let worth = fund.leave(given);
                    // Others' rounding may stay behind, a planck for every time that somebody left.
                    prop_assert!(worth <= paid.saturating_add(60));
                    owners[place] = (shares - given, paid.saturating_sub(worth));
                }
                Action::Slash(part) => {
                    let before = fund.backing;
                    let taken = fund.slash(part);
                    prop_assert_eq!(fund.backing + taken, before);
                    prop_assert!(taken >= part.mul_floor(before));
                }
            }
            let owned: u128 = owners.iter().map(|(shares, _)| shares).sum();
            prop_assert_eq!(owned, fund.shares);
            let worth: u128 = owners.iter().map(|(shares, _)| u128::from(fund.value_of(*shares))).sum();
            prop_assert!(worth <= u128::from(fund.backing));
        }
    }

    #[test]
    fn giving_up_shares_for_a_value_yields_at_least_that(
        shares in 1..u128::from(u64::MAX),
        backing in 1..u64::MAX,
        value in 1..u64::MAX,
    ) {
        let mut fund = Fund { shares, backing };
        let given = fund.shares_for(value, shares);
        prop_assert!(given <= shares);
        if given < shares {
            prop_assert!(fund.leave(given) >= value);
        }
    }

    #[test]
    fn work_adds_at_most_a_quarter_to_a_score(backing in any::<u64>(), credit in any::<u64>()) {
        let score = score(backing, credit, Permill::from_percent(25));
        prop_assert!(score >= backing);
        prop_assert!(u128::from(score) * 4 <= u128::from(backing) * 5);
    }

    #[test]
    fn a_seat_costs_at_least_four_fifths_of_what_it_would_without_work(
        rival in 1..u64::MAX / 2,
        credit in any::<u64>(),
        part in 0..800_000u32,
    ) {
        let less = Permill::from_parts(part).mul_floor(rival);
        let limit = Permill::from_percent(25);
        prop_assert!(score(less, credit, limit) <= score(rival, 0, limit));
    }

    #[test]
    fn shares_never_earn_more_than_the_reward(
        stakes in vec(1..1_000_000_000u64, 1..8),
        rewards in vec(0..u128::from(u64::MAX), 1..20),
        commission in 0..=1_000_000u32,
    ) {
        let mut pool = Pool::<u64> { commission: Permill::from_parts(commission), ..Default::default() };
        let mut owners: Vec<_> = stakes
            .iter()
            .map(|stake| crate::Delegation {
                validator: 1u64,
                shares: pool.fund.join(*stake).unwrap(),
                principal: *stake,
                paid: 0,
            })
            .collect();
        let mut owed = 0;
        for reward in &rewards {
            pool.accrue(*reward);
            owners.iter_mut().for_each(|owner| owner.collect(&pool, &mut owed));
        }
        let all: u128 = rewards.iter().sum();
        prop_assert!(owed + pool.taken <= all);
        // A planck for every owner and reward, and one for every division by shares.
        let lost = (owners.len() + 2) * rewards.len();
        prop_assert!(owed + pool.taken + u128::try_from(lost).unwrap() * 2 >= all);
    }
}

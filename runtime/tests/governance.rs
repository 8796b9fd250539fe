//! THETA governs: whole referenda on the real runtime, whose blocks all hold every invariant.

mod chain;

use chain::{on_chain, tfuel, Chain, Keypair, Refusal};
use codec::Encode;
use edgeproof_primitives::UNIT;
use edgeproof_runtime::*;
use pallet_support::{SlashShares, StakeLedger};
use polkadot_sdk::{
    frame_support::{
        assert_ok,
        traits::{
            fungible::{Inspect, InspectHold},
            schedule::DispatchTime,
            tokens::{Fortitude, Preservation},
            Bounded,
        },
    },
    frame_system, pallet_balances, pallet_conviction_voting,
    pallet_conviction_voting::{AccountVote, Conviction, Vote},
    pallet_preimage, pallet_proxy, pallet_referenda,
    pallet_referenda::ReferendumInfo,
    pallet_scheduler, pallet_sudo, pallet_treasury,
    sp_io::hashing::blake2_256,
    sp_runtime::{traits::BadOrigin, DispatchError, DispatchResult, Permill},
};

type Index = pallet_referenda::ReferendumIndex;

/// Blocks in which every referendum of the `test` preset has ended.
const VOTE: BlockNumber = 40;

fn alice() -> Keypair {
    Keypair::new("//Alice")
}

fn bob() -> Keypair {
    Keypair::new("//Bob")
}

fn theta(who: &AccountId) -> Balance {
    <Theta as Inspect<AccountId>>::total_balance(who)
}

/// What is held of an account's THETA besides its stake.
fn theta_deposits(who: &AccountId) -> Balance {
    let staked = Staking::ledger(who.clone()).map_or(0, |ledger| ledger.total());
    Theta::reserved_balance(who) - staked
}

/// `//Alice` notes a call, submits a referendum about it and pays for its decision.
fn propose(chain: &Chain, origin: impl Into<OriginCaller>, call: impl Into<RuntimeCall>) -> Index {
    let bytes = call.into().encode();
    let proposal = Bounded::Lookup {
        hash: blake2_256(&bytes).into(),
        len: bytes.len() as u32,
    };
    assert_ok!(chain.submit(&alice(), pallet_preimage::Call::note_preimage { bytes }));
    let index = pallet_referenda::ReferendumCount::<Runtime>::get();
    let submit = pallet_referenda::Call::submit {
        proposal_origin: Box::new(origin.into()),
        proposal,
        enactment_moment: DispatchTime::After(0),
    };
    assert_ok!(chain.submit(&alice(), submit));
    let deposit = pallet_referenda::Call::place_decision_deposit { index };
    assert_ok!(chain.submit(&alice(), deposit));
    index
}

fn root() -> OriginCaller {
    OriginCaller::system(frame_system::RawOrigin::Root)
}

fn vote(
    chain: &Chain,
    who: &Keypair,
    poll_index: Index,
    aye: bool,
    conviction: Conviction,
    balance: Balance,
) -> Result<(), Refusal> {
    let vote = AccountVote::Standard {
        vote: Vote { aye, conviction },
        balance,
    };
    chain.submit(who, pallet_conviction_voting::Call::vote { poll_index, vote })
}

/// Everything that some account owns, in one vote.
fn vote_all(chain: &Chain, who: &Keypair, index: Index, aye: bool) {
    let all = theta(&who.account());
    assert_ok!(vote(chain, who, index, aye, Conviction::Locked1x, all));
}

/// Advances to the enactment of the one referendum that is decided, and returns how it went.
fn enact(chain: &mut Chain) -> DispatchResult {
    chain.advance_until(VOTE, || {
        System::events()
            .into_iter()
            .find_map(|record| match record.event {
                // The alarms of referenda have no name.
                RuntimeEvent::Scheduler(pallet_scheduler::Event::Dispatched {
                    id: Some(_), result, ..
                }) => Some(result),
                _ => None,
            })
    })
}

fn is_rejected(index: Index) -> Option<()> {
    let info = pallet_referenda::ReferendumInfoFor::<Runtime>::get(index);
    matches!(info, Some(ReferendumInfo::Rejected(..))).then_some(())
}

/// A change of one governed value.
fn other_bonds() -> RuntimeCall {
    let mut rules = Params::worker_rules();
    rules.bond_factor = 33;
    pallet_params::Call::set_worker_rules { rules }.into()
}

fn other_votes() -> RuntimeCall {
    let mut rules = Params::governance_rules();
    rules.decision = 33;
    pallet_params::Call::set_governance_rules { rules }.into()
}

/// Bonds all of an account's THETA but the existential deposit.
fn bond_all(chain: &Chain, who: &Keypair) {
    let value = Theta::reducible_balance(&who.account(), Preservation::Preserve, Fortitude::Polite);
    assert_ok!(chain.submit(who, pallet_theta_staking::Call::bond { value }));
}

#[test]
fn bonded_theta_changes_a_governed_value_and_the_proposer_is_made_whole() {
    on_chain("test", |chain| {
        bond_all(chain, &bob());
        let index = propose(chain, Origin::Parameters, other_bonds());
        let rules = Params::governance_rules();
        assert_eq!(
            theta_deposits(&alice().account()),
            rules.submission_deposit + rules.decision_deposit
        );
        vote_all(chain, &bob(), index, true);
        let started = chain.number();
        assert_ok!(enact(chain));
        assert!(chain.number() - started < 60, "within a minute");
        assert_eq!(Params::worker_rules().bond_factor, 33);

        let unbond = pallet_theta_staking::Call::unbond { value: UNIT };
        assert_ok!(chain.submit(&bob(), unbond));
        assert_ok!(chain.submit(&bob(), pallet_referenda::Call::refund_decision_deposit { index }));
        assert_ok!(chain.submit(
            &bob(),
            pallet_referenda::Call::refund_submission_deposit { index }
        ));
        assert_eq!(theta_deposits(&alice().account()), 0);
        assert!(Balances::total_balance_on_hold(&alice().account()) > 0);
        let hash = blake2_256(&other_bonds().encode()).into();
        assert_ok!(chain.submit(&alice(), pallet_preimage::Call::unnote_preimage { hash }));
        assert_eq!(Balances::total_balance_on_hold(&alice().account()), 0);
    });
}

#[test]
fn what_won_with_a_conviction_stays_locked_for_its_time() {
    on_chain("test", |chain| {
        let index = propose(chain, Origin::Parameters, other_bonds());
        vote_all(chain, &bob(), index, true);
        assert_ok!(enact(chain));
        let free = || Theta::reducible_balance(&bob().account(), Preservation::Expendable, Fortitude::Polite);
        let unlock = || pallet_conviction_voting::Call::unlock {
            class: tracks::PARAMETERS,
            target: bob().account().into(),
        };
        let remove = pallet_conviction_voting::Call::remove_vote {
            class: Some(tracks::PARAMETERS),
            index,
        };
        assert_ok!(chain.submit(&bob(), remove));
        assert_ok!(chain.submit(&bob(), unlock()));
        assert_eq!(free(), 0);
        chain.advance(Params::governance_rules().vote_lock);
        assert_ok!(chain.submit(&bob(), unlock()));
        assert!(free() > 0);
    });
}

#[test]
fn a_rejected_referendum_changes_nothing_and_returns_the_decision_deposit() {
    on_chain("test", |chain| {
        let before = Params::worker_rules();
        let index = propose(chain, Origin::Parameters, other_bonds());
        vote_all(chain, &alice(), index, true);
        vote_all(chain, &bob(), index, false);
        chain.advance_until(VOTE, || is_rejected(index));
        chain.advance(5);
        assert_eq!(Params::worker_rules(), before);
        assert_ok!(chain.submit(
            &alice(),
            pallet_referenda::Call::refund_decision_deposit { index }
        ));
        assert_eq!(
            theta_deposits(&alice().account()),
            Params::governance_rules().submission_deposit,
            "the smaller deposit is the price of having asked"
        );
    });
}

#[test]
fn a_referendum_without_enough_support_is_rejected() {
    on_chain("test", |chain| {
        let index = propose(chain, root(), other_votes());
        // An account of twelve is 8 % of all THETA; root asks for 10 % in the end.
        vote_all(chain, &bob(), index, true);
        chain.advance_until(VOTE, || is_rejected(index));
        assert_ne!(Params::governance_rules().decision, 33);
    });
}

#[test]
fn the_rules_of_votes_are_roots_alone() {
    on_chain("test", |chain| {
        let index = propose(chain, Origin::Parameters, other_votes());
        vote_all(chain, &bob(), index, true);
        assert_eq!(enact(chain), Err(BadOrigin.into()));
    });
}

#[test]
fn root_changes_how_votes_are_held() {
    on_chain("test", |chain| {
        let index = propose(chain, root(), other_votes());
        let deposit = Params::governance_rules().root_deposit;
        assert!(theta_deposits(&alice().account()) > deposit);
        vote_all(chain, &bob(), index, true);
        vote_all(chain, &Keypair::new("//Charlie"), index, true);
        assert_ok!(enact(chain));
        assert_eq!(Params::governance_rules().decision, 33);
    });
}

#[test]
fn the_treasury_pays_what_was_approved() {
    on_chain("test", |chain| {
        fund_treasury(chain, 5_000 * UNIT);
        let ferdie = Keypair::new("//Ferdie").account();
        let before = tfuel(&ferdie);
        let index = propose(chain, Origin::Treasurer, spend(1_000 * UNIT));
        vote_all(chain, &bob(), index, true);
        assert_ok!(enact(chain));
        assert_ok!(chain.submit(&alice(), pallet_treasury::Call::payout { index: 0 }));
        assert_eq!(tfuel(&ferdie), before + 1_000 * UNIT);
        assert!(chain
            .submit(&alice(), pallet_treasury::Call::payout { index: 0 })
            .is_err());
    });
}

#[test]
fn the_treasury_does_not_pay_above_the_limit() {
    on_chain("test", |chain| {
        let above = Params::governance_rules().spend_limit + 1;
        let index = propose(chain, Origin::Treasurer, spend(above));
        vote_all(chain, &bob(), index, true);
        let refused = pallet_treasury::Error::<Runtime>::InsufficientPermission;
        assert_eq!(enact(chain), Err(refused.into()));
        assert_eq!(pallet_treasury::SpendCount::<Runtime>::get(), 0);
    });
}

#[test]
fn what_the_treasury_leaves_unspent_is_burned_by_and_by_and_counted() {
    on_chain("test", |chain| {
        fund_treasury(chain, 5_000 * UNIT);
        let before = TfuelSupply::burned();
        chain.advance(Params::governance_rules().spend_period);
        assert_eq!(TfuelSupply::burned() - before, 50 * UNIT);
    });
}

#[test]
fn each_track_is_held_to_its_calls() {
    on_chain("test", |chain| {
        let index = propose(chain, Origin::Treasurer, other_bonds());
        vote_all(chain, &bob(), index, true);
        assert_eq!(enact(chain), Err(BadOrigin.into()));
    });
    on_chain("test", |chain| {
        let index = propose(chain, Origin::Parameters, spend(UNIT));
        vote_all(chain, &bob(), index, true);
        assert_eq!(enact(chain), Err(BadOrigin.into()));
    });
}

#[test]
fn no_track_below_root_passes_the_filter_of_uncounted_burns() {
    on_chain("test", |chain| {
        let burn = pallet_balances::Call::<Runtime>::force_adjust_total_issuance {
            direction: pallet_balances::AdjustmentDirection::Decrease,
            delta: UNIT,
        };
        let index = propose(chain, Origin::Parameters, burn);
        vote_all(chain, &bob(), index, true);
        assert_eq!(
            enact(chain),
            Err(frame_system::Error::<Runtime>::CallFiltered.into())
        );
    });
}

#[test]
fn nobody_governs_without_a_referendum() {
    on_chain("test", |chain| {
        let refused = Err(Refusal::Failed(BadOrigin.into()));
        assert_eq!(chain.submit(&alice(), other_bonds()), refused);
        assert_eq!(chain.submit(&alice(), other_votes()), refused);
        assert_eq!(chain.submit(&alice(), spend(UNIT)), refused);
        let index = propose(chain, Origin::Parameters, other_bonds());
        let kill = pallet_referenda::Call::kill { index };
        assert_eq!(chain.submit(&alice(), kill), refused);
        let cancel = pallet_referenda::Call::cancel { index };
        assert_eq!(chain.submit(&alice(), cancel), refused);
        let in_anothers_name = pallet_referenda::Call::submit {
            proposal_origin: Box::new(OriginCaller::system(frame_system::RawOrigin::Signed(
                bob().account(),
            ))),
            proposal: Bounded::Inline(Vec::new().try_into().expect("short")),
            enactment_moment: DispatchTime::After(0),
        };
        let no_track = pallet_referenda::Error::<Runtime>::NoTrack;
        assert_eq!(
            chain.submit(&alice(), in_anothers_name),
            Err(Refusal::Failed(no_track.into()))
        );
    });
}

#[test]
fn nobody_votes_with_more_than_is_owned() {
    on_chain("test", |chain| {
        let index = propose(chain, Origin::Parameters, other_bonds());
        let more = theta(&bob().account()) + 1;
        assert_eq!(
            vote(chain, &bob(), index, true, Conviction::None, more),
            Err(too_much())
        );
        let votes = AccountVote::SplitAbstain {
            aye: more / 2,
            nay: more / 2,
            abstain: 1,
        };
        let vote = pallet_conviction_voting::Call::vote {
            poll_index: index,
            vote: votes,
        };
        assert_eq!(chain.submit(&bob(), vote), Err(too_much()));
    });
}

#[test]
fn what_a_slash_took_neither_votes_nor_is_delegated() {
    on_chain("test", |chain| {
        bond_all(chain, &bob());
        let who = bob().account();
        let all = theta(&who);
        assert_ok!(<Staking as StakeLedger<AccountId>>::lock(&who, 1_000 * UNIT));
        let shares = SlashShares {
            injured: &alice().account(),
            compensation: 0,
            finder: None,
            finder_share: Permill::zero(),
            driver: None,
        };
        Staking::slash(&who, 1_000 * UNIT, shares);
        assert_eq!(theta(&who), all, "it is burned later");

        let left = all - 1_000 * UNIT;
        let index = propose(chain, Origin::Parameters, other_bonds());
        let delegate = |balance| pallet_conviction_voting::Call::delegate {
            class: tracks::TREASURY,
            to: alice().account().into(),
            conviction: Conviction::None,
            balance,
        };
        assert_eq!(
            vote(chain, &bob(), index, true, Conviction::None, left + 1),
            Err(too_much())
        );
        assert_eq!(chain.submit(&bob(), delegate(left + 1)), Err(too_much()));
        assert_ok!(vote(chain, &bob(), index, true, Conviction::None, left));
        assert_ok!(chain.submit(&bob(), delegate(left)));
    });
}

#[test]
fn the_deposits_of_a_killed_referendum_are_burned_and_counted() {
    on_chain("test", |chain| {
        let before = theta(&alice().account());
        let index = propose(chain, Origin::Parameters, other_bonds());
        let deposits = theta_deposits(&alice().account());
        let kill = RuntimeCall::from(pallet_referenda::Call::kill { index });
        assert_ok!(chain.submit(&alice(), pallet_sudo::Call::sudo { call: kill.into() }));
        assert_eq!(ThetaSupply::burned(), deposits);
        assert_eq!(theta(&alice().account()), before - deposits);
    });
}

#[test]
fn a_proxy_for_governance_votes_and_moves_nothing() {
    on_chain("test", |chain| {
        let ferdie = Keypair::new("//Ferdie");
        let add: RuntimeCall = pallet_proxy::Call::<Runtime>::add_proxy {
            delegate: ferdie.account().into(),
            proxy_type: ProxyType::Governance,
            delay: 0,
        }
        .into();
        assert_ok!(chain.submit(&bob(), add));
        let index = propose(chain, Origin::Parameters, other_bonds());
        let for_bob = |call: RuntimeCall| pallet_proxy::Call::<Runtime>::proxy {
            real: bob().account().into(),
            force_proxy_type: None,
            call: Box::new(call),
        };
        let vote = AccountVote::Standard {
            vote: Vote {
                aye: true,
                conviction: Conviction::None,
            },
            balance: UNIT,
        };
        let vote = pallet_conviction_voting::Call::vote {
            poll_index: index,
            vote,
        };
        assert_ok!(chain.submit(&ferdie, for_bob(vote.into())));
        let voting = pallet_conviction_voting::VotingFor::<Runtime>::get(bob().account(), tracks::PARAMETERS);
        assert_eq!(voting.locked_balance(), UNIT);

        let before = theta(&bob().account());
        let steal = RuntimeCall::Theta(pallet_balances::Call::transfer_keep_alive {
            dest: ferdie.account().into(),
            value: UNIT,
        });
        assert_ok!(chain.submit(&ferdie, for_bob(steal)));
        assert_eq!(theta(&bob().account()), before);
    });
}

#[test]
fn only_development_chains_have_a_sudo_key() {
    let has_key = |preset| {
        let mut found = None;
        on_chain(preset, |_| found = pallet_sudo::Key::<Runtime>::get());
        found.is_some()
    };
    assert!(has_key("development"));
    assert!(has_key("test"));
    assert!(!has_key("local"));
}

#[test]
fn votes_are_short_on_a_desk_and_long_in_public() {
    let vote = |preset| {
        let mut blocks = 0;
        on_chain(preset, |_| {
            let rules = Params::governance_rules();
            blocks = rules.prepare + rules.decision + rules.confirm + rules.enactment;
        });
        blocks
    };
    assert!(vote("development") < 60);
    assert!(vote("test") < 60);
    assert!(vote("local") > 7 * 28_800);
}

fn too_much() -> Refusal {
    Refusal::Failed(DispatchError::from(
        pallet_conviction_voting::Error::<Runtime>::InsufficientFunds,
    ))
}

fn fund_treasury(chain: &Chain, value: Balance) {
    let gift: RuntimeCall = pallet_balances::Call::<Runtime>::transfer_keep_alive {
        dest: Treasury::account_id().into(),
        value,
    }
    .into();
    assert_ok!(chain.submit(&alice(), gift));
}

/// A spend for `//Ferdie`.
fn spend(amount: Balance) -> RuntimeCall {
    pallet_treasury::Call::spend {
        asset_kind: Box::new(()),
        amount,
        beneficiary: Box::new(Keypair::new("//Ferdie").account()),
        valid_from: None,
    }
    .into()
}

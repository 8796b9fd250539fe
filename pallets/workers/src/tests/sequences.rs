//! Random sequences of everything that can happen to workers.

use crate::{mock::*, Workers};
use edgeproof_primitives::{Capability, Demands, Label};
use frame::testing_prelude::*;
use pallet_support::{DriverFaults, FirstSeat, SeatEnd, StakeLedger, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame as frame;
use proptest::{collection::vec, option, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

const STASHES: AccountId = 12;

#[derive(Clone, Debug)]
enum Action {
    Bond(AccountId, ThetaBalance),
    Unbond(AccountId, ThetaBalance),
    Register(AccountId, AccountId, u16, FuelBalance),
    SetAsk(AccountId, FuelBalance),
    SetCapability(AccountId, u16, Label),
    List(Label),
    Delist(Label),
    Pause(AccountId),
    Resume(AccountId),
    Deregister(AccountId),
    ReplaceOperator(AccountId, AccountId),
    Draw {
        seed: u64,
        requester: AccountId,
        giga: u64,
        cap: FuelBalance,
        excluded: Vec<AccountId>,
        seats: u32,
        first: FirstSeat,
        least_workers: u32,
    },
    EndSeat(prop::sample::Index, Option<AccountId>, SeatEnd),
}

/// Stashes, operator keys and strangers overlap.
fn account() -> impl Strategy<Value = AccountId> {
    1..=STASHES + 8
}

fn theta() -> impl Strategy<Value = ThetaBalance> {
    prop_oneof![Just(MINIMUM), 0..5 * MINIMUM]
}

fn ask() -> impl Strategy<Value = FuelBalance> {
    prop_oneof![4 => 1..500u128, 1 => any::<u128>(), 1 => Just(0)]
}

fn end() -> impl Strategy<Value = SeatEnd> {
    prop_oneof![
        Just(SeatEnd::Succeeded),
        Just(SeatEnd::CommitMissed),
        Just(SeatEnd::RevealMissed),
        Just(SeatEnd::Refuted),
        Just(SeatEnd::Released)
    ]
}

fn draw() -> impl Strategy<Value = Action> {
    let first = prop_oneof![Just(FirstSeat::Cheapest), Just(FirstSeat::Anyone)];
    let who = (account(), vec(account(), 0..4));
    let what = (0..5u64, ask());
    let seats = (
        prop_oneof![2 => Just(1), 3 => 0..5u32, 1 => 0..12u32],
        first,
        prop_oneof![3 => Just(0), 1 => 0..8u32],
    );
    (any::<u64>(), who, what, seats).prop_map(
        |(seed, (requester, excluded), (giga, cap), (seats, first, least_workers))| Action::Draw {
            seed,
            requester,
            giga,
            cap,
            excluded,
            seats,
            first,
            least_workers,
        },
    )
}

/// That with which everybody registers, or another one.
fn any_driver() -> impl Strategy<Value = Label> {
    prop_oneof![
        Just(capability().driver),
        Just(driver("Mesa 23")),
        Just(driver(""))
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => (account(), theta()).prop_map(|(who, value)| Action::Bond(who, value)),
        1 => (account(), theta()).prop_map(|(who, value)| Action::Unbond(who, value)),
        5 => (account(), account(), 0..4u16, ask())
            .prop_map(|(stash, operator, slots, ask)| Action::Register(stash, operator, slots, ask)),
        1 => (account(), ask()).prop_map(|(who, ask)| Action::SetAsk(who, ask)),
        1 => (account(), 0..4u16, any_driver())
            .prop_map(|(who, slots, driver)| Action::SetCapability(who, slots, driver)),
        1 => any_driver().prop_map(Action::List),
        2 => any_driver().prop_map(Action::Delist),
        1 => account().prop_map(Action::Pause),
        1 => account().prop_map(Action::Resume),
        1 => account().prop_map(Action::Deregister),
        1 => (account(), account()).prop_map(|(who, operator)| Action::ReplaceOperator(who, operator)),
        6 => draw(),
        4 => (any::<prop::sample::Index>(), option::of(account()), end())
            .prop_map(|(seat, finder, end)| Action::EndSeat(seat, finder, end)),
    ]
}

/// A call that may be refused; what it must not break is checked afterwards.
fn attempt(_: DispatchResult) {}

fn act(action: Action, seats: &mut Vec<Seat>) {
    match action {
        Action::Bond(who, value) => Ledger::bond(who, value),
        Action::Unbond(who, value) => Ledger::unbond(who, value),
        Action::Register(stash, operator, slots, ask) => {
            let capability = Capability {
                slots,
                ..capability()
            };
            attempt(Registry::register(origin(stash), operator, capability, ask))
        }
        Action::SetAsk(who, ask) => attempt(Registry::set_ask(origin(who), ask)),
        Action::SetCapability(who, slots, driver) => attempt(Registry::set_capability(
            origin(who),
            Capability {
                slots,
                driver,
                ..capability()
            },
        )),
        Action::List(driver) => attempt(Registry::list_driver(RuntimeOrigin::root(), driver)),
        Action::Delist(driver) => attempt(Registry::delist_driver(RuntimeOrigin::root(), driver)),
        Action::Pause(who) => attempt(Registry::pause(origin(who))),
        Action::Resume(who) => attempt(Registry::resume(origin(who))),
        Action::Deregister(who) => attempt(Registry::deregister(origin(who))),
        Action::ReplaceOperator(who, operator) => attempt(Registry::replace_operator(origin(who), operator)),
        Action::Draw {
            seed,
            requester,
            giga,
            cap,
            excluded,
            seats: wanted,
            first,
            least_workers,
        } => {
            let demands = Demands::default();
            let request = Request {
                requester: &requester,
                operations: giga * GIGA,
                price_cap: cap,
                demands: &demands,
                excluded: &excluded,
                seats: wanted,
                first,
                least_workers,
            };
            let active = crate::IndexLen::<Test>::get();
            let drawn = Registry::draw(spread(seed), &request);
            assert_drawn(&drawn, &request, active);
            seats.extend(drawn);
        }
        Action::EndSeat(which, finder, end) => {
            if !seats.is_empty() {
                end_seat(seats.swap_remove(which.index(seats.len())), finder, end);
            }
        }
    }
}

/// As many different workers as there are seats, all of whom fit, or nobody.
fn assert_drawn(drawn: &[Seat], request: &Request, active: u32) {
    assert!(drawn.is_empty() || drawn.len() == request.seats as usize);
    assert!(drawn.is_empty() || active >= request.least_workers);
    let stashes: BTreeSet<_> = drawn.iter().map(|seat| seat.stash).collect();
    assert_eq!(stashes.len(), drawn.len(), "no worker twice");
    for seat in drawn {
        assert!(seat.fee <= request.price_cap);
        assert!(seat.stash != *request.requester && seat.operator != *request.requester);
        assert!(!request.excluded.contains(&seat.operator));
        assert!(Ledger::bonded(&seat.stash) >= MINIMUM);
        let driver = Registry::worker(seat.stash).unwrap().capability.driver;
        assert!(!Registry::is_listed(&driver));
        if request.first == FirstSeat::Cheapest {
            assert!(drawn[0].fee <= seat.fee);
        }
    }
}

fn end_seat(seat: Seat, finder: Option<AccountId>, end: SeatEnd) {
    let bonded = Ledger::bonded(&seat.stash);
    let slash = Registry::end_seat(&seat, &REQUESTER, finder.as_ref(), end);
    let taken = slash.compensated + slash.rewarded + slash.held;
    assert!(finder.is_some() || slash.rewarded == 0);
    assert_eq!(Ledger::bonded(&seat.stash), bonded - taken);
    match end {
        SeatEnd::Succeeded | SeatEnd::Released => assert_eq!(taken, 0),
        SeatEnd::CommitMissed => assert!(slash.held == taken && taken <= seat.bond),
        SeatEnd::RevealMissed => assert!(slash.rewarded == 0 && taken == seat.bond),
        SeatEnd::Refuted => assert_eq!(taken, seat.bond),
    }
}

/// The registry counts the seats that are held, and the ledger risks exactly their bonds.
fn assert_seats(seats: &[Seat]) {
    let mut expected: BTreeMap<AccountId, (u16, ThetaBalance)> = BTreeMap::new();
    for seat in seats {
        let (held, bonds) = expected.entry(seat.stash).or_default();
        *held += 1;
        *bonds += seat.bond;
        assert_eq!(Registry::worker(seat.stash).unwrap().operator, seat.operator);
    }
    for stash in 1..=STASHES + 8 {
        let (held, bonds) = expected.remove(&stash).unwrap_or_default();
        assert_eq!(
            Workers::<Test>::get(stash).map_or(0, |worker| worker.seats_held),
            held
        );
        assert_eq!(Ledger::at_risk(stash), bonds);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_sequence_of_actions_breaks_the_registry(actions in vec(action(), 1..200)) {
        TestExt::new().execute_with(|| {
            let mut seats = Vec::new();
            (1..=STASHES).for_each(|stash| Ledger::bond(stash, 2 * MINIMUM));
            for action in actions {
                act(action, &mut seats);
                Registry::do_try_state().unwrap();
                assert_seats(&seats);
            }
            // Whatever happened, everybody can leave.
            for seat in seats.drain(..) {
                Registry::end_seat(&seat, &REQUESTER, None, SeatEnd::Succeeded);
            }
            for stash in Workers::<Test>::iter_keys().collect::<Vec<_>>() {
                assert_ok!(Registry::deregister(origin(stash)));
            }
            assert_eq!(crate::IndexLen::<Test>::get(), 0);
            assert_eq!(frame_system::Account::<Test>::iter().count(), 0);
        });
    }
}

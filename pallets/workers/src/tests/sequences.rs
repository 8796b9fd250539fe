//! Random sequences of everything that can happen to workers.

use crate::{mock::*, Workers};
use edgeproof_primitives::{Capability, Demands};
use frame::testing_prelude::*;
use pallet_support::{SeatEnd, StakeLedger, WorkerDraw};
use polkadot_sdk::polkadot_sdk_frame as frame;
use proptest::{collection::vec, prelude::*};
use std::collections::BTreeMap;

const STASHES: AccountId = 12;

#[derive(Clone, Debug)]
enum Action {
    Bond(AccountId, ThetaBalance),
    Unbond(AccountId, ThetaBalance),
    Register(AccountId, AccountId, u16, FuelBalance),
    SetAsk(AccountId, FuelBalance),
    SetSlots(AccountId, u16),
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
    },
    EndSeat(prop::sample::Index, SeatEnd),
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
        Just(SeatEnd::RevealMissed)
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => (account(), theta()).prop_map(|(who, value)| Action::Bond(who, value)),
        1 => (account(), theta()).prop_map(|(who, value)| Action::Unbond(who, value)),
        5 => (account(), account(), 0..4u16, ask())
            .prop_map(|(stash, operator, slots, ask)| Action::Register(stash, operator, slots, ask)),
        1 => (account(), ask()).prop_map(|(who, ask)| Action::SetAsk(who, ask)),
        1 => (account(), 0..4u16).prop_map(|(who, slots)| Action::SetSlots(who, slots)),
        1 => account().prop_map(Action::Pause),
        1 => account().prop_map(Action::Resume),
        1 => account().prop_map(Action::Deregister),
        1 => (account(), account()).prop_map(|(who, operator)| Action::ReplaceOperator(who, operator)),
        6 => (any::<u64>(), account(), 0..5u64, ask(), vec(account(), 0..4)).prop_map(
            |(seed, requester, giga, cap, excluded)| Action::Draw { seed, requester, giga, cap, excluded }
        ),
        4 => (any::<prop::sample::Index>(), end()).prop_map(|(seat, end)| Action::EndSeat(seat, end)),
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
        Action::SetSlots(who, slots) => attempt(Registry::set_capability(
            origin(who),
            Capability {
                slots,
                ..capability()
            },
        )),
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
        } => {
            let seat = draw_for(seed, &Demands::default(), |request| {
                request.requester = &requester;
                request.operations = giga * GIGA;
                request.price_cap = cap;
                request.excluded = &excluded;
            });
            if let Some(seat) = seat {
                assert!(seat.fee <= cap && seat.stash != requester && seat.operator != requester);
                assert!(!excluded.contains(&seat.operator));
                assert!(Ledger::bonded(&seat.stash) >= MINIMUM);
                seats.push(seat);
            }
        }
        Action::EndSeat(which, end) => {
            if !seats.is_empty() {
                let seat = seats.swap_remove(which.index(seats.len()));
                let bonded = Ledger::bonded(&seat.stash);
                let slash = Registry::end_seat(&seat, &REQUESTER, end);
                let taken = slash.compensated + slash.burned;
                assert_eq!(Ledger::bonded(&seat.stash), bonded - taken);
                match end {
                    SeatEnd::Succeeded => assert_eq!(taken, 0),
                    SeatEnd::CommitMissed => assert!(slash.compensated == 0 && taken <= seat.bond),
                    SeatEnd::RevealMissed => assert_eq!(taken, seat.bond),
                }
            }
        }
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
                Registry::end_seat(&seat, &REQUESTER, SeatEnd::Succeeded);
            }
            for stash in Workers::<Test>::iter_keys().collect::<Vec<_>>() {
                assert_ok!(Registry::deregister(origin(stash)));
            }
            assert_eq!(crate::IndexLen::<Test>::get(), 0);
            assert_eq!(frame_system::Account::<Test>::iter().count(), 0);
        });
    }
}

//! What the registry says to those who ask.

use crate::{mock::*, offer, Candidate, Index, IndexLen, Terms, Worker, WorkerState, Workers, MAX_SURVEYED};
use edgeproof_primitives::{Capability, Clause, ClauseCount, Demands, Region, Survey};
use frame::testing_prelude::*;
use pallet_support::WorkerMarket;
use polkadot_sdk::polkadot_sdk_frame as frame;
use proptest::prelude::*;

/// Asks for a giga-operation of the requester at any price.
fn survey(demands: &Demands) -> (Survey, Vec<FuelBalance>) {
    Registry::survey(&request(demands))
}

fn count(clause: Clause, first: u32, all: u32, only: u32) -> ClauseCount {
    ClauseCount {
        clause,
        first,
        all,
        only,
    }
}

fn edit(stash: AccountId, edit: impl FnOnce(&mut Worker<AccountId, FuelBalance>)) {
    Workers::<Test>::mutate(stash, |worker| edit(worker.as_mut().unwrap()));
}

#[test]
fn a_survey_counts_who_fits_and_why_others_do_not() {
    let chain = (1..=6).fold(TestExt::new(), |chain, stash| {
        chain.worker(stash, 100 * FuelBalance::from(stash))
    });
    chain.execute_with(|| {
        edit(2, |worker| worker.capability.memory = 1 << 30);
        edit(3, |worker| worker.capability.region = Region::new("FR").unwrap());
        edit(4, |worker| {
            worker.capability.memory = 1 << 30;
            worker.capability.region = Region::new("FR").unwrap();
        });
        Ledger::unbond(5, ThetaBalance::MAX);
        let demands = Demands {
            memory: 2 << 30,
            regions: vec![Region::new("DE").unwrap()].try_into().unwrap(),
            ..Demands::default()
        };
        assert_storage_noop!(survey(&demands));
        let (survey, fees) = survey(&demands);
        assert_eq!(fees, [100, 600]);
        assert_eq!(
            survey,
            Survey {
                active: 6,
                seen: 6,
                fitting: 2,
                excluded: vec![
                    count(Clause::Memory, 2, 2, 1),
                    count(Clause::Region, 1, 2, 1),
                    count(Clause::StakeBelowMinimum, 1, 1, 0),
                    count(Clause::BondNotAvailable, 0, 1, 0),
                ],
            }
        );
    });
}

#[test]
fn nobody_at_all_is_an_answer() {
    TestExt::new().execute_with(|| {
        assert_eq!(survey(&Demands::default()), (Survey::default(), Vec::new()));
    });
    TestExt::new().worker(1, 100).execute_with(|| {
        let demands = Demands {
            memory: u64::MAX,
            ..Demands::default()
        };
        let (survey, fees) = survey(&demands);
        assert!(fees.is_empty());
        assert_eq!(survey.excluded, [count(Clause::Memory, 1, 1, 1)]);
        assert_eq!(survey.fitting_without(&survey.excluded[0]), 1);
    });
}

#[test]
fn a_paused_worker_is_not_surveyed_and_is_told_why() {
    TestExt::new().worker(1, 100).worker(2, 300).execute_with(|| {
        assert_ok!(Registry::pause(origin(1)));
        let demands = Demands::default();
        assert_eq!(survey(&demands).0.active, 1);
        let assessment = Registry::assess(&operator_of(1), &request(&demands)).unwrap();
        assert_eq!(assessment.failing, [Clause::Paused]);
        assert_eq!(assessment.fee, Some(100), "also of a worker that does not fit");
        assert_eq!(
            Registry::assess(&1, &request(&demands)),
            None,
            "a stash is no operator"
        );
    });
}

#[test]
fn a_survey_of_many_looks_at_a_part_from_everywhere() {
    TestExt::new().worker(1, 100).build().execute_with(|| {
        let len = 2 * MAX_SURVEYED + 1;
        let template = Workers::<Test>::get(1).unwrap();
        for position in 1..len {
            let stash = 1_000_000 + AccountId::from(position);
            Index::<Test>::insert(position, stash);
            Ledger::bond(stash, 1_000 * MINIMUM);
            let worker = Worker {
                ask: position.into(),
                state: WorkerState::Active { position },
                ..template.clone()
            };
            Workers::<Test>::insert(stash, worker);
        }
        IndexLen::<Test>::put(len);
        let (survey, fees) = survey(&Demands::default());
        assert_eq!(
            (survey.active, survey.seen, survey.fitting),
            (len, MAX_SURVEYED, MAX_SURVEYED)
        );
        assert!(survey.is_sample());
        assert_eq!(fees.len(), MAX_SURVEYED as usize);
        assert!(
            fees[MAX_SURVEYED as usize - 1] >= FuelBalance::from(len - 3),
            "the last are seen too"
        );
    });
}

fn any_worker() -> impl Strategy<Value = Worker<AccountId, FuelBalance>> {
    let region = prop_oneof![Just("DE"), Just("FR")];
    (0..3u64, region, 1..3u16, 0..3u16, 1..400u128, any::<bool>()).prop_map(
        |(memory, region, slots, seats_held, ask, active)| Worker {
            operator: 11,
            capability: Capability {
                memory,
                region: Region::new(region).unwrap(),
                slots,
                ..capability()
            },
            ask,
            seats_held,
            state: match active {
                true => WorkerState::Active { position: 0 },
                false => WorkerState::Paused,
            },
            reputation: Default::default(),
        },
    )
}

proptest! {
    #[test]
    fn a_view_gives_the_reason_of_the_draw(
        worker in any_worker(),
        (bonded, available) in (900..1_100u64, 0..1_000u64),
        (faulty_driver, cap, memory) in (any::<bool>(), 1..400u128, 0..3u64),
        (requester, excluded) in (prop_oneof![Just(1u64), Just(11), Just(999)], prop_oneof![Just(11u64), Just(12)]),
        reputation in prop_oneof![Just(0), Just(600_000)],
    ) {
        TestExt::new().execute_with(|| {
            let demands = Demands {
                memory,
                regions: vec![Region::new("DE").unwrap()].try_into().unwrap(),
                reputation,
            };
            let candidate = Candidate { stash: &1, worker: &worker, bonded, available, faulty_driver };
            let request = Request {
                price_cap: cap,
                requester: &requester,
                excluded: &[excluded],
                ..request(&demands)
            };
            let terms = Terms { minimum: MINIMUM, rules: Rules::get() };
            let drawn = offer(&candidate, &request, &terms);
            let viewed = crate::assess(&candidate, &request, &terms);
            assert_eq!(drawn.err(), viewed.failing.first().copied());
            if let Ok(offer) = drawn {
                assert_eq!(Some(offer.fee), viewed.fee);
            }
            assert!(viewed.failing.is_sorted(), "in the order in which they are asked");
        });
    }
}

use super::*;
use crate::{audit::is_audited, draw_subject, Error, Event, JobState, AUDIT_DOMAIN};
use edgeproof_primitives::{Outcome, Reason};
use pallet_support::{FirstSeat, SeatEnd};
use std::collections::BTreeSet;

const ALWAYS: u32 = 1_000_000;
/// Blocks from the last commitment to the decision: three outputs, and the block in which their seed is used.
const DECISION: u32 = 4;

/// A job all of whose replicas have committed, honestly, in the block of their draw.
fn deciding(spec: JobSpec) -> JobId {
    let id = assigned(spec);
    commit_all(id);
    assert!(matches!(state(id), JobState::Deciding { audited: false, .. }));
    id
}

/// The same with an auditor, drawn just now.
fn auditing(spec: JobSpec) -> (JobId, AccountId) {
    let id = deciding(spec);
    advance(DECISION);
    assert!(matches!(state(id), JobState::Auditing { .. }));
    (id, *seated(id).last().unwrap())
}

#[test]
fn an_audit_is_decided_by_randomness_that_comes_after_the_last_commitment() {
    crowd(3).execute_with(|| {
        let id = assigned(spec_of(2, ALWAYS));
        let operators = seated(id);
        commit_to(operators[0], id, &output());
        advance(3);
        commit_to(operators[1], id, &output());
        let event = now();
        let draw_by = event + 50;
        assert_eq!(
            state(id),
            JobState::Deciding {
                event,
                draw_by,
                audited: false
            }
        );
        advance(DECISION - 1);
        assert!(matches!(state(id), JobState::Deciding { .. }));
        assert_eq!(Registry::seeds().len(), 1);
        events();
        advance(1);
        assert_eq!(
            Registry::seeds()[1],
            seed_of(AUDIT_DOMAIN, &draw_subject(id, 0), event)
        );
        let commit_by = now() + EXECUTION;
        assert_eq!(state(id), JobState::Auditing { commit_by });
        let auditor = seated(id)[2];
        assert_eq!(
            events(),
            [
                Event::AuditDecided {
                    job: id,
                    audited: true
                },
                Event::AuditorAssigned {
                    job: id,
                    operator: auditor,
                    fee: job(id).seats[2].worker.fee,
                    commit_by
                }
            ]
        );
        assert!(!operators.contains(&auditor));
        assert!(job(id).seats[2].auditor && !job(id).seats[1].auditor);
        assert_eq!(
            Registry::asked()[1],
            Asked {
                seats: 1,
                first: FirstSeat::Anyone,
                least_workers: 0
            }
        );
    });
}

#[test]
fn no_rate_means_no_decision() {
    crowd(2).execute_with(|| {
        let id = assigned(spec_of(1, 0));
        commit_all(id);
        assert!(matches!(state(id), JobState::Committed { .. }));
    });
}

#[test]
fn a_decision_against_an_audit_lets_the_workers_reveal() {
    crowd(2).execute_with(|| {
        let id = deciding(spec_of(1, 1));
        events();
        advance(DECISION);
        assert_eq!(
            state(id),
            JobState::Committed {
                reveal_by: now() + REVEAL
            }
        );
        assert_eq!(
            events(),
            [Event::AuditDecided {
                job: id,
                audited: false
            }]
        );
        reveal_all(id);
        advance(WINDOW + 1);
        assert!(!receipt(id).audited);
        assert_eq!(receipt(id).refunded, 2 * CAP + DEPOSIT - FEE);
    });
}

#[test]
fn the_rate_holds_over_many_seeds() {
    const SEEDS: u32 = 100_000;
    let audits = |rate| {
        let seeds = (0..SEEDS).map(|n| seed_of(AUDIT_DOMAIN, &n.to_le_bytes(), 0));
        seeds.filter(|seed| is_audited(seed, rate)).count() as f64
    };
    for rate in [1_000, 50_000, 80_000, 500_000, 999_000] {
        let chance = f64::from(rate) / 1e6;
        let expected = f64::from(SEEDS) * chance;
        let deviation = (expected * (1.0 - chance)).sqrt();
        let found = audits(rate);
        assert!(
            (found - expected).abs() < 5.0 * deviation,
            "{rate}: {found} instead of {expected}"
        );
    }
    assert_eq!(audits(0), 0.0);
    assert_eq!(audits(ALWAYS), f64::from(SEEDS));
    assert_eq!(audits(u32::MAX), f64::from(SEEDS));
}

#[test]
fn the_rate_holds_over_many_jobs_and_any_other_worker_audits() {
    crowd(6).execute_with(|| {
        let ids: Vec<_> = (0..200).map(|_| submit(REQUESTER, spec_of(1, 250_000))).collect();
        advance_to(DRAWN);
        ids.iter().for_each(|id| commit_all(*id));
        advance(DECISION);
        let audited: Vec<_> = ids
            .iter()
            .filter(|id| matches!(state(**id), JobState::Auditing { .. }))
            .collect();
        // 50 expected, deviation about 6.
        assert!((20..80).contains(&audited.len()), "{}", audited.len());
        assert!(ids
            .iter()
            .all(|id| matches!(state(*id), JobState::Auditing { .. } | JobState::Committed { .. })));
        let auditors: BTreeSet<_> = audited.iter().map(|id| seated(**id)[1]).collect();
        assert_eq!(
            auditors,
            (101..106).collect(),
            "all but the cheapest, who computed"
        );
    });
}

#[test]
fn an_auditor_commits_before_anybody_reveals() {
    crowd(3).execute_with(|| {
        let id = deciding(spec_of(2, ALWAYS));
        let refuse_all = || {
            for operator in seated(id) {
                let error = match job(id).seat_of(&operator).unwrap().committed {
                    Some(_) => Error::<Test>::RevealsNotOpen,
                    None => Error::<Test>::NotCommitted,
                };
                assert_noop!(Jobs::reveal_result(signed(operator), id, opening()), error);
            }
        };
        refuse_all();
        advance(DECISION);
        assert_eq!(seated(id).len(), 3);
        refuse_all();
        advance(2);
        refuse_all();
        commit_to(seated(id)[2], id, &output());
        let reveal_by = now() + REVEAL;
        assert_eq!(state(id), JobState::Committed { reveal_by });
        reveal_all(id);
        assert!(matches!(state(id), JobState::Revealed { .. }));
    });
}

#[test]
fn an_auditor_is_paid_like_a_worker() {
    crowd(3).execute_with(|| {
        let (id, auditor) = auditing(spec_of(1, ALWAYS));
        let fees = [0, 1].map(|n: usize| job(id).seats[n].worker.fee);
        commit_all(id);
        reveal_all(id);
        advance(WINDOW + 1);
        assert_eq!(ended(id), (Outcome::Succeeded, Reason::WindowPassed));
        assert_eq!(free(stash(auditor)), fees[1] * 75 / 100);
        let receipt = receipt(id);
        assert_eq!(receipt.workers.to_vec(), [100, auditor]);
        assert_eq!((receipt.replicas, receipt.audited), (1, true));
        assert_eq!(receipt.paid, fees[0] * 75 / 100 + fees[1] * 75 / 100);
        let burned = fees.map(|fee| fee - fee * 75 / 100);
        assert_eq!(
            Worked::get(),
            [(stash(100), burned[0]), (stash(auditor), burned[1])]
        );
        assert_eq!(receipt.drawn_at, Some(DRAWN));
        assert_made_whole(fees[0] + fees[1]);
        assert_eq!(
            Registry::ends(),
            [(100, SeatEnd::Succeeded), (auditor, SeatEnd::Succeeded)]
        );
    });
}

#[test]
fn a_liar_who_falls_silent_when_an_audit_was_drawn_is_slashed_in_full() {
    crowd(2).execute_with(|| {
        let id = assigned(spec_of(1, ALWAYS));
        let liar = seated(id)[0];
        commit_to(liar, id, &lie());
        advance(DECISION);
        let auditor = seated(id)[1];
        commit_to(auditor, id, &output());
        reveal(auditor, id, &output());
        events();
        advance(REVEAL + 1);
        assert_eq!(Registry::ends(), [(liar, SeatEnd::RevealMissed)]);
        assert_eq!(
            events()[0],
            Event::RevealMissed {
                job: id,
                operator: liar,
                compensated: BOND / 5,
                held: BOND - BOND / 5
            }
        );
        assert!(matches!(state(id), JobState::Revealed { .. }));
        advance(WINDOW + 1);
        let receipt = receipt(id);
        assert_eq!(receipt.output_root, Some(output_root()));
        assert_eq!((receipt.workers.to_vec(), receipt.audited), (vec![auditor], true));
        assert_eq!(free(stash(liar)), 0);
        assert_made_whole(FEE + 1);
    });
}

#[test]
fn a_silent_auditor_is_slashed_in_full_and_the_worker_is_paid() {
    crowd(2).execute_with(|| {
        let (id, auditor) = auditing(spec_of(1, ALWAYS));
        commit_all(id);
        reveal(100, id, &output());
        advance(REVEAL + 1 + WINDOW + 1);
        assert_eq!(
            Registry::ends(),
            [(auditor, SeatEnd::RevealMissed), (100, SeatEnd::Succeeded)]
        );
        assert_eq!(
            (receipt(id).workers.to_vec(), receipt(id).audited),
            (vec![100], false)
        );
        assert_made_whole(FEE);
    });
}

#[test]
fn an_auditor_that_misses_its_deadline_is_replaced() {
    crowd(4).execute_with(|| {
        let (id, first) = auditing(spec_of(1, ALWAYS));
        advance(EXECUTION + 1);
        assert_eq!(Registry::ends(), [(first, SeatEnd::CommitMissed)]);
        assert_eq!((job(id).round, seated(id)), (1, vec![100]));
        assert_eq!(
            state(id),
            JobState::Deciding {
                event: now(),
                draw_by: now() + 50,
                audited: true
            }
        );
        check();
        advance(DECISION);
        let second = seated(id)[1];
        assert_ne!(second, first);
        assert_eq!(job(id).seats[1].round, 1);
        commit_all(id);
        reveal_all(id);
        advance(WINDOW + 1);
        assert_eq!(receipt(id).workers.to_vec(), [100, second]);
        assert!(receipt(id).audited);
    });
}

#[test]
fn a_job_whose_auditors_all_miss_goes_on_without() {
    crowd(5).execute_with(|| {
        let (id, _) = auditing(spec_of(1, ALWAYS));
        advance(2 * (EXECUTION + 1 + DECISION) + EXECUTION);
        assert!(matches!(state(id), JobState::Auditing { .. }));
        events();
        advance(1);
        assert_eq!(Registry::ends().len(), 3);
        assert_eq!(events().last(), Some(&Event::AuditGivenUp { job: id }));
        assert_eq!(
            state(id),
            JobState::Committed {
                reveal_by: now() + REVEAL
            }
        );
        check();
        reveal_all(id);
        advance(WINDOW + 1);
        assert_eq!(ended(id), (Outcome::Succeeded, Reason::WindowPassed));
        assert!(!receipt(id).audited);
        assert_made_whole(FEE);
    });
}

#[test]
fn an_auditor_is_sought_until_the_draw_time_has_passed() {
    crowd(1).execute_with(|| {
        let id = deciding(spec_of(1, ALWAYS));
        let committed_at = now();
        advance(DECISION);
        let next = now() + 5;
        assert_eq!(
            state(id),
            JobState::Deciding {
                event: next - DECISION,
                draw_by: committed_at + 50,
                audited: true
            }
        );
        Registry::add(OPERATOR_2, STASH_2, FEE);
        advance_to(next);
        assert_eq!(seated(id), [100, OPERATOR_2]);
    });
    crowd(1).execute_with(|| {
        let id = deciding(spec_of(1, ALWAYS));
        advance(50);
        assert!(matches!(state(id), JobState::Deciding { audited: true, .. }));
        events();
        advance(1);
        assert_eq!(events(), [Event::AuditGivenUp { job: id }]);
        assert!(matches!(state(id), JobState::Committed { .. }));
        reveal_all(id);
        advance(WINDOW + 1);
        assert_made_whole(FEE);
    });
}

#[test]
fn randomness_that_comes_late_spares_nobody_an_audit() {
    for mode in [SeedMode::Dry, SeedMode::Lost] {
        crowd(2).execute_with(|| {
            let id = deciding(spec_of(1, ALWAYS));
            Randomness::set(mode);
            advance(100);
            assert!(matches!(state(id), JobState::Deciding { audited: false, .. }));
            check();
            Randomness::set(SeedMode::Flows);
            advance(DECISION);
            assert!(matches!(state(id), JobState::Auditing { .. }));
        });
    }
}

#[test]
fn a_time_to_draw_that_is_shorter_than_the_seed_takes_allows_one_attempt() {
    crowd(1).execute_with(|| {
        let mut spec = spec_of(1, ALWAYS);
        spec.deadlines.draw = 2;
        let id = deciding(spec);
        advance(DECISION);
        assert!(matches!(state(id), JobState::Deciding { audited: true, .. }));
        check();
        advance(1);
        assert!(matches!(state(id), JobState::Committed { .. }));
    });
}

#[test]
fn neither_a_short_draw_time_nor_an_agenda_that_is_behind_spares_an_audit() {
    crowd(2).execute_with(|| {
        let mut spec = spec_of(1, ALWAYS);
        spec.deadlines.draw = 2;
        let (id, _) = auditing(spec);
        commit_all(id);
    });
    crowd(2).execute_with(|| {
        let id = deciding(spec_of(1, ALWAYS));
        AgendaWeight::set(Weight::zero());
        advance(60);
        check();
        AgendaWeight::set(Weight::MAX);
        advance(1);
        assert!(matches!(state(id), JobState::Auditing { .. }));
    });
}

#[test]
fn a_deadline_of_the_replicas_does_not_end_the_auditors_seat() {
    crowd(2).execute_with(|| {
        let (id, _) = auditing(spec_of(1, ALWAYS));
        advance_to(COMMIT_BY + 1);
        assert!(matches!(state(id), JobState::Auditing { .. }));
        assert!(Registry::ends().is_empty());
        commit_all(id);
        assert!(matches!(state(id), JobState::Committed { .. }));
    });
}

#[test]
fn a_late_auditor_is_refused_even_when_the_agenda_is_behind() {
    crowd(2).execute_with(|| {
        let (id, auditor) = auditing(spec_of(1, ALWAYS));
        AgendaWeight::set(Weight::zero());
        advance(EXECUTION + 1);
        assert_noop!(
            Jobs::commit_result(signed(auditor), id, honest(id, 0, auditor)),
            Error::<Test>::CommitTooLate
        );
    });
}

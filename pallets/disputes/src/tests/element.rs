//! A wrong element shown in one call.

use super::*;
use edgeproof_kernel::Source;

/// Trials whose first output is written by a step that reads job inputs only.
fn trials(count: u64) -> Vec<(u64, Trial)> {
    seeds(count)
        .filter_map(|seed| {
            let trial = Trial::new(seed);
            let program = &trial.case.program;
            let execution = program.execution(program.output_position(0)?)?;
            let inputs = program.step(execution.step)?.inputs().len();
            (0..inputs)
                .all(|input| matches!(program.source(&execution, input), Some(Source::Input(_))))
                .then_some((seed, trial))
        })
        .collect()
}

fn prove(who: AccountId, of: &Party, honest: &Party, invocation: u32) -> DispatchResult {
    Disputes::prove_element(
        RuntimeOrigin::signed(who),
        JOB,
        of.output_root(),
        honest.element_proof(of, 0, invocation),
    )
    .map(|_| ())
    .map_err(|failure| failure.error)
}

#[test]
fn a_wrong_element_ends_a_result_at_once() {
    let mut tried = 0;
    for (seed, trial) in trials(150) {
        let program = &trial.case.program;
        let position = program.output_position(0).expect("an output");
        let step = program.execution(position).expect("a step").step;
        let plan = &program.steps()[step];
        let word = Random::new(seed).below(plan.invocations * u32::from(plan.width));
        let liar = trial.lying(&[(position, word, 1)]);
        tried += 1;
        test(|| {
            trial.reveal(&[(LIAR, &liar)]);
            let invocation = word / u32::from(plan.width);
            assert_eq!(
                prove(PASSER_BY, &liar, &trial.honest, invocation),
                Ok(()),
                "EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1"
            );
            assert_eq!(stand(), Stand::Restarted);
            assert!(lost(LIAR));
            assert_eq!(free(PASSER_BY), reward());
            assert_eq!(free(REQUESTER), COMPENSATION);
        });
    }
    assert!(tried > 0, "no program writes an output from inputs alone");
}

#[test]
fn a_right_element_is_no_fault() {
    for (_, trial) in trials(30).into_iter().take(5) {
        test(|| {
            trial.reveal(&[(WORKER, &trial.honest)]);
            assert_eq!(
                prove(PASSER_BY, &trial.honest, &trial.honest, 0),
                Err(Error::ElementIsRight.into())
            );
            assert!(!lost(WORKER));
        });
    }
}

#[test]
fn the_other_replica_stands_when_one_is_shown_wrong() {
    for (_, trial) in trials(30).into_iter().take(5) {
        let position = trial.case.program.output_position(0).expect("an output");
        let liar = trial.lying(&[(position, 0, 1)]);
        test(|| {
            trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
            assert_eq!(prove(PASSER_BY, &liar, &trial.honest, 0), Ok(()));
            assert_eq!(stand(), Stand::Resumed(trial.honest.output_root(), WORKER));
            assert!(lost(LIAR) && !lost(WORKER));
        });
    }
}

#[test]
fn a_game_takes_in_no_more_claims_than_it_can_refute() {
    for (_, trial) in trials(30).into_iter().take(1) {
        let position = trial.case.program.output_position(0).expect("an output");
        let liar = trial.lying(&[(position, 0, 1)]);
        let sybils: Vec<(AccountId, Party)> = (20..35)
            .map(|who| (who, trial.lying(&[(position, 0, who as u32)])))
            .collect();
        test(|| {
            trial.reveal(&[(LIAR, &liar), (WORKER, &trial.honest)]);
            let (early, late) = sybils.split_at(7);
            for (who, party) in early {
                claim(*who, party).expect("joins");
            }
            assert_eq!(prove(PASSER_BY, &liar, &trial.honest, 0), Ok(()));
            for (who, party) in late {
                claim(*who, party).expect("joins or waits");
                check();
            }
            let mut parties: Vec<(AccountId, &Party)> =
                sybils.iter().map(|(who, party)| (*who, party)).collect();
            parties.push((WORKER, &trial.honest));
            play(&parties);
            assert_eq!(winner(), trial.honest.output_root());
            assert!(sybils.iter().all(|(who, _)| lost(*who)) && !lost(WORKER));
        });
    }
}

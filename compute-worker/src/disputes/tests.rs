use super::{decide::Ask, handle::Players, Case, DisputeConfig, Disputes};
use crate::{
    chain::memory::Call,
    compute::testing::{Interpreter, Liar, Slow},
    journal::crash::Fuse,
    town::{direct, indirect, stop, Operator, Town, STEPS, WORDS},
};
use edgeproof_client::{blobs::BlobStore, JobInfo, JobPhase, JobState};
use edgeproof_kernel::testing::{seeds, Random};
use edgeproof_primitives::JobId;
use std::{collections::HashSet, sync::atomic::Ordering};

fn opens(call: &Call) -> bool {
    matches!(call, Call::OpenTrace(_) | Call::OpenNode(_) | Call::Referee(_))
}

/// A random place to lie at.
fn place() -> (u32, u32) {
    let mut random = Random::new(seeds(1).start);
    (random.below(STEPS), random.below(WORDS))
}

/// A liar and an honest worker with the same job, both running.
async fn quarrel(town: &Town, honest: &Operator, place: (u32, u32)) -> (JobId, Operator) {
    let liar = Operator::new(3, Liar::device(place.0, place.1));
    let job = town.assign(&[&liar, honest], &indirect());
    (job, liar)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_worker_wins_against_a_lie_anywhere() {
    for position in 0..STEPS {
        for word in [0, 1_234, WORDS - 1] {
            let (town, honest) = (Town::new(), Operator::honest(9));
            let (job, liar) = quarrel(&town, &honest, (position, word)).await;
            let _honest = town.worker(&honest, &Fuse::never());
            let _liar = town.worker(&liar, &Fuse::never());
            town.ended(job).await;
            town.assert_right(job, &indirect(), &[&liar]);
            assert_eq!(
                town.with(|world| world.refused.iter().filter(|sent| !opens(&sent.call)).count()),
                0
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_is_answered_while_a_long_job_runs_which_is_computed_afterwards() {
    let (town, slow) = (Town::new(), Slow::new());
    let honest = Operator::new(9, slow.device());
    let (job, liar) = quarrel(&town, &honest, place()).await;
    let long = town.assign(&[&honest], &direct());
    town.with(|world| {
        let Some(JobState::Live(long)) = world.jobs.get_mut(&long) else {
            unreachable!()
        };
        long.phase = JobPhase::Assigned { commit_by: 1_000_000 };
    });
    let _honest = town.worker(&honest, &Fuse::never());
    while slow.begun.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    let _liar = town.worker(&liar, &Fuse::never());
    town.ended(job).await;
    town.assert_right(job, &indirect(), &[&liar]);
    assert!(slow.begun.load(Ordering::SeqCst) > 1);
    assert_eq!(town.with(|world| world.count(long, |_| true)), 0);
    slow.let_go.store(true, Ordering::SeqCst);
    town.ended(long).await;
    let right = town.right(&direct());
    town.with(|world| assert_eq!(world.receipt(long).unwrap().output_root, Some(right)));
}

/// The case of a fresh job, and a configuration below the operator's folder.
fn case(town: &Town, operator: &Operator) -> (JobInfo, Case, DisputeConfig) {
    let job = town.assign(&[operator], &indirect());
    let job = town.with(|world| match &world.jobs[&job] {
        JobState::Live(job) => (**job).clone(),
        JobState::Ended(_) => unreachable!(),
    });
    let case = Case::of(&job);
    (job, case, DisputeConfig::below(town.players(operator), 0))
}

#[tokio::test]
async fn a_player_that_thinks_keeps_its_seat() {
    let (town, honest) = (Town::new(), Operator::honest(9));
    let (job, case, config) = case(&town, &honest);
    let mut players = Players::new(honest.device.clone(), town.store.clone(), config);
    players.seat(case, job.spec, indirect());
    let output_root = town.right(&indirect());
    players.ask(&case, Ask::Trace { output_root }).unwrap();
    players.keep(|_| false);
    assert!(players.is_seated(&case) && !players.release(&case));
    assert!(players.answered().await.result.is_ok());
    assert!(players.release(&case) && !players.is_seated(&case));
}

#[tokio::test]
async fn a_folder_that_somebody_else_uses_stays() {
    let (town, honest) = (Town::new(), Operator::honest(9));
    let (_, case, config) = case(&town, &honest);
    let folder = config.folder.join(case.folder());
    std::fs::create_dir_all(&folder).unwrap();
    let (device, forget) = (honest.device.clone(), config.forget);
    let mut disputes = Disputes::new(honest.account, device, town.store.clone(), config);
    let chain = town.chain(&honest, &Fuse::never());
    let (used, unused) = (HashSet::from([case]), HashSet::new());
    disputes.attend(&chain, &[], &used, 1).await;
    disputes.attend(&chain, &[], &used, 1 + forget).await;
    disputes.attend(&chain, &[], &unused, 2 + forget).await;
    assert!(folder.exists());
    disputes.attend(&chain, &[], &unused, 2 + 2 * forget).await;
    assert!(!folder.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_worker_wins_against_a_liar_that_vanishes() {
    let (town, honest) = (Town::new(), Operator::honest(9));
    let (job, liar) = quarrel(&town, &honest, place()).await;
    let _honest = town.worker(&honest, &Fuse::never());
    let (_drain, process) = town.worker(&liar, &Fuse::never());
    town.until("both have revealed", |world| {
        world.count(job, |call| matches!(call, Call::Reveal(_))) == 2
    })
    .await;
    stop(&process).await;
    town.ended(job).await;
    town.assert_right(job, &indirect(), &[&liar]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_worker_that_is_killed_anywhere_wins_all_the_same() {
    std::panic::set_hook(Box::new(|panic| {
        if panic.payload().downcast_ref::<&str>() != Some(&"killed") {
            eprintln!("{panic}");
        }
    }));
    let mut deaths = 0;
    for at in (1..).step_by(5) {
        let (town, honest) = (Town::new(), Operator::honest(9));
        let (job, liar) = quarrel(&town, &honest, place()).await;
        let fuse = Fuse::after(at);
        let _liar = town.worker(&liar, &Fuse::never());
        let (_drain, process) = town.worker(&honest, &fuse);
        town.until("it dies or ends", |world| {
            fuse.blown() || world.receipt(job).is_some()
        })
        .await;
        stop(&process).await;
        if !fuse.blown() {
            break;
        }
        deaths += 1;
        let _honest = town.worker(&honest, &Fuse::never());
        town.ended(job).await;
        town.assert_right(job, &indirect(), &[&liar]);
    }
    assert!(deaths > 5, "the fuse blew {deaths} times");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_get_lost_are_sent_again() {
    let (town, honest) = (Town::new(), Operator::honest(9));
    let (job, liar) = quarrel(&town, &honest, place()).await;
    let _honest = town.worker(&honest, &Fuse::never());
    let _liar = town.worker(&liar, &Fuse::never());
    town.until("a dispute", |world| world.disputes.contains_key(&job))
        .await;
    town.with(|world| (world.losses, world.outage) = (5, 8));
    town.ended(job).await;
    town.assert_right(job, &indirect(), &[&liar]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_input_that_is_gone_is_waited_for() {
    let (town, honest) = (Town::new(), Operator::honest(9));
    let (job, liar) = quarrel(&town, &honest, place()).await;
    let path = town.store.path(&town.input().hash);
    let _honest = town.worker(&honest, &Fuse::never());
    let _liar = town.worker(&liar, &Fuse::never());
    town.until("both have committed", |world| {
        world.count(job, |call| matches!(call, Call::Commit(_))) == 2
    })
    .await;
    std::fs::remove_file(&path).unwrap();
    let later = town.with(|world| world.block) + 100;
    town.until("some blocks", |world| world.block >= later).await;
    assert_eq!(town.effective(&honest, opens), 0);
    town.input();
    assert!(town.store.contains(&town.input().hash));
    town.ended(job).await;
    town.assert_right(job, &indirect(), &[&liar]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_computes_something_else_by_now_says_nothing() {
    let (town, honest) = (Town::new(), Operator::honest(9));
    let (job, mut liar) = quarrel(&town, &honest, place()).await;
    let (_drain, process) = town.worker(&liar, &Fuse::never());
    let (_drain, other) = town.worker(&honest, &Fuse::never());
    town.until("both have revealed", |world| {
        world.count(job, |call| matches!(call, Call::Reveal(_))) == 2
    })
    .await;
    stop(&process).await;
    stop(&other).await;
    let _ = std::fs::remove_dir_all(town.players(&liar));
    let said = town.effective(&liar, opens);
    liar.device = Interpreter::device(&Fuse::never(), &Default::default());
    let _liar = town.worker(&liar, &Fuse::never());
    let _honest = town.worker(&honest, &Fuse::never());
    town.ended(job).await;
    assert_eq!(town.effective(&liar, opens), said);
    town.assert_right(job, &indirect(), &[&liar]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_computed_again_without_a_dispute() {
    let (town, honest, other) = (Town::new(), Operator::honest(9), Operator::honest(3));
    let job = town.assign(&[&honest, &other], &indirect());
    let _honest = town.worker(&honest, &Fuse::never());
    let _other = town.worker(&other, &Fuse::never());
    town.ended(job).await;
    town.assert_right(job, &indirect(), &[]);
    assert!(!town.players(&honest).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drained_worker_plays_to_the_end() {
    let (town, honest) = (Town::new(), Operator::honest(9));
    let (job, liar) = quarrel(&town, &honest, place()).await;
    let (drain, process) = town.worker(&honest, &Fuse::never());
    let _liar = town.worker(&liar, &Fuse::never());
    town.until("a dispute", |world| world.disputes.contains_key(&job))
        .await;
    drain.start();
    process.await.unwrap();
    assert_eq!(town.with(|world| world.slashed.clone()), [(job, liar.account)]);
}

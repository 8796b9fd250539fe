use super::{Filter, WatchConfig};
use crate::{
    chain::memory::Call,
    compute::testing::Liar,
    journal::crash::Fuse,
    town::{direct, indirect, stop, Operator, Town},
};
use edgeproof_client::AccountId;
use edgeproof_primitives::ProgramId;
use std::time::Duration;

const WATCHER: u8 = 5;

fn config() -> WatchConfig {
    WatchConfig {
        attempts: 40,
        retry: 20,
        ..WatchConfig::default()
    }
}

fn proves(call: &Call) -> bool {
    matches!(call, Call::Prove(..))
}

fn claims(call: &Call) -> bool {
    matches!(call, Call::Claim(..))
}

/// A lone worker that lies at the last step, and a window long enough to be found out.
fn scene(program: &[u8], position: u32) -> (Town, Operator, u64) {
    let (town, liar) = (Town::new(), Operator::new(3, Liar::device(position, 777)));
    town.with(|world| world.window = Some(1_000));
    let job = town.assign(&[&liar], program);
    (town, liar, job)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_result_is_left_alone() {
    let (town, honest, watcher) = (Town::new(), Operator::honest(9), Operator::honest(WATCHER));
    let job = town.assign(&[&honest], &indirect());
    let _worker = town.worker(&honest, &Fuse::never());
    let _watcher = town.watcher(&watcher, config(), &Fuse::never());
    town.ended(job).await;
    town.assert_right(job, &indirect(), &[]);
    assert_eq!(town.effective(&watcher, |_| true), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_word_of_a_step_that_reads_inputs_alone_is_proven_in_one_call() {
    let (town, liar, job) = scene(&direct(), 0);
    let watcher = Operator::honest(WATCHER);
    let _worker = town.worker(&liar, &Fuse::never());
    let _watcher = town.watcher(&watcher, config(), &Fuse::never());
    town.ended(job).await;
    assert_eq!(town.with(|world| world.slashed.clone()), [(job, liar.account)]);
    assert_eq!(
        (town.effective(&watcher, proves), town.effective(&watcher, claims)),
        (1, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_result_is_claimed_against_and_the_claim_is_defended() {
    for position in 0..3 {
        let (town, liar, job) = scene(&indirect(), position);
        let watcher = Operator::honest(WATCHER);
        let _worker = town.worker(&liar, &Fuse::never());
        let _watcher = town.watcher(&watcher, config(), &Fuse::never());
        town.ended(job).await;
        town.assert_right(job, &indirect(), &[&liar]);
        assert_eq!(town.effective(&watcher, claims), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_result_whose_output_is_withheld_is_found_out() {
    let (town, liar, job) = scene(&indirect(), 2);
    let watcher = Operator::honest(WATCHER);
    let _worker = town.worker(&liar, &Fuse::never());
    town.until("a result", |world| {
        world.count(job, |call| matches!(call, Call::Reveal(_))) == 1
    })
    .await;
    let root = town.with(|world| match &world.effective[1].call {
        Call::Reveal(opening) => opening.output_root,
        other => panic!("{other:?}"),
    });
    std::fs::remove_file(town.store.path(&root)).unwrap();
    let _watcher = town.watcher(&watcher, config(), &Fuse::never());
    town.ended(job).await;
    town.assert_right(job, &indirect(), &[&liar]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watchtower_that_is_killed_anywhere_wins_all_the_same() {
    let mut deaths = 0;
    for at in (1..400).step_by(23) {
        let (town, liar, job) = scene(&indirect(), 1);
        let watcher = Operator::honest(WATCHER);
        let _worker = town.worker(&liar, &Fuse::never());
        let fuse = Fuse::after(at);
        let (_drain, process) = town.watcher(&watcher, config(), &fuse);
        town.until("it dies or ends", |world| {
            fuse.blown() || world.receipt(job).is_some()
        })
        .await;
        stop(&process).await;
        if !fuse.blown() {
            break;
        }
        deaths += 1;
        let _watcher = town.watcher(&watcher, config(), &Fuse::never());
        town.ended(job).await;
        town.assert_right(job, &indirect(), &[&liar]);
        assert_eq!(town.effective(&watcher, claims), 1);
    }
    assert!(deaths > 5, "the fuse blew {deaths} times");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drained_watchtower_stays_until_the_job_that_it_claims_about_has_ended() {
    let (town, liar, job) = scene(&indirect(), 1);
    town.with(|world| world.stuck_claims = 20);
    let watcher = Operator::honest(WATCHER);
    let _worker = town.worker(&liar, &Fuse::never());
    let (drain, process) = town.watcher(&watcher, config(), &Fuse::never());
    town.until("it wants to claim", |world| world.stuck_claims < 20)
        .await;
    assert_eq!(town.effective(&watcher, claims), 0);
    drain.start();
    process.await.unwrap();
    town.assert_right(job, &indirect(), &[&liar]);
    assert_eq!(watcher.disk.journal().claims().unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drained_watchtower_that_has_found_nothing_wrong_leaves_at_once() {
    let (town, honest, watcher) = (Town::new(), Operator::honest(9), Operator::honest(WATCHER));
    let job = town.assign(&[&honest], &indirect());
    let (drain, process) = town.watcher(&watcher, config(), &Fuse::never());
    drain.start();
    process.await.unwrap();
    town.with(|world| assert!(world.receipt(job).is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_never_left_counts_as_no_attempt() {
    let (town, liar, job) = scene(&indirect(), 1);
    town.with(|world| world.stuck_claims = 20);
    let watcher = Operator::honest(WATCHER);
    let _worker = town.worker(&liar, &Fuse::never());
    let once = WatchConfig {
        attempts: 1,
        ..config()
    };
    let _watcher = town.watcher(&watcher, once, &Fuse::never());
    town.ended(job).await;
    town.assert_right(job, &indirect(), &[&liar]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_defended_although_its_job_cannot_be_read_now_and_then() {
    let (town, liar, job) = scene(&indirect(), 1);
    let watcher = Operator::honest(WATCHER);
    let _worker = town.worker(&liar, &Fuse::never());
    let (drain, process) = town.watcher(&watcher, config(), &Fuse::never());
    town.until("a dispute", |world| world.disputes.contains_key(&job))
        .await;
    drain.start();
    while town.with(|world| world.receipt(job).is_none()) {
        town.with(|world| world.silence = 3);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    town.assert_right(job, &indirect(), &[&liar]);
    town.with(|world| world.silence = 0);
    process.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_sends_nothing() {
    for program in [direct(), indirect()] {
        let (town, liar, job) = scene(&program, 0);
        town.with(|world| world.window = Some(300));
        let watcher = Operator::honest(WATCHER);
        let _worker = town.worker(&liar, &Fuse::never());
        let config = WatchConfig {
            dry_run: true,
            ..config()
        };
        let _watcher = town.watcher(&watcher, config, &Fuse::never());
        town.ended(job).await;
        town.with(|world| assert!(world.effective.iter().all(|sent| sent.who == liar.account)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_claimed_when_a_second_computation_says_otherwise() {
    let (town, honest) = (Town::new(), Operator::honest(9));
    // Its first computation is wrong, the next is right.
    let watcher = Operator::new(WATCHER, Liar::for_a_while(2, 50, 1));
    let job = town.assign(&[&honest], &indirect());
    let _worker = town.worker(&honest, &Fuse::never());
    let _watcher = town.watcher(&watcher, config(), &Fuse::never());
    town.ended(job).await;
    town.assert_right(job, &indirect(), &[]);
    assert_eq!(town.effective(&watcher, |_| true), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_claimed_without_the_inputs() {
    let (town, liar, job) = scene(&indirect(), 1);
    town.with(|world| world.window = Some(200));
    let watcher = Operator::honest(WATCHER);
    let _worker = town.worker(&liar, &Fuse::never());
    town.until("a commitment", |world| world.count(job, |_| true) > 0)
        .await;
    std::fs::remove_file(town.store.path(&town.input().hash)).unwrap();
    let _watcher = town.watcher(&watcher, config(), &Fuse::never());
    town.ended(job).await;
    assert_eq!(town.effective(&watcher, |_| true), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_claim_of_somebody_who_vanishes_is_backed_before_the_window_ends() {
    let (town, liar, job) = scene(&indirect(), 1);
    let (first, second) = (Operator::honest(WATCHER), Operator::honest(6));
    let _worker = town.worker(&liar, &Fuse::never());
    let (_drain, process) = town.watcher(&first, config(), &Fuse::never());
    town.until("a claim", |world| world.count(job, claims) == 1).await;
    stop(&process).await;
    let patient = WatchConfig {
        last_call: 300,
        ..config()
    };
    let _second = town.watcher(&second, patient, &Fuse::never());
    town.ended(job).await;
    assert_eq!(town.effective(&second, claims), 1);
    let right = town.right(&indirect());
    town.with(|world| {
        assert_eq!(world.receipt(job).unwrap().output_root, Some(right));
        assert!(world.slashed.contains(&(job, liar.account)));
        assert!(!world.slashed.contains(&(job, second.account)));
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn only_jobs_that_the_filter_admits_are_watched() {
    let (town, liar, job) = scene(&indirect(), 1);
    town.with(|world| world.window = Some(200));
    let watcher = Operator::honest(WATCHER);
    let _worker = town.worker(&liar, &Fuse::never());
    let config = WatchConfig {
        filter: Filter {
            programs: vec![ProgramId([1; 32])],
            ..Filter::default()
        },
        ..config()
    };
    let _watcher = town.watcher(&watcher, config, &Fuse::never());
    town.ended(job).await;
    assert_eq!(town.effective(&watcher, |_| true), 0);
}

#[test]
fn each_part_of_a_filter_must_admit_a_job() {
    let town = Town::new();
    let job = town.assign(&[&Operator::honest(9)], &direct());
    let job = town.with(|world| match &world.jobs[&job] {
        edgeproof_client::JobState::Live(job) => (**job).clone(),
        other => panic!("{other:?}"),
    });
    let all = Filter::default();
    assert!(all.admits(&job));
    let fits = Filter {
        programs: vec![ProgramId([1; 32]), job.spec.program],
        requesters: vec![job.requester],
        min_fee: job.first_fee,
    };
    assert!(fits.admits(&job));
    for other in [
        Filter {
            programs: vec![ProgramId([1; 32])],
            ..fits.clone()
        },
        Filter {
            requesters: vec![AccountId::from([1; 32])],
            ..fits.clone()
        },
        Filter {
            min_fee: job.first_fee + 1,
            ..fits.clone()
        },
    ] {
        assert!(!other.admits(&job));
    }
}

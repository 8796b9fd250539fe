//! Disputes on the real runtime: whoever lies pays, whoever is honest does not, and nothing is lost on the way.

mod chain;
#[path = "../../player/tests/game/liar.rs"]
mod liar;
mod support {
    pub use edgeproof_kernel::testing::Case;
}

use chain::{on_chain, Chain, Keypair};
use codec::Encode;
use edgeproof_engine::{Interpreter, Replayer};
use edgeproof_kernel::testing::{generate, Random};
use edgeproof_player::{Options, Place, Player};
use edgeproof_primitives::{
    commitment, Assurance, Attestation, BlobHash, BlobRef, Capability, Deadlines, Demands, JobSpec, Move,
    Outcome, ProgramId, Region, RevealOpening, UNIT,
};
use edgeproof_runtime::*;
use liar::{Flip, Liar};
use pallet_disputes::Phase;
use polkadot_sdk::frame_support::assert_ok;
use std::panic::{catch_unwind, AssertUnwindSafe};
use support::Case;

const JOB: u64 = 0;
const SALT: [u8; 32] = [9; 32];

fn player(case: &Case) -> Player {
    let inputs = case
        .inputs
        .iter()
        .map(|words| words.iter().flat_map(|word| word.to_le_bytes()).collect())
        .collect();
    let options = Options {
        place: Place::Memory,
        budget: 1 << 26,
        samples_per_step: 0,
    };
    Player::new(case.program.clone(), inputs, case.params.clone(), options).expect("the job fits")
}

/// A worker or watcher: its keys, and how it computes.
struct Party {
    operator: Keypair,
    stash: Keypair,
    player: Player,
    executor: Box<dyn Replayer>,
}

impl Party {
    /// Stakes, and registers a worker.
    fn join(chain: &Chain, name: &str, case: &Case, executor: impl Replayer + 'static) -> Self {
        let stash = Keypair::new(name);
        let operator = Keypair::new(&format!("{name}//operator"));
        assert_ok!(chain.submit(&stash, pallet_theta_staking::Call::bond { value: 10_000 * UNIT }));
        let capability = Capability {
            memory: 1 << 33,
            region: Region::new("DE").expect("two letters"),
            slots: 4,
            adapter: Default::default(),
        };
        let register = pallet_workers::Call::register {
            operator: operator.account(),
            capability,
            ask: UNIT / 1_000,
        };
        assert_ok!(chain.submit(&stash, register));
        Self {
            operator,
            stash,
            player: player(case),
            executor: Box::new(executor),
        }
    }

    fn root(&mut self) -> BlobHash {
        self.player.output_root(&*self.executor).expect("computes")
    }

    fn stake(&self) -> Balance {
        Staking::ledger(self.stash.account()).expect("bonded").active
    }

    fn commit(&mut self, chain: &Chain) {
        let root = self.root();
        let key: [u8; 32] = self.operator.account().into();
        let round = seat_round(&self.operator);
        assert_ok!(chain.submit(
            &self.operator,
            pallet_jobs::Call::commit_result {
                job: JOB,
                commitment: commitment(JOB, round, &key, &root, &SALT)
            }
        ));
    }

    fn reveal(&mut self, chain: &Chain) {
        let opening = RevealOpening {
            output_root: self.root(),
            salt: SALT,
            attestation: Attestation::default(),
            inline_output: None,
        };
        assert_ok!(chain.submit(
            &self.operator,
            pallet_jobs::Call::reveal_result { job: JOB, opening }
        ));
    }

    fn claim(&mut self, chain: &Chain) {
        let call = pallet_disputes::Call::claim {
            job: JOB,
            output_root: self.root(),
            trace: self.player.trace_opening(&*self.executor).expect("computes"),
        };
        assert_ok!(chain.submit(&self.stash, call));
    }

    /// Answers when it is asked. Says whether it did.
    fn act(&mut self, chain: &Chain, key: &Keypair) -> bool {
        let Some(Phase::Playing(game)) = Disputes::dispute(JOB).map(|dispute| dispute.phase) else {
            return false;
        };
        let (player, executor) = (&mut self.player, &*self.executor);
        let call = match game.next {
            Move::OpenTraces => pallet_disputes::Call::open_trace {
                job: JOB,
                trace: player.trace_opening(executor).expect("computes"),
            },
            Move::OpenNode { tree, node } => pallet_disputes::Call::open_node {
                job: JOB,
                opening: player.open(executor, tree, node).expect("opens"),
            },
            Move::Referee { position, invocation } => pallet_disputes::Call::referee {
                job: JOB,
                witness: player.witness(executor, position, invocation).expect("shows"),
            },
        };
        chain.submit(key, call).is_ok()
    }
}

fn seat_round(operator: &Keypair) -> u8 {
    let job = Jobs::job(JOB).expect("lives");
    let seat = job.seat_of(&operator.account()).expect("holds a seat");
    seat.round
}

fn post(chain: &Chain, case: &Case, replicas: u8) {
    let requester = Keypair::new("//Alice");
    let code = case.program.program().encode();
    let program = ProgramId(edgeproof_proofs::blob_root(&code));
    let register = pallet_jobs::Call::register_program {
        code: code.try_into().expect("a small program"),
    };
    assert_ok!(chain.submit(&requester, register));
    let inputs: Vec<BlobRef> = case
        .inputs
        .iter()
        .map(|words| {
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
            BlobRef {
                hash: BlobHash(edgeproof_proofs::blob_root(&bytes)),
                bytes: bytes.len() as u64,
            }
        })
        .collect();
    let spec = JobSpec {
        program,
        inputs: inputs.try_into().expect("few inputs"),
        params: case.params.clone().try_into().expect("few parameters"),
        assurance: Assurance {
            replicas,
            ..Assurance::SINGLE
        },
        demands: Demands::default(),
        price_cap: UNIT,
        deadlines: Deadlines {
            draw: 20,
            execution: 10,
        },
        inline_output: false,
    };
    assert_ok!(chain.submit(&requester, pallet_jobs::Call::submit_job { spec }));
}

fn assigned() -> Option<()> {
    matches!(Jobs::job(JOB)?.state, pallet_jobs::JobState::Assigned { .. }).then_some(())
}

/// A program with a lie about it that shows in the result; none when it does not show.
fn setting(seed: u64) -> Option<(Case, Liar)> {
    let case = generate(seed);
    let mut random = Random::new(seed);
    let honest = player(&case).output_root(&Interpreter).expect("computes");
    (0..8).find_map(|_| {
        let liar = Liar {
            flips: vec![Flip::random(&case, &mut random)],
            computes_on: true,
        };
        let root = player(&case).output_root(&liar).expect("computes");
        (root != honest).then(|| (case.clone(), liar))
    })
}

fn seeds(cases: u64) -> std::ops::Range<u64> {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse().expect("a number"))
    };
    let clock = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("the clock is set")
        .as_secs();
    let first = number("EDGEPROOF_SEED").unwrap_or(clock << 20);
    let cases = number("EDGEPROOF_CASES").unwrap_or(cases);
    println!("{cases} cases from EDGEPROOF_SEED={first}");
    first..first + cases
}

#[test]
fn a_lying_replica_is_refereed_and_slashed_and_the_honest_one_is_paid() {
    let mut played = 0;
    for seed in seeds(100) {
        let Some((case, lies)) = setting(seed) else {
            continue;
        };
        played += 1;
        on_chain("test", |chain| {
            let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
            let mut honest = Party::join(chain, "//Bob", &case, Interpreter);
            let mut liar = Party::join(chain, "//Charlie", &case, lies);
            post(chain, &case, 2);
            chain.advance_until(5, assigned);
            let stakes = (honest.stake(), liar.stake());
            honest.commit(chain);
            liar.commit(chain);
            chain.advance(1);
            honest.reveal(chain);
            liar.reveal(chain);
            assert!(Disputes::dispute(JOB).is_some(), "{hint}: results differ");
            for _ in 0..60 {
                let keys = [honest.operator.clone(), liar.operator.clone()];
                if !honest.act(chain, &keys[0]) {
                    liar.act(chain, &keys[1]);
                }
                chain.advance(1);
                if Jobs::receipt(JOB).is_some() {
                    break;
                }
            }
            let receipt = chain.advance_until(60, || Jobs::receipt(JOB));
            assert_eq!(receipt.outcome, Outcome::Succeeded, "{hint}");
            assert_eq!(receipt.output_root, Some(honest.root()), "{hint}");
            assert_eq!(receipt.workers.to_vec(), [honest.operator.account()], "{hint}");
            assert_eq!(honest.stake(), stakes.0, "{hint}: the honest side loses nothing");
            assert!(liar.stake() < stakes.1, "{hint}: the liar pays");
            assert!(receipt.paid > 0);
        });
    }
    println!("{played} lies showed in a result");
    assert!(played > 0);
}

#[test]
fn a_watcher_overturns_a_lone_lying_worker_and_is_paid_for_the_job() {
    let (case, lies) = seeds(40).find_map(setting).expect("some lie shows");
    on_chain("test", |chain| {
        let mut liar = Party::join(chain, "//Charlie", &case, lies);
        post(chain, &case, 1);
        chain.advance_until(5, assigned);
        liar.commit(chain);
        chain.advance(1);
        liar.reveal(chain);
        let mut watcher = Party::join(chain, "//Bob", &case, Interpreter);
        let before = (chain::tfuel(&watcher.stash.account()), liar.stake());
        watcher.claim(chain);
        for _ in 0..60 {
            let keys = (watcher.stash.clone(), liar.operator.clone());
            if !watcher.act(chain, &keys.0) {
                liar.act(chain, &keys.1);
            }
            chain.advance(1);
            if matches!(
                Jobs::job(JOB).map(|job| job.state),
                Some(pallet_jobs::JobState::Revealed { .. })
            ) {
                break;
            }
        }
        let receipt = chain.advance_until(80, || Jobs::receipt(JOB));
        assert_eq!(receipt.output_root, Some(watcher.root()));
        assert!(liar.stake() < before.1);
        assert!(chain::tfuel(&watcher.stash.account()) + UNIT > before.0 + receipt.paid);
        assert!(receipt.paid > 0);
    });
}

#[test]
fn a_copied_commitment_opens_for_nobody_else() {
    let (case, _) = seeds(40).find_map(setting).expect("some lie shows");
    on_chain("test", |chain| {
        let mut honest = Party::join(chain, "//Bob", &case, Interpreter);
        let copycat = Party::join(chain, "//Charlie", &case, Interpreter);
        post(chain, &case, 2);
        chain.advance_until(5, assigned);
        honest.commit(chain);
        let copied = Jobs::job(JOB)
            .expect("lives")
            .seat_of(&honest.operator.account())
            .and_then(|seat| seat.committed)
            .expect("committed")
            .commitment;
        assert_ok!(chain.submit(
            &copycat.operator,
            pallet_jobs::Call::commit_result {
                job: JOB,
                commitment: copied
            }
        ));
        chain.advance(1);
        honest.reveal(chain);
        let opening = RevealOpening {
            output_root: honest.root(),
            salt: SALT,
            attestation: Attestation::default(),
            inline_output: None,
        };
        let refused = chain.submit(
            &copycat.operator,
            pallet_jobs::Call::reveal_result { job: JOB, opening },
        );
        assert!(refused.is_err(), "what was copied does not open");
        let before = copycat.stake();
        let receipt = chain.advance_until(200, || Jobs::receipt(JOB));
        assert_eq!(receipt.workers.to_vec(), [honest.operator.account()]);
        assert!(
            copycat.stake() < before,
            "a commitment that is not opened is slashed in full"
        );
    });
}

/// A game that waits for its witness, between an honest party and a liar.
fn refereed(chain: &mut Chain, case: &Case, lies: Liar) -> (Party, Party) {
    let mut honest = Party::join(chain, "//Bob", case, Interpreter);
    let mut liar = Party::join(chain, "//Charlie", case, lies);
    post(chain, case, 2);
    chain.advance_until(5, assigned);
    honest.commit(chain);
    liar.commit(chain);
    honest.reveal(chain);
    liar.reveal(chain);
    let keys = (honest.operator.clone(), liar.operator.clone());
    for _ in 0..20 {
        if disputed_invocation().is_some() {
            break;
        }
        honest.act(chain, &keys.0);
        liar.act(chain, &keys.1);
    }
    (honest, liar)
}

fn disputed_invocation() -> Option<(u32, u32)> {
    match Disputes::dispute(JOB)?.phase {
        Phase::Playing(game) => match game.next {
            Move::Referee { position, invocation } => Some((position, invocation)),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn a_block_with_the_state_of_a_wrong_verdict_fails_execution() {
    let executes = |block: Block| {
        let execute = AssertUnwindSafe(|| Executive::execute_block(block.into()));
        catch_unwind(execute).is_ok()
    };
    for wrong in [false, true] {
        let (case, lies) = (1..40).find_map(setting).expect("some lie shows");
        on_chain("test", |chain| {
            let (mut honest, liar) = refereed(chain, &case, lies);
            let (position, invocation) = disputed_invocation().expect("a word is disputed");
            let witness = honest
                .player
                .witness(&*honest.executor, position, invocation)
                .expect("shows");
            let call = pallet_disputes::Call::referee { job: JOB, witness };
            let before = Jobs::job(JOB).expect("lives");
            let block = chain.forge(&honest.operator, call, || {
                if wrong {
                    // The author has the liar win.
                    let mut job = before;
                    job.seats
                        .retain(|seat| seat.worker.operator == liar.operator.account());
                    pallet_jobs::Jobs::<Runtime>::insert(JOB, job);
                }
            });
            assert_eq!(executes(block), !wrong, "wrong: {wrong}");
        });
    }
}

#[test]
fn anybody_can_bring_the_witness_for_free() {
    let (case, lies) = seeds(40).find_map(setting).expect("some lie shows");
    on_chain("test", |chain| {
        let (mut honest, _) = refereed(chain, &case, lies);
        assert!(disputed_invocation().is_some());
        let passer_by = Keypair::new("//Dave");
        let before = chain::tfuel(&passer_by.account());
        assert!(honest.act(chain, &passer_by));
        assert_eq!(
            chain::tfuel(&passer_by.account()),
            before,
            "certain to succeed, hence free"
        );
        let receipt = chain.advance_until(80, || Jobs::receipt(JOB));
        assert_eq!(receipt.output_root, Some(honest.root()));
    });
}

//! Parties to a dispute on the real runtime: how they join, compute and answer.
#![allow(dead_code, unused_imports)] // every test binary takes what it needs

#[path = "../../../player/tests/game/liar.rs"]
pub mod liar;

use crate::chain::{Chain, Keypair};
use codec::Encode;
use edgeproof_engine::{Interpreter, Replayer};
use edgeproof_kernel::testing::{generate, Random};
use edgeproof_player::{Options, Place, Player};
use edgeproof_primitives::{
    commitment, Assurance, Attestation, BlobHash, BlobRef, Capability, Deadlines, Demands, JobId, JobSpec,
    Move, ProgramId, Region, RevealOpening, TraceOpening, UNIT,
};
use edgeproof_runtime::*;
use liar::{Flip, Liar};
use pallet_disputes::Phase;
use polkadot_sdk::frame_support::assert_ok;

pub use edgeproof_kernel::testing::{seeds, Case};

pub const JOB: u64 = 0;
pub const SALT: [u8; 32] = [9; 32];

pub fn player(case: &Case) -> Player {
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
pub struct Party {
    pub operator: Keypair,
    pub stash: Keypair,
    pub player: Player,
    pub executor: Box<dyn Replayer>,
}

impl Party {
    /// Stakes, and registers a worker.
    pub fn join(chain: &Chain, name: &str, case: &Case, executor: impl Replayer + 'static) -> Self {
        let stash = Keypair::new(name);
        let operator = Keypair::new(&format!("{name}//operator"));
        assert_ok!(chain.submit(&stash, pallet_theta_staking::Call::bond { value: 10_000 * UNIT }));
        let capability = Capability {
            memory: 1 << 33,
            region: Region::new("DE").expect("two letters"),
            slots: 4,
            adapter: Default::default(),
            driver: Default::default(),
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

    pub fn root(&mut self) -> BlobHash {
        self.player.output_root(&*self.executor).expect("computes")
    }

    pub fn stake(&self) -> Balance {
        Staking::ledger(self.stash.account()).expect("bonded").active
    }

    pub fn commit(&mut self, chain: &Chain) {
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

    pub fn reveal(&mut self, chain: &Chain) {
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

    pub fn claim(&mut self, chain: &Chain) {
        let call = pallet_disputes::Call::claim {
            job: JOB,
            output_root: self.root(),
            trace: self.trace(),
        };
        assert_ok!(chain.submit(&self.stash, call));
    }

    /// Answers when it is asked. Says whether it did.
    pub fn act(&mut self, chain: &Chain, key: &Keypair) -> bool {
        self.answer().is_some_and(|call| chain.submit(key, call).is_ok())
    }

    /// How its result came about.
    pub fn trace(&mut self) -> TraceOpening {
        self.player.trace_opening(&*self.executor).expect("computes")
    }

    /// What the game asks of it.
    pub fn answer(&mut self) -> Option<pallet_disputes::Call<Runtime>> {
        self.answer_to(JOB)
    }

    /// What the game about `job`, which is the same computation, asks of it.
    pub fn answer_to(&mut self, job: JobId) -> Option<pallet_disputes::Call<Runtime>> {
        let Phase::Playing(game) = Disputes::dispute(job)?.phase else {
            return None;
        };
        let (player, executor) = (&mut self.player, &*self.executor);
        let call = match game.next {
            Move::OpenTraces => pallet_disputes::Call::open_trace {
                job,
                trace: player.trace_opening(executor).expect("computes"),
            },
            Move::OpenNode { tree, node } => pallet_disputes::Call::open_node {
                job,
                opening: player.open(executor, tree, node).expect("opens"),
            },
            Move::Referee { position, invocation } => pallet_disputes::Call::referee {
                job,
                witness: player.witness(executor, position, invocation).expect("shows"),
            },
        };
        Some(call)
    }
}

pub fn seat_round(operator: &Keypair) -> u8 {
    let job = Jobs::job(JOB).expect("lives");
    let seat = job.seat_of(&operator.account()).expect("holds a seat");
    seat.round
}

pub fn post(chain: &Chain, case: &Case, replicas: u8) {
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

pub fn assigned() -> Option<()> {
    matches!(Jobs::job(JOB)?.state, pallet_jobs::JobState::Assigned { .. }).then_some(())
}

/// A program with a lie about it that shows in the result; none when it does not show.
pub fn setting(seed: u64) -> Option<(Case, Liar)> {
    let case = generate(seed);
    let mut random = Random::new(seed);
    let honest = player(&case).output_root(&Interpreter).expect("computes");
    (0..8).find_map(|_| {
        let liar = Liar {
            flips: vec![Flip::random(&case.program, &mut random)],
            computes_on: true,
        };
        let root = player(&case).output_root(&liar).expect("computes");
        (root != honest).then(|| (case.clone(), liar))
    })
}

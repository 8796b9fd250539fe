//! What each call, deadline and part of a game costs, at its worst.

use super::*;
use crate::{types::*, Pallet as Disputes};
use alloc::{vec, vec::Vec};
use codec::Encode;
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    limits, Slices, Verified,
};
use edgeproof_primitives::{
    BlobHash, BlobRef, ElementProof, Hash, JobId, Move, ProgramId, TraceOpening, Tree, Witness,
    MAX_PROGRAM_BYTES,
};
use edgeproof_proofs::{blob_root, trace, MultiProof, NodeOpening, Outboard, PROOF_BYTES};
use frame::{benchmarking::prelude::*, deps::frame_support::weights::WeightMeter};
use pallet_support::{DisputedJobs, StakeLedger, MAX_GAMES};

/// Steps of the trace whose opening is the longest: 32 KiB.
const STEPS: u32 = 1_024;
/// Operations of one round of the loop that stands for all operations.
const ROUND: u32 = 4;
const CHUNK: u32 = 1_024;

fn prove(blob: &[u8], chunks: &[u32]) -> MultiProof {
    Outboard::new(blob).unwrap().prove(chunks, &mut &*blob).unwrap()
}

/// A word that takes about `rounds` times [`ROUND`] operations.
fn loop_program(rounds: u32) -> Verified {
    let kernel = KernelBuilder::new();
    let sum = kernel.var(kernel.index());
    kernel.for_loop(rounds.max(1), |at| sum.set(sum.get() * 3u32 + at));
    let kernel = kernel.finish(sum.get());
    let mut program = ProgramBuilder::new();
    let out = program.map(&kernel, &[], &[], 1);
    program.output(out);
    program.build().unwrap()
}

/// A step that is executed [`STEPS`] times.
fn long_trace() -> Verified {
    let kernel = KernelBuilder::new();
    let input = kernel.input();
    let next = input.load(kernel.index()) + 1u32;
    let kernel = kernel.finish(next);
    let mut program = ProgramBuilder::new();
    let first = program.input(1);
    let last = program.repeat(STEPS, &[first], |program, states| {
        vec![program.map(&kernel, states, &[], 1)]
    });
    program.output(last[0]);
    program.build().unwrap()
}

/// A word whose invocation reads a word of each of `chunks` chunks.
fn reading(chunks: u32) -> Verified {
    let kernel = KernelBuilder::new();
    let input = kernel.input();
    let sum = kernel.var(kernel.index());
    kernel.for_loop(chunks, |at| sum.set(sum.get() + input.load(at * 256u32)));
    let kernel = kernel.finish(sum.get());
    let mut program = ProgramBuilder::new();
    let words = program.input(chunks * 256);
    let out = program.map(&kernel, &[words], &[], 1);
    program.output(out);
    program.build().unwrap()
}

/// A job of `program`, revealed with `root`; all its inputs are zeros.
fn reveal<T: Config>(program: &Verified, root: BlobHash) -> JobId {
    let inputs = program.input_words().into_iter().map(|words| {
        let bytes = vec![0; words as usize * 4];
        BlobRef {
            hash: BlobHash(blob_root(&bytes)),
            bytes: bytes.len() as u64,
        }
    });
    T::Jobs::ensure_revealed(program.program().encode(), inputs.collect(), Vec::new(), root)
}

/// The trace that party `n` tells of [`long_trace`]: it differs from the others in its last step.
fn leaves(n: u32) -> Vec<Hash> {
    let mut leaves = vec![[7; 32]; STEPS as usize];
    leaves[STEPS as usize - 1] = blob_root(&n.encode());
    leaves
}

fn root(n: u32) -> BlobHash {
    BlobHash(blob_root(&n.encode()))
}

fn opening(n: u32) -> NodeOpening {
    let leaves = leaves(n);
    let blob = trace::bytes(&leaves);
    let top = trace::node(STEPS).unwrap();
    Outboard::new(blob).unwrap().open(&top, &mut &*blob).unwrap()
}

fn trace_opening(n: u32) -> TraceOpening {
    let leaves = leaves(n);
    TraceOpening {
        trace_root: BlobHash(trace::root(&leaves)),
        outputs: prove(trace::bytes(&leaves), &trace::chunks(&[STEPS - 1])),
        opening: opening(n),
    }
}

fn party<T: Config>(n: u32, bond: StakeOf<T>) -> T::AccountId {
    let who: T::AccountId = account("party", n, 0);
    T::Stake::ensure_bonded(&who, bond);
    who
}

fn claim_of<T: Config>(job: JobId, n: u32, opened: bool) -> ClaimOf<T> {
    let bond = Disputes::<T>::subject(job).unwrap().bond;
    let who = party::<T>(n, bond);
    T::Stake::lock(&who, bond).unwrap();
    Claim {
        operator: who.clone(),
        stash: who,
        bond,
        seat: false,
        output_root: root(n),
        trace_root: opened.then(|| BlobHash(trace::root(&leaves(n)))),
    }
}

/// A suspended job with as many claims as a game can have.
fn disputed<T: Config>(opened: bool) -> (JobId, DisputeOf<T>) {
    let program = long_trace();
    let job = reveal::<T>(&program, root(0));
    T::Jobs::suspend(job);
    let worker = T::Jobs::standing(job).pop().unwrap();
    let seat = Claim {
        operator: worker.operator,
        stash: worker.stash,
        bond: worker.bond,
        seat: true,
        output_root: worker.output_root,
        trace_root: opened.then(|| BlobHash(trace::root(&leaves(0)))),
    };
    let others = (1..MAX_CLAIMS).map(|n| claim_of::<T>(job, n, opened));
    let claims: Vec<_> = core::iter::once(seat).chain(others).collect();
    let dispute = Dispute {
        shape: program::shape::<T>(&program).unwrap(),
        claims: claims.try_into().unwrap(),
        refuted: Default::default(),
        first_waiting: 0,
        next_waiting: 0,
        phase: Phase::Decided,
    };
    (job, dispute)
}

fn sides(words: bool) -> BoundedVec<Side, ConstU32<MAX_CLAIMS>> {
    let sides = (0..MAX_CLAIMS).map(|n| {
        let trace_root = BlobHash(trace::root(&leaves(n)));
        Side {
            trace_root,
            claimed: trace_root.0,
            words: if words { vec![n] } else { Vec::new() }.try_into().unwrap(),
        }
    });
    sides.collect::<Vec<_>>().try_into().unwrap()
}

fn play<T: Config>(job: JobId, mut dispute: DisputeOf<T>, next: Move, words: bool) {
    dispute.phase = Phase::Playing(Game {
        next,
        sides: sides(words),
    });
    Disputes::<T>::set_turn(job, 100);
    crate::pallet::Disputes::<T>::insert(job, dispute);
}

/// A disputed word whose invocation reads `b` bytes of chunks, and what shows them.
fn refereed<T: Config>(b: u32) -> (JobId, Witness) {
    let chunks = (b / CHUNK).max(1);
    let program = reading(chunks);
    let job = reveal::<T>(&program, root(0));
    let (_, mut dispute) = disputed::<T>(true);
    T::Jobs::suspend(job);
    dispute.shape = program::shape::<T>(&program).unwrap();
    let next = Move::Referee {
        position: 0,
        invocation: 0,
    };
    play::<T>(job, dispute, next, true);
    let blob = vec![0; (chunks * CHUNK) as usize];
    let numbers: Vec<u32> = (0..chunks).collect();
    let witness = Witness {
        trace: None,
        inputs: vec![Some(prove(&blob, &numbers))].try_into().unwrap(),
    };
    (job, witness)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// Reading and verifying a program. `b`: bytes of its encoding.
    #[benchmark]
    fn load_program(b: Linear<256, MAX_PROGRAM_BYTES>) -> Result<(), BenchmarkError> {
        let mut long = loop_program(1).program().clone();
        let statement = long.kernels[0].code[0].clone();
        let count = b.saturating_sub(200) as usize / statement.encoded_size();
        long.kernels[0].code.splice(0..1, vec![statement; count.max(1)]);
        let program = long
            .verify()
            .map_err(|_| BenchmarkError::Stop("no program of this length"))?;
        let job = reveal::<T>(&program, root(0));
        let id = ProgramId(blob_root(&program.program().encode()));

        #[block]
        {
            Disputes::<T>::load_program(&id).unwrap();
        }

        assert!(T::Jobs::subject(job).is_some());
        Ok(())
    }

    /// Executing an invocation. `o`: operations.
    #[benchmark]
    fn execute(o: Linear<{ ROUND }, { limits::OPERATIONS as u32 }>) {
        let program = loop_program((o / ROUND).saturating_sub(1));
        let output;

        #[block]
        {
            output = program.invoke(0, 0, &[], &mut Slices(&[]));
        }

        assert!(output.is_ok());
    }

    #[benchmark]
    fn claim() {
        let job = reveal::<T>(&long_trace(), root(0));
        let bond = Disputes::<T>::subject(job).unwrap().bond;
        let who = party::<T>(1, bond);

        #[extrinsic_call]
        _(RawOrigin::Signed(who), job, root(1), trace_opening(1));

        assert!(crate::pallet::Disputes::<T>::contains_key(job));
    }

    /// The last of many traces, whereupon the game descends.
    #[benchmark]
    fn open_trace() {
        let (job, mut dispute) = disputed::<T>(true);
        dispute.claims[0].trace_root = None;
        let who = dispute.claims[0].operator.clone();
        (1..MAX_CLAIMS).for_each(|n| {
            Openings::<T>::insert(job, trace::root(&leaves(n)), opening(n));
        });
        dispute.phase = Phase::Playing(Game {
            next: Move::OpenTraces,
            sides: Default::default(),
        });
        Disputes::<T>::set_turn(job, 100);
        crate::pallet::Disputes::<T>::insert(job, dispute);
        let opened = trace_opening(0);

        #[block]
        {
            assert!(Disputes::<T>::check_open_trace(&who, job, &opened).is_ok());
            Disputes::<T>::do_open_trace(who, job, opened).unwrap();
        }
    }

    /// The last of many openings, whereupon the game descends.
    #[benchmark]
    fn open_node() {
        let (job, dispute) = disputed::<T>(true);
        let who = dispute.claims[0].operator.clone();
        (1..MAX_CLAIMS).for_each(|n| {
            Openings::<T>::insert(job, trace::root(&leaves(n)), opening(n));
        });
        let next = Move::OpenNode {
            tree: Tree::Trace,
            node: trace::node(STEPS).unwrap(),
        };
        play::<T>(job, dispute, next, false);
        let opening = opening(0);

        #[block]
        {
            assert!(Disputes::<T>::check_open_node(&who, job, &opening).is_ok());
            Disputes::<T>::do_open_node(who, job, opening).unwrap();
        }
    }

    /// `b`: bytes of the chunks that the invocation reads.
    #[benchmark]
    fn referee(b: Linear<{ CHUNK }, PROOF_BYTES>) {
        let (job, witness) = refereed::<T>(b);

        #[block]
        {
            assert!(Disputes::<T>::check_referee(job, &witness).is_ok());
            Disputes::<T>::do_referee(job, witness).unwrap();
        }

        assert!(Turns::<T>::get().is_empty());
    }

    /// `b`: bytes of the chunks that the invocation reads.
    #[benchmark]
    fn prove_element(b: Linear<{ CHUNK }, PROOF_BYTES>) {
        let chunks = (b / CHUNK).max(1);
        let program = reading(chunks);
        let claimed = 1u32.to_le_bytes();
        let output_root = BlobHash(blob_root(&claimed));
        let job = reveal::<T>(&program, output_root);
        let blob = vec![0; (chunks * CHUNK) as usize];
        let numbers: Vec<u32> = (0..chunks).collect();
        let proof = ElementProof {
            output: 0,
            invocation: 0,
            roots: Default::default(),
            claimed: prove(&claimed, &[0]),
            witness: Witness {
                trace: None,
                inputs: vec![Some(prove(&blob, &numbers))].try_into().unwrap(),
            },
        };
        let who: T::AccountId = account("prover", 0, 0);

        #[extrinsic_call]
        _(RawOrigin::Signed(who), job, output_root, proof);

        assert!(!crate::pallet::Disputes::<T>::contains_key(job));
    }

    /// The end of a game that all claims have lost but one, who is the finder.
    #[benchmark]
    fn finish() {
        let (job, mut dispute) = disputed::<T>(true);
        let refuted = dispute.claims.drain(1..).collect::<Vec<_>>();
        dispute.refuted = BoundedVec::truncate_from(refuted);
        let subject = Disputes::<T>::subject(job).unwrap();

        #[block]
        {
            Disputes::<T>::finish(job, &subject, &mut dispute);
        }

        assert!(dispute.refuted.is_empty());
    }

    /// A block in which every game has time.
    #[benchmark]
    fn turns_base() {
        let turn = |job| Turn {
            job,
            deadline: u32::MAX,
            full_blocks: 0,
        };
        let turns: Vec<_> = (0..u64::from(MAX_GAMES)).map(turn).collect();
        Turns::<T>::put(BoundedVec::truncate_from(turns));
        let mut meter = WeightMeter::new();

        #[block]
        {
            Disputes::<T>::run_turns(&mut meter);
        }

        assert_eq!(Turns::<T>::get().len(), MAX_GAMES as usize);
    }

    /// Nobody has answered.
    #[benchmark]
    fn timeout() {
        let (job, dispute) = disputed::<T>(false);
        play::<T>(job, dispute, Move::OpenTraces, false);

        #[block]
        {
            Disputes::<T>::timeout(job);
        }

        assert!(Turns::<T>::get().is_empty());
    }

    /// A game that takes in as many claims as it can.
    #[benchmark]
    fn start() {
        let (job, mut dispute) = disputed::<T>(true);
        let mut claims = core::mem::take(&mut dispute.claims).into_inner();
        let waiting = claims.split_off(1);
        dispute.claims = claims.try_into().unwrap();
        for waiting in waiting {
            WaitingClaims::<T>::insert(job, dispute.next_waiting, waiting);
            dispute.next_waiting += 1;
        }
        dispute.phase = Phase::Waiting;
        crate::pallet::Disputes::<T>::insert(job, dispute);

        #[block]
        {
            Disputes::<T>::start(job);
        }

        assert_eq!(Turns::<T>::get().len(), 1);
    }

    #[benchmark]
    fn close() {
        let (job, dispute) = disputed::<T>(true);
        crate::pallet::Disputes::<T>::insert(job, dispute);

        #[block]
        {
            <Disputes<T> as pallet_support::Disputes<T::AccountId>>::close(job);
        }

        assert!(!crate::pallet::Disputes::<T>::contains_key(job));
    }

    impl_benchmark_test_suite!(Disputes, crate::mock::externalities(), crate::mock::Test);
}

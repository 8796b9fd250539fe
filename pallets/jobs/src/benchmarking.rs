//! What each call and each step of the agenda costs, at its worst.

use super::*;
use crate::{draw::Sought, terms::least_execution, Pallet as Jobs};
use alloc::{vec, vec::Vec};
use codec::Encode;
use edgeproof_kernel::{BufferId, Kernel, Map, Program, Statement, Step, Type, Value, VERSION};
use edgeproof_primitives::{
    commitment, Assurance, Attestation, BlobHash, BlobRef, Commitment, Deadlines, Demands, JobId, JobSpec,
    ProgramId, Region, RevealOpening, TfuelBalance, MAX_BUFFERS, MAX_INLINE_BYTES, MAX_LABEL_BYTES,
    MAX_PARAMS, MAX_PROGRAM_BYTES, MAX_REGIONS, MAX_REPLICAS, MAX_SEATS,
};
use frame::{
    benchmarking::prelude::*,
    deps::frame_support::{
        storage::{with_transaction, TransactionOutcome},
        weights::WeightMeter,
    },
    hashing::blake2_256,
    token::fungible::{Inspect as _, Mutate as _},
};
use pallet_support::{DrawRequest, FirstSeat, Seed, SeedSource, WorkerDraw};

const FORTUNE: TfuelBalance = 1 << 100;
const CAP: TfuelBalance = 1 << 90;
const SEED: Seed = [3; 32];
/// Seeds that are tried before a draw counts as impossible.
const SEEDS: u32 = 10_000;
const SALT: [u8; 32] = [7; 32];
/// Bytes of a program around its statements, generously.
const FRAME_BYTES: u32 = 256;

fn rich<T: Config>(name: &'static str) -> T::AccountId {
    let who: T::AccountId = account(name, 0, 0);
    T::Fuel::set_balance(&who, FORTUNE);
    who
}

/// Registers `count` workers.
fn workers<T: Config>(count: u32) {
    for n in 0..count {
        let (stash, operator) = (account("stash", n, 0), account("operator", n, 0));
        T::Fuel::set_balance(&stash, FORTUNE);
        T::Workers::ensure_worker(&stash, &operator);
    }
}

/// A program of nearly `bytes` bytes, all of which the verifier must look at.
fn long_program(bytes: u32) -> Vec<u8> {
    let one = Statement::Binary {
        op: edgeproof_kernel::Binary::Add,
        out: Value(1),
        x: Value(0),
        y: Value(1),
    };
    let count = bytes.saturating_sub(FRAME_BYTES) as usize / one.encoded_size();
    let kernel = Kernel {
        inputs: 0,
        params: Vec::new(),
        constants: Vec::new(),
        registers: vec![Type::U32],
        locals: Vec::new(),
        code: vec![one; count.max(1)],
        result: vec![Value(1)],
    };
    Program {
        version: VERSION,
        kernels: vec![kernel],
        buffers: vec![1],
        inputs: Vec::new(),
        params: Vec::new(),
        steps: vec![Step::Map(Map {
            kernel: 0,
            inputs: Vec::new(),
            params: Vec::new(),
            out: BufferId(0),
        })],
        outputs: vec![BufferId(0)],
    }
    .encode()
}

/// A stored program with as many inputs and parameters as there can be and one output of `output` bytes.
fn store_program<T: Config>(output: u32) -> ProgramId {
    let owner = rich::<T>("owner");
    let code = long_program(FRAME_BYTES);
    let id = ProgramId(edgeproof_proofs::blob_root(&code));
    Jobs::<T>::do_register_program(owner, code.try_into().unwrap()).unwrap();
    Programs::<T>::mutate(id, |info| {
        let info = info.as_mut().unwrap();
        info.inputs = vec![4; MAX_BUFFERS as usize].try_into().unwrap();
        info.outputs = vec![u64::from(output)].try_into().unwrap();
        info.params = vec![9; MAX_PARAMS as usize].try_into().unwrap();
    });
    id
}

fn spec<T: Config>(program: ProgramId, inline_output: bool) -> JobSpec {
    let rules = T::Rules::get();
    let operations = Programs::<T>::get(program).unwrap().operations;
    let input = BlobRef {
        hash: BlobHash([1; 32]),
        bytes: 4,
    };
    JobSpec {
        program,
        inputs: vec![input; MAX_BUFFERS as usize].try_into().unwrap(),
        params: vec![9; MAX_PARAMS as usize].try_into().unwrap(),
        assurance: Assurance::SINGLE,
        demands: Demands::default(),
        price_cap: CAP,
        deadlines: Deadlines {
            draw: rules.max_draw,
            execution: least_execution(operations, &rules),
        },
        inline_output,
    }
}

/// A job of `replicas` replicas that may be audited, whatever the rules allow.
fn post<T: Config>(replicas: u32, output: u32) -> (T::AccountId, JobId) {
    let requester = rich::<T>("requester");
    let spec = spec::<T>(store_program::<T>(output), true);
    let id = NextJob::<T>::get();
    Jobs::<T>::do_submit(requester.clone(), spec).unwrap();
    edit::<T>(id, |job| {
        let held = job.escrow();
        job.spec.assurance.replicas = replicas as u8;
        job.spec.assurance.audit_rate = 1_000_000;
        Jobs::<T>::hold_escrow(&requester, job.escrow() - held).unwrap();
    });
    (requester, id)
}

fn live<T: Config>(id: JobId) -> JobOf<T> {
    crate::pallet::Jobs::<T>::get(id).unwrap()
}

fn edit<T: Config>(id: JobId, edit: impl FnOnce(&mut JobOf<T>)) {
    let mut job = live::<T>(id);
    edit(&mut job);
    crate::pallet::Jobs::<T>::insert(id, job);
}

/// The first seed of which `accepts` says true; what it does is undone.
fn seed_that(accepts: impl Fn(Seed) -> bool) -> Result<Seed, BenchmarkError> {
    (0..SEEDS)
        .map(|n| n.using_encoded(blake2_256))
        .find(|seed| {
            let accepted =
                with_transaction(|| TransactionOutcome::Rollback(Ok::<_, DispatchError>(accepts(*seed))));
            accepted.unwrap_or(false)
        })
        .ok_or(BenchmarkError::Stop("no seed draws so many workers"))
}

/// A job whose `seats` seats compute. With [`MAX_SEATS`] the last is an auditor's.
fn assign<T: Config>(seats: u32, output: u32) -> Result<JobId, BenchmarkError> {
    let replicas = seats.min(MAX_REPLICAS);
    let (_, id) = post::<T>(replicas, output);
    workers::<T>(seats);
    let mut job = live::<T>(id);
    for n in 0..seats {
        let drawn = (0..SEEDS)
            .find_map(|k| Jobs::<T>::draw(&job, (n, k).using_encoded(blake2_256), &Sought::ANYONE).pop())
            .ok_or(BenchmarkError::Stop("nobody was drawn"))?;
        Jobs::<T>::seat(id, &mut job, drawn, n >= replicas);
    }
    let now = Jobs::<T>::now();
    let commit_by = now + job.spec.deadlines.execution;
    job.first_fee = job.seats[0].worker.fee;
    job.drawn_at = Some(now);
    job.state = if seats > replicas {
        JobState::Auditing { commit_by }
    } else {
        JobState::Assigned { commit_by }
    };
    crate::pallet::Jobs::<T>::insert(id, job);
    Ok(id)
}

fn root(output: u32) -> BlobHash {
    BlobHash(edgeproof_proofs::blob_root(&vec![5; output as usize]))
}

/// A job whose `seats` seats have all committed and may reveal.
fn commit<T: Config>(seats: u32, output: u32) -> Result<JobId, BenchmarkError> {
    let id = assign::<T>(seats, output)?;
    let at = Jobs::<T>::now();
    edit::<T>(id, |job| {
        for seat in &mut job.seats {
            let key = T::Workers::key_bytes(&seat.worker.operator);
            let commitment = commitment(id, seat.round, &key, &root(output), &SALT);
            seat.committed = Some(Committed { commitment, at });
        }
        job.state = JobState::Committed {
            reveal_by: at + T::Rules::get().reveal,
        };
    });
    Ok(id)
}

/// A job whose seats, as many as there can be, have all revealed `output`, and who posted it.
pub(crate) fn publish_job<T: Config>(output: &[u8]) -> (JobId, T::AccountId) {
    let id = commit::<T>(MAX_SEATS, output.len() as u32).unwrap();
    let RevealOpening { attestation, .. } = opening(0);
    let at = Jobs::<T>::now();
    edit::<T>(id, |job| {
        for seat in &mut job.seats {
            seat.revealed = Some(Revealed {
                output_root: BlobHash(edgeproof_proofs::blob_root(output)),
                attestation: attestation.clone(),
                at,
            });
        }
        job.state = JobState::Revealed {
            window_ends: at + job.window,
        };
    });
    (id, live::<T>(id).requester)
}

/// A job whose seats, as many as there can be, compute, and the key of the last.
pub(crate) fn assign_job<T: Config>() -> (JobId, T::AccountId) {
    let id = assign::<T>(MAX_SEATS, 4).unwrap();
    let seat = live::<T>(id).seats.pop().unwrap();
    (id, seat.worker.operator)
}

fn opening(output: u32) -> RevealOpening {
    let label = || vec![b'x'; MAX_LABEL_BYTES as usize].try_into().unwrap();
    RevealOpening {
        output_root: root(output),
        salt: SALT,
        attestation: Attestation {
            adapter: label(),
            driver: label(),
            backend: label(),
            worker: label(),
        },
        inline_output: Some(vec![5; output as usize].try_into().unwrap()),
    }
}

/// A job of which all seats but the last have revealed, and the last one's operator. No output is stored yet.
fn reveal_but_one<T: Config>(seats: u32, output: u32) -> Result<(T::AccountId, JobId), BenchmarkError> {
    let id = commit::<T>(seats, output)?;
    let at = Jobs::<T>::now();
    let RevealOpening {
        output_root,
        attestation,
        ..
    } = opening(output);
    edit::<T>(id, |job| {
        for seat in job.seats.iter_mut().take(seats as usize - 1) {
            seat.revealed = Some(Revealed {
                output_root,
                attestation: attestation.clone(),
                at,
            });
        }
    });
    Ok((
        live::<T>(id).seats[seats as usize - 1].worker.operator.clone(),
        id,
    ))
}

fn reveal<T: Config>(seats: u32, output: u32) -> Result<JobId, BenchmarkError> {
    let (operator, id) = reveal_but_one::<T>(seats, output)?;
    Jobs::<T>::do_reveal(operator, id, opening(output))?;
    Ok(id)
}

/// A job that one worker has computed and revealed.
pub(crate) fn reveal_job<T: Config>(
    code: Vec<u8>,
    inputs: Vec<BlobRef>,
    params: Vec<u32>,
    output_root: BlobHash,
) -> JobId {
    let program = ProgramId(edgeproof_proofs::blob_root(&code));
    if !Programs::<T>::contains_key(program) {
        Jobs::<T>::do_register_program(rich::<T>("owner"), code.try_into().unwrap()).unwrap();
    }
    let rules = T::Rules::get();
    let operations = Programs::<T>::get(program).unwrap().operations;
    let job_spec = JobSpec {
        program,
        inputs: inputs.try_into().unwrap(),
        params: params.try_into().unwrap(),
        assurance: Assurance::SINGLE,
        demands: Demands::default(),
        price_cap: CAP,
        deadlines: Deadlines {
            draw: rules.max_draw,
            execution: least_execution(operations, &rules),
        },
        inline_output: false,
    };
    let id = NextJob::<T>::get();
    Jobs::<T>::do_submit(rich::<T>("requester"), job_spec).unwrap();
    workers::<T>(1);
    let mut job = live::<T>(id);
    let drawn = Jobs::<T>::draw(&job, SEED, &Sought::ANYONE).pop().unwrap();
    let operator = drawn.operator.clone();
    let key = T::Workers::key_bytes(&operator);
    (job.first_fee, job.first_bond, job.first_value) = (drawn.fee, drawn.bond, drawn.value);
    job.drawn_at = Some(Jobs::<T>::now());
    Jobs::<T>::seat(id, &mut job, drawn, false);
    let at = Jobs::<T>::now();
    let commitment = commitment(id, 0, &key, &output_root, &SALT);
    job.seats[0].committed = Some(Committed { commitment, at });
    job.state = JobState::Committed {
        reveal_by: at + rules.reveal,
    };
    crate::pallet::Jobs::<T>::insert(id, job);
    let opening = RevealOpening {
        output_root,
        salt: SALT,
        attestation: Attestation::default(),
        inline_output: None,
    };
    Jobs::<T>::do_reveal(operator, id, opening).unwrap();
    id
}

/// Moves the chain past every deadline of the job.
fn let_time_pass<T: Config>() {
    frame_system::Pallet::<T>::set_block_number(1_000_000u32.into());
}

/// Plans `due` as what moves the job on, and says where.
fn plan<T: Config>(id: JobId, due: Due) -> (u32, u32) {
    let at = Jobs::<T>::now() + 1;
    let index = AgendaLength::<T>::get(at);
    edit::<T>(id, |job| Jobs::<T>::plan(id, job, due, at));
    (at, index)
}

/// Plans an entry and another after it, so that the first is stale.
fn plan_stale<T: Config>(id: JobId, due: Due) -> (u32, u32) {
    let place = plan::<T>(id, due);
    plan::<T>(id, due);
    place
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// `b`: bytes of the program.
    #[benchmark]
    fn register_program(b: Linear<FRAME_BYTES, MAX_PROGRAM_BYTES>) {
        let owner = rich::<T>("owner");
        let code = long_program(b).try_into().unwrap();

        #[extrinsic_call]
        _(RawOrigin::Signed(owner), code);

        assert_eq!(Programs::<T>::iter().count(), 1);
    }

    #[benchmark]
    fn remove_program() {
        let id = store_program::<T>(4);
        let owner = rich::<T>("owner");

        #[extrinsic_call]
        _(RawOrigin::Signed(owner), id);

        assert!(!Programs::<T>::contains_key(id));
    }

    #[benchmark]
    fn submit_job() {
        let requester = rich::<T>("requester");
        let mut spec = spec::<T>(store_program::<T>(4), true);
        spec.demands.regions = vec![Region(*b"CH"); MAX_REGIONS as usize].try_into().unwrap();

        #[extrinsic_call]
        _(RawOrigin::Signed(requester), spec);

        assert_eq!(NextJob::<T>::get(), 1);
    }

    #[benchmark]
    fn cancel() {
        let (requester, id) = post::<T>(1, 4);

        #[extrinsic_call]
        _(RawOrigin::Signed(requester), id);

        assert!(Receipts::<T>::contains_key(id));
    }

    /// The last commitment of as many seats as there can be, with the check whether it is free.
    #[benchmark]
    fn commit_result() -> Result<(), BenchmarkError> {
        let id = commit::<T>(MAX_SEATS, 4)?;
        let commit_by = Jobs::<T>::now() + 1;
        edit::<T>(id, |job| {
            job.seats.iter_mut().for_each(|seat| {
                if seat.auditor {
                    seat.committed = None;
                }
            });
            job.state = JobState::Auditing { commit_by };
        });
        let operator = live::<T>(id).seats[MAX_REPLICAS as usize].worker.operator.clone();
        let origin: T::RuntimeOrigin = RawOrigin::Signed(operator).into();
        let commitment = Commitment([1; 32]);

        #[block]
        {
            assert!(Jobs::<T>::is_certain_commit(&origin, id));
            Jobs::<T>::commit_result(origin, id, commitment)?;
        }

        assert!(matches!(live::<T>(id).state, JobState::Committed { .. }));
        Ok(())
    }

    /// The last reveal of as many seats as there can be, with the check whether it is free. `b`: bytes of the inline
    /// output.
    #[benchmark]
    fn reveal_result(b: Linear<0, MAX_INLINE_BYTES>) -> Result<(), BenchmarkError> {
        let (operator, id) = reveal_but_one::<T>(MAX_SEATS, b)?;
        let origin: T::RuntimeOrigin = RawOrigin::Signed(operator).into();
        let opening = opening(b);

        #[block]
        {
            assert!(Jobs::<T>::is_certain_reveal(&origin, id, &opening));
            Jobs::<T>::reveal_result(origin, id, opening)?;
        }

        assert!(matches!(live::<T>(id).state, JobState::Revealed { .. }));
        Ok(())
    }

    /// What the extension does. `b`: bytes of the inline output.
    #[benchmark]
    fn check_answer(b: Linear<0, MAX_INLINE_BYTES>) -> Result<(), BenchmarkError> {
        let (operator, job) = reveal_but_one::<T>(MAX_SEATS, b)?;
        let call = Call::<T>::reveal_result {
            job,
            opening: opening(b),
        };

        #[block]
        {
            assert!(Jobs::<T>::certain_answer(&operator, &call).is_some());
            let _ = Jobs::<T>::admits_feeless(b as usize);
            Jobs::<T>::note_feeless(b as usize);
        }

        assert_eq!(Jobs::<T>::feeless_bytes(), b);
        Ok(())
    }

    /// A block in which nothing is due.
    #[benchmark]
    fn agenda_base() {
        let_time_pass::<T>();
        AgendaCursor::<T>::put(Cursor {
            block: Jobs::<T>::now() + 1,
            index: 0,
        });
        let mut meter = WeightMeter::new();

        #[block]
        {
            Jobs::<T>::run_agenda(&mut meter);
        }

        assert_eq!(meter.consumed(), T::WeightInfo::agenda_base());
    }

    /// Passing over one block's list.
    #[benchmark]
    fn agenda_block() {
        AgendaCursor::<T>::put(Cursor {
            block: Jobs::<T>::now(),
            index: 0,
        });
        let mut meter = WeightMeter::new();

        #[block]
        {
            Jobs::<T>::run_agenda(&mut meter);
        }

        assert_eq!(AgendaCursor::<T>::get().unwrap().block, Jobs::<T>::now() + 1);
    }

    /// An entry whose job has moved on.
    #[benchmark]
    fn agenda_stale() -> Result<(), BenchmarkError> {
        let id = reveal::<T>(MAX_SEATS, 4)?;
        let (block, index) = plan_stale::<T>(id, Due::Settle);

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
        }

        assert!(matches!(live::<T>(id).state, JobState::Revealed { .. }));
        Ok(())
    }

    /// A draw that fills all seats. The seed is asked for, and replaced by one that does, because the source may not have
    /// it. `s`: seats.
    #[benchmark]
    fn agenda_draw(s: Linear<1, MAX_REPLICAS>) -> Result<(), BenchmarkError> {
        let (_, id) = post::<T>(s, 4);
        let rules = T::Rules::get();
        workers::<T>(s.max(rules.workers_per_replica * s));
        let (block, index) = plan_stale::<T>(id, Due::Draw);
        let seed = seed_that(|seed| Jobs::<T>::draw_replicas(id, &mut live::<T>(id), seed, &rules))?;

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
            let _ = T::Seeds::seed(DRAW_DOMAIN, &draw_subject(id, 0), 0, rules.draw_outputs);
            Jobs::<T>::draw_replicas(id, &mut live::<T>(id), seed, &rules);
        }

        assert_eq!(live::<T>(id).seats.len(), s as usize);
        Ok(())
    }

    /// A draw that finds too few, and the end of the job. `s`: seats that had committed.
    #[benchmark]
    fn agenda_no_worker(s: Linear<0, MAX_REPLICAS>) -> Result<(), BenchmarkError> {
        let id = if s == 0 {
            post::<T>(1, 4).1
        } else {
            commit::<T>(s, 4)?
        };
        let (rules, now) = (T::Rules::get(), Jobs::<T>::now());
        edit::<T>(id, |job| job.state = JobState::open(now, rules.max_draw));
        let (block, index) = plan::<T>(id, Due::Draw);
        let job = live::<T>(id);
        let request = DrawRequest {
            requester: &job.requester,
            operations: job.operations,
            price_cap: 0,
            demands: &job.spec.demands,
            excluded: &job.excluded,
            seats: MAX_REPLICAS,
            first: FirstSeat::Cheapest,
            least_workers: 0,
        };
        let_time_pass::<T>();

        #[block]
        {
            let _ = T::Seeds::seed(DRAW_DOMAIN, &draw_subject(id, 0), 0, rules.draw_outputs);
            let _ = T::Workers::draw(SEED, &request);
            Jobs::<T>::do_entry(block, index);
        }

        assert!(Receipts::<T>::contains_key(id));
        Ok(())
    }

    /// The decision for an audit, and the draw of the auditor.
    #[benchmark]
    fn agenda_audit() -> Result<(), BenchmarkError> {
        let id = commit::<T>(MAX_REPLICAS, 4)?;
        workers::<T>(MAX_SEATS);
        let outputs = T::Rules::get().audit_outputs;
        edit::<T>(id, |job| {
            job.state = JobState::Deciding {
                event: 0,
                draw_by: 0,
                audited: false,
            }
        });
        let (block, index) = plan_stale::<T>(id, Due::Audit);
        let seed = seed_that(|seed| Jobs::<T>::draw_auditor(id, &mut live::<T>(id), seed))?;

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
            let _ = T::Seeds::seed(AUDIT_DOMAIN, &draw_subject(id, 0), 0, outputs);
            assert!(Jobs::<T>::decide_audit(id, &seed, 1_000_000));
            Jobs::<T>::draw_auditor(id, &mut live::<T>(id), seed);
        }

        assert_eq!(live::<T>(id).seats.len(), MAX_SEATS as usize);
        Ok(())
    }

    /// The last round's deadline. `s`: seats that are lost.
    #[benchmark]
    fn agenda_commit_missed(s: Linear<1, MAX_REPLICAS>) -> Result<(), BenchmarkError> {
        let id = assign::<T>(s, 4)?;
        exhaust_draws::<T>(id);
        let (block, index) = plan::<T>(id, Due::Commit);
        let_time_pass::<T>();

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
        }

        assert!(Receipts::<T>::contains_key(id));
        Ok(())
    }

    /// The last round's deadline. `s`: seats that are lost.
    #[benchmark]
    fn agenda_reveal_missed(s: Linear<1, MAX_SEATS>) -> Result<(), BenchmarkError> {
        let id = commit::<T>(s, 4)?;
        exhaust_draws::<T>(id);
        let (block, index) = plan::<T>(id, Due::Reveal);
        let_time_pass::<T>();

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
        }

        assert!(Receipts::<T>::contains_key(id));
        Ok(())
    }

    /// `s`: seats that are paid.
    #[benchmark]
    fn agenda_settle(s: Linear<1, MAX_SEATS>) -> Result<(), BenchmarkError> {
        let id = reveal::<T>(s, MAX_INLINE_BYTES)?;
        let (block, index) = plan::<T>(id, Due::Settle);
        let_time_pass::<T>();
        let before = T::Fuel::total_issuance();

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
        }

        assert!(Receipts::<T>::get(id).unwrap().output_root.is_some());
        assert!(T::Fuel::total_issuance() <= before);
        Ok(())
    }

    #[benchmark]
    fn agenda_prune() -> Result<(), BenchmarkError> {
        let id = reveal::<T>(MAX_SEATS, MAX_INLINE_BYTES)?;
        let_time_pass::<T>();
        let (block, index) = plan::<T>(id, Due::Prune);
        Jobs::<T>::settle_due(id, live::<T>(id));

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
        }

        assert!(!InlineOutputs::<T>::contains_key(id));
        Ok(())
    }

    impl_benchmark_test_suite!(Jobs, crate::mock::TestExt::new().build(), crate::mock::Test);
}

/// Makes the current round the last, with as many workers that failed before as there can be.
fn exhaust_draws<T: Config>(id: JobId) {
    let round = T::Rules::get().max_draws.min(MAX_DRAWS as u8).saturating_sub(1);
    edit::<T>(id, |job| {
        job.round = round;
        let failed = (0..u32::from(round) * MAX_SEATS).map(|n| account("excluded", n, 0));
        job.excluded = failed.collect::<Vec<_>>().try_into().unwrap();
    });
}

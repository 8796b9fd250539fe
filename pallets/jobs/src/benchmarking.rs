//! What each call and each step of the agenda costs, at its worst.

use super::*;
use crate::{posting::least_execution, Pallet as Jobs};
use alloc::{vec, vec::Vec};
use codec::Encode;
use edgeproof_kernel::{BufferId, Kernel, Map, Program, Statement, Step, Type, Value, VERSION};
use edgeproof_primitives::{
    commitment, Assurance, Attestation, BlobHash, BlobRef, Commitment, Deadlines, Demands, JobId, JobSpec,
    ProgramId, Region, RevealOpening, TfuelBalance, MAX_BUFFERS, MAX_INLINE_BYTES, MAX_LABEL_BYTES,
    MAX_PARAMS, MAX_PROGRAM_BYTES, MAX_REGIONS,
};
use frame::{
    benchmarking::prelude::*,
    deps::frame_support::weights::WeightMeter,
    token::fungible::{Inspect as _, Mutate as _},
};
use pallet_support::{DrawRequest, SeedSource, WorkerDraw};

const FORTUNE: TfuelBalance = 1 << 100;
const CAP: TfuelBalance = 1 << 90;
const SEED: pallet_support::Seed = [3; 32];
const SALT: [u8; 32] = [7; 32];
/// Bytes of a program around its statements, generously.
const FRAME_BYTES: u32 = 256;

fn rich<T: Config>(name: &'static str) -> T::AccountId {
    let who: T::AccountId = account(name, 0, 0);
    T::Fuel::set_balance(&who, FORTUNE);
    who
}

fn worker<T: Config>() {
    let (stash, operator) = (rich::<T>("stash"), account("operator", 0, 0));
    T::Workers::ensure_worker(&stash, &operator);
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

fn post<T: Config>(output: u32, inline: bool) -> (T::AccountId, JobId) {
    let requester = rich::<T>("requester");
    let spec = spec::<T>(store_program::<T>(output), inline);
    let id = NextJob::<T>::get();
    Jobs::<T>::do_submit(requester.clone(), spec).unwrap();
    (requester, id)
}

fn live<T: Config>(id: JobId) -> JobOf<T> {
    crate::pallet::Jobs::<T>::get(id).unwrap()
}

/// The drawn operator: the registry may hold others that are as cheap.
fn assign<T: Config>(output: u32, inline: bool) -> Result<(T::AccountId, JobId), BenchmarkError> {
    worker::<T>();
    let (_, id) = post::<T>(output, inline);
    let mut job = live::<T>(id);
    ensure!(
        Jobs::<T>::draw_worker(id, &mut job, SEED),
        BenchmarkError::Stop("nobody was drawn")
    );
    Ok((job.seats[0].worker.operator.clone(), id))
}

fn root(output: u32) -> BlobHash {
    BlobHash(edgeproof_proofs::blob_root(&vec![5; output as usize]))
}

fn commit<T: Config>(output: u32, inline: bool) -> Result<(T::AccountId, JobId), BenchmarkError> {
    let (operator, id) = assign::<T>(output, inline)?;
    let commitment = commitment(id, 0, &T::Workers::key_bytes(&operator), &root(output), &SALT);
    Jobs::<T>::do_commit(operator.clone(), id, commitment)?;
    Ok((operator, id))
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

fn reveal<T: Config>(output: u32) -> Result<JobId, BenchmarkError> {
    let (operator, id) = commit::<T>(output, true)?;
    Jobs::<T>::do_reveal(operator, id, opening(output))?;
    Ok(id)
}

/// Moves the chain past every deadline of the job.
fn let_time_pass<T: Config>() {
    frame_system::Pallet::<T>::set_block_number(1_000_000u32.into());
}

/// Plans `due` and says where.
fn plan<T: Config>(job: JobId, due: Due, round: u8) -> (u32, u32) {
    let at = Jobs::<T>::now() + 1;
    let index = AgendaLength::<T>::get(at);
    Jobs::<T>::schedule(at, AgendaEntry { job, due, round });
    (at, index)
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
        let (requester, id) = post::<T>(4, true);

        #[extrinsic_call]
        _(RawOrigin::Signed(requester), id);

        assert!(Receipts::<T>::contains_key(id));
    }

    /// With the check whether it is free.
    #[benchmark]
    fn commit_result() -> Result<(), BenchmarkError> {
        let (operator, id) = assign::<T>(4, true)?;
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

    /// With the check whether it is free. `b`: bytes of the inline output.
    #[benchmark]
    fn reveal_result(b: Linear<0, MAX_INLINE_BYTES>) -> Result<(), BenchmarkError> {
        let (operator, id) = commit::<T>(b, true)?;
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
        let (operator, job) = commit::<T>(b, true)?;
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
    fn agenda_stale() {
        let (_, id) = post::<T>(4, true);
        let (block, index) = plan::<T>(id, Due::Settle, 0);

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
        }

        assert!(matches!(live::<T>(id).state, JobState::Open { .. }));
    }

    /// A draw that finds a worker. The seed is asked for, and replaced by a fixed one, because the source may not have
    /// it.
    #[benchmark]
    fn agenda_draw() {
        worker::<T>();
        let (_, id) = post::<T>(4, true);
        let (block, index) = plan::<T>(id, Due::Draw, 1);
        let outputs = T::Rules::get().draw_outputs;

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
            let _ = T::Seeds::seed(DRAW_DOMAIN, &draw_subject(id, 0), 0, outputs);
            Jobs::<T>::draw_worker(id, &mut live::<T>(id), SEED);
        }

        assert!(matches!(live::<T>(id).state, JobState::Assigned { .. }));
    }

    /// A draw that finds nobody, and the end of the job.
    #[benchmark]
    fn agenda_no_worker() {
        let (requester, id) = post::<T>(4, true);
        let (block, index) = plan::<T>(id, Due::Draw, 0);
        let outputs = T::Rules::get().draw_outputs;
        let job = live::<T>(id);
        let request = DrawRequest {
            requester: &requester,
            operations: job.operations,
            price_cap: 0,
            demands: &job.spec.demands,
            excluded: &job.excluded,
        };
        let_time_pass::<T>();

        #[block]
        {
            let _ = T::Seeds::seed(DRAW_DOMAIN, &draw_subject(id, 0), 0, outputs);
            let _ = T::Workers::draw(SEED, &request);
            Jobs::<T>::do_entry(block, index);
        }

        assert!(Receipts::<T>::contains_key(id));
    }

    /// The last draw's deadline.
    #[benchmark]
    fn agenda_commit_missed() -> Result<(), BenchmarkError> {
        let (_, id) = assign::<T>(4, true)?;
        exhaust_draws::<T>(id);
        let (block, index) = plan::<T>(id, Due::Commit, live::<T>(id).round);
        let_time_pass::<T>();

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
        }

        assert!(Receipts::<T>::contains_key(id));
        Ok(())
    }

    /// The last draw's deadline.
    #[benchmark]
    fn agenda_reveal_missed() -> Result<(), BenchmarkError> {
        let (_, id) = commit::<T>(4, true)?;
        exhaust_draws::<T>(id);
        let (block, index) = plan::<T>(id, Due::Reveal, live::<T>(id).round);
        let_time_pass::<T>();

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
        }

        assert!(Receipts::<T>::contains_key(id));
        Ok(())
    }

    #[benchmark]
    fn agenda_settle() -> Result<(), BenchmarkError> {
        let id = reveal::<T>(MAX_INLINE_BYTES)?;
        let (block, index) = plan::<T>(id, Due::Settle, 0);
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
        let id = reveal::<T>(MAX_INLINE_BYTES)?;
        let_time_pass::<T>();
        Jobs::<T>::settle_due(id, live::<T>(id));
        let (block, index) = plan::<T>(id, Due::Prune, 1);

        #[block]
        {
            Jobs::<T>::do_entry(block, index);
        }

        assert!(!InlineOutputs::<T>::contains_key(id));
        Ok(())
    }

    impl_benchmark_test_suite!(Jobs, crate::mock::TestExt::new().build(), crate::mock::Test);
}

/// Makes the current seat the last that may fail.
fn exhaust_draws<T: Config>(id: JobId) {
    let mut job = live::<T>(id);
    job.round = T::Rules::get().max_draws.min(MAX_DRAWS as u8).saturating_sub(1);
    job.excluded = (0..u32::from(job.round))
        .map(|n| account("excluded", n, 0))
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    crate::pallet::Jobs::<T>::insert(id, job);
}

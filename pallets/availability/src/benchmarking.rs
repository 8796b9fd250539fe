//! What each call and each deadline costs, at its worst.

use super::*;
use crate::{types::*, Pallet as Availability};
use alloc::{vec, vec::Vec};
use codec::Encode;
use edgeproof_primitives::{ChunkProof, JobId, MAX_INLINE_BYTES};
use edgeproof_proofs::Outboard;
use frame::{
    benchmarking::prelude::*,
    deps::frame_support::{
        storage::{with_transaction, TransactionOutcome},
        weights::WeightMeter,
    },
    hashing::blake2_256,
    token::fungible::Mutate as _,
};
use pallet_support::{DataJobs, WorkerDraw, MAX_JUDGES};

const FORTUNE: u128 = 1 << 100;
const SEEDS: u32 = 10_000;

/// The longest output whose proof a benchmark can afford; each doubling adds 32 bytes to it.
fn output() -> Vec<u8> {
    vec![5; MAX_INLINE_BYTES as usize]
}

fn endow<T: Config>(who: &T::AccountId) {
    T::Fuel::set_balance(who, FORTUNE);
}

/// As many questions about other jobs as can be open.
fn crowd<T: Config>() {
    let others = (1..u64::from(MAX_OPEN)).map(|n| Due {
        job: u64::MAX - n,
        at: u32::MAX,
    });
    Dues::<T>::put(BoundedVec::truncate_from(others.collect()));
}

/// Registers enough workers for judges.
fn workers<T: Config>() {
    for n in 0..2 * MAX_JUDGES {
        let (stash, operator) = (account("judge-stash", n, 0), account("judge", n, 0));
        endow::<T>(&stash);
        T::Workers::ensure_worker(&stash, &operator);
    }
}

fn published<T: Config>() -> (JobId, T::AccountId) {
    let (job, requester) = T::Jobs::ensure_published(&output());
    endow::<T>(&requester);
    crowd::<T>();
    (job, requester)
}

fn demanded<T: Config>() -> JobId {
    let (job, requester) = published::<T>();
    Availability::<T>::do_demand_chunk(requester, job, 0, 3).unwrap();
    job
}

fn taken<T: Config>(job: JobId) -> (QuestionsOf<T>, InquiryOf<T>) {
    let mut questions = QuestionsAbout::<T>::get(job).unwrap();
    match questions.open.take() {
        Some(Question::Inquiry(inquiry)) => (questions, inquiry),
        _ => panic!("no inquiry is open"),
    }
}

/// A seed that draws as many judges as it can.
fn best_seed<T: Config>(job: JobId) -> pallet_support::Seed {
    let drawn = |seed: &pallet_support::Seed| {
        with_transaction(|| {
            let (questions, inquiry) = taken::<T>(job);
            Availability::<T>::seat_judges(job, questions, inquiry, *seed);
            let count = match taken::<T>(job).1.stage {
                Stage::Judging(judges) => judges.len(),
                Stage::Drawing { .. } => 0,
            };
            TransactionOutcome::Rollback(Ok::<_, DispatchError>(count))
        })
        .unwrap()
    };
    let most = T::Rules::get().judges as usize;
    (0..SEEDS)
        .map(|n| n.using_encoded(blake2_256))
        .find(|seed| drawn(seed) == most)
        .expect("some seed draws all judges")
}

/// An inquiry about an output whose judges have been drawn.
fn judging<T: Config>() -> JobId {
    workers::<T>();
    let (job, requester) = published::<T>();
    Availability::<T>::do_report_withheld(requester, job).unwrap();
    let seed = best_seed::<T>(job);
    let (questions, inquiry) = taken::<T>(job);
    Availability::<T>::seat_judges(job, questions, inquiry, seed);
    job
}

#[benchmarks]
mod benches {
    use super::*;

    #[benchmark]
    fn demand_chunk() {
        let (job, requester) = published::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(requester), job, 0, 3);

        assert!(QuestionsAbout::<T>::get(job).unwrap().open.is_some());
    }

    #[benchmark]
    fn serve_chunk() {
        let job = demanded::<T>();
        let who: T::AccountId = account("server", 0, 0);
        let blob = output();
        let proof = ChunkProof {
            roots: Default::default(),
            opening: Outboard::new(&blob).unwrap().open_chunk(3, &mut &*blob).unwrap(),
        };

        #[extrinsic_call]
        _(RawOrigin::Signed(who), job, proof);

        assert!(QuestionsAbout::<T>::get(job).unwrap().open.is_none());
    }

    #[benchmark]
    fn report_withheld() {
        let (job, requester) = published::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(requester), job);

        assert!(QuestionsAbout::<T>::get(job).unwrap().open.is_some());
    }

    #[benchmark]
    fn report_unavailable() {
        let (job, operator) = T::Jobs::ensure_assigned();
        crowd::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(operator), job, 0);

        assert!(QuestionsAbout::<T>::get(job).unwrap().open.is_some());
    }

    #[benchmark]
    fn judge() {
        let job = judging::<T>();
        let Stage::Judging(judges) = taken::<T>(job).1.stage else {
            panic!("judges were drawn");
        };
        let operator = judges[0].worker.operator.clone();

        #[extrinsic_call]
        _(RawOrigin::Signed(operator), job, false);

        assert!(QuestionsAbout::<T>::get(job).unwrap().open.is_some());
    }

    /// A block in which nothing is due.
    #[benchmark]
    fn dues_base() {
        crowd::<T>();
        let mut meter = WeightMeter::new();

        #[block]
        {
            Availability::<T>::run_dues(&mut meter);
        }

        assert_eq!(meter.consumed(), T::WeightInfo::dues_base());
    }

    /// A chunk that nobody has served: all seats lose their bonds.
    #[benchmark]
    fn demand_due() {
        let job = demanded::<T>();

        #[block]
        {
            Availability::<T>::look_at(job);
        }

        assert!(QuestionsAbout::<T>::get(job).is_none());
    }

    /// Judges are drawn.
    #[benchmark]
    fn judges_due() {
        workers::<T>();
        let (job, requester) = published::<T>();
        Availability::<T>::do_report_withheld(requester, job).unwrap();
        let seed = best_seed::<T>(job);

        #[block]
        {
            let (questions, inquiry) = taken::<T>(job);
            Availability::<T>::seat_judges(job, questions, inquiry, seed);
        }

        assert!(matches!(taken::<T>(job).1.stage, Stage::Judging(_)));
    }

    /// All judges say that the result is not to be had: they are paid, and all seats lose their bonds.
    #[benchmark]
    fn judgement_due() {
        let job = judging::<T>();
        QuestionsAbout::<T>::mutate(job, |questions| {
            let open = questions.as_mut().and_then(|questions| questions.open.as_mut());
            if let Some(Question::Inquiry(Inquiry {
                stage: Stage::Judging(judges),
                ..
            })) = open
            {
                judges.iter_mut().for_each(|one| one.available = Some(false));
            }
        });

        #[block]
        {
            Availability::<T>::look_at(job);
        }

        assert!(QuestionsAbout::<T>::get(job).is_none());
    }

    impl_benchmark_test_suite!(
        Availability,
        crate::mock::benchmark_externalities(),
        crate::mock::Test
    );
}

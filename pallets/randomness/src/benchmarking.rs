//! Benchmarks: the steps of the hook, and a seed whose search takes every probe.

use super::*;
use edgeproof_primitives::BlockNumber;
use frame::benchmarking::prelude::*;
use pallet_support::{SeedSource, SeedStatus};

/// A full ring that has wrapped, with an output in every `gap`-th block. Returns the block of its newest output.
fn fill<T: Config>(gap: BlockNumber) -> BlockNumber {
    let mut block = 0;
    for _ in 0..RING.saturating_add(1) {
        block = gap.saturating_add(block);
        Pallet::<T>::record(block, [7; 32]);
    }
    block
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn record_output() {
        let newest = fill::<T>(1);

        #[block]
        {
            let _ = T::VrfOutput::get();
            Pallet::<T>::record(newest.saturating_add(1), [8; 32]);
        }

        assert_eq!(Ring::<T>::get().newest, newest.saturating_add(1));
    }

    #[benchmark]
    fn record_nothing() {
        #[block]
        {
            let _ = T::VrfOutput::get();
        }
    }

    /// `d` outputs, searched in a ring where every other block missed its output, for an event so old that the search
    /// spans the whole ring.
    #[benchmark]
    fn seed(d: Linear<1, { MAX_OUTPUTS }>) {
        let newest = fill::<T>(2);
        let event = newest.saturating_sub(RING);
        let status;

        #[block]
        {
            status = Pallet::<T>::seed(b"edgeproof/benchmark", &[0; 32], event, d);
        }

        assert!(matches!(status, SeedStatus::Ready(_)));
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::TestExt::new().build(), crate::mock::Test);
}

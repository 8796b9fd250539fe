//! Benchmarks: every call, each with rules that differ from the stored ones.

use super::*;
use frame::benchmarking::prelude::*;

#[benchmarks]
mod benchmarks {
    use super::*;

    fn admin<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
        T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
    }

    #[benchmark]
    fn set_job_rules() -> Result<(), BenchmarkError> {
        let origin = admin::<T>()?;
        let rules = presets::job_rules::for_development();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, rules.clone());

        assert_eq!(Jobs::<T>::get(), rules);
        Ok(())
    }

    #[benchmark]
    fn set_stake_rules() -> Result<(), BenchmarkError> {
        let origin = admin::<T>()?;
        let rules = presets::stake_rules::for_tests();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, rules.clone());

        assert_eq!(Stake::<T>::get(), rules);
        Ok(())
    }

    #[benchmark]
    fn set_worker_rules() -> Result<(), BenchmarkError> {
        let origin = admin::<T>()?;
        let mut rules = presets::worker_rules::defaults();
        rules.bond_factor = 1;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, rules.clone());

        assert_eq!(Workers::<T>::get(), rules);
        Ok(())
    }

    #[benchmark]
    fn set_dispute_rules() -> Result<(), BenchmarkError> {
        let origin = admin::<T>()?;
        let rules = presets::dispute_rules::for_tests();

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, rules.clone());

        assert_eq!(Disputes::<T>::get(), rules);
        Ok(())
    }

    #[benchmark]
    fn set_reward_rules() -> Result<(), BenchmarkError> {
        let origin = admin::<T>()?;
        let mut rules = presets::reward_rules::defaults();
        rules.compute_issuance = 1;

        #[extrinsic_call]
        _(origin as T::RuntimeOrigin, rules.clone());

        assert_eq!(Rewards::<T>::get(), rules);
        Ok(())
    }

    #[benchmark]
    fn set_governance_rules() {
        let rules = presets::governance_rules::for_development();

        #[extrinsic_call]
        _(RawOrigin::Root, rules.clone());

        assert_eq!(Governance::<T>::get(), rules);
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::TestExt::new().build(), crate::mock::Test);
}

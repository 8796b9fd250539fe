//! Counting workers against a request: pure arithmetic.

use alloc::vec::Vec;
use edgeproof_primitives::{Clause, ClauseCount, Survey, TfuelBalance};
use pallet_support::Assessment;

/// Positions of `0..len` at equal distances: all, or `most` when there are more.
pub(crate) fn spread(len: u32, most: u32) -> impl Iterator<Item = u32> {
    let count = len.min(most);
    (0..count).filter_map(move |place| {
        let position = u64::from(place)
            .saturating_mul(len.into())
            .checked_div(count.into())?;
        u32::try_from(position).ok()
    })
}

/// Workers that were looked at.
#[derive(Debug)]
pub(crate) struct Tally {
    seen: u32,
    fees: Vec<TfuelBalance>,
    counts: Vec<ClauseCount>,
}

impl Tally {
    pub(crate) fn new() -> Self {
        let count = |clause| ClauseCount {
            clause,
            first: 0,
            all: 0,
            only: 0,
        };
        Self {
            seen: 0,
            fees: Vec::new(),
            counts: Clause::ALL.map(count).to_vec(),
        }
    }

    pub(crate) fn add(&mut self, worker: &Assessment) {
        self.seen = self.seen.saturating_add(1);
        let failing = &worker.failing;
        if failing.is_empty() {
            self.fees.extend(worker.fee);
        }
        for count in &mut self.counts {
            let fails = failing.contains(&count.clause);
            let is_first = failing.first() == Some(&count.clause);
            let is_only = failing.as_slice() == [count.clause];
            count.first = count.first.saturating_add(is_first.into());
            count.all = count.all.saturating_add(fails.into());
            count.only = count.only.saturating_add(is_only.into());
        }
    }

    /// The counts, of `active` workers in the index, and the fees of those that fit in ascending order.
    pub(crate) fn close(self, active: u32) -> (Survey, Vec<TfuelBalance>) {
        let Self {
            seen,
            mut fees,
            counts: mut excluded,
        } = self;
        fees.sort_unstable();
        excluded.retain(|count| count.all > 0);
        // Stable: clauses that as many fail stay in the order in which they are asked.
        excluded.sort_by_key(|count| core::cmp::Reverse(count.all));
        let survey = Survey {
            active,
            seen,
            fitting: u32::try_from(fees.len()).unwrap_or(u32::MAX),
            excluded,
        };
        (survey, fees)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, sample::subsequence};
    use std::collections::BTreeSet;

    fn tally(workers: &[Assessment]) -> (Survey, Vec<TfuelBalance>) {
        let mut tally = Tally::new();
        workers.iter().for_each(|worker| tally.add(worker));
        tally.close(workers.len() as u32)
    }

    fn worker(fee: TfuelBalance, failing: &[Clause]) -> Assessment {
        Assessment {
            fee: Some(fee),
            failing: failing.to_vec(),
        }
    }

    #[test]
    fn a_clause_counts_whom_it_excludes_first_at_all_and_alone() {
        let (survey, fees) = tally(&[
            worker(7, &[]),
            worker(3, &[]),
            worker(1, &[Clause::Memory]),
            worker(1, &[Clause::Memory, Clause::Region]),
            worker(1, &[Clause::Region]),
            worker(1, &[Clause::NoFreeSlot, Clause::Region]),
        ]);
        assert_eq!(fees, [3, 7], "only of those that fit");
        let counts = |clause, first, all, only| ClauseCount {
            clause,
            first,
            all,
            only,
        };
        assert_eq!(
            survey,
            Survey {
                active: 6,
                seen: 6,
                fitting: 2,
                excluded: vec![
                    counts(Clause::Region, 1, 3, 1),
                    counts(Clause::Memory, 2, 2, 1),
                    counts(Clause::NoFreeSlot, 1, 1, 0),
                ],
            }
        );
    }

    #[test]
    fn nobody_is_counted_among_nobody() {
        assert_eq!(tally(&[]), (Survey::default(), Vec::new()));
    }

    #[test]
    fn a_spread_over_more_leaves_the_same_distance_between_all() {
        assert_eq!(spread(10, 5).collect::<Vec<_>>(), [0, 2, 4, 6, 8]);
        assert_eq!(spread(3, 5).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(spread(7, 3).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(spread(0, 5).count(), 0);
        assert_eq!(spread(5, 0).count(), 0);
    }

    fn assessment() -> impl Strategy<Value = Assessment> {
        (
            any::<TfuelBalance>(),
            subsequence(Clause::ALL.to_vec(), 0..=Clause::ALL.len()),
        )
            .prop_map(|(fee, failing)| worker(fee, &failing))
    }

    proptest! {
        #[test]
        fn a_spread_is_different_inside_and_even(len in any::<u32>(), most in 0..2_000u32) {
            let positions: Vec<_> = spread(len, most).collect();
            prop_assert_eq!(positions.len(), len.min(most) as usize);
            prop_assert!(positions.iter().all(|position| *position < len));
            prop_assert_eq!(positions.iter().collect::<BTreeSet<_>>().len(), positions.len());
            let gaps: BTreeSet<_> = positions.windows(2).map(|pair| pair[1] - pair[0]).collect();
            prop_assert!(gaps.len() <= 2, "two distances at most, one apart: {:?}", gaps);
        }

        #[test]
        fn each_worker_fits_or_falls_out_by_one_first_clause(workers in prop::collection::vec(assessment(), 0..50)) {
            let (survey, fees) = tally(&workers);
            let excluded: u32 = survey.excluded.iter().map(|count| count.first).sum();
            prop_assert_eq!(survey.fitting + excluded, survey.seen);
            prop_assert_eq!(fees.len(), survey.fitting as usize);
            prop_assert!(fees.is_sorted());
            for count in &survey.excluded {
                prop_assert!(count.only <= count.first && count.first <= count.all && count.all <= survey.seen);
            }
            prop_assert!(survey.excluded.windows(2).all(|pair| pair[0].all >= pair[1].all));
        }

        #[test]
        fn a_relaxed_clause_lets_in_exactly_whom_it_alone_kept_out(workers in prop::collection::vec(assessment(), 1..50)) {
            let (survey, _) = tally(&workers);
            for count in &survey.excluded {
                let relaxed: Vec<_> = workers
                    .iter()
                    .map(|worker| Assessment {
                        fee: worker.fee,
                        failing: worker.failing.iter().copied().filter(|clause| *clause != count.clause).collect(),
                    })
                    .collect();
                prop_assert_eq!(tally(&relaxed).0.fitting, survey.fitting_without(count));
            }
        }
    }
}

//! Which jobs are alive, found out a few at a time.

use edgeproof_client::{JobInfo, JobState};
use edgeproof_primitives::JobId;
use std::collections::{BTreeMap, VecDeque};

/// Most jobs of a kind to look at in one block: new, old, known.
const BATCH: usize = 64;
/// So many numbers in a row without a job end the search among older ones: what is older has been pruned.
const PRUNED: usize = 100;

/// Live jobs, as far as they are known.
#[derive(Clone, Default)]
pub(super) struct Listing {
    live: BTreeMap<JobId, JobInfo>,
    /// The known ones, that not looked at for longest first.
    turns: VecDeque<JobId>,
    /// The number of the next job to come; nothing before the first look.
    next: Option<JobId>,
    /// Older jobs, from this number down, have not been looked at.
    older: JobId,
    /// Numbers without a job, in a row, among the older ones.
    unknown: usize,
}

impl Listing {
    /// The jobs to look at now, after `count` jobs have been posted.
    pub fn wanted(&mut self, count: JobId) -> Vec<JobId> {
        let next = *self.next.get_or_insert_with(|| {
            self.older = count;
            count
        });
        // After a reorganisation there may be fewer.
        let next = next.min(count);
        let end = count.min(next.saturating_add(BATCH as JobId));
        self.next = Some(end);
        let mut wanted: Vec<JobId> = (next..end).collect();
        if self.unknown < PRUNED {
            let oldest = self.older.saturating_sub(BATCH as JobId);
            wanted.extend((oldest..self.older).rev());
            self.older = oldest;
        }
        for _ in 0..self.turns.len().min(BATCH) {
            self.turns.extend(self.turns.front().copied());
            wanted.extend(self.turns.pop_front());
        }
        wanted
    }

    /// What was found under a number.
    pub fn note(&mut self, id: JobId, state: Option<JobState>) {
        match &state {
            None => self.unknown += 1,
            Some(_) => self.unknown = 0,
        }
        let known = match state {
            Some(JobState::Live(job)) => self.live.insert(id, *job).is_some(),
            Some(JobState::Ended(_)) | None => {
                if self.live.remove(&id).is_some() {
                    self.turns.retain(|turn| *turn != id);
                }
                return;
            }
        };
        if !known {
            self.turns.push_back(id);
        }
    }

    pub fn jobs(&self) -> Vec<JobInfo> {
        self.live.values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::memory::World;
    use edgeproof_client::AccountId;

    /// A chain with as many live jobs.
    fn world(jobs: usize) -> World {
        let mut world = World::default();
        for _ in 0..jobs {
            world.assign(&AccountId::from([1; 32]), b"program", &[], None);
        }
        world
    }

    fn look(listing: &mut Listing, world: &World, count: JobId) {
        for id in listing.wanted(count) {
            listing.note(id, world.jobs.get(&id).cloned());
        }
    }

    #[test]
    fn all_live_jobs_are_found_newest_first_in_some_blocks() {
        let world = world(150);
        let mut listing = Listing::default();
        look(&mut listing, &world, 150);
        let ids: Vec<JobId> = listing.jobs().iter().map(|job| job.id).collect();
        assert_eq!(ids, (86..150).collect::<Vec<_>>());
        look(&mut listing, &world, 150);
        look(&mut listing, &world, 150);
        assert_eq!(listing.jobs().len(), 150);
    }

    #[test]
    fn a_new_job_is_found_and_one_that_is_gone_is_dropped() {
        let mut world = world(3);
        let mut listing = Listing::default();
        look(&mut listing, &world, 2);
        assert_eq!(listing.jobs().len(), 2);
        world.jobs.remove(&0);
        look(&mut listing, &world, 3);
        let ids: Vec<JobId> = listing.jobs().iter().map(|job| job.id).collect();
        assert_eq!(ids, [1, 2]);
        world.jobs.remove(&2);
        look(&mut listing, &world, 2);
        assert_eq!(listing.jobs().len(), 1);
    }

    #[test]
    fn the_search_among_older_jobs_ends_where_all_are_pruned() {
        let mut listing = Listing::default();
        let mut blocks = 0;
        while !listing.wanted(100_000).is_empty() {
            for id in 0..BATCH as JobId {
                listing.note(id, None);
            }
            blocks += 1;
        }
        assert_eq!(blocks, 2);
    }
}

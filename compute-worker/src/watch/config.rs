use edgeproof_client::{AccountId, JobInfo};
use edgeproof_primitives::{BlockNumber, ProgramId, TfuelBalance};

/// Which jobs are watched. An empty list admits all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What they run.
    pub programs: Vec<ProgramId>,
    /// Who has posted them.
    pub requesters: Vec<AccountId>,
    /// Least fee of the first worker, in planck of TFUEL.
    pub min_fee: TfuelBalance,
}

impl Filter {
    /// Whether a job is watched.
    pub fn admits(&self, job: &JobInfo) -> bool {
        let program = self.programs.is_empty() || self.programs.contains(&job.spec.program);
        let requester = self.requesters.is_empty() || self.requesters.contains(&job.requester);
        program && requester && job.first_fee >= self.min_fee
    }
}

/// What a watchtower looks at, and how patient it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchConfig {
    /// Which jobs are watched.
    pub filter: Filter,
    /// Jobs that are computed again at the same time.
    pub replays: usize,
    /// Wrong results are reported and nothing is sent.
    pub dry_run: bool,
    /// Blocks after which a call is sent again when the state has not moved.
    pub resend: BlockNumber,
    /// Most calls of one kind against one result. Each costs a fee.
    pub attempts: u8,
    /// Blocks after which a check that failed is tried again.
    pub retry: BlockNumber,
    /// Blocks before the end of the window in which a right result of others is backed while a wrong one still stands: who
    /// claims it may vanish.
    pub last_call: BlockNumber,
    /// Blocks between two reports of the counters.
    pub report: BlockNumber,
}

impl Default for WatchConfig {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            replays: 1,
            dry_run: false,
            resend: 6,
            attempts: 3,
            retry: 10,
            last_call: 6,
            report: 100,
        }
    }
}

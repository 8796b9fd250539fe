//! Questions about the data of a job: `edgeproof job demand`, `edgeproof job report-withheld`, and how others show them.

mod ask;
pub mod demand;
mod end;
pub mod question;
pub mod report_withheld;
mod wait;

#[cfg(test)]
pub mod testing {
    use edgeproof_client::{AccountId, JobInfo, JobPhase, JobState, RevealInfo, SeatInfo};
    use edgeproof_primitives::{
        Assurance, Attestation, BlobHash, Deadlines, Demands, JobSpec, Outcome, ProgramId, Reason, Receipt,
        UNIT,
    };

    pub const ME: AccountId = AccountId([9; 32]);

    pub fn job(phase: JobPhase) -> JobInfo {
        let spec = JobSpec {
            program: ProgramId::default(),
            inputs: Default::default(),
            params: Default::default(),
            assurance: Assurance::SINGLE,
            demands: Demands::default(),
            price_cap: 1,
            deadlines: Deadlines {
                draw: 1,
                execution: 1,
            },
            inline_output: false,
        };
        let seat = SeatInfo {
            operator: AccountId([1; 32]),
            stash: AccountId([101; 32]),
            fee: UNIT,
            bond: 20 * UNIT,
            round: 0,
            auditor: false,
            drawn_at: 5,
            committed: None,
            revealed: Some(RevealInfo {
                output_root: BlobHash([7; 32]),
                attestation: Attestation::default(),
                at: 9,
            }),
        };
        JobInfo {
            id: 3,
            requester: ME,
            spec,
            operations: 1,
            inline_bytes: None,
            window: 30,
            watched: true,
            worker_share: 750_000,
            posted_at: 3,
            round: 0,
            first_fee: UNIT,
            phase,
            seats: vec![seat],
            standing: None,
        }
    }

    pub fn live(phase: JobPhase) -> JobState {
        JobState::Live(Box::new(job(phase)))
    }

    pub fn ended(outcome: Outcome, reason: Reason) -> JobState {
        JobState::Ended(Box::new(receipt(outcome, reason)))
    }

    pub fn receipt(outcome: Outcome, reason: Reason) -> Receipt<AccountId> {
        Receipt {
            job: 3,
            requester: ME,
            program: ProgramId::default(),
            inputs: [0; 32],
            output_root: None,
            workers: Default::default(),
            attestation: None,
            operations: 1,
            paid: 0,
            burned: 0,
            refunded: 2 * UNIT,
            outcome,
            reason,
            watched: true,
            replicas: 1,
            audited: false,
            posted_at: 1,
            drawn_at: None,
            committed_at: None,
            revealed_at: None,
            ended_at: 20,
        }
    }
}

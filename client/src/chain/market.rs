//! What the chain says to those who ask before they post, or why nothing happens.

use super::{runtime, ClientError, View};
use crate::AccountId;
use edgeproof_primitives::{
    Assurance, BlockNumber, Clause, Demands, JobId, Ops, Quote, QuoteError, TermsError, TfuelBalance,
    Waiting, WhyNot,
};
use subxt::utils::Static;

/// What a quote is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteRequest {
    /// Who would post the job: its own workers do not count.
    pub requester: AccountId,
    /// Operations that are priced.
    pub operations: Ops,
    /// What a worker must offer, with the memory already raised to the program's peak.
    pub demands: Demands,
    /// How the result is made certain.
    pub assurance: Assurance,
    /// Blocks from the draw until the commitment.
    pub execution: BlockNumber,
    /// The most that one seat may cost, in planck of TFUEL; without it nobody is too dear.
    pub price_cap: Option<TfuelBalance>,
}

impl View {
    /// What a job would cost now, who could compute it, and how long that would take. That nobody fits is an answer.
    ///
    /// # Errors
    /// [`ClientError::NoQuote`] when the chain would not take such a job.
    pub async fn quote(&self, request: &QuoteRequest) -> Result<Quote, ClientError> {
        let question = runtime::view_functions().jobs().quote(
            request.requester,
            request.operations,
            Static(request.demands.clone()),
            Static(request.assurance),
            request.execution,
            request.price_cap,
        );
        match self.ask(question).await? {
            Ok(quote) => Ok(quote.0),
            Err(refused) => Err(ClientError::NoQuote(refused.0)),
        }
    }

    /// Why a live job waits for workers, or for an auditor. `None` when it waits for neither.
    pub async fn why_waits(&self, job: JobId) -> Result<Option<Waiting>, ClientError> {
        let waiting = self.ask(runtime::view_functions().jobs().why_waits(job)).await?;
        Ok(waiting.map(|waiting| waiting.0))
    }

    /// What the worker of an operator key is to live jobs, as it is now: the newest first, at most `limit`.
    pub async fn why_not(&self, operator: &AccountId, limit: u32) -> Result<Vec<WhyNot>, ClientError> {
        let question = runtime::view_functions().jobs().why_not(*operator, limit);
        let jobs = self.ask(question).await?;
        Ok(jobs.into_iter().map(|why| why.0).collect())
    }
}

/// What keeps a worker from a seat, in a few words about the worker.
pub fn clause_words(clause: Clause) -> &'static str {
    match clause {
        Clause::Paused => "is paused",
        Clause::StakeBelowMinimum => "has less stake than the minimum",
        Clause::FaultyDriver => "has a driver that computes wrong",
        Clause::NoFreeSlot => "has no free slot",
        Clause::Memory => "has too little memory",
        Clause::Region => "is in another region",
        Clause::Reputation => "has a lower reputation than the job demands",
        Clause::TooDear => "asks for more than the price cap",
        Clause::OwnJob => "belongs to the requester",
        Clause::Excluded => "has a seat of the job, or failed it before",
        Clause::BondNotAvailable => "has too little free stake for the bond",
    }
}

/// Why there is no quote, and what to do.
pub(super) fn refused(error: &QuoteError) -> String {
    let terms = match *error {
        QuoteError::NoOperations => {
            return "it has no operations; build a program that computes something".into()
        }
        QuoteError::Terms(terms) => terms,
    };
    match terms {
        TermsError::InvalidRegion => {
            "a region is no country; write two letters of ISO 3166-1, as in `DE`".into()
        }
        TermsError::ReputationOutOfReach { most } => {
            format!("no worker can have such a reputation; demand at most {most} in a million")
        }
        TermsError::PriceCapBelowFloor { least: Some(least) } => format!(
            "the price cap is below the least of {} TFUEL; pass a higher one",
            crate::amount::format(least)
        ),
        TermsError::PriceCapBelowFloor { least: None } => {
            "so many operations cost more than there is; split the job".into()
        }
        TermsError::ReplicasOutOfRange { most } => {
            format!("it would have none or too many workers; ask for 1 to {most}")
        }
        TermsError::AuditRateTooHigh { most } => {
            format!("it would be audited too often; ask for a chance of at most {most} in a million")
        }
        TermsError::ExecutionDeadlineTooShort { least } => {
            format!("its execution deadline is too short; allow for {least} blocks or more")
        }
        TermsError::ExecutionDeadlineTooLong { most } => {
            format!("its execution deadline is too long; ask for {most} blocks or less")
        }
        TermsError::WindowTooShort { least } => {
            format!("its window is too short; ask for {least} blocks or more, or for more workers")
        }
        TermsError::WindowTooLong { most } => format!(
            "its window is longer than {most} blocks; ask for a shorter one, or for a shorter execution deadline"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_clause_has_its_own_words() {
        let words: BTreeSet<_> = Clause::ALL.into_iter().map(clause_words).collect();
        assert_eq!(words.len(), Clause::ALL.len());
    }

    #[test]
    fn a_refusal_names_the_limit_and_what_to_do() {
        for (terms, limit) in [
            (TermsError::ReplicasOutOfRange { most: 5 }, "1 to 5"),
            (
                TermsError::AuditRateTooHigh { most: 500_000 },
                "500000 in a million",
            ),
            (
                TermsError::ExecutionDeadlineTooShort { least: 12 },
                "12 blocks or more",
            ),
            (
                TermsError::ExecutionDeadlineTooLong { most: 40 },
                "40 blocks or less",
            ),
            (TermsError::WindowTooShort { least: 30 }, "30 blocks or more"),
            (TermsError::WindowTooLong { most: 60 }, "60 blocks"),
            (
                TermsError::PriceCapBelowFloor {
                    least: Some(edgeproof_primitives::UNIT),
                },
                "1 TFUEL",
            ),
            (TermsError::PriceCapBelowFloor { least: None }, "split the job"),
            (TermsError::InvalidRegion, "`DE`"),
            (
                TermsError::ReputationOutOfReach { most: 990_196 },
                "at most 990196",
            ),
        ] {
            let text = ClientError::NoQuote(QuoteError::Terms(terms)).to_string();
            assert!(text.contains(limit), "{text}");
            assert!(text.contains("; "), "what to do comes last: {text}");
        }
    }
}

//! A job on its way to the chain.

use super::assurance::{words, Cost, Wanted};
use crate::{
    failure::Failure,
    format::{count, tfuel},
    progress::Progress,
};
use edgeproof_client::{keys::Signer, AccountId, Client, Included, QuoteRequest, Rules, View};
use edgeproof_kernel::Verified;
use edgeproof_primitives::{
    BlobRef, BlockNumber, Deadlines, Demands, JobId, JobSpec, Ops, ProgramId, Region, TfuelBalance,
};
use edgeproof_proofs::blob_root;

/// Blocks in which a worker must be drawn when the requester has not said so.
const DRAW_BLOCKS: BlockNumber = 100;

/// A job as its requester thinks of it; what is left open the chain's rules fill in.
#[derive(Clone, Debug, Default)]
pub struct Order {
    pub inputs: Vec<BlobRef>,
    pub params: Vec<u32>,
    pub assurance: Wanted,
    /// Of each seat.
    pub price_cap: Option<TfuelBalance>,
    pub memory: u64,
    pub regions: Vec<Region>,
    /// Least score, in parts per million.
    pub reputation: u32,
    pub draw: Option<BlockNumber>,
    pub execution: Option<BlockNumber>,
    pub inline: bool,
}

impl Order {
    /// The job as the chain takes it, checked against its program.
    pub fn spec(self, id: ProgramId, program: &Verified, rules: &Rules) -> Result<JobSpec, Failure> {
        self.check_inputs(program)?;
        let operations = program.operations();
        let least = rules.least_price(operations);
        let price_cap = self.price_cap.ok_or_else(|| {
            Failure::usage(format!("no price cap for {} operations", count(operations))).next(format!(
                "pass --cap, the most that one worker may cost; it must be at least {}, and what is not used comes back",
                tfuel(least)
            ))
        })?;
        let execution = self.execution(operations, rules);
        Ok(JobSpec {
            program: id,
            assurance: self.assurance.assurance(execution, rules)?,
            demands: self.demands()?,
            inputs: bounded(self.inputs, "inputs")?,
            params: bounded(self.params, "parameter words")?,
            price_cap,
            deadlines: Deadlines {
                draw: self.draw.unwrap_or(DRAW_BLOCKS.min(rules.max_draw)),
                execution,
            },
            inline_output: self.inline,
        })
    }

    /// What the chain is asked to quote. The inputs are checked against the program when they are given.
    pub fn request(
        &self,
        requester: AccountId,
        program: &Verified,
        rules: &Rules,
    ) -> Result<QuoteRequest, Failure> {
        if !self.inputs.is_empty() || !self.params.is_empty() {
            self.check_inputs(program)?;
        }
        let operations = program.operations();
        let execution = self.execution(operations, rules);
        let mut demands = self.demands()?;
        demands.memory = demands.memory.max(program.peak_bytes());
        Ok(QuoteRequest {
            requester,
            operations,
            demands,
            assurance: self.assurance.assurance(execution, rules)?,
            execution,
            price_cap: self.price_cap,
        })
    }

    fn execution(&self, operations: Ops, rules: &Rules) -> BlockNumber {
        self.execution
            .unwrap_or_else(|| rules.execution_deadline(operations))
    }

    fn demands(&self) -> Result<Demands, Failure> {
        Ok(Demands {
            memory: self.memory,
            regions: bounded(self.regions.clone(), "regions")?,
            reputation: self.reputation,
        })
    }

    fn check_inputs(&self, program: &Verified) -> Result<(), Failure> {
        let inspect = "`edgeproof program inspect` shows what the program takes";
        if let Some(blob) = self.inputs.iter().find(|blob| blob.bytes % 4 != 0) {
            let what = format!(
                "input {} has {} bytes, which are no whole words of 4",
                blob.hash, blob.bytes
            );
            return Err(Failure::usage(what).next(inspect));
        }
        let words = |blob: &BlobRef| u32::try_from(blob.bytes / 4).unwrap_or(u32::MAX);
        let lengths: Vec<u32> = self.inputs.iter().map(words).collect();
        let checked = program.check_job(&lengths, &self.params);
        checked.map_err(|error| Failure::usage(error.to_string()).next(inspect))
    }
}

/// A job that is in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub included: Included<JobId>,
    pub cost: Cost,
}

/// Registers the program unless the chain has it, and posts the job. Says before anything is paid what it may cost.
pub async fn post(client: &Client, signer: &Signer, code: &[u8], order: Order) -> Result<Posted, Failure> {
    let progress = Progress::start();
    progress.waiting("asking the chain for its rules");
    let program = Verified::from_bytes(code)?;
    let id = ProgramId(blob_root(code));
    let view = client.best().await?;
    let rules = view.rules().await?;
    let spec = order.spec(id, &program, &rules)?;
    let cost = Cost::of(&spec, &rules)?;
    progress.done(format!(
        "{} operations, {}; {cost}",
        count(program.operations()),
        words(&spec.assurance)
    ));
    if let Some(warning) = too_few_workers(&view, &spec, &rules).await? {
        progress.done(warning);
    }
    if view.program(&id).await?.is_none() {
        progress.waiting("registering the program");
        let registered = client.register_program(signer, code).await?;
        progress.done(format!("block {:>6}  program {id} registered", registered.block));
    }
    progress.waiting("posting the job");
    let included = client.submit_job(signer, &spec).await?;
    progress.done(format!(
        "block {:>6}  job {} posted",
        included.block, included.value
    ));
    Ok(Posted { included, cost })
}

/// Several workers are drawn from a crowd: a warning when there is none.
async fn too_few_workers(view: &View, spec: &JobSpec, rules: &Rules) -> Result<Option<String>, Failure> {
    let replicas = u32::from(spec.assurance.replicas);
    if replicas < 2 {
        return Ok(None);
    }
    let workers = view.workers().await?;
    let active = workers.iter().filter(|worker| worker.active).count();
    let needed = rules.workers_per_replica.saturating_mul(replicas);
    let few = u32::try_from(active).is_ok_and(|active| active < needed);
    Ok(few.then(|| {
        format!(
            "warning: the job is drawn from at least {needed} active workers and there are {active}: it waits for more, or comes back unpaid"
        )
    }))
}

fn bounded<T, B: TryFrom<Vec<T>>>(items: Vec<T>, name: &str) -> Result<B, Failure> {
    let found = items.len();
    items
        .try_into()
        .map_err(|_| Failure::usage(format!("{found} {name} are more than a job may have")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::assurance::tests::RULES;
    use edgeproof_client::Level;
    use edgeproof_digits::{inputs, program, Network, TestSet, IMAGES};
    use edgeproof_primitives::{Assurance, UNIT};

    fn digits() -> Order {
        let blobs = inputs(&Network::embedded(), &TestSet::embedded());
        let blob = |bytes: &Vec<u8>| BlobRef {
            hash: blob_root(bytes).into(),
            bytes: bytes.len() as u64,
        };
        Order {
            inputs: blobs.iter().map(blob).collect(),
            price_cap: Some(UNIT),
            ..Order::default()
        }
    }

    fn spec(order: Order) -> Result<JobSpec, Failure> {
        order.spec(ProgramId::default(), &program(IMAGES).unwrap(), &RULES)
    }

    #[test]
    fn what_is_left_open_follows_the_rules() {
        let spec = spec(digits()).unwrap();
        assert_eq!(spec.assurance, Assurance::SINGLE);
        assert_eq!(
            spec.deadlines,
            Deadlines {
                draw: 50,
                execution: 10
            }
        );
        assert_eq!(spec.price_cap, UNIT);
        assert_eq!(spec.demands.reputation, 0, "unknown workers may come");
    }

    #[test]
    fn what_is_said_is_kept() {
        let order = Order {
            draw: Some(7),
            execution: Some(99),
            assurance: Wanted {
                assurance: Some(Level::Standard),
                window: Some(300),
                ..Wanted::default()
            },
            reputation: 800_000,
            inline: true,
            ..digits()
        };
        let spec = spec(order).unwrap();
        assert_eq!(
            spec.deadlines,
            Deadlines {
                draw: 7,
                execution: 99
            }
        );
        assert_eq!(
            spec.assurance,
            Assurance {
                replicas: 2,
                audit_rate: 60_000,
                window: Some(300)
            }
        );
        assert_eq!(spec.demands.reputation, 800_000);
        assert!(spec.inline_output);
    }

    #[test]
    fn inputs_that_the_program_does_not_take_are_refused_before_anything_is_paid() {
        let mut missing = digits();
        missing.inputs.pop();
        let mut short = digits();
        short.inputs[0].bytes -= 4;
        let mut odd = digits();
        odd.inputs[1].bytes -= 1;
        let params = Order {
            params: vec![1],
            ..digits()
        };
        for (order, expected) in [
            (missing, "4 input blobs where the program takes 5"),
            (
                short,
                "input 0 has 5759 words where the program takes exactly 5760",
            ),
            (odd, "has 4095 bytes, which are no whole words of 4"),
            (params, "1 parameter words where the program takes 0"),
        ] {
            let refusal = spec(order).unwrap_err();
            assert!(refusal.to_string().contains(expected), "{refusal}");
            assert_eq!(refusal.code(), 2);
        }
    }

    fn request(order: Order) -> Result<QuoteRequest, Failure> {
        order.request(AccountId([7; 32]), &program(IMAGES).unwrap(), &RULES)
    }

    #[test]
    fn a_quote_needs_neither_a_cap_nor_inputs() {
        let program = program(IMAGES).unwrap();
        let wanted = Order {
            assurance: Wanted {
                assurance: Some(Level::Economy),
                ..Wanted::default()
            },
            ..Order::default()
        };
        let request = request(wanted).unwrap();
        assert_eq!(request.operations, program.operations());
        assert_eq!(
            request.demands.memory,
            program.peak_bytes(),
            "what the program needs"
        );
        assert_eq!((request.execution, request.price_cap), (10, None));
        assert_eq!(request.assurance.audit_rate, 80_000);
    }

    #[test]
    fn a_quote_asks_for_what_the_job_would() {
        let order = Order {
            memory: 1 << 40,
            execution: Some(99),
            ..digits()
        };
        let spec = spec(order.clone()).unwrap();
        let request = request(order).unwrap();
        assert_eq!(request.demands, spec.demands);
        assert_eq!(request.assurance, spec.assurance);
        assert_eq!(request.execution, spec.deadlines.execution);
        assert_eq!(request.price_cap, Some(spec.price_cap));
    }

    #[test]
    fn inputs_that_are_given_to_a_quote_are_checked() {
        let mut missing = digits();
        missing.inputs.pop();
        assert_eq!(request(missing).unwrap_err().code(), 2);
    }

    #[test]
    fn a_missing_cap_is_asked_for_with_the_least_price() {
        let refusal = spec(Order {
            price_cap: None,
            ..digits()
        })
        .unwrap_err();
        assert!(
            refusal.to_string().contains("at least 0.003768 TFUEL"),
            "{refusal}"
        );
    }
}

//! A job on its way to the chain.

use crate::{
    failure::Failure,
    format::{count, tfuel},
    progress::Progress,
};
use edgeproof_client::{keys::Signer, Client, Included, Rules};
use edgeproof_kernel::Verified;
use edgeproof_primitives::{
    Assurance, BlobRef, BlockNumber, Deadlines, Demands, JobId, JobSpec, ProgramId, Region, TfuelBalance,
};
use edgeproof_proofs::blob_root;

/// Blocks in which a worker must be drawn when the requester has not said so.
const DRAW_BLOCKS: BlockNumber = 100;

/// A job as its requester thinks of it; what is left open the chain's rules fill in.
#[derive(Clone, Debug, Default)]
pub struct Order {
    pub inputs: Vec<BlobRef>,
    pub params: Vec<u32>,
    pub price_cap: Option<TfuelBalance>,
    pub memory: u64,
    pub regions: Vec<Region>,
    pub draw: Option<BlockNumber>,
    pub execution: Option<BlockNumber>,
    pub window: Option<BlockNumber>,
    pub inline: bool,
}

impl Order {
    /// The job as the chain takes it, checked against its program.
    pub fn spec(self, id: ProgramId, program: &Verified, rules: &Rules) -> Result<JobSpec, Failure> {
        let lengths: Vec<u32> =
            self.inputs.iter().map(|blob| u32::try_from(blob.bytes / 4).unwrap_or(u32::MAX)).collect();
        program.check_job(&lengths, &self.params).map_err(|error| {
            Failure::usage(error.to_string())
                .next("`edgeproof program inspect` shows what the program takes")
        })?;
        if let Some(blob) = self.inputs.iter().find(|blob| blob.bytes % 4 != 0) {
            return Err(Failure::usage(format!("input {} has {} bytes, which are not whole words of 4", blob.hash, blob.bytes)));
        }
        let operations = program.operations();
        let least = rules.least_price(operations);
        let price_cap = self.price_cap.ok_or_else(|| {
            Failure::usage(format!("no price cap for {} operations", count(operations)))
                .next(format!("pass --cap; it must be at least {}, and what is not used comes back", tfuel(least)))
        })?;
        Ok(JobSpec {
            program: id,
            inputs: bounded(self.inputs, "inputs")?,
            params: bounded(self.params, "parameter words")?,
            assurance: Assurance { window: self.window, ..Assurance::SINGLE },
            demands: Demands { memory: self.memory, regions: bounded(self.regions, "regions")? },
            price_cap,
            deadlines: Deadlines {
                draw: self.draw.unwrap_or(DRAW_BLOCKS.min(rules.max_draw)),
                execution: self.execution.unwrap_or_else(|| rules.execution_deadline(operations)),
            },
            inline_output: self.inline,
        })
    }
}

/// Registers the program unless the chain has it, and posts the job.
pub async fn post(
    client: &Client,
    signer: &Signer,
    code: &[u8],
    order: Order,
) -> Result<Included<JobId>, Failure> {
    let progress = Progress::start();
    let program = Verified::from_bytes(code)?;
    let id = ProgramId(blob_root(code));
    let view = client.best().await?;
    let spec = order.spec(id, &program, &view.rules().await?)?;
    if view.program(&id).await?.is_none() {
        progress.waiting("registering the program");
        let registered = client.register_program(signer, code).await?;
        progress.done(format!("block {:>6}  program {id} registered", registered.block));
    }
    progress.waiting("posting the job");
    let posted = client.submit_job(signer, &spec).await?;
    progress.done(format!(
        "block {:>6}  job {} posted: {} operations for at most {}, {} worker, audit rate {}",
        posted.block,
        posted.value,
        count(program.operations()),
        tfuel(spec.price_cap),
        spec.assurance.replicas,
        spec.assurance.audit_rate
    ));
    Ok(posted)
}

fn bounded<T, B: TryFrom<Vec<T>>>(items: Vec<T>, name: &str) -> Result<B, Failure> {
    let found = items.len();
    items.try_into().map_err(|_| Failure::usage(format!("{found} {name} are more than a job may have")))
}

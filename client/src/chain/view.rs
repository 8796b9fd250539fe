use super::{
    client::height, convert, runtime, Balances, ClaimInfo, Client, ClientError, Config, DataEvent,
    DataQuestion, DisputeInfo, HeldSlash, JobInfo, JobState, ProgramInfo, Rules, StakeInfo, Supplies, Supply,
    TokenBalance, WorkerInfo,
};
use crate::AccountId;
use edgeproof_primitives::{BlockNumber, Hash, JobId, Label, ProgramId, Receipt};
use futures::future::try_join;
use runtime::availability::events as said;
use runtime::runtime_types::bounded_collections::bounded_vec::BoundedVec;
use subxt::{
    storage::{Address, PrefixOf, StorageValue},
    utils::Static,
    OnlineClientAtBlock,
};

/// So many numbers in a row without a job end a listing: what is older has been pruned.
const PRUNED: usize = 100;

/// The chain's state after one block.
#[derive(Clone, Debug)]
pub struct View {
    client: Client,
    at: OnlineClientAtBlock<Config>,
}

impl View {
    pub(super) fn new(client: Client, at: OnlineClientAtBlock<Config>) -> Self {
        Self { client, at }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn at(&self) -> &OnlineClientAtBlock<Config> {
        &self.at
    }

    pub(super) fn failed(&self, error: impl Into<subxt::Error>) -> ClientError {
        self.client.failed(error)
    }

    /// Height of the block.
    pub fn number(&self) -> BlockNumber {
        height(self.at.block_number())
    }

    /// Hash of the block.
    pub fn hash(&self) -> Hash {
        self.at.block_hash().0
    }

    /// The state before the block; `None` of the first.
    pub async fn parent(&self) -> Result<Option<Self>, ClientError> {
        if self.number() == 0 {
            return Ok(None);
        }
        let header = self.at.block_header().await;
        let header = header.map_err(|error| self.client.failed(error))?;
        self.client.at(header.parent_hash).await.map(Some)
    }

    /// An account's amounts of both tokens.
    pub async fn balances(&self, who: &AccountId) -> Result<Balances, ClientError> {
        let tfuel = self.get(runtime::storage().system().account(), (*who,));
        let theta = self.get(runtime::storage().theta().account(), (*who,));
        let (tfuel, theta) = try_join(tfuel, theta).await?;
        let tfuel = tfuel.map_or_else(TokenBalance::default, |account| convert::balance(&account.data));
        let theta = theta.map_or_else(TokenBalance::default, |account| convert::balance(&account));
        Ok(Balances { tfuel, theta })
    }

    /// How much there is of both tokens.
    pub async fn supplies(&self) -> Result<Supplies, ClientError> {
        let storage = runtime::storage;
        let tfuel = self.supply(
            storage().balances().total_issuance(),
            storage().tfuel_supply().minted(),
            storage().tfuel_supply().burned(),
        );
        let theta = self.supply(
            storage().theta().total_issuance(),
            storage().theta_supply().minted(),
            storage().theta_supply().burned(),
        );
        let (tfuel, theta) = try_join(tfuel, theta).await?;
        Ok(Supplies { tfuel, theta })
    }

    /// The stake of an account.
    pub async fn stake(&self, stash: &AccountId) -> Result<StakeInfo, ClientError> {
        let ledger = self
            .get(runtime::storage().staking().ledgers(), (*stash,))
            .await?;
        Ok(ledger.as_ref().map_or_else(StakeInfo::default, convert::stake))
    }

    /// What is held of an account's slashes until it is burned.
    pub async fn held_slashes(&self, stash: &AccountId) -> Result<Vec<HeldSlash>, ClientError> {
        let ledger = self
            .get(runtime::storage().staking().ledgers(), (*stash,))
            .await?;
        let slashes = ledger.map(|ledger| ledger.slashes.0).unwrap_or_default();
        Ok(slashes.into_iter().map(convert::held_slash).collect())
    }

    /// Whether workers with this driver get no jobs, because it computes wrong.
    pub async fn is_faulty_driver(&self, driver: &Label) -> Result<bool, ClientError> {
        let key = BoundedVec(driver.to_vec());
        let listed = self
            .get(runtime::storage().workers().faulty_drivers(), (key,))
            .await?;
        Ok(listed.is_some())
    }

    /// Every driver whose workers get no jobs, in alphabetical order.
    pub async fn faulty_drivers(&self) -> Result<Vec<Label>, ClientError> {
        let rows = self
            .rows(runtime::storage().workers().faulty_drivers(), ())
            .await?;
        let mut drivers: Vec<_> = rows
            .into_iter()
            .map(|((driver,), ())| convert::label(driver.0))
            .collect();
        drivers.sort();
        Ok(drivers)
    }

    /// A job, alive or ended. `None` when it was never posted or its receipt is pruned.
    pub async fn job(&self, id: JobId) -> Result<Option<JobState>, ClientError> {
        if let Some(job) = self.live_job(id).await? {
            return Ok(Some(JobState::Live(Box::new(job))));
        }
        Ok(self
            .receipt(id)
            .await?
            .map(|receipt| JobState::Ended(Box::new(receipt))))
    }

    /// What an ended job left.
    pub async fn receipt(&self, id: JobId) -> Result<Option<Receipt<AccountId>>, ClientError> {
        let receipt = self.get(runtime::storage().jobs().receipts(), (id,)).await?;
        Ok(receipt.map(|receipt| receipt.0))
    }

    /// Jobs posted so far; also the number of the next.
    pub async fn job_count(&self) -> Result<JobId, ClientError> {
        Ok(self
            .get(runtime::storage().jobs().next_job(), ())
            .await?
            .unwrap_or(0))
    }

    /// Jobs below `before` (all when `None`), newest first, at most `limit`; pruned ones are left out. The last
    /// number is the next page's `before`.
    pub async fn jobs(
        &self,
        before: Option<JobId>,
        limit: usize,
    ) -> Result<Vec<(JobId, JobState)>, ClientError> {
        let count = self.job_count().await?;
        let (mut found, mut unknown) = (Vec::new(), 0);
        for id in (0..before.unwrap_or(count).min(count)).rev() {
            if found.len() == limit || unknown == PRUNED {
                break;
            }
            match self.job(id).await? {
                Some(state) => {
                    found.push((id, state));
                    unknown = 0;
                }
                None => unknown += 1,
            }
        }
        Ok(found)
    }

    /// The output of a job that asked for it inline, from the reveal until the receipt is pruned. Check it with
    /// [`check_inline`](crate::result::check_inline).
    pub async fn inline_output(&self, id: JobId) -> Result<Option<Vec<u8>>, ClientError> {
        let output = self
            .get(runtime::storage().jobs().inline_outputs(), (id,))
            .await?;
        Ok(output.map(|output| output.0))
    }

    /// The dispute about a live job, from the first claim until the job settles or is drawn again.
    pub async fn dispute(&self, job: JobId) -> Result<Option<DisputeInfo>, ClientError> {
        let disputes = runtime::storage().disputes();
        let (dispute, turns, reserve, opened) = tokio::try_join!(
            self.get(disputes.disputes(), (job,)),
            self.get(disputes.turns(), ()),
            self.get(disputes.reserve_used(), ()),
            self.opened(job)
        )?;
        let Some(dispute) = dispute else {
            return Ok(None);
        };
        let turns = turns.map(|turns| turns.0).unwrap_or_default();
        let full_blocks = reserve.map_or(0, |reserve| reserve.full_blocks);
        let deadline = convert::deadline(job, &turns, full_blocks);
        let info = convert::dispute(job, dispute, deadline, opened);
        info.map(Some)
            .ok_or_else(|| ClientError::Node(format!("the game about job {job} has no deadline")))
    }

    /// Claims that wait for the next game about a job.
    pub async fn waiting_claims(&self, job: JobId) -> Result<Vec<ClaimInfo>, ClientError> {
        let rows = self
            .rows(runtime::storage().disputes().waiting_claims(), (job,))
            .await?;
        let mut claims: Vec<_> = rows
            .into_iter()
            .map(|((_, number), claim)| (number, convert::claim(claim)))
            .collect();
        claims.sort_by_key(|(number, _)| *number);
        Ok(claims.into_iter().map(|(_, claim)| claim).collect())
    }

    /// Hashes of the node that is asked for which were opened already.
    async fn opened(&self, job: JobId) -> Result<Vec<Hash>, ClientError> {
        let rows = self
            .rows(runtime::storage().disputes().openings(), (job,))
            .await?;
        Ok(rows.into_iter().map(|((_, hash), _)| hash).collect())
    }

    /// The open question about the data of a job.
    pub async fn data_question(&self, job: JobId) -> Result<Option<DataQuestion>, ClientError> {
        let availability = runtime::storage().availability();
        let asked = self.get(availability.questions_about(), (job,)).await?;
        let Some(asked) = asked.filter(|asked| asked.open.is_some()) else {
            return Ok(None);
        };
        let dues = self.get(availability.dues(), ()).await?;
        let dues = dues.map(|dues| dues.0).unwrap_or_default();
        let due = dues.iter().find(|due| due.job == job);
        Ok(due.and_then(|due| convert::question(job, due.at, asked)))
    }

    /// What this block said about the data of a job. Old blocks may have been pruned.
    pub async fn data_events(&self, job: JobId) -> Result<Vec<DataEvent>, ClientError> {
        let events = self.at.events().fetch().await;
        let events = events.map_err(|error| self.client.failed(error))?;
        let served = events
            .find::<said::ChunkServed>()
            .map(|event| event.map(|event| (event.job, convert::served(event))));
        let withheld = events
            .find::<said::ChunkWithheld>()
            .map(|event| event.map(|event| (event.job, convert::withheld(event))));
        let ended = events
            .find::<said::InquiryEnded>()
            .map(|event| event.map(|event| (event.job, convert::inquiry_ended(event))));
        let lost = events
            .find::<runtime::jobs::events::OutputWithheld>()
            .map(|event| event.map(|event| (event.job, convert::bond_lost(event))));
        let found: Result<Vec<_>, _> = served.chain(withheld).chain(ended).chain(lost).collect();
        let found = found.map_err(|error| self.client.failed(error))?;
        let about = found.into_iter().filter(|(about, _)| *about == job);
        Ok(about.map(|(_, event)| event).collect())
    }

    /// All open questions about data.
    pub async fn data_questions(&self) -> Result<Vec<DataQuestion>, ClientError> {
        let availability = runtime::storage().availability();
        let dues = self.get(availability.dues(), ()).await?;
        let dues = dues.map(|dues| dues.0).unwrap_or_default();
        if dues.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.rows(availability.questions_about(), ()).await?;
        let open = rows.into_iter().filter_map(|((job,), asked)| {
            let due = dues.iter().find(|due| due.job == job)?;
            convert::question(job, due.at, asked)
        });
        Ok(open.collect())
    }

    /// A registered program.
    pub async fn program(&self, id: &ProgramId) -> Result<Option<ProgramInfo>, ClientError> {
        let program = self
            .get(runtime::storage().jobs().programs(), (Static(*id),))
            .await?;
        Ok(program.map(|program| convert::program(*id, program)))
    }

    /// The encoding of a registered program, hash checked.
    pub async fn program_code(&self, id: &ProgramId) -> Result<Option<Vec<u8>>, ClientError> {
        let code = self
            .get(runtime::storage().jobs().program_code(), (Static(*id),))
            .await?;
        match code.map(|code| code.0) {
            Some(code) if edgeproof_proofs::blob_root(&code) != id.0 => Err(ClientError::WrongProgram(*id)),
            code => Ok(code),
        }
    }

    /// The worker that an operator key serves.
    pub async fn worker(&self, operator: &AccountId) -> Result<Option<WorkerInfo>, ClientError> {
        match self
            .get(runtime::storage().workers().stash_of(), (*operator,))
            .await?
        {
            Some(stash) => self.worker_of(&stash).await,
            None => Ok(None),
        }
    }

    /// The worker of a stash.
    pub async fn worker_of(&self, stash: &AccountId) -> Result<Option<WorkerInfo>, ClientError> {
        let worker = self
            .get(runtime::storage().workers().workers(), (*stash,))
            .await?;
        Ok(worker.map(|worker| convert::worker(*stash, worker)))
    }

    /// Every registered worker.
    pub async fn workers(&self) -> Result<Vec<WorkerInfo>, ClientError> {
        let rows = self.rows(runtime::storage().workers().workers(), ()).await?;
        let workers = rows.into_iter();
        Ok(workers
            .map(|((stash,), worker)| convert::worker(stash, worker))
            .collect())
    }

    /// Live jobs in which an operator key holds a seat.
    pub async fn seats(&self, operator: &AccountId) -> Result<Vec<JobInfo>, ClientError> {
        let seats = self
            .rows(runtime::storage().jobs().seats_of(), (*operator,))
            .await?;
        let mut jobs = Vec::new();
        for ((_, id), _) in seats {
            jobs.extend(self.live_job(id).await?);
        }
        jobs.sort_by_key(|job| job.id);
        Ok(jobs)
    }

    /// The values that jobs, stake, workers and questions about data live by, as they were set.
    pub async fn rules(&self) -> Result<Rules, ClientError> {
        let params = runtime::storage().params();
        let (jobs, stake, workers, disputes) = tokio::try_join!(
            self.get(params.jobs(), ()),
            self.get(params.stake(), ()),
            self.get(params.workers(), ()),
            self.get(params.disputes(), ())
        )?;
        let (Some(jobs), Some(stake), Some(workers), Some(disputes)) = (jobs, stake, workers, disputes)
        else {
            return Err(ClientError::Incompatible("the chain has no rules".into()));
        };
        Ok(convert::rules(jobs, stake, workers, disputes))
    }

    async fn supply<I, M, B>(&self, issuance: I, minted: M, burned: B) -> Result<Supply, ClientError>
    where
        I: Address<KeyParts = (), Value = u128>,
        M: Address<KeyParts = (), Value = u128>,
        B: Address<KeyParts = (), Value = u128>,
    {
        let (issuance, minted, burned) =
            tokio::try_join!(self.get(issuance, ()), self.get(minted, ()), self.get(burned, ()))?;
        Ok(Supply {
            issuance: issuance.unwrap_or(0),
            minted: minted.unwrap_or(0),
            burned: burned.unwrap_or(0),
        })
    }

    async fn live_job(&self, id: JobId) -> Result<Option<JobInfo>, ClientError> {
        let job = self.get(runtime::storage().jobs().jobs(), (id,)).await?;
        Ok(job.map(|job| convert::job(id, job)))
    }

    /// Keys and values of a map, below a prefix of its keys.
    pub(super) async fn rows<A, P>(
        &self,
        address: A,
        prefix: P,
    ) -> Result<Vec<(A::KeyParts, A::Value)>, ClientError>
    where
        A: Address,
        P: PrefixOf<A::KeyParts>,
    {
        let failed = |error: subxt::Error| self.client.failed(error);
        let storage = self.at.storage();
        let mut rows = storage
            .iter(address, prefix)
            .await
            .map_err(|error| failed(error.into()))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().await {
            let row = row.map_err(|error| failed(error.into()))?;
            let key = row
                .key()
                .and_then(|key| key.decode())
                .map_err(|error| failed(error.into()))?;
            let value = row.value().decode().map_err(|error| failed(error.into()))?;
            found.push((key, value));
        }
        Ok(found)
    }

    /// A value, or the default of its storage item.
    pub(super) async fn get<A: Address>(
        &self,
        address: A,
        key: A::KeyParts,
    ) -> Result<Option<A::Value>, ClientError>
    where
        A::Value: 'static,
    {
        let storage = self.at.storage();
        let entry = storage
            .entry(address)
            .map_err(|error| self.client.failed(error))?;
        let value = entry
            .try_fetch(key)
            .await
            .map_err(|error| self.client.failed(error))?;
        let value = value.or_else(|| entry.default_value());
        let decode = |value: StorageValue<'_, A::Value>| value.decode();
        value
            .map(decode)
            .transpose()
            .map_err(|error| self.client.failed(error))
    }
}

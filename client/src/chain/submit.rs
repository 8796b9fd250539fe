use super::{client::height, next_step, runtime, Client, ClientError, Config, Included, Refusal};
use crate::keys::Signer;
use edgeproof_primitives::{BlockNumber, Hash};
use std::time::Duration;
use subxt::{
    client::OnlineClientAtBlockImpl,
    config::DefaultExtrinsicParamsBuilder,
    error::{BackendError, DispatchError, ExtrinsicError, RpcError, TransactionEventsError},
    events::DecodeAsEvent,
    extrinsics::ExtrinsicEvents,
    rpcs::Error as TransportError,
    tx::{Payload, TransactionInBlock, TransactionProgress, TransactionStatus},
};

/// Blocks for which a transaction may wait to be included.
const MORTALITY: BlockNumber = 64;
/// A finalised block that lags further than this is no anchor for a mortal transaction: half its life is over.
const MAX_LAG: BlockNumber = MORTALITY / 2;
/// After this the transaction has died or the chain has stopped.
const PATIENCE: Duration = Duration::from_secs(MORTALITY as u64 * 6);

type AtBlock = OnlineClientAtBlockImpl<Config>;

/// A transaction that the node has taken. Dropping it does not withdraw it.
#[derive(Debug)]
pub struct Pending {
    client: Client,
    progress: TransactionProgress<Config, AtBlock>,
}

/// A call that is in a block and succeeded, with its events.
pub(super) struct Done {
    included: Included<()>,
    events: ExtrinsicEvents<Config>,
}

impl Client {
    /// Signs a call, hands it to the node and returns when the node has taken it.
    pub(super) async fn send(&self, signer: &Signer, call: &impl Payload) -> Result<Pending, ClientError> {
        let _turn = self.sending().lock().await;
        let (best, finalized) = (self.best().await?, self.finalized().await?);
        // A finalised anchor survives reorganisations.
        let anchor = if best.number().saturating_sub(finalized.number()) <= MAX_LAG {
            &finalized
        } else {
            &best
        };
        let nonce = self
            .rpc()
            .system_account_next_index(&signer.account())
            .await
            .map_err(|error| self.failed(error))?;
        let params = DefaultExtrinsicParamsBuilder::<Config>::new()
            .mortal_from_unchecked(MORTALITY.into(), anchor.number().into(), anchor.hash().into())
            .nonce(nonce)
            .build();
        let transaction = best
            .at()
            .tx()
            .create_signable_offline(call, params)
            .and_then(|mut signable| signable.sign(signer.pair()))
            .map_err(|error| self.failed(error))?;
        let progress = transaction
            .submit_and_watch()
            .await
            .map_err(|error| self.not_taken(error))?;
        Ok(Pending {
            client: self.clone(),
            progress,
        })
    }

    /// As [`Self::send`], and waits until the call is in a best block.
    pub(super) async fn call(&self, signer: &Signer, call: &impl Payload) -> Result<Done, ClientError> {
        self.send(signer, call).await?.done().await
    }

    fn not_taken(&self, error: ExtrinsicError) -> ClientError {
        match error {
            ExtrinsicError::ErrorSubmittingTransaction(BackendError::Rpc(RpcError::ClientError(
                TransportError::User(said),
            ))) => {
                let data = said.data.as_ref().map_or("", |data| data.get().trim_matches('"'));
                let reason = if data.is_empty() {
                    said.message
                } else {
                    format!("{}: {data}", said.message)
                };
                taken_back(reason)
            }
            error => self.failed(error),
        }
    }
}

impl Pending {
    /// Waits until the call is in a best block.
    ///
    /// # Errors
    /// [`ClientError::Refused`] when it is in a block and failed, [`ClientError::NotTaken`] when the node
    /// dropped it, [`ClientError::NotIncluded`] when no block took it.
    pub async fn included(self) -> Result<Included<()>, ClientError> {
        Ok(self.done().await?.included)
    }

    async fn done(self) -> Result<Done, ClientError> {
        let waited = tokio::time::timeout(PATIENCE, self.in_best_block()).await;
        waited.unwrap_or(Err(ClientError::NotIncluded { blocks: MORTALITY }))
    }

    async fn in_best_block(mut self) -> Result<Done, ClientError> {
        while let Some(status) = self.progress.next().await {
            match status.map_err(|error| self.client.failed(error))? {
                TransactionStatus::InBestBlock(block) | TransactionStatus::InFinalizedBlock(block) => {
                    return finish(&self.client, &block).await;
                }
                TransactionStatus::Error { message }
                | TransactionStatus::Invalid { message }
                | TransactionStatus::Dropped { message } => return Err(taken_back(message)),
                TransactionStatus::Validated
                | TransactionStatus::Broadcasted
                | TransactionStatus::NoLongerInBestBlock => {}
            }
        }
        Err(self.client.failed(subxt::Error::other_str(
            "the node stopped reporting on the transaction",
        )))
    }
}

impl Done {
    /// The first event of a kind; every successful call deposits its own.
    pub(super) fn with<E: DecodeAsEvent, T>(
        self,
        value: impl FnOnce(E) -> T,
    ) -> Result<Included<T>, ClientError> {
        let event = self.events.find_first::<E>().and_then(Result::ok);
        let event = event.ok_or_else(|| ClientError::Incompatible("an expected event is missing".into()))?;
        Ok(self.included.map(|()| value(event)))
    }

    pub(super) fn included(self) -> Included<()> {
        self.included
    }
}

impl<T> Included<T> {
    /// The same inclusion with another value.
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Included<U> {
        let Self {
            value,
            block,
            block_hash,
            transaction,
            fee,
        } = self;
        Included {
            value: map(value),
            block,
            block_hash,
            transaction,
            fee,
        }
    }
}

async fn finish(client: &Client, block: &TransactionInBlock<Config, AtBlock>) -> Result<Done, ClientError> {
    let events = block.wait_for_success().await.map_err(|error| match error {
        TransactionEventsError::ExtrinsicFailed(error) => ClientError::Refused(refusal(&error)),
        error => client.failed(error),
    })?;
    let at = block.at().await.map_err(|error| client.failed(error))?;
    let paid = events.find_first::<runtime::transaction_payment::events::TransactionFeePaid>();
    let hash = |hash: subxt::config::substrate::H256| -> Hash { hash.0 };
    let included = Included {
        value: (),
        block: height(at.block_number()),
        block_hash: hash(block.block_hash()),
        transaction: hash(block.extrinsic_hash()),
        fee: paid.and_then(Result::ok).map_or(0, |paid| paid.actual_fee),
    };
    Ok(Done { included, events })
}

fn taken_back(reason: String) -> ClientError {
    let next_step = next_step::for_pool(&reason);
    ClientError::NotTaken { reason, next_step }
}

fn refusal(error: &DispatchError) -> Refusal {
    let (pallet, name, meaning) = match error {
        DispatchError::Module(module) => match module.details() {
            Ok(details) => (
                details.pallet.name().to_owned(),
                details.variant.name.clone(),
                details.variant.docs.join(" "),
            ),
            Err(_) => ("Unknown".into(), "Unknown".into(), module.to_string()),
        },
        DispatchError::Token(token) => ("Token".into(), format!("{token:?}"), token.to_string()),
        DispatchError::Arithmetic(error) => ("Arithmetic".into(), format!("{error:?}"), error.to_string()),
        other => ("System".into(), format!("{other:?}"), other.to_string()),
    };
    let next_step = next_step::for_refusal(&pallet, &name);
    Refusal {
        pallet,
        error: name,
        meaning,
        next_step,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use subxt::{
        error::{ArithmeticError, TokenError},
        Metadata,
    };

    /// The error number `error` of a pallet, as the chain reports it.
    fn module_error(pallet: &str, error: &str) -> DispatchError {
        let metadata = include_bytes!("../../metadata.scale");
        let metadata = Metadata::decode_from(metadata).expect("the file is metadata");
        let pallet = metadata.pallet_by_name(pallet).expect("the pallet is there");
        let variants = pallet.error_variants().unwrap_or_default();
        let variant = variants.iter().find(|variant| variant.name == error);
        let index = variant.expect("the error is there").index;
        const MODULE: u8 = 3;
        let bytes = vec![MODULE, pallet.error_index(), index, 0, 0, 0];
        DispatchError::decode_from(bytes, metadata.into()).expect("an error of the chain")
    }

    #[test]
    fn an_error_of_a_pallet_is_told_in_the_words_of_the_pallet() {
        let refusal = refusal(&module_error("Jobs", "UnknownProgram"));
        assert_eq!(
            (refusal.pallet.as_str(), refusal.error.as_str()),
            ("Jobs", "UnknownProgram")
        );
        assert!(!refusal.meaning.is_empty());
        assert_eq!(refusal.next_step, "register the program, then post the job");
    }

    #[test]
    fn errors_of_no_pallet_have_a_name_and_a_step() {
        for (error, pallet, name, step) in [
            (
                DispatchError::Token(TokenError::FundsUnavailable),
                "Token",
                "FundsUnavailable",
                "edgeproof balance",
            ),
            (
                DispatchError::Arithmetic(ArithmeticError::Overflow),
                "Arithmetic",
                "Overflow",
                "send it again",
            ),
            (DispatchError::BadOrigin, "System", "BadOrigin", "send it again"),
        ] {
            let refusal = refusal(&error);
            assert_eq!((refusal.pallet.as_str(), refusal.error.as_str()), (pallet, name));
            assert!(refusal.next_step.contains(step), "{refusal}");
        }
    }

    #[test]
    fn a_transaction_that_is_not_taken_comes_with_the_reason_and_a_step() {
        let error = taken_back("Invalid Transaction: Transaction is outdated".into());
        assert_eq!(
            error.to_string(),
            "the transaction was not taken: Invalid Transaction: Transaction is outdated; another transaction of the \
             account came first, send it again"
        );
    }
}

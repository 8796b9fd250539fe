use super::{convert, Ballot, CallRef, Due, Proposal, ReferendumIndex, Track};
use crate::{
    chain::{runtime, Client, ClientError, Included},
    keys::Signer,
};
use runtime::runtime_types::{
    edgeproof_runtime::RuntimeCall, frame_support::traits::schedule::DispatchTime,
    pallet_preimage::pallet::Call as PreimageCall, pallet_referenda::pallet::Call as ReferendaCall,
};

/// Governing. Each call is signed, handed to the node, and waited for until a best block holds it.
///
/// # Errors
/// [`ClientError::Refused`] with the pallet's error when the call failed, [`ClientError::NotTaken`] when the node
/// did not take it.
impl Client {
    /// Submits a referendum; its deposit of THETA is held from the signer, and one of TFUEL for a long call.
    pub async fn propose(
        &self,
        proposer: &Signer,
        proposal: &Proposal,
    ) -> Result<Included<ReferendumIndex>, ClientError> {
        let view = self.best().await?;
        let (call, note) = match proposal.is_noted() {
            false => (CallRef::Inline(proposal.call.clone()), false),
            true => {
                let (hash, bytes) = (view.hash_of(&proposal.call), proposal.call.len() as u32);
                let known = view.preimage(hash, bytes).await?.is_some();
                (CallRef::Noted(hash, bytes), !known)
            }
        };
        let mut calls = Vec::new();
        if note {
            calls.push(RuntimeCall::Preimage(PreimageCall::note_preimage {
                bytes: proposal.call.clone(),
            }));
        }
        calls.push(RuntimeCall::Referenda(ReferendaCall::submit {
            proposal_origin: Box::new(convert::origin(proposal.track)),
            proposal: convert::bounded(call),
            enactment_moment: DispatchTime::After(0),
        }));
        let done = self
            .call(proposer, &runtime::tx().utility().batch_all(calls))
            .await?;
        done.with(|event: runtime::referenda::events::Submitted| event.index)
    }

    /// Places the deposit that a referendum needs to be decided.
    pub async fn place_decision_deposit(
        &self,
        signer: &Signer,
        referendum: ReferendumIndex,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().referenda().place_decision_deposit(referendum);
        Ok(self.call(signer, &call).await?.included())
    }

    /// Votes, or replaces the vote. The THETA that votes is locked until it is taken back, and longer when the vote has a
    /// conviction and wins; bonded THETA stays bonded.
    pub async fn vote(
        &self,
        voter: &Signer,
        referendum: ReferendumIndex,
        ballot: &Ballot,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx()
            .conviction_voting()
            .vote(referendum, convert::vote(ballot));
        Ok(self.call(voter, &call).await?.included())
    }

    /// Takes a vote back. What it locked is unlocked with [`Self::collect`], at once unless it has won with a conviction.
    pub async fn remove_vote(
        &self,
        voter: &Signer,
        track: Track,
        referendum: ReferendumIndex,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx()
            .conviction_voting()
            .remove_vote(Some(track.id()), referendum);
        Ok(self.call(voter, &call).await?.included())
    }

    /// Takes back all that is due: deposits, locks, and what the treasury owes. What fails is left where it is.
    pub async fn collect(&self, signer: &Signer, due: &Due) -> Result<Included<()>, ClientError> {
        let calls = convert::collecting(&signer.account(), due);
        let call = runtime::tx().utility().force_batch(calls);
        Ok(self.call(signer, &call).await?.included())
    }
}

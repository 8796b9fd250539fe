use super::{
    convert, CastVote, FallingBar, GovernanceRules, Referendum, ReferendumIndex, Track, Treasury, VoteLock,
};
use crate::{
    chain::{runtime, ClientError, View},
    AccountId,
};
use edgeproof_primitives::Hash;
use runtime::runtime_types::pallet_preimage::RequestStatus;
use subxt::utils::H256;

impl View {
    /// The periods and deposits of referenda.
    pub async fn governance_rules(&self) -> Result<GovernanceRules, ClientError> {
        let rules = self.get(runtime::storage().params().governance(), ()).await?;
        let rules = rules.ok_or_else(|| ClientError::Incompatible("the chain has no referenda".into()))?;
        Ok(convert::governance_rules(&rules))
    }

    /// What a track asks for. `None` when this program does not know how the track's bar falls.
    pub fn bar(&self, track: Track) -> Result<Option<FallingBar>, ClientError> {
        let tracks = self
            .at()
            .constants()
            .entry(runtime::constants().referenda().tracks())
            .map_err(|error| self.client().failed(error))?;
        let found = tracks.iter().find(|(id, _)| *id == track.id());
        Ok(found.and_then(|(_, track)| convert::falling_bar(track)))
    }

    /// A referendum. `None` when there was none of this number.
    pub async fn referendum(&self, index: ReferendumIndex) -> Result<Option<Referendum>, ClientError> {
        let rules = self.governance_rules().await?;
        let info = self
            .get(runtime::storage().referenda().referendum_info_for(), (index,))
            .await?;
        Ok(info.and_then(|info| convert::referendum(index, info, &rules)))
    }

    /// Every referendum, the newest first.
    pub async fn referenda(&self) -> Result<Vec<Referendum>, ClientError> {
        let rules = self.governance_rules().await?;
        let rows = self
            .rows(runtime::storage().referenda().referendum_info_for(), ())
            .await?;
        let mut referenda: Vec<_> = rows
            .into_iter()
            .filter_map(|((index,), info)| convert::referendum(index, info, &rules))
            .collect();
        referenda.sort_by_key(|referendum| std::cmp::Reverse(referendum.index));
        Ok(referenda)
    }

    /// The votes that an account has not taken back.
    pub async fn votes_of(&self, account: &AccountId) -> Result<Vec<CastVote>, ClientError> {
        let mut votes = Vec::new();
        for track in Track::ALL {
            let address = runtime::storage().conviction_voting().voting_for();
            if let Some(voting) = self.get(address, (*account, track.id())).await? {
                votes.extend(convert::votes(track, voting));
            }
        }
        Ok(votes)
    }

    /// What votes of an account have locked.
    pub async fn locks_of(&self, account: &AccountId) -> Result<Vec<VoteLock>, ClientError> {
        let address = runtime::storage().conviction_voting().class_locks_for();
        let locked = self.get(address, (*account,)).await?;
        let mut locks = Vec::new();
        for (id, amount) in locked.map(|locked| locked.0).unwrap_or_default() {
            let address = runtime::storage().conviction_voting().voting_for();
            let voting = self.get(address, (*account, id)).await?;
            let lock = Track::from_id(id).zip(voting);
            locks.extend(lock.map(|(track, voting)| convert::lock(track, amount, &voting)));
        }
        Ok(locks)
    }

    /// The treasury.
    pub async fn treasury(&self) -> Result<Treasury, ClientError> {
        let account = self
            .at()
            .constants()
            .entry(runtime::constants().treasury().pot_account())
            .map_err(|error| self.client().failed(error))?;
        let rows = self.rows(runtime::storage().treasury().spends(), ()).await?;
        let spends = rows
            .into_iter()
            .filter_map(|((index,), spend)| convert::spend(index, spend));
        let mut spends: Vec<_> = spends.collect();
        spends.sort_by_key(|spend| spend.index);
        Ok(Treasury {
            account,
            balance: self.balances(&account).await?.tfuel.free,
            spends,
        })
    }

    /// Calls that an account noted, paid for, and that wait for no enactment.
    pub(super) async fn notes_of(&self, account: &AccountId) -> Result<Vec<Hash>, ClientError> {
        let rows = self
            .rows(runtime::storage().preimage().request_status_for(), ())
            .await?;
        let unneeded = rows.into_iter().filter_map(|((hash,), status)| match status {
            RequestStatus::Unrequested { ticket: (who, _), .. } if who == *account => Some(hash.0),
            _ => None,
        });
        Ok(unneeded.collect())
    }

    /// The bytes of a call that somebody has noted.
    pub(super) async fn preimage(&self, hash: Hash, bytes: u32) -> Result<Option<Vec<u8>>, ClientError> {
        let address = runtime::storage().preimage().preimage_for();
        let found = self.get(address, ((H256(hash), bytes),)).await?;
        Ok(found.map(|bytes| bytes.0))
    }
}

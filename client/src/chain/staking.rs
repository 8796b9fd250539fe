//! Validators and guardians: who they are, what they have, and what they do.

use super::{runtime, Client, ClientError, Included, View};
use crate::{keys::Signer, AccountId};
use edgeproof_primitives::{BlockNumber, TfuelBalance, ThetaBalance};
use runtime::runtime_types::{
    edgeproof_runtime::SessionKeys, pallet_theta_staking::pool, sp_arithmetic::per_things::Permill,
    sp_consensus_babe::app::Public as BabeKey, sp_consensus_grandpa::app::Public as GrandpaKey,
};

/// A candidate or a validator in office. Amounts in planck of THETA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidatorInfo {
    /// Who it is.
    pub account: AccountId,
    /// All stake behind it.
    pub backing: ThetaBalance,
    /// The part of it that is its own.
    pub own: ThetaBalance,
    /// What its work counts in an election, before the limit.
    pub credit: ThetaBalance,
    /// The part of each reward that it takes before its guardians, in parts per million.
    pub commission: u32,
    /// Whether it wants to be elected.
    pub is_candidate: bool,
    /// Whether it is a validator of the era that runs.
    pub is_elected: bool,
    /// Whether its session keys are set.
    pub has_keys: bool,
    /// Blocks that it has made in the era that runs.
    pub blocks: u32,
}

/// Stake behind one validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Whom it backs.
    pub validator: AccountId,
    /// What it is worth now, in planck of THETA.
    pub worth: ThetaBalance,
}

/// Stake that has left a validator and is still liable for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Whom it backed.
    pub validator: AccountId,
    /// What it is worth now, in planck of THETA.
    pub worth: ThetaBalance,
    /// First block in which it is liable no longer, and can be withdrawn.
    pub release_at: BlockNumber,
    /// Whom it backs now. `None` when it waits for its release.
    pub moved_to: Option<AccountId>,
}

/// What an account has behind validators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guardian {
    /// By validator.
    pub delegations: Vec<Delegation>,
    /// In the order in which they left.
    pub exits: Vec<Exit>,
    /// What it can claim now, as a guardian and as a validator, in planck of TFUEL.
    pub claimable: TfuelBalance,
    /// What it can claim now for the work of its edge operator, in planck of TFUEL.
    pub claimable_work: TfuelBalance,
}

/// Where the chain is in its eras.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EraInfo {
    /// The era that runs.
    pub current: u32,
    /// Block in which it began.
    pub since: BlockNumber,
    /// The session that runs.
    pub session: u32,
    /// The session with which the next era begins.
    pub next_session: u32,
    /// Whether the validators of the next era are known.
    pub is_planned: bool,
    /// Slots in a session.
    pub session_slots: u64,
    /// Milliseconds in a slot.
    pub slot_millis: u64,
}

/// What staking lives by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StakingTerms {
    /// Least stake that stays bonded, in planck of THETA.
    pub min_stake: ThetaBalance,
    /// Least own stake of a candidate, in planck of THETA.
    pub min_validator_bond: ThetaBalance,
    /// Least stake of a guardian behind one validator, in planck of THETA.
    pub min_delegation: ThetaBalance,
    /// Most validators of an era.
    pub max_validators: u32,
    /// Blocks between taking stake back and withdrawing it.
    pub unbonding: BlockNumber,
    /// What the stake behind the author of a block earns, in planck of TFUEL.
    pub block_reward: TfuelBalance,
}

/// Reading.
impl View {
    /// Candidates and validators in office, those with the most stake first.
    pub async fn validators(&self) -> Result<Vec<ValidatorInfo>, ClientError> {
        let standings = self.ask(runtime::view_functions().staking().standings()).await?;
        let mut validators: Vec<_> = standings.into_iter().map(validator).collect();
        validators.sort_by_key(|validator| std::cmp::Reverse(validator.backing));
        Ok(validators)
    }

    /// What an account has behind validators, after all that they earned and lost.
    pub async fn guardian(&self, who: &AccountId) -> Result<Guardian, ClientError> {
        let staking = || runtime::view_functions().staking();
        let (guardian, claimable, claimable_work) = tokio::try_join!(
            self.ask(staking().guardian(*who)),
            self.ask(staking().claimable_of(*who)),
            self.ask(runtime::view_functions().rewards().claimable(*who))
        )?;
        Ok(Guardian {
            delegations: guardian.delegations.0.into_iter().map(delegation).collect(),
            exits: guardian.exits.0.into_iter().map(exit).collect(),
            claimable,
            claimable_work,
        })
    }

    /// Where the chain is in its eras.
    pub async fn era(&self) -> Result<EraInfo, ClientError> {
        let storage = runtime::storage;
        let (state, session, slots, millis, terms) = tokio::try_join!(
            self.get(storage().staking().era(), ()),
            self.get(storage().session().current_index(), ()),
            self.get(storage().params().epoch_slots(), ()),
            self.get(storage().params().slot_millis(), ()),
            self.ask(runtime::view_functions().params().stake_rules())
        )?;
        let state = state.ok_or_else(|| ClientError::Incompatible("the chain has no eras".into()))?;
        let is_planned = state.planned != state.current;
        Ok(EraInfo {
            current: state.current,
            since: state.since,
            session: session.unwrap_or_default(),
            next_session: if is_planned {
                state.session
            } else {
                state.session.saturating_add(terms.sessions_per_era)
            },
            is_planned,
            session_slots: slots.unwrap_or_default(),
            slot_millis: millis.unwrap_or_default(),
        })
    }

    /// What staking lives by.
    pub async fn staking_terms(&self) -> Result<StakingTerms, ClientError> {
        let params = || runtime::view_functions().params();
        let (rules, rewards) = tokio::try_join!(
            self.ask(params().stake_rules()),
            self.ask(params().reward_rules())
        )?;
        Ok(StakingTerms {
            min_stake: rules.min_operator_stake,
            min_validator_bond: rules.min_validator_bond,
            min_delegation: rules.min_delegation,
            max_validators: rules.max_validators,
            unbonding: rules.unbonding,
            block_reward: rewards.validator_issuance,
        })
    }
}

/// Writing. See [`Client`] for the errors.
impl Client {
    /// Starts the release of bonded THETA (planck).
    pub async fn unbond(&self, stash: &Signer, value: ThetaBalance) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().staking().unbond(value);
        Ok(self.call(stash, &call).await?.included())
    }

    /// Frees everything whose time has come, and returns how much THETA (planck).
    pub async fn withdraw(&self, stash: &Signer) -> Result<Included<ThetaBalance>, ClientError> {
        let call = runtime::tx().staking().withdraw();
        let done = self.call(stash, &call).await?;
        done.with(|event: runtime::staking::events::Withdrawn| event.value)
    }

    /// Lets bonded THETA (planck) back a validator.
    pub async fn delegate(
        &self,
        guardian: &Signer,
        validator: &AccountId,
        value: ThetaBalance,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().staking().delegate(*validator, value);
        Ok(self.call(guardian, &call).await?.included())
    }

    /// Takes THETA (planck) back from a validator, and returns the block from which it can be withdrawn.
    pub async fn undelegate(
        &self,
        guardian: &Signer,
        validator: &AccountId,
        value: ThetaBalance,
    ) -> Result<Included<BlockNumber>, ClientError> {
        let call = runtime::tx().staking().undelegate(*validator, value);
        let done = self.call(guardian, &call).await?;
        done.with(|event: runtime::staking::events::Undelegated| event.release_at)
    }

    /// Moves THETA (planck) from one validator to another.
    pub async fn redelegate(
        &self,
        guardian: &Signer,
        from: &AccountId,
        to: &AccountId,
        value: ThetaBalance,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().staking().redelegate(*from, *to, value);
        Ok(self.call(guardian, &call).await?.included())
    }

    /// Makes the signer a candidate, adding `value` (planck of THETA) to its own stake. `commission` in parts per million.
    pub async fn validate(
        &self,
        stash: &Signer,
        value: ThetaBalance,
        commission: u32,
    ) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().staking().validate(value, Permill(commission));
        Ok(self.call(stash, &call).await?.included())
    }

    /// Ends the signer's candidacy.
    pub async fn chill(&self, stash: &Signer) -> Result<Included<()>, ClientError> {
        Ok(self
            .call(stash, &runtime::tx().staking().chill())
            .await?
            .included())
    }

    /// Claims what the signer has earned, and returns how much TFUEL (planck).
    pub async fn claim_rewards(&self, who: &Signer) -> Result<Included<TfuelBalance>, ClientError> {
        let done = self.call(who, &runtime::tx().staking().claim()).await?;
        done.with(|event: runtime::staking::events::Claimed| event.value)
    }

    /// Has a stash paid what its work was issued, and returns how much TFUEL (planck). Anybody may, and pays nothing.
    pub async fn claim_work(
        &self,
        who: &Signer,
        stash: &AccountId,
    ) -> Result<Included<TfuelBalance>, ClientError> {
        let call = runtime::tx().rewards().claim(*stash);
        let done = self.call(who, &call).await?;
        done.with(|event: runtime::rewards::events::Claimed| event.amount)
    }

    /// Names the other half of the signer, a validator or an edge operator; `None` takes the name back.
    pub async fn link(&self, who: &Signer, other: Option<AccountId>) -> Result<Included<()>, ClientError> {
        let call = runtime::tx().staking().link(other);
        Ok(self.call(who, &call).await?.included())
    }

    /// Makes new session keys in the node that this client is connected to, and sets them for the signer. The node must
    /// allow unsafe calls, as it does on its own machine.
    pub async fn set_session_keys(&self, stash: &Signer) -> Result<Included<()>, ClientError> {
        let (keys, proof) = self.rotate_keys(&stash.account()).await?;
        let wrong = || ClientError::Incompatible("the node makes other session keys".into());
        let (babe, grandpa) = keys.split_at_checked(32).ok_or_else(wrong)?;
        let keys = SessionKeys {
            babe: BabeKey(babe.try_into().map_err(|_| wrong())?),
            grandpa: GrandpaKey(grandpa.try_into().map_err(|_| wrong())?),
        };
        let call = runtime::tx().session().set_keys(keys, proof);
        Ok(self.call(stash, &call).await?.included())
    }
}

fn validator(standing: pool::Standing<AccountId, u128>) -> ValidatorInfo {
    ValidatorInfo {
        account: standing.who,
        backing: standing.backing,
        own: standing.own,
        credit: standing.credit,
        commission: standing.commission.0,
        is_candidate: standing.is_candidate,
        is_elected: standing.is_elected,
        has_keys: standing.has_keys,
        blocks: standing.points,
    }
}

fn delegation(delegation: pool::Delegation<AccountId, u128>) -> Delegation {
    Delegation {
        validator: delegation.validator,
        worth: delegation.principal,
    }
}

fn exit(exit: pool::Exit<AccountId, u128>) -> Exit {
    Exit {
        validator: exit.validator,
        worth: exit.principal,
        release_at: exit.release_at,
        moved_to: exit.moved_to,
    }
}

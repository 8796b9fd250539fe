use super::{rules::group_of_call, CallRef, Proposed, Track};
use crate::{
    chain::{runtime, ClientError, View},
    AccountId,
};
use codec::{Compact, Decode};
use edgeproof_primitives::{Hash, TfuelBalance};
use subxt::{
    config::Hasher,
    dynamic::Value,
    ext::scale_value::{Composite, ValueDef},
    tx::Payload,
};

/// Longest call that a referendum carries itself; the bytes of a longer one are noted apart.
const MAX_INLINE: usize = 128;

/// A call, and the track on which a referendum about it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The track.
    pub track: Track,
    /// SCALE encoding of the call.
    pub call: Vec<u8>,
}

impl Proposal {
    pub(super) fn new(track: Track, call: Vec<u8>) -> Self {
        Self { track, call }
    }

    /// Whether the bytes of the call are noted apart, for a deposit of TFUEL.
    pub fn is_noted(&self) -> bool {
        self.call.len() > MAX_INLINE
    }
}

impl View {
    /// A proposal to spend `amount` (planck of TFUEL) of the treasury.
    pub fn propose_spend(
        &self,
        amount: TfuelBalance,
        beneficiary: AccountId,
    ) -> Result<Proposal, ClientError> {
        let call = runtime::tx().treasury().spend((), amount, beneficiary, None);
        Ok(Proposal::new(Track::Treasury, self.encode(&call)?))
    }

    /// A proposal to replace the runtime by `code`.
    pub fn propose_upgrade(&self, code: Vec<u8>) -> Result<Proposal, ClientError> {
        let call = runtime::tx().system().set_code(code);
        Ok(Proposal::new(Track::Root, self.encode(&call)?))
    }

    /// A proposal of any call, given as its SCALE encoding.
    ///
    /// # Errors
    /// [`ClientError::NoCall`] when the bytes are no call of the node's runtime.
    pub fn propose_call(&self, track: Track, call: Vec<u8>) -> Result<Proposal, ClientError> {
        let decoded = self.at().tx().from_call_data_bytes(&call);
        decoded.map_err(|error| ClientError::NoCall(error.to_string()))?;
        Ok(Proposal::new(track, call))
    }

    /// What a referendum would do.
    pub async fn proposed(&self, call: &CallRef) -> Result<Proposed, ClientError> {
        let bytes = match call {
            CallRef::Inline(bytes) => Some(bytes.clone()),
            CallRef::Noted(hash, bytes) => self.preimage(*hash, *bytes).await?,
        };
        let named = bytes.and_then(|bytes| Some((self.name_of(&bytes)?, bytes)));
        let Some(((pallet, name), bytes)) = named else {
            return Ok(Proposed::Unknown);
        };
        let told = match (pallet.as_str(), name.as_str()) {
            ("Params", name) => self.proposed_rules(name, &bytes).await?,
            ("Treasury", "spend") => self.arguments(&bytes).as_ref().and_then(spend),
            ("System", "set_code") => upgrade(&bytes),
            _ => None,
        };
        Ok(told.unwrap_or(Proposed::Call { pallet, name }))
    }

    /// Pallet and name of an encoded call.
    fn name_of(&self, call: &[u8]) -> Option<(String, String)> {
        let [pallet, index, ..] = *call else {
            return None;
        };
        let metadata = self.at().metadata();
        let pallet = metadata.pallet_by_call_index(pallet)?;
        let name = pallet.call_variant_by_index(index)?.name.clone();
        Some((pallet.name().to_owned(), name))
    }

    fn arguments(&self, call: &[u8]) -> Option<Composite<()>> {
        let decoded = self.at().tx().from_call_data_bytes(call).ok()?;
        Some(decoded.call_data().clone())
    }

    /// The values that a call would change.
    async fn proposed_rules(&self, name: &str, call: &[u8]) -> Result<Option<Proposed>, ClientError> {
        let arguments = self.arguments(call);
        let rules = arguments
            .as_ref()
            .and_then(|arguments| argument(arguments, "rules"));
        let (Some(group), Some(rules)) = (group_of_call(name), rules) else {
            return Ok(None);
        };
        let wanted = self.group(group, rules)?;
        let now = self.governed().await?;
        let changed = now.into_iter().filter_map(|rule| {
            let same = |other: &&super::Rule| other.group == rule.group && other.key == rule.key;
            let value = wanted.iter().find(same)?.value;
            (value != rule.value).then_some((rule, value))
        });
        Ok(Some(Proposed::Rules(changed.collect())))
    }

    pub(super) fn encode(&self, call: &impl Payload) -> Result<Vec<u8>, ClientError> {
        let encoded = self.at().tx().call_data(call);
        encoded.map_err(|error| self.client().failed(error))
    }

    pub(super) fn hash_of(&self, bytes: &[u8]) -> Hash {
        self.at().hasher().hash(bytes).0
    }
}

fn argument<'a>(arguments: &'a Composite<()>, name: &str) -> Option<&'a Value> {
    let Composite::Named(arguments) = arguments else {
        return None;
    };
    let found = arguments.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value)
}

fn spend(arguments: &Composite<()>) -> Option<Proposed> {
    let beneficiary = bytes(argument(arguments, "beneficiary")?)?;
    Some(Proposed::Spend {
        amount: argument(arguments, "amount")?.as_u128()?,
        beneficiary: AccountId(beneficiary.try_into().ok()?),
    })
}

/// By the length before the code: there is no need to take a megabyte apart.
fn upgrade(call: &[u8]) -> Option<Proposed> {
    let Compact(bytes) = Compact::<u32>::decode(&mut call.get(2..)?).ok()?;
    Some(Proposed::Upgrade {
        bytes: bytes as usize,
    })
}

/// The bytes of a list of bytes, in however many wrappers.
fn bytes(value: &Value) -> Option<Vec<u8>> {
    let ValueDef::Composite(list) = &value.value else {
        return None;
    };
    let byte = |value: &Value| u8::try_from(value.as_u128()?).ok();
    match list.values().collect::<Vec<_>>().as_slice() {
        [only] if only.as_u128().is_none() => bytes(only),
        list => list.iter().map(|value| byte(value)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use codec::Encode;

    fn wrapped(bytes: &[u8]) -> Value {
        Value::unnamed_composite([Value::from_bytes(bytes)])
    }

    #[test]
    fn a_spend_is_told_by_amount_and_beneficiary() {
        let arguments = Composite::named([
            ("asset_kind", Value::unnamed_composite([])),
            ("amount", Value::u128(7)),
            ("beneficiary", wrapped(&[3; 32])),
        ]);
        assert_eq!(
            spend(&arguments),
            Some(Proposed::Spend {
                amount: 7,
                beneficiary: AccountId([3; 32])
            })
        );
        assert_eq!(spend(&Composite::named([("amount", Value::u128(7))])), None);
    }

    #[test]
    fn an_upgrade_is_told_by_its_size() {
        let call = [&[0, 2][..], &vec![7u8; 300].encode()].concat();
        assert_eq!(upgrade(&call), Some(Proposed::Upgrade { bytes: 300 }));
        assert_eq!(upgrade(&[0]), None);
    }

    #[test]
    fn only_a_long_call_is_noted_apart() {
        assert!(!Proposal::new(Track::Root, vec![0; MAX_INLINE]).is_noted());
        assert!(Proposal::new(Track::Root, vec![0; MAX_INLINE + 1]).is_noted());
    }
}

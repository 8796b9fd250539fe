//! The governed values, read and written by their names in the runtime's own metadata, so that none is forgotten.

use super::{Proposal, Track};
use crate::chain::{ClientError, View};
use scale_info::{form::PortableForm, PortableRegistry, TypeDef};
use subxt::{
    dynamic::Value,
    ext::scale_value::{Composite, Primitive, ValueDef},
};

/// The groups in which values are governed. A referendum sets a group as a whole.
pub const RULE_GROUPS: [&str; 6] = ["job", "stake", "worker", "dispute", "reward", "governance"];

/// A governed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its group, one of [`RULE_GROUPS`].
    pub group: &'static str,
    /// Its name.
    pub key: String,
    /// What it measures.
    pub kind: RuleKind,
    /// The value as it was set, in the unit of its kind.
    pub value: u128,
}

/// What a governed value measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Things.
    Count,
    /// Blocks.
    Blocks,
    /// Planck of TFUEL.
    Tfuel,
    /// Planck of THETA.
    Theta,
    /// Parts per million.
    Part,
    /// A rate, in parts of 10^18.
    Rate,
}

impl RuleKind {
    /// The kind of a field by the name of its type in the runtime.
    fn of(type_name: &str) -> Self {
        match type_name {
            "BlockNumber" => Self::Blocks,
            "TfuelBalance" => Self::Tfuel,
            "ThetaBalance" => Self::Theta,
            "Permill" => Self::Part,
            "FixedU128" => Self::Rate,
            _ => Self::Count,
        }
    }
}

/// Where a group is stored.
fn storage_of(group: &str) -> &'static str {
    match group {
        "job" => "Jobs",
        "stake" => "Stake",
        "worker" => "Workers",
        "dispute" => "Disputes",
        "reward" => "Rewards",
        _ => "Governance",
    }
}

/// The group that a call of the chain sets.
pub(super) fn group_of_call(name: &str) -> Option<&'static str> {
    let group = name.strip_prefix("set_")?.strip_suffix("_rules")?;
    RULE_GROUPS.into_iter().find(|known| *known == group)
}

impl View {
    /// Every governed value.
    pub async fn governed(&self) -> Result<Vec<Rule>, ClientError> {
        let mut rules = Vec::new();
        for group in RULE_GROUPS {
            rules.extend(self.group(group, &self.stored_group(group).await?)?);
        }
        Ok(rules)
    }

    /// A proposal that changes values of one group and sets the others to what they are now. Only a referendum on the root
    /// track changes how referenda are held.
    ///
    /// # Errors
    /// [`ClientError::UnknownRule`] when the group has no value of such a name.
    pub async fn change_rules(
        &self,
        group: &'static str,
        changes: &[(String, u128)],
    ) -> Result<Proposal, ClientError> {
        let mut rules = self.stored_group(group).await?;
        for (key, value) in changes {
            if !put_field(&mut rules, key, *value) {
                return Err(ClientError::UnknownRule(format!("{group}.{key}")));
            }
        }
        let name = format!("set_{group}_rules");
        let call = subxt::tx::dynamic("Params", name, Composite::named([("rules", rules)]));
        let track = match group {
            "governance" => Track::Root,
            _ => Track::Parameters,
        };
        Ok(Proposal::new(track, self.encode(&call)?))
    }

    async fn stored_group(&self, group: &str) -> Result<Value, ClientError> {
        let address = subxt::dynamic::storage::<(), Value>("Params", storage_of(group));
        let stored = self.get(address, ()).await?;
        stored.ok_or_else(|| ClientError::Incompatible(format!("the chain has no {group} rules")))
    }

    /// The values of a group as the chain encodes it.
    pub(super) fn group(&self, group: &'static str, rules: &Value) -> Result<Vec<Rule>, ClientError> {
        let metadata = self.at().metadata();
        let stored = metadata
            .pallet_by_name("Params")
            .and_then(|params| params.storage()?.entry_by_name(storage_of(group)));
        let kinds = stored.and_then(|entry| kinds(metadata.types(), entry.value_ty()));
        let fields = fields(rules);
        kinds
            .zip(fields)
            .map(|(kinds, fields)| {
                let of = |key: &str| kinds.iter().find(|(name, _)| name == key);
                fields
                    .into_iter()
                    .map(|(key, value)| Rule {
                        group,
                        kind: of(&key).map_or(RuleKind::Count, |(_, kind)| *kind),
                        key,
                        value,
                    })
                    .collect()
            })
            .ok_or_else(|| ClientError::Incompatible(format!("{group} rules are not a list of values")))
    }
}

/// Names and kinds of the fields of a type.
fn kinds(types: &PortableRegistry, id: u32) -> Option<Vec<(String, RuleKind)>> {
    let TypeDef::Composite(composite) = &types.resolve(id)?.type_def else {
        return None;
    };
    let kind = |field: &scale_info::Field<PortableForm>| {
        let kind = RuleKind::of(field.type_name.as_deref().unwrap_or_default());
        Some((field.name.clone()?, kind))
    };
    composite.fields.iter().map(kind).collect()
}

/// Names and numbers of a struct of numbers.
fn fields(rules: &Value) -> Option<Vec<(String, u128)>> {
    let ValueDef::Composite(Composite::Named(fields)) = &rules.value else {
        return None;
    };
    fields
        .iter()
        .map(|(key, value)| Some((key.clone(), number(value)?)))
        .collect()
}

fn number(value: &Value) -> Option<u128> {
    match &value.value {
        ValueDef::Primitive(number) => number.as_u128(),
        ValueDef::Composite(Composite::Unnamed(inner)) => match inner.as_slice() {
            [only] => number(only),
            _ => None,
        },
        _ => None,
    }
}

/// Replaces the number under a name. False when there is none.
fn put_field(rules: &mut Value, key: &str, value: u128) -> bool {
    let ValueDef::Composite(Composite::Named(fields)) = &mut rules.value else {
        return false;
    };
    let field = fields.iter_mut().find(|(name, _)| name == key);
    field.is_some_and(|(_, field)| put(field, value))
}

fn put(place: &mut Value, value: u128) -> bool {
    match &mut place.value {
        ValueDef::Primitive(number) => {
            *number = Primitive::U128(value);
            true
        }
        ValueDef::Composite(Composite::Unnamed(inner)) => match inner.as_mut_slice() {
            [only] => put(only, value),
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A group as the chain encodes one: a number, and a share in its own type.
    fn rules() -> Value {
        Value::named_composite([
            ("bond_factor", Value::u128(20)),
            ("finder_share", Value::unnamed_composite([Value::u128(250_000)])),
        ])
    }

    #[test]
    fn a_group_is_read_and_changed_by_names() {
        let mut rules = rules();
        let read = |rules: &Value| fields(rules).expect("a struct of numbers");
        let of = |key: &str, value| (key.to_owned(), value);
        assert_eq!(read(&rules), [of("bond_factor", 20), of("finder_share", 250_000)]);
        assert!(put_field(&mut rules, "finder_share", 9));
        assert!(!put_field(&mut rules, "finder", 1));
        assert_eq!(read(&rules), [of("bond_factor", 20), of("finder_share", 9)]);
    }

    #[test]
    fn what_is_no_struct_of_numbers_is_not_read() {
        assert_eq!(fields(&Value::u128(1)), None);
        assert_eq!(
            fields(&Value::named_composite([("name", Value::string("x"))])),
            None
        );
        assert!(!put_field(&mut Value::u128(1), "name", 1));
    }

    /// Every group and every value of the runtime has a name and a kind here, and a call that sets it.
    #[test]
    fn every_governed_group_of_the_runtime_is_known() {
        let metadata = include_bytes!("../../../metadata.scale");
        let metadata = subxt::Metadata::decode_from(metadata).expect("the file is metadata");
        let params = metadata.pallet_by_name("Params").expect("the pallet is there");
        let calls = params.call_variants().unwrap_or_default();
        let governed: Vec<_> = calls
            .iter()
            .map(|call| group_of_call(&call.name).expect("a call sets a known group"))
            .collect();
        assert_eq!(governed, RULE_GROUPS);
        for group in RULE_GROUPS {
            let entry = params
                .storage()
                .and_then(|storage| storage.entry_by_name(storage_of(group)));
            let kinds = kinds(metadata.types(), entry.expect("it is stored").value_ty());
            assert!(!kinds.expect("a struct with names").is_empty(), "{group}");
        }
    }

    #[test]
    fn a_value_is_measured_by_the_type_that_it_has_in_the_runtime() {
        let metadata = include_bytes!("../../../metadata.scale");
        let metadata = subxt::Metadata::decode_from(metadata).expect("the file is metadata");
        let kind = |group: &str, key: &str| {
            let params = metadata.pallet_by_name("Params")?;
            let entry = params.storage()?.entry_by_name(storage_of(group))?;
            let kinds = kinds(metadata.types(), entry.value_ty())?;
            kinds
                .into_iter()
                .find(|(name, _)| name == key)
                .map(|(_, kind)| kind)
        };
        for (group, key, expected) in [
            ("job", "price_floor", RuleKind::Tfuel),
            ("job", "worker_share", RuleKind::Part),
            ("stake", "min_operator_stake", RuleKind::Theta),
            ("stake", "unbonding", RuleKind::Blocks),
            ("worker", "rate", RuleKind::Rate),
            ("worker", "bond_factor", RuleKind::Count),
            ("governance", "root_deposit", RuleKind::Theta),
        ] {
            assert_eq!(kind(group, key), Some(expected), "{group}.{key}");
        }
    }
}

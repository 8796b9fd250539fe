//! Genesis presets: `development`, `local`, `quick` and `test`.

use crate::*;
use alloc::{vec, vec::Vec};
use edgeproof_primitives::UNIT;
use pallet_params::presets::{
    dispute_rules, governance_rules, job_rules, reward_rules, stake_rules, EPOCH_SLOTS, SLOT_MILLIS,
    TEST_EPOCH_SLOTS, TEST_SLOT_MILLIS,
};
use pallet_support::{DisputeRules, GovernanceRules, JobRules, StakeRules};
use polkadot_sdk::{
    sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET},
    sp_keyring::{Ed25519Keyring, Sr25519Keyring},
};
use serde_json::{json, Value};

/// Name of the preset with four validators on one machine.
pub const LOCAL_RUNTIME_PRESET: &str = "local";
/// Name of the preset with four validators on one machine and the timing of `test`: eras of a minute.
pub const QUICK_RUNTIME_PRESET: &str = "quick";
/// Name of the preset for whole-system tests: 1 s slots, short epochs, windows and deadlines a tenth.
pub const TEST_RUNTIME_PRESET: &str = "test";

/// THETA at genesis, in whole tokens. There is no issuance afterwards.
const THETA_SUPPLY: Balance = 1_000_000_000;
/// TFUEL at genesis, in whole tokens.
const TFUEL_SUPPLY: Balance = 5_000_000_000;

/// Own stake of each validator of genesis, in whole THETA.
const VALIDATOR_STAKE: Balance = 1_000_000;

/// Timing of a chain, fixed for its life.
struct Timing {
    slot_millis: u64,
    epoch_slots: u64,
}

/// The governed values in which presets differ.
struct Rules {
    jobs: JobRules,
    stake: StakeRules,
    disputes: DisputeRules,
    governance: GovernanceRules,
}

impl Rules {
    fn for_tests() -> Self {
        Self {
            jobs: job_rules::for_tests(),
            stake: stake_rules::for_tests(),
            disputes: dispute_rules::for_tests(),
            governance: governance_rules::for_development(),
        }
    }
}

fn even_split(supply: Balance, accounts: &[AccountId]) -> Vec<(AccountId, Balance)> {
    let share = supply * UNIT / accounts.len() as Balance;
    accounts.iter().map(|account| (account.clone(), share)).collect()
}

fn genesis(
    authorities: &[(Sr25519Keyring, Ed25519Keyring)],
    sudo: Option<Sr25519Keyring>,
    timing: Timing,
    rules: Rules,
) -> Value {
    let accounts: Vec<AccountId> = Sr25519Keyring::well_known()
        .map(|key| key.to_account_id())
        .collect();
    let keys: Vec<(AccountId, AccountId, SessionKeys)> = authorities
        .iter()
        .map(|(account_key, finality_key)| {
            let account = account_key.to_account_id();
            let keys = SessionKeys {
                babe: account_key.public().into(),
                grandpa: finality_key.public().into(),
            };
            (account.clone(), account, keys)
        })
        .collect();
    let validators: Vec<(AccountId, Balance)> = authorities
        .iter()
        .map(|(key, _)| (key.to_account_id(), VALIDATOR_STAKE * UNIT))
        .collect();
    // The treasury's genesis would issue what its account needs to exist after the supply was counted.
    let mut tfuel = even_split(TFUEL_SUPPLY, &accounts);
    tfuel.push((Treasury::account_id(), EXISTENTIAL_DEPOSIT));
    json!({
        "balances": { "balances": tfuel },
        "theta": { "balances": even_split(THETA_SUPPLY, &accounts) },
        "babe": { "epochConfig": BABE_GENESIS_EPOCH_CONFIG },
        "session": { "keys": keys },
        "staking": { "validators": validators },
        "sudo": { "key": sudo.map(|key| key.to_account_id()) },
        "params": {
            "slotMillis": timing.slot_millis,
            "epochSlots": timing.epoch_slots,
            "jobRules": rules.jobs,
            "stakeRules": rules.stake,
            "disputeRules": rules.disputes,
            "rewardRules": reward_rules::defaults(),
            "governanceRules": rules.governance,
        },
    })
}

const ALICE: (Sr25519Keyring, Ed25519Keyring) = (Sr25519Keyring::Alice, Ed25519Keyring::Alice);
const BOB: (Sr25519Keyring, Ed25519Keyring) = (Sr25519Keyring::Bob, Ed25519Keyring::Bob);
const CHARLIE: (Sr25519Keyring, Ed25519Keyring) = (Sr25519Keyring::Charlie, Ed25519Keyring::Charlie);
const DAVE: (Sr25519Keyring, Ed25519Keyring) = (Sr25519Keyring::Dave, Ed25519Keyring::Dave);

/// The genesis of `id` as JSON.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
    let usual = Timing {
        slot_millis: SLOT_MILLIS,
        epoch_slots: EPOCH_SLOTS,
    };
    let brief = Timing {
        slot_millis: TEST_SLOT_MILLIS,
        epoch_slots: TEST_EPOCH_SLOTS,
    };
    let genesis = match id.as_ref() {
        DEV_RUNTIME_PRESET => genesis(
            &[ALICE],
            Some(Sr25519Keyring::Alice),
            usual,
            Rules {
                jobs: job_rules::for_development(),
                stake: stake_rules::defaults(),
                disputes: dispute_rules::for_development(),
                governance: governance_rules::for_development(),
            },
        ),
        LOCAL_RUNTIME_PRESET => genesis(
            &[ALICE, BOB, CHARLIE, DAVE],
            None,
            usual,
            Rules {
                jobs: job_rules::defaults(),
                stake: stake_rules::defaults(),
                disputes: dispute_rules::defaults(),
                governance: governance_rules::defaults(),
            },
        ),
        QUICK_RUNTIME_PRESET => genesis(&[ALICE, BOB, CHARLIE, DAVE], None, brief, Rules::for_tests()),
        TEST_RUNTIME_PRESET => genesis(&[ALICE], Some(Sr25519Keyring::Alice), brief, Rules::for_tests()),
        _ => return None,
    };
    Some(serde_json::to_string(&genesis).ok()?.into_bytes())
}

/// All presets.
pub fn preset_names() -> Vec<PresetId> {
    vec![
        PresetId::from(DEV_RUNTIME_PRESET),
        PresetId::from(LOCAL_RUNTIME_PRESET),
        PresetId::from(QUICK_RUNTIME_PRESET),
        PresetId::from(TEST_RUNTIME_PRESET),
    ]
}

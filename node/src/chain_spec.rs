//! Chain specifications, each from a genesis preset of the runtime.

use edgeproof_runtime::{presets, WASM_BINARY};
use polkadot_sdk::{
    sc_chain_spec::{ChainType, GenericChainSpec, Properties},
    sp_core::crypto::Ss58AddressFormat,
};

/// Specification of an Edgeproof chain.
pub type ChainSpec = GenericChainSpec;

/// What wallets show. TFUEL comes first because it pays the fees.
fn properties() -> Properties {
    let value = serde_json::json!({
        "tokenSymbol": ["TFUEL", "THETA"],
        "tokenDecimals": [18, 18],
        "ss58Format": u16::from(Ss58AddressFormat::custom(42)),
    });
    value.as_object().cloned().unwrap_or_default()
}

fn specification(name: &str, id: &str, chain_type: ChainType, preset: &str) -> Result<ChainSpec, String> {
    let code =
        WASM_BINARY.ok_or("the runtime was built without its wasm: build again without SKIP_WASM_BUILD")?;
    Ok(ChainSpec::builder(code, None)
        .with_name(name)
        .with_id(id)
        .with_chain_type(chain_type)
        .with_protocol_id("edgeproof")
        .with_properties(properties())
        .with_genesis_config_preset_name(preset)
        .build())
}

/// The specification that `id` names: a preset or a file.
pub fn load(id: &str) -> Result<ChainSpec, String> {
    match id {
        "" | "dev" | "development" => {
            specification("Edgeproof Development", "edgeproof_dev", ChainType::Development, "development")
        }
        "local" => specification(
            "Edgeproof Local",
            "edgeproof_local",
            ChainType::Local,
            presets::LOCAL_RUNTIME_PRESET,
        ),
        "quick" => specification(
            "Edgeproof Quick",
            "edgeproof_quick",
            ChainType::Local,
            presets::QUICK_RUNTIME_PRESET,
        ),
        "test" => specification(
            "Edgeproof Test",
            "edgeproof_test",
            ChainType::Development,
            presets::TEST_RUNTIME_PRESET,
        ),
        path if std::path::Path::new(path).is_file() => ChainSpec::from_json_file(path.into()),
        other => Err(format!(
            "no chain is named `{other}` and no file is there: use dev, local, quick, test or the path of a chain specification"
        )),
    }
}

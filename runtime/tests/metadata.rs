//! The metadata that `client/` is generated from. `scripts/metadata` runs this with `EDGEPROOF_WRITE_METADATA=1`.

use codec::{Decode, Encode};
use edgeproof_runtime::Runtime;
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use polkadot_sdk::sp_io::TestExternalities;
use subxt_utils_stripmetadata::StripMetadata;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../client/metadata.scale");

/// What clients use.
const PALLETS: [&str; 20] = [
    "System",
    "Timestamp",
    "Balances",
    "Theta",
    "Session",
    "TransactionPayment",
    "TfuelSupply",
    "ThetaSupply",
    "Params",
    "Staking",
    "Workers",
    "Jobs",
    "Disputes",
    "Availability",
    "Rewards",
    "Utility",
    "Preimage",
    "Referenda",
    "ConvictionVoting",
    "Treasury",
];

fn stripped() -> Vec<u8> {
    let full = TestExternalities::default()
        .execute_with(|| Runtime::metadata_at_version(16))
        .expect("the runtime knows this version of metadata");
    let mut metadata = RuntimeMetadataPrefixed::decode(&mut &full[..]).expect("metadata decodes");
    let RuntimeMetadata::V16(inner) = &mut metadata.1 else {
        panic!("asked for version 16")
    };
    inner.strip_metadata(|pallet| PALLETS.contains(&pallet), |_| false);
    metadata.encode()
}

#[test]
fn the_committed_metadata_is_that_of_the_runtime() {
    let fresh = stripped();
    if std::env::var_os("EDGEPROOF_WRITE_METADATA").is_some() {
        std::fs::write(COMMITTED, &fresh).expect("the file is writable");
    }
    let committed = std::fs::read(COMMITTED).unwrap_or_default();
    assert!(
        committed == fresh,
        "client/metadata.scale is stale: run scripts/metadata"
    );
}

use crate::*;
use polkadot_sdk::frame_support::traits::Contains;

/// Refuses the calls that change an issuance past the counted handlers, so that
/// `issuance = genesis + minted - burned` holds for both tokens. Referenda on every track but root's are held to it; root
/// is above every filter, and could replace this one.
pub struct CountedBurnsOnly;

impl Contains<RuntimeCall> for CountedBurnsOnly {
    fn contains(call: &RuntimeCall) -> bool {
        !matches!(
            call,
            RuntimeCall::Balances(
                pallet_balances::Call::burn { .. }
                    | pallet_balances::Call::force_adjust_total_issuance { .. }
            ) | RuntimeCall::Theta(
                pallet_balances::Call::burn { .. }
                    | pallet_balances::Call::force_adjust_total_issuance { .. }
            )
        )
    }
}

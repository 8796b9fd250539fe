use crate::*;
use core::marker::PhantomData;
use pallet_support::OnBurned;
use polkadot_sdk::{
    frame_support::traits::{Imbalance, OnUnbalanced},
    pallet_balances::NegativeImbalance,
};

/// Burns what the SDK's older pallets take, and counts it: deposits of killed referenda, idle funds of the treasury.
pub struct CountedLoss<I = ()>(PhantomData<I>);

impl<I: 'static> OnUnbalanced<NegativeImbalance<Runtime, I>> for CountedLoss<I>
where
    Runtime: pallet_balances::Config<I, Balance = Balance>
        + pallet_supply::Config<I, Token = pallet_balances::Pallet<Runtime, I>>,
{
    fn on_nonzero_unbalanced(loss: NegativeImbalance<Runtime, I>) {
        let amount = loss.peek();
        // Dropping it lowers the issuance.
        drop(loss);
        pallet_supply::Pallet::<Runtime, I>::on_burned(amount);
    }
}

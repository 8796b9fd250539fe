//! Every move of money in this pallet: into existence, out of it, or to the author of the block.

use crate::{frame, BalanceOf, Burned, Config, CreditOf, Minted, Pallet};
use core::marker::PhantomData;
use edgeproof_primitives::TfuelBalance;
use frame::{
    prelude::*,
    traits::{fungible::Balanced, Imbalance},
};
use pallet_support::{IssueTfuel, OnBurned};

/// Makes what is issued, and counts it. The default instance only, which counts TFUEL: THETA cannot be minted.
impl<T: Config<Token: fungible::Mutate<T::AccountId, Balance = TfuelBalance>>> IssueTfuel<T::AccountId>
    for Pallet<T>
{
    fn issue(who: &T::AccountId, amount: TfuelBalance) -> DispatchResult {
        let minted = Minted::<T>::get()
            .checked_add(amount)
            .ok_or(ArithmeticError::Overflow)?;
        <T::Token as fungible::Mutate<_>>::mint_into(who, amount)?;
        Minted::<T>::put(minted);
        Ok(())
    }
}

/// Counts what another pallet has burned.
impl<T: Config<I>, I: 'static> OnBurned<BalanceOf<T, I>> for Pallet<T, I> {
    fn on_burned(amount: BalanceOf<T, I>) {
        Burned::<T, I>::mutate(|burned| *burned = burned.saturating_add(amount));
    }
}

/// Burns what it is given and counts it: the `DustRemoval` of the token, and where slashes end.
pub struct CountedBurn<T, I = ()>(PhantomData<(T, I)>);

impl<T: Config<I>, I: 'static> OnUnbalanced<CreditOf<T, I>> for CountedBurn<T, I> {
    fn on_nonzero_unbalanced(credit: CreditOf<T, I>) {
        let amount = credit.peek();
        // Dropping a credit lowers the issuance.
        drop(credit);
        Pallet::<T, I>::on_burned(amount);
    }
}

/// Burns fees in full and pays tips to the author of the block, for `pallet_transaction_payment::FungibleAdapter`, which
/// passes the fee and, if the sender paid anything, the tip. A tip that no author can take is burned.
pub struct BurnFeeTipAuthor<T, Author, I = ()>(PhantomData<(T, Author, I)>);

impl<T: Config<I>, Author: Get<Option<T::AccountId>>, I: 'static> OnUnbalanced<CreditOf<T, I>>
    for BurnFeeTipAuthor<T, Author, I>
{
    fn on_unbalanceds(mut fee_then_tip: impl Iterator<Item = CreditOf<T, I>>) {
        if let Some(fee) = fee_then_tip.next() {
            Self::on_unbalanced(fee);
        }
        if let Some(tip) = fee_then_tip.next() {
            Self::pay_author(tip);
        }
        // There is no third; if there ever is, it is not lost uncounted.
        fee_then_tip.for_each(Self::on_unbalanced);
    }

    fn on_nonzero_unbalanced(fee: CreditOf<T, I>) {
        CountedBurn::<T, I>::on_nonzero_unbalanced(fee);
    }
}

impl<T: Config<I>, Author: Get<Option<T::AccountId>>, I: 'static> BurnFeeTipAuthor<T, Author, I> {
    fn pay_author(tip: CreditOf<T, I>) {
        if tip.peek().is_zero() {
            return;
        }
        let unpaid = match Author::get() {
            // Refused when the author's account would stay below the existential deposit.
            Some(author) => T::Token::resolve(&author, tip).err(),
            None => Some(tip),
        };
        if let Some(tip) = unpaid {
            CountedBurn::<T, I>::on_unbalanced(tip);
        }
    }
}

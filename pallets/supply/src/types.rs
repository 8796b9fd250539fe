//! Names for the amounts of an instance's token.

use crate::{frame, Config};
use frame::prelude::*;

/// An amount, in planck.
pub type BalanceOf<T, I = ()> =
    <<T as Config<I>>::Token as fungible::Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// An amount on its way between accounts.
pub type CreditOf<T, I = ()> =
    fungible::Credit<<T as frame_system::Config>::AccountId, <T as Config<I>>::Token>;

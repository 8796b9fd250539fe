//! Whatever people do with their tokens, none appears and none vanishes uncounted.

use crate::{frame, mock::*, BurnFeeTipAuthor, CountedBurn};
use frame::{
    deps::frame_support::instances::Instance1,
    traits::{
        fungible::{Balanced, Inspect, Mutate},
        tokens::{Fortitude, Precision, Preservation},
        Imbalance, OnUnbalanced,
    },
};
use pallet_support::{IssueTfuel, OnBurned};
use proptest::prelude::*;

const PEOPLE: AccountId = 4;

#[derive(Clone, Debug)]
enum Action {
    SendFuel {
        from: AccountId,
        to: AccountId,
        amount: u128,
    },
    SendTheta {
        from: AccountId,
        to: AccountId,
        amount: u64,
    },
    Fee {
        from: AccountId,
        fee: u128,
        tip: u128,
        author: Option<AccountId>,
    },
    BurnFuel {
        from: AccountId,
        amount: u128,
    },
    SlashTheta {
        from: AccountId,
        amount: u64,
    },
    Issue {
        to: AccountId,
        amount: u128,
    },
}

fn action() -> impl Strategy<Value = Action> {
    // One account more than was endowed, so that accounts are made as well as reaped.
    let who = || 0..=PEOPLE;
    prop_oneof![
        (who(), who(), 0u128..2_000).prop_map(|(from, to, amount)| Action::SendFuel { from, to, amount }),
        (who(), who(), 0u64..200).prop_map(|(from, to, amount)| Action::SendTheta { from, to, amount }),
        (who(), 0u128..500, 0u128..300, prop::option::of(who())).prop_map(|(from, fee, tip, author)| {
            Action::Fee {
                from,
                fee,
                tip,
                author,
            }
        }),
        (who(), 0u128..2_000).prop_map(|(from, amount)| Action::BurnFuel { from, amount }),
        (who(), 0u64..200).prop_map(|(from, amount)| Action::SlashTheta { from, amount }),
        (who(), prop_oneof![0u128..2_000, 0u128..1 << 100])
            .prop_map(|(to, amount)| Action::Issue { to, amount }),
    ]
}

/// Does it, or fails: both must conserve the tokens.
fn run(action: Action) {
    match action {
        Action::SendFuel { from, to, amount } => {
            let _ = <Fuel as Mutate<_>>::transfer(&from, &to, amount, Preservation::Expendable);
        }
        Action::SendTheta { from, to, amount } => {
            let _ = <Theta as Mutate<_>>::transfer(&from, &to, amount, Preservation::Expendable);
        }
        Action::Fee {
            from,
            fee,
            tip,
            author,
        } => {
            let paid = Fuel::withdraw(
                &from,
                fee + tip,
                Precision::Exact,
                Preservation::Preserve,
                Fortitude::Polite,
            );
            if let Ok(credit) = paid {
                let (tip, fee) = credit.split(tip);
                Author::set(author);
                BurnFeeTipAuthor::<Test, Author>::on_unbalanceds([fee, tip].into_iter());
            }
        }
        Action::BurnFuel { from, amount } => {
            let burned = Fuel::burn_from(
                &from,
                amount,
                Preservation::Expendable,
                Precision::BestEffort,
                Fortitude::Polite,
            );
            FuelSupply::on_burned(burned.unwrap_or_default());
        }
        Action::SlashTheta { from, amount } => {
            let slashed = Theta::withdraw(
                &from,
                amount,
                Precision::BestEffort,
                Preservation::Expendable,
                Fortitude::Force,
            );
            CountedBurn::<Test, Instance1>::on_unbalanced(slashed.unwrap_or_default());
        }
        Action::Issue { to, amount } => {
            let (before, minted) = (Fuel::balance(&to), FuelSupply::minted());
            let issued = FuelSupply::issue(&to, amount);
            let got = if issued.is_ok() { amount } else { 0 };
            assert_eq!(
                (Fuel::balance(&to), FuelSupply::minted()),
                (before + got, minted + got)
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_token_is_accounted_for(actions in prop::collection::vec(action(), 1..40)) {
        (0..PEOPLE).fold(TestExt::new(), |ext, who| ext.endow(who, 3_000, 300)).execute_with(|| {
            for action in actions {
                run(action);
                nothing_is_lost();
                assert_eq!(ThetaSupply::minted(), 0);
            }
        });
    }
}

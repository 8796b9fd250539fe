//! Random sequences of everything that can happen, beside a ledger that is kept by hand and forgets nothing.

use crate::{mock::*, EraRates, Records, CREDIT_ERAS};
use edgeproof_primitives::{BlockNumber, TfuelBalance};
use frame::{
    deps::sp_runtime::Permill,
    token::{
        fungible::{Inspect as _, Mutate},
        tokens::Preservation,
    },
};
use pallet_support::{ComputeCredit, EraIndex, MAX_RETURNED_SHARE};
use polkadot_sdk::polkadot_sdk_frame as frame;
use proptest::{collection::vec, prelude::*};
use std::collections::BTreeMap;

const STASHES: AccountId = 4;
const FORTUNE: TfuelBalance = 1 << 80;
/// Burns below this fit the plain products of this file.
const SMALL: TfuelBalance = 1 << 40;

#[derive(Clone, Debug)]
enum Action {
    /// A job that the stash posted to itself burns so much.
    Burn(AccountId, TfuelBalance),
    EndEra(BlockNumber),
    Claim(AccountId),
    SetRules(TfuelBalance, Permill),
    /// Between stashes: an account may die and come back.
    Send(AccountId, AccountId, TfuelBalance),
}

fn stash() -> impl Strategy<Value = AccountId> {
    1..=STASHES
}

fn amount() -> impl Strategy<Value = TfuelBalance> {
    prop_oneof![4 => 1..2_000u128, 1 => 1..10u128, 1 => 1..FORTUNE]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (stash(), amount()).prop_map(|(who, amount)| Action::Burn(who, amount)),
        4 => (0..20u32).prop_map(Action::EndEra),
        4 => stash().prop_map(Action::Claim),
        1 => (0..2 * ISSUANCE, 0..=800_000u32)
            .prop_map(|(issuance, share)| Action::SetRules(issuance, Permill::from_parts(share))),
        1 => (stash(), stash(), prop_oneof![0..2_000u128, Just(FORTUNE)])
            .prop_map(|(from, to, amount)| Action::Send(from, to, amount)),
    ]
}

/// An era as it was, for ever.
#[derive(Default)]
struct Past {
    burns: BTreeMap<AccountId, TfuelBalance>,
    budget: TfuelBalance,
    returned_share: Permill,
    /// What was written down for its stashes.
    shared: TfuelBalance,
}

impl Past {
    fn burned(&self) -> TfuelBalance {
        self.burns.values().sum()
    }

    /// What `who` may get at most, by the definition: the budget in proportion to the burns, and no more of its own burn
    /// than the rules return.
    fn most(&self, who: AccountId) -> TfuelBalance {
        let own = self.burns.get(&who).copied().unwrap_or(0);
        let of_burn = self.returned_share.mul_floor(own);
        let of_budget = match self.burned() {
            0 => 0,
            all if own < SMALL => own * self.budget / all,
            _ => self.budget,
        };
        of_burn.min(of_budget)
    }
}

/// The ledger by hand.
#[derive(Default)]
struct Ledger {
    past: Vec<Past>,
    current: Past,
    /// The last era of which a stash has not been told its share.
    waiting: BTreeMap<AccountId, EraIndex>,
    owed: BTreeMap<AccountId, TfuelBalance>,
    burned: BTreeMap<AccountId, TfuelBalance>,
    claimed: BTreeMap<AccountId, TfuelBalance>,
}

impl Ledger {
    fn era(&self) -> EraIndex {
        self.past.len() as EraIndex
    }

    /// Writes down what `who` got for its last era, when that has ended: what was `claimable` is more than what is owed for
    /// earlier ones.
    fn write_down(&mut self, who: AccountId, claimable: TfuelBalance) {
        let now = self.era();
        let Some(era) = self.waiting.get(&who).copied().filter(|era| *era < now) else {
            return;
        };
        self.waiting.remove(&who);
        let past = &mut self.past[era as usize];
        let most = past.most(who);
        let owed = self.owed.entry(who).or_default();
        let share = claimable - *owed;
        if now > era + HISTORY {
            assert_eq!(share, 0, "what was not asked for in time is forfeited");
        } else {
            assert!(share <= most);
            // Two divisions round down instead of one.
            assert!(past.burned() >= SMALL || share + 2 >= most);
        }
        past.shared += share;
        assert!(
            past.shared <= past.budget,
            "an era shares no more than its budget"
        );
        assert!(past.shared <= MAX_RETURNED_SHARE.mul_floor(past.burned()));
        *owed = claimable;
    }

    fn burn(&mut self, who: AccountId, amount: TfuelBalance) {
        if amount > Fuel::balance(&who).saturating_sub(DEPOSIT) {
            return;
        }
        self.write_down(who, Rewards::claimable(who));
        self.waiting.insert(who, self.era());
        burn(who, amount);
        *self.current.burns.entry(who).or_default() += amount;
        *self.burned.entry(who).or_default() += amount;
    }

    fn end_era(&mut self, blocks: BlockNumber) {
        let rules = Rules::get();
        let mut ended = std::mem::take(&mut self.current);
        ended.budget = rules.compute_issuance * TfuelBalance::from(blocks);
        ended.returned_share = rules.returned_share;
        self.past.push(ended);
        end_era(blocks);
    }

    fn claim(&mut self, who: AccountId) {
        let claimable = Rewards::claimable(who);
        if let Ok(got) = claim(who) {
            assert_eq!(got, claimable);
            self.write_down(who, claimable);
            assert_eq!(self.owed.remove(&who).unwrap_or(0), got);
            *self.claimed.entry(who).or_default() += got;
        }
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Burn(who, amount) => self.burn(who, amount),
            Action::EndEra(blocks) => self.end_era(blocks),
            Action::Claim(who) => self.claim(who),
            Action::SetRules(issuance, share) => set_rules(|rules| {
                rules.compute_issuance = issuance;
                rules.returned_share = share;
            }),
            Action::Send(from, to, amount) => {
                let amount = amount.min(Fuel::balance(&from));
                let _ = <Fuel as Mutate<_>>::transfer(&from, &to, amount, Preservation::Expendable);
            }
        }
    }

    /// What holds whatever has happened.
    fn check(&self) {
        let budgets: TfuelBalance = self.past.iter().map(|past| past.budget).sum();
        assert!(Minted::get() <= budgets);
        assert_eq!(Minted::get(), self.claimed.values().sum());
        for who in 1..=STASHES {
            let of = |amounts: &BTreeMap<AccountId, TfuelBalance>| amounts.get(&who).copied().unwrap_or(0);
            let back = of(&self.claimed) + Rewards::claimable(who);
            assert!(
                5 * back <= 4 * of(&self.burned),
                "whoever pays himself burns more than he gets back"
            );
            let recent = self.past.iter().rev().take(CREDIT_ERAS);
            let burned: TfuelBalance = recent.map(|past| of(&past.burns)).sum();
            let credit = <Rewards as ComputeCredit<AccountId>>::credit(&who);
            assert_eq!(credit, (burned / 20).try_into().unwrap_or(u64::MAX));
        }
        assert!(EraRates::<Test>::iter_keys().count() <= HISTORY as usize);
        assert!(Records::<Test>::iter_keys().count() <= STASHES as usize);
        assert_eq!(Rewards::current_era().index, self.era());
    }
}

fn chain() -> TestExt {
    (1..=STASHES).fold(TestExt::new(), |chain, who| chain.endow(who, FORTUNE))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_history_returns_more_than_it_may(actions in vec(action(), 1..150)) {
        chain().execute_with(|| {
            let mut ledger = Ledger::default();
            for action in actions {
                ledger.act(action);
                assert_invariants(FORTUNE * TfuelBalance::from(STASHES));
                ledger.check();
            }
        });
    }

    #[test]
    fn the_order_of_claims_does_not_matter(
        burns in vec((stash(), 0..2_000u128), 1..30),
        order in Just((1..=STASHES).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let claims = |order: Vec<AccountId>| chain().execute_with(|| {
            for (who, amount) in burns.clone() {
                burn(who, amount);
            }
            end_era(10);
            order.into_iter().map(|who| (who, claim(who).unwrap_or(0))).collect::<BTreeMap<_, _>>()
        });
        prop_assert_eq!(claims(order), claims((1..=STASHES).collect()));
    }

    /// Everybody works for himself alone, and claims whatever he can whenever he can.
    #[test]
    fn whoever_pays_himself_loses(eras in vec((vec(1..5_000u128, 0..6), 0..20u32), 1..20)) {
        chain().execute_with(|| {
            let mut burned = 0;
            for (burns, blocks) in eras {
                for amount in burns {
                    burn(1, amount);
                    burned += amount;
                }
                end_era(blocks);
                let _ = claim(1);
                let lost = FORTUNE - Fuel::balance(&1);
                assert!(5 * lost >= burned);
                assert!(burned == 0 || lost > 0);
            }
        });
    }
}

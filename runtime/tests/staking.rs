//! Validators and guardians on the real runtime: elections, rewards, equivocations.

mod chain;

use chain::{on_chain, tfuel, Chain, Keypair};
use codec::Encode;
use edgeproof_primitives::UNIT;
use edgeproof_runtime::*;
use pallet_theta_staking::PARTS;
use polkadot_sdk::{
    frame_support::{
        assert_ok,
        traits::{fungible::Inspect, Get, KeyOwnerProofSystem},
    },
    pallet_session,
    sp_consensus_babe::{
        digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
        AuthorityId, EquivocationProof, Slot, KEY_TYPE,
    },
    sp_core::{ed25519, sr25519, Pair, H256},
    sp_keyring::Sr25519Keyring,
    sp_runtime::{generic::DigestItem, traits::Header as _, Digest, Perbill, Permill},
    sp_session::MembershipProof,
};

/// TFUEL that the stake behind the author of a block earns.
const BLOCK_REWARD: Balance = 24 * UNIT;

fn staking(call: pallet_theta_staking::Call<Runtime>) -> RuntimeCall {
    call.into()
}

/// THETA that an account owns, on hold or not.
fn theta(who: &Keypair) -> Balance {
    <Theta as Inspect<_>>::total_balance(&who.account())
}

fn bond(chain: &mut Chain, who: &Keypair, value: Balance) {
    assert_ok!(chain.submit(who, staking(pallet_theta_staking::Call::bond { value })));
}

fn delegate(chain: &mut Chain, who: &Keypair, validator: &Keypair, value: Balance) {
    let validator = validator.account();
    assert_ok!(chain.submit(
        who,
        staking(pallet_theta_staking::Call::delegate { validator, value })
    ));
}

/// Session keys of a secret, and the proof that `owner` has them.
fn session_keys(secret: &str, owner: &AccountId) -> (SessionKeys, Vec<u8>) {
    let babe = sr25519::Pair::from_string(secret, None).unwrap();
    let grandpa = ed25519::Pair::from_string(secret, None).unwrap();
    let statement = [b"POP_".to_vec(), owner.encode()].concat();
    let proof = (babe.sign(&statement), grandpa.sign(&statement)).encode();
    let keys = SessionKeys {
        babe: babe.public().into(),
        grandpa: grandpa.public().into(),
    };
    (keys, proof)
}

/// Two headers for one slot, both sealed by `offender`.
fn equivocation(offender: Sr25519Keyring, slot: Slot) -> EquivocationProof<Header> {
    let header = |state: u8| {
        let claim = PreDigest::SecondaryPlain(SecondaryPlainPreDigest {
            authority_index: 0,
            slot,
        });
        let mut header = Header::new(
            1,
            H256::zero(),
            H256::repeat_byte(state),
            H256::zero(),
            Digest {
                logs: vec![DigestItem::babe_pre_digest(claim)],
            },
        );
        let seal = offender.pair().sign(header.hash().as_bytes());
        header.digest_mut().push(DigestItem::babe_seal(seal.into()));
        header
    };
    EquivocationProof {
        offender: offender.public().into(),
        slot,
        first_header: header(1),
        second_header: header(2),
    }
}

fn owner_proof(offender: Sr25519Keyring) -> MembershipProof {
    let key: AuthorityId = offender.public().into();
    Historical::prove((KEY_TYPE, key)).expect("a validator of the session")
}

fn report(offence: &(EquivocationProof<Header>, MembershipProof)) -> bool {
    let (equivocation, proof) = offence.clone();
    Babe::report_equivocation_unsigned(RuntimeOrigin::none(), Box::new(equivocation), proof).is_ok()
}

#[test]
fn a_new_account_with_keys_is_elected_at_the_next_era() {
    on_chain("test", |chain| {
        let bob = Keypair::new("//Bob");
        bond(chain, &bob, 400_000 * UNIT);
        let validate = || {
            staking(pallet_theta_staking::Call::validate {
                value: 300_000 * UNIT,
                commission: Permill::from_percent(5),
            })
        };
        assert!(chain.submit(&bob, validate()).is_err(), "no session keys yet");

        let (keys, proof) = session_keys("//Bob//session", &bob.account());
        let set = |proof: Vec<u8>| pallet_session::Call::set_keys {
            keys: keys.clone(),
            proof,
        };
        let (_, of_another) = session_keys("//Bob//session", &Keypair::new("//Eve").account());
        assert!(chain.submit(&bob, set(of_another)).is_err(), "keys without proof");
        assert_ok!(chain.submit(&bob, set(proof)));
        assert_ok!(chain.submit(&bob, validate()));

        chain.advance_sessions(4);
        assert_eq!(Staking::era().current, 1);
        assert!(Session::validators().contains(&bob.account()));
        assert!(Staking::elected().contains(&bob.account()));
    });
}

#[test]
fn a_guardian_earns_its_part_of_every_block_to_the_last_unit() {
    on_chain("test", |chain| {
        let (alice, eve) = (Keypair::new("//Alice"), Keypair::new("//Eve"));
        let stake = 123_456_789 * UNIT / 1_000;
        bond(chain, &eve, 200_000 * UNIT);
        delegate(chain, &eve, &alice, stake);
        chain.advance(17);

        let each = BLOCK_REWARD * PARTS / (1_000_000 * UNIT + stake);
        let expected = stake / UNIT * (17 * each) + stake % UNIT * (17 * each) / PARTS;
        assert_eq!(UNIT, PARTS);
        assert_eq!(Staking::claimable_of(eve.account()), expected);
        let before = tfuel(&eve.account());
        assert_ok!(chain.submit(&eve, staking(pallet_theta_staking::Call::claim {})));
        let fee = before + expected - tfuel(&eve.account());
        assert!(fee < UNIT, "the reward is paid, the fee is small");
        chain.advance(1);
    });
}

#[test]
fn stake_cannot_be_withdrawn_early_and_can_be_on_time() {
    on_chain("test", |chain| {
        let (alice, eve) = (Keypair::new("//Alice"), Keypair::new("//Eve"));
        bond(chain, &eve, 5_000 * UNIT);
        delegate(chain, &eve, &alice, 5_000 * UNIT);
        let validator = alice.account();
        let value = 5_000 * UNIT;
        assert_ok!(chain.submit(
            &eve,
            staking(pallet_theta_staking::Call::undelegate { validator, value })
        ));
        let release_at = Staking::guardian(eve.account()).exits[0].release_at;
        let unbonding = pallet_params::StakeRulesOf::<Runtime>::get().unbonding;
        assert_eq!(release_at, chain.number() + unbonding);

        // Nobody makes the blocks between.
        System::set_block_number(release_at - 1);
        let withdraw = || staking(pallet_theta_staking::Call::withdraw {});
        assert!(chain.submit(&eve, withdraw()).is_err());
        System::set_block_number(release_at);
        assert_ok!(chain.submit(&eve, withdraw()));
        assert!(Staking::ledger(eve.account()).is_none());
        System::set_block_number(chain.number());
    });
}

#[test]
fn an_equivocation_is_slashed_with_its_guardians_and_costs_the_seat() {
    on_chain("local", |chain| {
        let (bob, eve) = (Keypair::new("//Bob"), Keypair::new("//Eve"));
        bond(chain, &eve, 50_000 * UNIT);
        delegate(chain, &eve, &bob, 50_000 * UNIT);
        chain.advance_sessions(1);
        let offence = (
            equivocation(Sr25519Keyring::Bob, chain.slot()),
            owner_proof(Sr25519Keyring::Bob),
        );
        assert!(report(&offence));
        assert!(!report(&offence), "once is enough");
        chain.advance_sessions(3);
        assert!(!Session::validators().contains(&bob.account()));

        let before = theta(&eve);
        // (3 * 1 / 4) squared of everything, after the deferral.
        chain.advance_sessions(6 * 8);
        let part = Perbill::from_rational(9u32, 16u32);
        assert_eq!(
            Staking::pending_loss_of(eve.account()),
            part.mul_ceil(50_000 * UNIT)
        );
        // The first block of a session has no room.
        chain.advance(1);
        assert_ok!(chain.submit(
            &eve,
            staking(pallet_theta_staking::Call::settle_losses { who: eve.account() })
        ));
        assert_eq!(before - theta(&eve), part.mul_ceil(50_000 * UNIT));
        chain.advance(1);
    });
}

#[test]
fn in_every_preset_an_equivocation_of_the_last_admissible_session_is_slashed_and_none_before() {
    for (preset, offender) in [
        ("development", Sr25519Keyring::Alice),
        ("local", Sr25519Keyring::Bob),
        ("test", Sr25519Keyring::Alice),
    ] {
        on_chain(preset, |chain| {
            chain.advance_sessions(2);
            let older = (equivocation(offender, chain.slot()), owner_proof(offender));
            chain.advance_sessions(1);
            let (session, era) = (Session::current_index(), Staking::era().current);
            let offence = (equivocation(offender, chain.slot()), owner_proof(offender));
            let rules = pallet_params::StakeRulesOf::<Runtime>::get();
            let epoch: u64 = pallet_params::EpochLength::<Runtime>::get();
            let reported = u32::try_from(u64::from(rules.report_window).div_ceil(epoch) + 1).unwrap();
            chain.advance_sessions(reported);
            assert_eq!(Session::current_index(), session + reported);

            assert!(!report(&older), "{preset}: the session before is forgotten");
            assert!(report(&offence), "{preset}");
            let accused = pallet_theta_staking::Accusations::<Runtime>::get();
            assert_eq!(accused[0].era, era, "{preset}");
            let backing = Staking::pool(offender.to_account_id()).unwrap().fund.backing;
            chain.advance_sessions((rules.slash_deferral + 2) * rules.sessions_per_era);
            let left = Staking::pool(offender.to_account_id()).unwrap().fund.backing;
            assert!(left < backing, "{preset}: {left} of {backing}");
        });
    }
}

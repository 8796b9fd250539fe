//! From a secret text to a key pair: the derivation of Substrate (`sp_core::sr25519`).

use super::KeyError;
use schnorrkel::{
    derive::{ChainCode, Derivation},
    ExpansionMode, Keypair, MiniSecretKey,
};
use std::str::FromStr;
use subxt_signer::{bip39::Mnemonic, DeriveJunction, ExposeSecret, SecretUri};

/// The key pair of a phrase or a seed in hexadecimal digits, with its derivations.
pub(super) fn keypair(uri: &SecretUri) -> Result<Keypair, KeyError> {
    let seed = match uri.phrase.expose_secret().strip_prefix("0x") {
        Some(digits) => seed_of_digits(digits)?,
        None => seed_of_phrase(uri)?,
    };
    let root = seed.expand(ExpansionMode::Ed25519);
    let secret = uri
        .junctions
        .iter()
        .fold(root, |secret, junction| match *junction {
            DeriveJunction::Soft(code) => secret.derived_key_simple(ChainCode(code), []).0,
            DeriveJunction::Hard(code) => secret
                .hard_derive_mini_secret_key(Some(ChainCode(code)), b"")
                .0
                .expand(ExpansionMode::Ed25519),
        });
    Ok(secret.to_keypair())
}

/// Reads a secret text. Its errors never repeat the text.
pub(super) fn parse(text: &str) -> Result<SecretUri, KeyError> {
    SecretUri::from_str(text).map_err(|_| KeyError::Secret("the text is malformed".into()))
}

fn seed_of_digits(digits: &str) -> Result<MiniSecretKey, KeyError> {
    let mut seed = [0; 32];
    hex::decode_to_slice(digits, &mut seed)
        .map_err(|_| KeyError::Secret("the seed is not 64 hexadecimal digits".into()))?;
    MiniSecretKey::from_bytes(&seed).map_err(|error| KeyError::Secret(error.to_string()))
}

fn seed_of_phrase(uri: &SecretUri) -> Result<MiniSecretKey, KeyError> {
    let phrase = Mnemonic::from_str(uri.phrase.expose_secret())
        .map_err(|error| KeyError::Secret(format!("the phrase is not valid ({error})")))?;
    let (entropy, length) = phrase.to_entropy_array();
    let password = uri
        .password
        .as_ref()
        .map_or("", |password| password.expose_secret());
    substrate_bip39::mini_secret_from_entropy(&entropy[..length], password)
        .map_err(|_| KeyError::Secret("the phrase has an unknown length".into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use subxt_signer::sr25519;

    #[test]
    fn keys_are_those_that_substrate_derives() {
        let phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
        let seed = format!("0x{}", "1b".repeat(32));
        for text in [
            "//Alice",
            "//Alice//stash",
            "//Bob/soft/2",
            phrase,
            &format!("{phrase}//a///word"),
            &seed,
        ] {
            let uri = parse(text).unwrap();
            let expected = sr25519::Keypair::from_uri(&uri).unwrap().public_key().0;
            assert_eq!(keypair(&uri).unwrap().public.to_bytes(), expected, "{text}");
        }
    }
}

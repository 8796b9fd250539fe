use super::{secret, KeyError, KeyFile, Password};
use crate::AccountId;
use std::{fmt, path::Path};
use subxt_signer::sr25519;

/// A key that signs (sr25519).
#[derive(Clone)]
pub struct Signer(sr25519::Keypair);

impl Signer {
    /// Opens what a person types: a development key such as `//Alice`, or the path of a key file.
    ///
    /// # Errors
    /// A missing or malformed file, a wrong or missing password, a malformed derivation.
    pub fn open(text: &str, password: Password) -> Result<Self, KeyError> {
        if text.starts_with("//") {
            return Self::from_uri(text);
        }
        KeyFile::open(Path::new(text), password)
    }

    /// The key of a phrase or a seed (0x and 64 hexadecimal digits), with derivations: `phrase//hard/soft`.
    /// Without phrase or seed it is a development key, which everybody knows.
    pub fn from_uri(uri: &str) -> Result<Self, KeyError> {
        let uri = secret::parse(uri)?;
        let key = sr25519::Keypair::from_uri(&uri).map_err(|error| KeyError::Secret(error.to_string()))?;
        Ok(Self(key))
    }

    /// The account that it signs for.
    pub fn account(&self) -> AccountId {
        AccountId::from(self.0.public_key().0)
    }

    pub(crate) fn pair(&self) -> &sr25519::Keypair {
        &self.0
    }
}

impl From<sr25519::Keypair> for Signer {
    fn from(pair: sr25519::Keypair) -> Self {
        Self(pair)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.account())
    }
}

use subxt_signer::bip39::Mnemonic;

/// A secret phrase of twelve words (BIP-39, English): the whole backup of a key.
pub struct SecretPhrase(String);

impl SecretPhrase {
    /// A new phrase from 128 bits of the system's randomness.
    pub fn generate() -> Self {
        let entropy: [u8; 16] = rand::random();
        let phrase = Mnemonic::from_entropy(&entropy).map(|phrase| phrase.to_string());
        // 16 bytes are one of the lengths that BIP-39 knows.
        Self(phrase.unwrap_or_else(|_| unreachable!("BIP-39 takes 16 bytes")))
    }

    /// The words, separated by spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

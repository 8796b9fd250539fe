//! Keys: who signs, and the files that keep secrets.

mod error;
mod file;
mod password;
mod phrase;
mod secret;
mod signer;

pub use error::KeyError;
pub use file::KeyFile;
pub use password::Password;
pub use phrase::SecretPhrase;
pub use signer::Signer;

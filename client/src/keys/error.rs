use std::{io, path::PathBuf};

/// Why a key was not opened or kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Neither a development key nor a file.
    #[error("{} is no key file; give the path of one (`edgeproof keys generate NAME` makes it) or a development key such as //Alice", .0.display())]
    NoSuchFile(PathBuf),
    /// The file would be overwritten.
    #[error("{} exists already and is not overwritten; choose another name, or move it away first", .0.display())]
    Exists(PathBuf),
    /// The file is not in the polkadot-js format with sr25519 and scrypt.
    #[error("{} is no key file that can be read ({reason}); export the key again as polkadot-js JSON, type sr25519", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What was wrong.
        reason: String,
    },
    /// The password does not open the file.
    #[error("the password does not open {}; try again", .0.display())]
    WrongPassword(PathBuf),
    /// No password was given where one is needed.
    #[error("no password for the key file: {0}")]
    NoPassword(String),
    /// A text that is no secret.
    #[error("no secret key: {0}; expected a phrase of 12 to 24 words or 0x and 64 hexadecimal digits, with derivations such as //Alice")]
    Secret(String),
    /// The file system refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

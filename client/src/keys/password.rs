use super::KeyError;
use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// Asks a person for the password of a key file.
pub type AskPassword = Box<dyn FnOnce(&Path) -> io::Result<String> + Send>;

/// Where the password of a key file comes from.
pub enum Password {
    /// Given.
    Text(String),
    /// In an environment variable of this name.
    Env(String),
    /// The first line of a file.
    File(PathBuf),
    /// Typed by a person.
    Ask(AskPassword),
}

impl Password {
    /// The password of `key_file`.
    pub(super) fn read(self, key_file: &Path) -> Result<String, KeyError> {
        match self {
            Self::Text(text) => Ok(text),
            Self::Env(name) => std::env::var(&name)
                .map_err(|_| KeyError::NoPassword(format!("set the environment variable {name}"))),
            Self::File(path) => {
                let text = fs::read_to_string(&path).map_err(|source| KeyError::Io {
                    action: "read the password file",
                    path,
                    source,
                })?;
                Ok(text.lines().next().unwrap_or_default().to_owned())
            }
            Self::Ask(ask) => ask(key_file).map_err(|error| KeyError::NoPassword(error.to_string())),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text(..)"),
            Self::Env(name) => write!(f, "Env({name})"),
            Self::File(path) => write!(f, "File({})", path.display()),
            Self::Ask(_) => f.write_str("Ask(..)"),
        }
    }
}

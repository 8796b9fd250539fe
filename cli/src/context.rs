//! What every command needs: the node, the key, the folders.

use crate::{
    failure::{At, Failure},
    keys::key_file,
};
use edgeproof_client::{
    blobs::DirectoryStore,
    data_folder,
    keys::{KeyFile, Password, Signer},
    AccountId, Client,
};
use std::path::{Path, PathBuf};

/// Options of every command.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub struct Context {
    /// Answer in JSON, the result on the last line; errors, too
    #[arg(long, global = true)]
    pub json: bool,
    /// Node to talk to
    #[arg(
        long,
        global = true,
        hide_env_values = true,
        env = "EDGEPROOF_URL",
        default_value = "ws://127.0.0.1:9944"
    )]
    pub url: String,
    /// Who signs: a stored key, a key file or, in development, //Alice
    #[arg(long, global = true, hide_env_values = true, env = "EDGEPROOF_KEY")]
    key: Option<String>,
    /// File with the key's password [default: ask]
    #[arg(
        long,
        global = true,
        hide_env_values = true,
        env = "EDGEPROOF_PASSWORD_FILE",
        value_name = "FILE"
    )]
    password_file: Option<PathBuf>,
    /// Folder of stored keys [default: below the user's data]
    #[arg(
        long,
        global = true,
        hide_env_values = true,
        env = "EDGEPROOF_KEYS",
        value_name = "DIR"
    )]
    keys: Option<PathBuf>,
    /// Folder of inputs and outputs [default: below the user's data]
    #[arg(
        long,
        global = true,
        hide_env_values = true,
        env = "EDGEPROOF_BLOBS",
        value_name = "DIR"
    )]
    blobs: Option<PathBuf>,
}

impl Context {
    pub async fn client(&self) -> Result<Client, Failure> {
        Ok(Client::connect(&self.url).await?)
    }

    pub fn blobs(&self) -> Result<DirectoryStore, Failure> {
        let folder = self.blobs.clone().unwrap_or_else(|| data_folder().join("blobs"));
        Ok(DirectoryStore::open(folder)?)
    }

    /// The folder of stored keys.
    pub fn keys(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| data_folder().join("keys"))
    }

    /// Opens the key that signs.
    pub fn signer(&self) -> Result<Signer, Failure> {
        let key = self.key()?;
        Ok(Signer::open(&self.resolve(key), self.password())?)
    }

    /// The account that `text` names: an address, a stored key, a key file or a development key. Without a text
    /// that of the key that signs. Needs no password.
    pub fn account(&self, text: Option<&str>) -> Result<AccountId, Failure> {
        let text = match text {
            Some(text) => text,
            None => self.key()?,
        };
        if text.starts_with("//") {
            return Ok(Signer::from_uri(text)?.account());
        }
        if let Ok(account) = text.parse() {
            return Ok(account);
        }
        let file = self.resolve(text);
        KeyFile::account(Path::new(&file)).at(format!("`{text}` is no address and no key"))
    }

    /// A password for a new key: from the file, or asked twice.
    pub fn new_password(&self) -> Result<String, Failure> {
        let Some(file) = &self.password_file else {
            let password = ask("password for the new key: ")?;
            return match ask("the same again: ")? == password {
                true => Ok(password),
                false => Err(Failure::new("the passwords differ").next("try again")),
            };
        };
        let text = std::fs::read_to_string(file).at(file.display())?;
        Ok(text.lines().next().unwrap_or_default().to_owned())
    }

    fn key(&self) -> Result<&str, Failure> {
        self.key.as_deref().ok_or_else(|| {
            Failure::usage("no key")
                .next("pass --key NAME or set EDGEPROOF_KEY; `edgeproof keys generate NAME` makes a key, a development chain knows //Alice")
        })
    }

    fn password(&self) -> Password {
        match &self.password_file {
            Some(file) => Password::File(file.clone()),
            None => Password::Ask(Box::new(|file| {
                rpassword::prompt_password(format!("password of {}: ", file.display()))
            })),
        }
    }

    /// A stored key by its name, unless there is a file of that name.
    fn resolve(&self, key: &str) -> String {
        let stored = key_file(&self.keys(), key);
        if key.starts_with("//") || Path::new(key).exists() || !stored.exists() {
            return key.to_owned();
        }
        stored.to_string_lossy().into_owned()
    }
}

/// Asks on the terminal without showing the answer.
pub fn ask(prompt: &str) -> Result<String, Failure> {
    rpassword::prompt_password(prompt).map_err(|error| {
        Failure::new(format!("cannot ask for a secret: {error}"))
            .next("run it in a terminal, or pass --password-file FILE")
    })
}

//! `edgeproof keys`: key files that polkadot-js and the worker read too.

use crate::{
    context::{ask, Context},
    failure::{At, Failure},
    report::Report,
    table::{facts, table, Align},
};
use edgeproof_client::{
    keys::{KeyFile, SecretPhrase},
    AccountId,
};
use serde_json::json;
use std::{
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Make a key, store it under a name and show its recovery phrase once
    Generate {
        /// Name of the key
        name: String,
    },
    /// Store an existing secret: a phrase or a seed, read from standard input
    Import {
        /// Name of the key
        name: String,
    },
    /// Show the address of a key
    Show {
        /// Address, stored key, key file or development key [default: --key]
        account: Option<String>,
    },
    /// List the stored keys
    List,
}

impl Command {
    pub fn run(self, context: &Context) -> Result<Report, Failure> {
        match self {
            Self::Generate { name } => generate(context, &name),
            Self::Import { name } => import(context, &name),
            Self::Show { account } => show(&context.account(account.as_deref())?),
            Self::List => list(&context.keys()),
        }
    }
}

fn generate(context: &Context, name: &str) -> Result<Report, Failure> {
    let file = new_file(&context.keys(), name)?;
    let phrase = SecretPhrase::generate();
    let account = KeyFile::create(&file, phrase.as_str(), &context.new_password()?, name)?;
    let text = facts([
        ("address", account.to_string()),
        ("file", file.display().to_string()),
        ("phrase", phrase.as_str().to_owned()),
    ]);
    let text = format!("{text}\n\nWrite the phrase down: it recovers the key, and it is not shown again.");
    let value =
        json!({ "name": name, "address": account.to_string(), "file": file, "phrase": phrase.as_str() });
    Ok(Report::new(text, value))
}

fn import(context: &Context, name: &str) -> Result<Report, Failure> {
    let file = new_file(&context.keys(), name)?;
    let secret = read_secret()?;
    let account = KeyFile::create(&file, secret.trim(), &context.new_password()?, name)?;
    let text = facts([
        ("address", account.to_string()),
        ("file", file.display().to_string()),
    ]);
    Ok(Report::new(
        text,
        json!({ "name": name, "address": account.to_string(), "file": file }),
    ))
}

/// Never an argument: those are seen by every process of the machine and kept by the shell.
fn read_secret() -> Result<String, Failure> {
    if io::stdin().is_terminal() {
        return ask("phrase or seed: ");
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line).at("standard input")?;
    Ok(line)
}

fn show(account: &AccountId) -> Result<Report, Failure> {
    let public = format!("0x{}", hex::encode(account.0));
    let text = facts([("address", account.to_string()), ("public key", public.clone())]);
    Ok(Report::new(
        text,
        json!({ "address": account.to_string(), "public_key": public }),
    ))
}

fn list(folder: &Path) -> Result<Report, Failure> {
    let keys = stored(folder).at(folder.display())?;
    let rows: Vec<_> = keys
        .iter()
        .map(|(name, account)| vec![name.clone(), account.to_string()])
        .collect();
    let none = format!(
        "no keys in {}; `edgeproof keys generate NAME` makes one",
        folder.display()
    );
    let text = table(&[("name", Align::Left), ("address", Align::Left)], &rows, &none);
    let values: Vec<_> = keys
        .iter()
        .map(|(name, account)| json!({ "name": name, "address": account.to_string() }))
        .collect();
    Ok(Report::new(text, json!({ "folder": folder, "keys": values })))
}

/// Names and accounts of the key files in a folder; files that are none are passed over.
fn stored(folder: &Path) -> io::Result<Vec<(String, AccountId)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut keys = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str());
        if let (Some(name), Ok(account)) = (name, KeyFile::account(&path)) {
            keys.push((name.to_owned(), account));
        }
    }
    keys.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(keys)
}

/// The file of a stored key.
pub fn key_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.json"))
}

/// Where a new key goes. Its folder is for the owner alone.
fn new_file(folder: &Path, name: &str) -> Result<PathBuf, Failure> {
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
        return Err(Failure::usage(format!("`{name}` is no name of a key"))
            .next("use letters, digits, `-`, `_` and `.`"));
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).at(folder.display())?;
    Ok(key_file(folder, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leaves_the_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["", "../alice", "a/b", ".hidden", "a b", "a\\b"] {
            assert_eq!(new_file(folder.path(), name).unwrap_err().code(), 2, "{name}");
        }
        assert_eq!(
            new_file(folder.path(), "lab-1").unwrap(),
            folder.path().join("lab-1.json")
        );
    }

    #[test]
    fn stored_keys_are_listed_by_name_and_other_files_are_not() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(stored(&folder.path().join("missing")).unwrap(), []);
        fs::write(folder.path().join("note.txt"), "shopping").unwrap();
        let bob = KeyFile::create(&folder.path().join("bob.json"), "//Bob", "b", "bob").unwrap();
        let alice = KeyFile::create(&folder.path().join("alice.json"), "//Alice", "a", "alice").unwrap();
        assert_eq!(
            stored(folder.path()).unwrap(),
            [("alice".into(), alice), ("bob".into(), bob)]
        );
    }
}

use super::{secret, KeyError, Password, Signer};
use crate::AccountId;
use base64::{engine::general_purpose::STANDARD, Engine};
use crypto_secretbox::{aead::Aead, Key, KeyInit, Nonce, XSalsa20Poly1305};
use schnorrkel::Keypair;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};
use subxt_signer::polkadot_js_compat;

/// scrypt's cost that polkadot-js writes: N = 2^15, r = 8, p = 1.
const LOG_N: u8 = 15;
const R: u32 = 8;
const P: u32 = 1;
/// Bytes before the ciphertext: salt, N, p, r, nonce.
const HEADER_BYTES: usize = 32 + 3 * 4 + 24;
/// PKCS#8 as polkadot-js writes it: header, secret key, divider, public key.
const PKCS8_HEADER: [u8; 16] = [48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
const PKCS8_DIVIDER: [u8; 5] = [161, 35, 3, 33, 0];

/// Files that keep one encrypted key, in the JSON format of polkadot-js: they open in its wallets, and its
/// exports open here.
pub struct KeyFile;

#[derive(Serialize, Deserialize)]
struct Content {
    encoded: String,
    encoding: Encoding,
    address: AccountId,
    meta: Meta,
}

#[derive(Serialize, Deserialize)]
struct Encoding {
    content: Vec<String>,
    r#type: Vec<String>,
    version: String,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Meta {
    name: String,
    when_created: u64,
}

impl KeyFile {
    /// Encrypts the key of `secret_uri` (as [`Signer::from_uri`] reads it) into a new file that only its owner
    /// may read.
    ///
    /// # Errors
    /// A file of that name, or a malformed secret.
    pub fn create(path: &Path, secret_uri: &str, password: &str, name: &str) -> Result<AccountId, KeyError> {
        let pair = secret::keypair(&secret::parse(secret_uri)?)?;
        let content = encrypt(&pair, password, name);
        let text = serde_json::to_string_pretty(&content).map_err(|error| KeyError::Format {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        write_private(path, &text)?;
        Ok(content.address)
    }

    /// The account of a key file; needs no password.
    pub fn account(path: &Path) -> Result<AccountId, KeyError> {
        Ok(read(path)?.1.address)
    }

    /// Decrypts the key.
    pub fn open(path: &Path, password: Password) -> Result<Signer, KeyError> {
        let (text, content) = read(path)?;
        let format = |reason: &str| KeyError::Format {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        // The decoder slices its header off unchecked.
        let bytes = STANDARD
            .decode(&content.encoded)
            .map_err(|_| format("not base64"))?;
        if bytes.len() <= HEADER_BYTES {
            return Err(format("too short"));
        }
        let password = password.read(path)?;
        match polkadot_js_compat::decrypt_json(&text, &password) {
            Ok(pair) => Ok(pair.into()),
            Err(polkadot_js_compat::Error::Secretbox(_)) => Err(KeyError::WrongPassword(path.to_owned())),
            Err(error) => Err(format(&error.to_string())),
        }
    }
}

fn read(path: &Path) -> Result<(String, Content), KeyError> {
    let text = fs::read_to_string(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => KeyError::NoSuchFile(path.to_owned()),
        _ => KeyError::Io {
            action: "read the key file",
            path: path.to_owned(),
            source,
        },
    })?;
    let content = serde_json::from_str(&text).map_err(|error| KeyError::Format {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    Ok((text, content))
}

fn encrypt(pair: &Keypair, password: &str, name: &str) -> Content {
    let salt: [u8; 32] = rand::random();
    let nonce: [u8; 24] = rand::random();
    let ciphertext = XSalsa20Poly1305::new(&key(password, &salt))
        .encrypt(Nonce::from_slice(&nonce), pkcs8(pair).as_slice())
        .unwrap_or_else(|_| unreachable!("a short message in memory encrypts"));
    let numbers = [1u32 << LOG_N, P, R].map(u32::to_le_bytes).concat();
    let encoded = [&salt[..], &numbers, &nonce, &ciphertext].concat();
    Content {
        encoded: STANDARD.encode(encoded),
        encoding: Encoding {
            content: vec!["pkcs8".into(), "sr25519".into()],
            r#type: vec!["scrypt".into(), "xsalsa20-poly1305".into()],
            version: "3".into(),
        },
        address: AccountId::from(pair.public.to_bytes()),
        meta: Meta {
            name: name.into(),
            when_created: milliseconds(),
        },
    }
}

fn key(password: &str, salt: &[u8]) -> Key {
    let mut key = Key::default();
    scrypt::Params::new(LOG_N, R, P, 32)
        .map_err(drop)
        .and_then(|params| scrypt::scrypt(password.as_bytes(), salt, &params, &mut key).map_err(drop))
        .unwrap_or_else(|()| unreachable!("fixed parameters and a key of 32 bytes"));
    key
}

fn pkcs8(pair: &Keypair) -> Vec<u8> {
    let secret = pair.secret.to_ed25519_bytes();
    [
        &PKCS8_HEADER[..],
        &secret,
        &PKCS8_DIVIDER,
        &pair.public.to_bytes(),
    ]
    .concat()
}

fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn write_private(path: &Path, text: &str) -> Result<(), KeyError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => KeyError::Exists(path.to_owned()),
        _ => KeyError::Io {
            action: "write the key file",
            path: path.to_owned(),
            source,
        },
    };
    let mut file = create_private(path).map_err(failed)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed)
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(password: &str) -> Password {
        Password::Text(password.into())
    }

    #[test]
    fn a_key_file_opens_with_its_password_and_no_other() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key.json");
        let account = KeyFile::create(&path, "//Alice//worker", "correct horse", "worker").unwrap();

        assert_eq!(account, Signer::from_uri("//Alice//worker").unwrap().account());
        assert_eq!(KeyFile::account(&path).unwrap(), account);
        let name = path.to_str().unwrap();
        assert_eq!(
            Signer::open(name, text("correct horse")).unwrap().account(),
            account
        );
        assert!(matches!(
            Signer::open(name, text("battery")),
            Err(KeyError::WrongPassword(_))
        ));
    }

    #[test]
    fn a_key_file_is_never_overwritten() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key.json");
        KeyFile::create(&path, "//Alice", "a", "").unwrap();
        let before = fs::read(&path).unwrap();
        assert!(matches!(
            KeyFile::create(&path, "//Bob", "b", ""),
            Err(KeyError::Exists(_))
        ));
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_a_key_file() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key.json");
        KeyFile::create(&path, "//Alice", "a", "").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn an_export_of_polkadot_js_opens() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("alice.json");
        let export = r#"{
            "encoded": "DumgApKCTqoCty1OZW/8WS+sgo6RdpHhCwAkA2IoDBMAgAAAAQAAAAgAAAB6IG/q24EeVf0JqWqcBd5m2tKq5BlyY84IQ8oamLn9DZe9Ouhgunr7i36J1XxUnTI801axqL/ym1gil0U8440Qvj0lFVKwGuxq38zuifgoj0B3Yru0CI6QKEvQPU5xxj4MpyxdSxP+2PnTzYao0HDH0fulaGvlAYXfqtU89xrx2/z9z7IjSwS3oDFPXRQ9kAdDebtyCVreZ9Otw9v3",
            "encoding": { "content": ["pkcs8", "sr25519"], "type": ["scrypt", "xsalsa20-poly1305"], "version": "3" },
            "address": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
            "meta": { "genesisHash": "", "name": "Alice", "whenCreated": 1718265838755 }
        }"#;
        fs::write(&path, export).unwrap();
        let signer = KeyFile::open(&path, text("whoisalice")).unwrap();
        assert_eq!(signer.account(), Signer::from_uri("//Alice").unwrap().account());
    }

    #[test]
    fn garbage_is_no_key_file() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("key.json");
        assert!(matches!(
            KeyFile::open(&path, text("")),
            Err(KeyError::NoSuchFile(_))
        ));

        KeyFile::create(&path, "//Alice", "a", "").unwrap();
        let short = fs::read_to_string(&path).unwrap();
        let encoded = serde_json::from_str::<Content>(&short).unwrap().encoded;
        for garbage in [
            "",
            "{}",
            "[1]",
            &short.replace(&encoded, "AAAA"),
            &short.replace(&encoded, "%%"),
        ] {
            fs::write(&path, garbage).unwrap();
            assert!(
                matches!(KeyFile::open(&path, text("a")), Err(KeyError::Format { .. })),
                "{garbage}"
            );
        }
    }

    #[test]
    fn a_password_comes_from_a_file_or_the_environment() {
        let directory = tempfile::tempdir().unwrap();
        let (path, secret) = (
            directory.path().join("key.json"),
            directory.path().join("password"),
        );
        KeyFile::create(&path, "//Alice", "from file", "").unwrap();
        fs::write(&secret, "from file\n").unwrap();
        KeyFile::open(&path, Password::File(secret)).unwrap();
        let unset = Password::Env("EDGEPROOF_NO_SUCH_VARIABLE".into());
        assert!(matches!(
            KeyFile::open(&path, unset),
            Err(KeyError::NoPassword(_))
        ));
    }
}

use std::{env, path::PathBuf};

/// The folder of this user's data, ours below it: keys, blobs, journals.
pub fn data_folder() -> PathBuf {
    let from = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let home = || from("HOME").unwrap_or_default();
    let base = if cfg!(windows) {
        from("LOCALAPPDATA").unwrap_or_default()
    } else if cfg!(target_os = "macos") {
        home().join("Library/Application Support")
    } else {
        from("XDG_DATA_HOME").unwrap_or_else(|| home().join(".local/share"))
    };
    base.join("edgeproof")
}

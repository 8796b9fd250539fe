use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Path of a program of this workspace, built in the same target folder as the running test or program.
///
/// # Panics
/// When it is missing or older than one of its sources: a test of yesterday's program proves nothing.
pub fn binary(name: &str) -> PathBuf {
    let folder = binaries();
    let path = folder.join(name);
    let built = modified(&path)
        .unwrap_or_else(|| panic!("{} is missing: run `cargo build --workspace`", path.display()));
    for source in sources(&folder.join(format!("{name}.d"))) {
        if modified(&source).is_some_and(|changed| changed > built) {
            panic!(
                "{name} is older than {}: run `cargo build --workspace`",
                source.display()
            );
        }
    }
    path
}

/// Path of the runtime that comes after that of the node: the same code under a higher version.
///
/// # Panics
/// When it is missing or older than the runtime of the node.
pub fn next_runtime() -> PathBuf {
    let folder = binaries().join("wbuild/edgeproof-runtime");
    let [now, next] = ["edgeproof_runtime", "next_runtime.rs"]
        .map(|name| folder.join(format!("{name}.compact.compressed.wasm")));
    assert!(
        modified(&next).is_some() && modified(&next) >= modified(&now),
        "{} is missing or old: build with EDGEPROOF_NEXT_RUNTIME=1, as `scripts/test` does",
        next.display()
    );
    next
}

fn binaries() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own path");
    let folder = test.parent().expect("a program lies in a folder");
    let folder = match folder.ends_with("deps") {
        true => folder.parent().expect("`deps` lies in a target folder"),
        false => folder,
    };
    folder.to_path_buf()
}

pub(crate) fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

/// The sources that cargo's dependency file names, in make's syntax.
fn sources(dependency_file: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(dependency_file).unwrap_or_default();
    let list = text.split_once(": ").map_or("", |(_, list)| list);
    list.replace("\\ ", "\u{0}")
        .split_whitespace()
        .map(|path| PathBuf::from(path.replace('\u{0}', " ")))
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

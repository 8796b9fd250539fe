//! Programs from files of any kind.

use crate::failure::{At, Failure};
use edgeproof_kernel::Verified;
use edgeproof_shader::front::{
    named_program_from_toml, named_program_from_wgsl, Diagnostics, NamedProgram, Sizes,
};
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

/// Sizes that a WGSL file may leave open.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct SizeArgs {
    /// How often the kernel of a WGSL file runs [default: its constant INVOCATIONS]
    #[arg(long, value_name = "N")]
    invocations: Option<u32>,
    /// Length of a buffer of a WGSL file, in words; may be repeated
    #[arg(long, value_name = "NAME=N", value_parser = parse_words)]
    words: Vec<(String, u32)>,
}

fn parse_words(text: &str) -> Result<(String, u32), String> {
    let (name, words) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is not NAME=N"))?;
    let words = words
        .parse()
        .map_err(|error| format!("`{words}` is no number of words: {error}"))?;
    Ok((name.into(), words))
}

/// The kind of a file, which its name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Wgsl,
    Toml,
    Program,
}

impl Kind {
    pub fn of(file: &Path) -> Self {
        match file.extension().and_then(OsStr::to_str) {
            Some("wgsl") => Self::Wgsl,
            Some("toml") => Self::Toml,
            _ => Self::Program,
        }
    }
}

/// A program file checked, or a source built.
pub fn load(file: &Path, sizes: &SizeArgs) -> Result<NamedProgram, Failure> {
    let kind = Kind::of(file);
    if kind != Kind::Wgsl && (sizes.invocations.is_some() || !sizes.words.is_empty()) {
        return Err(Failure::usage("--invocations and --words are for WGSL files")
            .next("state the words of each buffer in the TOML"));
    }
    let name = file.display().to_string();
    match kind {
        Kind::Program => {
            let program = Verified::from_bytes(&read(file)?).at(file.display())?;
            Ok(NamedProgram {
                program,
                inputs: Vec::new(),
                params: Vec::new(),
                outputs: Vec::new(),
            })
        }
        Kind::Wgsl => {
            let sizes = Sizes {
                invocations: sizes.invocations,
                words: sizes.words.clone(),
            };
            named_program_from_wgsl(&name, &text(file)?, &sizes).map_err(|refused| failure(&refused))
        }
        Kind::Toml => {
            let folder = file.parent().map(PathBuf::from).unwrap_or_default();
            let mut read = |path: &str| fs::read_to_string(folder.join(path));
            named_program_from_toml(&name, &text(file)?, &mut read).map_err(|refused| failure(&refused))
        }
    }
}

/// The bytes of a program file.
pub fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let hint = "`edgeproof program build FILE.wgsl` writes one";
    fs::read(file)
        .at(file.display())
        .map_err(|failure| failure.next(hint))
}

fn text(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).at(file.display())
}

/// What a compiler would print, which says itself what to do next.
fn failure(refused: &Diagnostics) -> Failure {
    let text = refused.to_string();
    Failure::new(text.strip_prefix("error: ").unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_source_reads_as_from_a_compiler() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("k.wgsl");
        fs::write(
            &file,
            "const INVOCATIONS = 4u;\nfn kernel(index: u32) -> u32 {\n    return indx;\n}\n",
        )
        .unwrap();
        let refused = load(&file, &SizeArgs::default()).unwrap_err().to_string();
        assert!(refused.starts_with("error: no definition in scope"), "{refused}");
        assert!(
            refused.contains("k.wgsl:3:12") && refused.contains("^^^^"),
            "{refused}"
        );
    }

    #[test]
    fn kernels_are_found_beside_their_toml() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("one.wgsl"),
            "fn kernel(index: u32) -> u32 { return index; }",
        )
        .unwrap();
        let file = folder.path().join("p.toml");
        fs::write(
            &file,
            "outputs = [\"x\"]\n[[step]]\nmap = \"one.wgsl\"\nout = \"x\"\nwords = 4\n",
        )
        .unwrap();
        let named = load(&file, &SizeArgs::default()).unwrap();
        assert_eq!(named.outputs, ["x"]);
        assert_eq!(named.program.output_words(), [4]);
    }

    #[test]
    fn words_are_a_name_and_a_number() {
        assert_eq!(parse_words("image=64"), Ok(("image".into(), 64)));
        assert!(parse_words("image").unwrap_err().contains("NAME=N"));
        assert!(parse_words("image=many").unwrap_err().contains("`many`"));
    }
}

//! `edgeproof program build`.

use super::source;
use crate::{
    failure::{At, Failure},
    format::count,
    report::Report,
    table::facts,
};
use codec::Encode;
use edgeproof_primitives::ProgramId;
use edgeproof_proofs::blob_root;
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The example that is no file.
const DIGITS: &str = "digits";

#[derive(clap::Args, Debug)]
pub struct Args {
    /// FILE.wgsl, FILE.toml, or `digits`: an example that reads handwritten digits
    source: PathBuf,
    /// File to write [default: the source's name with .program]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    sizes: source::SizeArgs,
    /// Write the input buffers of the example `digits` to this folder, too
    #[arg(long, value_name = "DIR")]
    inputs: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<Report, Failure> {
    let default =
        || Path::new(args.source.file_name().unwrap_or(args.source.as_os_str())).with_extension("program");
    let out = args.out.clone().unwrap_or_else(default);
    if args.source == Path::new(DIGITS) {
        return build_digits(&out, args.inputs.as_deref());
    }
    if args.inputs.is_some() {
        return Err(Failure::usage(format!(
            "only the example `{DIGITS}` has inputs to write"
        )));
    }
    if source::Kind::of(&args.source) == source::Kind::Program {
        return Err(
            Failure::usage(format!("`{}` is no source", args.source.display())).next(format!(
                "name a file that ends in .wgsl or .toml, or the example `{DIGITS}`"
            )),
        );
    }
    let named = source::load(&args.source, &args.sizes)?;
    let code = named.program.program().encode();
    fs::write(&out, &code).at(out.display())?;
    let id = ProgramId(blob_root(&code));
    let list = |names: &[String], words: Vec<u32>| {
        let each = names
            .iter()
            .zip(words)
            .map(|(name, words)| format!("{name} ({} words)", count(words)));
        each.collect::<Vec<_>>().join(", ")
    };
    let mut lines = vec![("program", out.display().to_string()), ("id", id.to_string())];
    if !named.inputs.is_empty() {
        lines.push(("inputs", list(&named.inputs, named.program.input_words())));
    }
    if !named.params.is_empty() {
        lines.push(("parameters", named.params.join(", ")));
    }
    lines.push(("outputs", list(&named.outputs, named.program.output_words())));
    lines.push(("operations", count(named.program.operations())));
    Ok(Report::new(
        facts(lines),
        json!({
            "program": out,
            "id": id,
            "inputs": named.inputs,
            "params": named.params,
            "outputs": named.outputs,
            "operations": named.program.operations(),
        }),
    ))
}

/// The encoded program that reads the digits of the test set.
pub fn digits() -> Result<Vec<u8>, Failure> {
    Ok(edgeproof_digits::program(edgeproof_digits::IMAGES)?
        .program()
        .encode())
}

fn build_digits(out: &Path, inputs: Option<&Path>) -> Result<Report, Failure> {
    let code = digits()?;
    fs::write(out, &code).at(out.display())?;
    let id = ProgramId(blob_root(&code));
    let mut files = Vec::new();
    if let Some(folder) = inputs {
        fs::create_dir_all(folder).at(folder.display())?;
        let network = edgeproof_digits::Network::embedded();
        let set = edgeproof_digits::TestSet::embedded();
        for (number, blob) in edgeproof_digits::inputs(&network, &set).iter().enumerate() {
            let file = folder.join(format!("digits-input-{number}.bin"));
            fs::write(&file, blob).at(file.display())?;
            files.push(file);
        }
    }
    let mut lines = vec![("program", out.display().to_string()), ("id", id.to_string())];
    lines.extend(files.iter().map(|file| ("input", file.display().to_string())));
    Ok(Report::new(
        facts(lines),
        json!({ "program": out, "id": id, "inputs": files }),
    ))
}

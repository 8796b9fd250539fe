use std::{fs, path::Path};

use codec::Encode;
use edgeproof_kernel::Verified;

use crate::GalleryError;

/// A program with the blobs and parameter words of one job.
#[derive(Clone, Debug)]
pub struct Task {
    pub name: &'static str,
    pub program: Verified,
    /// Words of each input blob.
    pub inputs: Vec<Vec<u32>>,
    pub params: Vec<u32>,
}

impl Task {
    /// Operations that the job is charged for.
    pub fn operations(&self) -> u64 {
        self.program.operations_with(&self.params).unwrap_or(u64::MAX)
    }

    /// Writes the program and its input blobs to a folder, and returns the command that posts them as a job.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn save(&self, folder: &Path) -> Result<String, GalleryError> {
        let write = |name: String, bytes: &[u8]| {
            let path = folder.join(name);
            fs::write(&path, bytes).map_err(GalleryError::file(&path))?;
            Ok::<_, GalleryError>(path.display().to_string())
        };
        fs::create_dir_all(folder).map_err(GalleryError::file(folder))?;
        let program = write(format!("{}.program", self.name), &self.program.program().encode())?;
        let mut command = format!("edgeproof job submit {program}");
        for (input, words) in self.inputs.iter().enumerate() {
            let blob = write(format!("{}.input{input}", self.name), &bytes(words))?;
            command += &format!(" --input {blob}");
        }
        for param in &self.params {
            command += &format!(" --param {param}");
        }
        Ok(command)
    }
}

/// Words as a blob has them.
pub(crate) fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// The words of a blob.
pub(crate) fn words(bytes: &[u8]) -> Vec<u32> {
    let words = bytes.as_chunks().0;
    words.iter().map(|word| u32::from_le_bytes(*word)).collect()
}

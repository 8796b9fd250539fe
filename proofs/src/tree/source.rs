use core::fmt;

/// Where a prover reads the bytes of a blob, any range at any time.
pub trait Source {
    /// Why bytes cannot be read.
    type Error;

    /// Fills `into` with the bytes of the blob from `at` on.
    ///
    /// # Errors
    /// When they cannot all be read.
    fn read_at(&mut self, at: u64, into: &mut [u8]) -> Result<(), Self::Error>;
}

/// A slice that ends before the blob does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceTooShort;

impl fmt::Display for SourceTooShort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes at hand end before the blob does")
    }
}

impl core::error::Error for SourceTooShort {}

/// A blob in memory.
impl Source for &[u8] {
    type Error = SourceTooShort;

    fn read_at(&mut self, at: u64, into: &mut [u8]) -> Result<(), SourceTooShort> {
        let bytes = usize::try_from(at)
            .ok()
            .and_then(|at| self.get(at..))
            .and_then(|rest| rest.get(..into.len()))
            .ok_or(SourceTooShort)?;
        into.copy_from_slice(bytes);
        Ok(())
    }
}

/// A blob in a file, or in anything else that seeks.
#[cfg(feature = "std")]
#[derive(Debug)]
pub struct Seeking<R>(pub R);

#[cfg(feature = "std")]
impl<R: std::io::Read + std::io::Seek> Source for Seeking<R> {
    type Error = std::io::Error;

    fn read_at(&mut self, at: u64, into: &mut [u8]) -> std::io::Result<()> {
        self.0.seek(std::io::SeekFrom::Start(at))?;
        self.0.read_exact(into)
    }
}

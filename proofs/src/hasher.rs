/// Root of a blob that comes piece by piece.
#[derive(Clone, Default)]
pub struct RootHasher(blake3::Hasher);

impl RootHasher {
    /// The next bytes of the blob.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Root of all bytes so far.
    pub fn root(&self) -> [u8; 32] {
        *self.0.finalize().as_bytes()
    }
}

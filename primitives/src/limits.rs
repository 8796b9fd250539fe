//! Bounds of everything that a transaction may carry or the chain may store.

/// Longest encoding of a program, in bytes.
pub const MAX_PROGRAM_BYTES: u32 = 256 * 1024;
/// Most input buffers, and most output buffers, of a program.
pub const MAX_BUFFERS: u32 = 64;
/// Most parameter words of a job.
pub const MAX_PARAMS: u32 = 32;
/// Most workers that answer one job.
pub const MAX_REPLICAS: u32 = 8;
/// Most seats of one job: its replicas and an auditor.
pub const MAX_SEATS: u32 = MAX_REPLICAS + 1;
/// Most regions that a job may name.
pub const MAX_REGIONS: u32 = 16;
/// Largest output that may be asked inline, in bytes.
pub const MAX_INLINE_BYTES: u32 = 64 * 1024;
/// Most bytes that the steps of a job may write, all together: 4,096 outputs of 128 MiB. What a party to a dispute about
/// the job may have to hash.
pub const MAX_TRACED_BYTES: u64 = 1 << 39;
/// Longest text in an attestation, in bytes.
pub const MAX_LABEL_BYTES: u32 = 64;

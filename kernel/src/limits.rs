//! Static limits: what any program may ask of a referee, a worker and a validator.

/// Encoded program, in bytes.
pub const PROGRAM_BYTES: usize = 256 * 1024;
/// Kernels of a program.
pub const KERNELS: usize = 256;
/// Buffers of a program, inputs included.
pub const BUFFERS: usize = 8_192;
/// Steps of a program, those inside of others included.
pub const STEPS: usize = 4_096;
/// Executions of steps of a program, every `Repeat` unrolled.
pub const UNROLLED_STEPS: u32 = 1 << 18;
/// `Repeat`s inside each other.
pub const REPEAT_NESTING: usize = 4;
/// Input buffers of a program, and output buffers of a program.
pub const BLOBS: usize = 64;
/// Words of one buffer: 128 MiB.
pub const BUFFER_WORDS: u32 = 1 << 25;
/// Words of all buffers together: 4 GiB.
pub const TOTAL_WORDS: u64 = 1 << 30;
/// Parameter words of a kernel or of a job.
pub const PARAMS: usize = 32;
/// Buffers that one invocation may read.
pub const KERNEL_INPUTS: u8 = 7;
/// Words that one invocation may write.
pub const WIDTH: usize = 4;
/// Operations of one invocation: what the referee may have to execute in one block.
pub const OPERATIONS: u64 = 4_000_000;
/// Loads of one invocation: at most 2.7 MB of openings, one extrinsic.
pub const LOADS: u64 = 2_048;
/// Words of all local arrays of a kernel together.
pub const LOCAL_WORDS: u32 = 256;
/// Local arrays of a kernel.
pub const LOCALS: usize = 32;
/// Constants of a kernel, and registers of a kernel.
pub const VALUES: usize = 4_096;
/// Blocks inside each other.
pub const NESTING: u32 = 32;
/// Loops and branches of a kernel whose cost depends on a parameter word. Bounds the price of one quote.
pub const VARIABLE_COSTS: u32 = 64;
/// Largest `k` of a matrix product: sums of this many products of two `i8` fit in an `i32`.
pub const MATMUL_K: u32 = 131_071;
/// Most products that one element of a convolution sums, as [`MATMUL_K`].
pub const CONV_PRODUCTS: u64 = 131_071;
/// Most 1 KiB chunks of input that one element of a convolution may touch: what one extrinsic can carry.
pub const CONV_CHUNKS: u64 = 1_500;
/// Levels of vectors that the decoder follows: program, kernels, code and [`NESTING`], with some air so that
/// the verifier, which can name the kernel, is the one to refuse.
pub const DECODE_DEPTH: u32 = NESTING + 8;

use crate::eventually;
use edgeproof_client::{
    blobs::{BlobStore, DirectoryStore},
    keys::Signer,
    AccountId, Client,
};
use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    testing::Case,
    Verified,
};
use edgeproof_primitives::{
    Assurance, BlobHash, BlobRef, Deadlines, Demands, JobId, JobSpec, ProgramId, Receipt, UNIT,
};
use std::time::Duration;

/// Time that a job gets to end, with its window and a dispute.
const END: Duration = Duration::from_secs(300);

/// A development key, for instance `//Alice`.
///
/// # Panics
/// When it is none.
pub fn signer(uri: &str) -> Signer {
    Signer::from_uri(uri).expect("a development key")
}

/// Waits until a job has ended, and returns its receipt.
///
/// # Panics
/// When it takes too long.
pub async fn ended(client: &Client, id: JobId) -> Receipt<AccountId> {
    eventually(END, "receipt", || async {
        client.best().await.ok()?.receipt(id).await.ok()?
    })
    .await
}

/// A program with inputs that are in the store, ready to be posted.
pub struct PreparedJob {
    /// Encoding of the program.
    pub code: Vec<u8>,
    /// The program.
    pub program: Verified,
    /// The job.
    pub spec: JobSpec,
    /// What the interpreter says the outputs are, in bytes.
    pub expected: Vec<Vec<u8>>,
}

impl PreparedJob {
    /// Puts `inputs` (words of each buffer) into `store`. The interpreter computes the expected outputs when `compare`.
    pub fn new(program: Verified, inputs: &[Vec<u32>], store: &DirectoryStore, compare: bool) -> Self {
        let code = codec::Encode::encode(program.program());
        let blobs: Vec<BlobRef> = inputs
            .iter()
            .map(|words| store.put(&bytes(words)).expect("the store takes a blob"))
            .collect();
        let expected = if compare {
            let outputs = program.run(inputs, &[]).expect("the inputs fit");
            outputs.iter().map(|words| bytes(words)).collect()
        } else {
            Vec::new()
        };
        let spec = JobSpec {
            program: ProgramId(edgeproof_proofs::blob_root(&code)),
            inputs: blobs.try_into().expect("few inputs"),
            params: Default::default(),
            assurance: Assurance::SINGLE,
            demands: Demands::default(),
            price_cap: UNIT,
            deadlines: Deadlines {
                draw: 30,
                execution: 30,
            },
            inline_output: false,
        };
        Self {
            code,
            program,
            spec,
            expected,
        }
    }
}

impl PreparedJob {
    /// A generated program with its inputs and parameters.
    pub fn of(case: &Case, store: &DirectoryStore) -> Self {
        let outputs = case
            .program
            .run(&case.inputs, &case.params)
            .expect("the case fits");
        let mut job = Self::new(case.program.clone(), &case.inputs, store, false);
        job.expected = outputs.iter().map(|words| bytes(words)).collect();
        job.spec.params = case.params.clone().try_into().expect("few parameters");
        job
    }

    /// The root of the expected result.
    pub fn expected_root(&self) -> BlobHash {
        let roots: Vec<_> = self
            .expected
            .iter()
            .map(|output| edgeproof_proofs::blob_root(output))
            .collect();
        BlobHash(edgeproof_proofs::output_root(&roots))
    }
}

fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Mixes each input word by `rounds` of a linear congruential generator.
fn mixing(words: u32, rounds: u32) -> Verified {
    let kernel = KernelBuilder::new();
    let input = kernel.input();
    let state = kernel.var(0u32);
    state.set(input.load(kernel.index()));
    kernel.for_loop(rounds, |_| {
        state.set(state.get() * 1_664_525u32 + 1_013_904_223u32)
    });
    let kernel = kernel.finish(state);
    let mut program = ProgramBuilder::new();
    let input = program.input(words);
    let output = program.map(&kernel, &[input], &[], words);
    program.output(output);
    program.build().expect("the program is within the limits")
}

/// A job that any adapter finishes at once.
pub fn short_program(store: &DirectoryStore) -> PreparedJob {
    let inputs: Vec<u32> = (0..1024).collect();
    PreparedJob::new(mixing(1024, 16), &[inputs], store, true)
}

/// A job that keeps the software adapter busy for some seconds.
pub fn long_program(store: &DirectoryStore) -> PreparedJob {
    let words = 16 * 1024;
    let inputs: Vec<u32> = (0..words).collect();
    PreparedJob::new(mixing(words, 200_000), &[inputs], store, false)
}

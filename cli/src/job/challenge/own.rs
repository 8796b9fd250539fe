//! What this machine computes of a job.

use crate::failure::Failure;
use edgeproof_client::blobs::BlobStore;
use edgeproof_engine::{Engine, Interpreter, Replayer, Selection};
use edgeproof_kernel::Verified;
use edgeproof_player::{Options, Place, Player, PlayerError};
use edgeproof_primitives::{BlobHash, ElementProof, Hash, JobSpec, Move, TraceOpening, Tree, Witness};
use edgeproof_proofs::{Node, NodeOpening};
use tokio::task::block_in_place;

/// Most bytes of step outputs that are kept in memory; others are computed again when they are asked for.
const KEPT_BYTES: u64 = 1 << 30;
/// Invocations of each step that the interpreter re-executes when the GPU runs.
const SAMPLES: u32 = 4;

/// What to compute on.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct On {
    /// Compute in the interpreter instead of on the GPU: slow, and right by definition
    #[arg(long)]
    interpreter: bool,
    /// GPU whose name contains this text [default: the best]
    #[arg(long, value_name = "TEXT", conflicts_with = "interpreter")]
    adapter: Option<String>,
}

enum Device {
    Gpu(Box<Engine>),
    Interpreter(Interpreter),
}

impl Device {
    fn open(on: &On) -> Result<Self, Failure> {
        if on.interpreter {
            return Ok(Self::Interpreter(Interpreter));
        }
        let selection = on
            .adapter
            .as_ref()
            .map_or(Selection::Best, |name| Selection::Named(name.clone()));
        let engine = block_in_place(|| Engine::open(&selection))
            .map_err(|error| Failure::from(error).next("pass --interpreter to compute without a GPU"))?;
        Ok(Self::Gpu(Box::new(engine)))
    }

    fn replayer(&self) -> &dyn Replayer {
        match self {
            Self::Gpu(engine) => engine.as_ref(),
            Self::Interpreter(interpreter) => interpreter,
        }
    }
}

/// A party that answers from the job alone.
pub struct Own {
    player: Player,
    device: Device,
}

impl Own {
    /// Fetches the inputs of a job and opens the device. Computes nothing yet.
    pub fn new(program: Verified, spec: &JobSpec, store: &dyn BlobStore, on: &On) -> Result<Self, Failure> {
        let inputs = spec
            .inputs
            .iter()
            .map(|blob| store.get_exact(blob))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| {
                Failure::from(error).next("pass --blobs with the folder that holds the inputs")
            })?;
        let options = Options {
            place: Place::Memory,
            budget: KEPT_BYTES,
            samples_per_step: if on.interpreter { 0 } else { SAMPLES },
        };
        Ok(Self {
            player: Player::new(program, inputs, spec.params.to_vec(), options)?,
            device: Device::open(on)?,
        })
    }

    /// What the job is computed on.
    pub fn device(&self) -> &str {
        match &self.device {
            Device::Gpu(engine) => &edgeproof_engine::Executor::adapter(engine.as_ref()).name,
            Device::Interpreter(_) => "interpreter",
        }
    }

    /// Refuses a device that computes otherwise than the interpreter: nobody should bet on it.
    pub fn check_device(&self) -> Result<(), Failure> {
        let Device::Gpu(engine) = &self.device else {
            return Ok(());
        };
        let report = block_in_place(|| engine.conformance())?;
        match report.disagreements.first() {
            None => Ok(()),
            Some(wrong) => Err(Failure::new(format!(
                "{} computes wrongly ({} where {} is right, in {})",
                self.device(),
                wrong.found,
                wrong.expected,
                wrong.program
            ))
            .next("update its driver, or pass --interpreter")),
        }
    }

    /// Bytes of the program's outputs, in words.
    pub fn output_words(&self) -> Vec<u32> {
        self.player.program().output_words()
    }

    /// The result. Computes the job when it is asked first.
    pub fn output_root(&mut self) -> Result<BlobHash, Failure> {
        self.ask(Player::output_root)
    }

    /// How the result comes about.
    pub fn trace_opening(&mut self) -> Result<TraceOpening, Failure> {
        self.ask(Player::trace_opening)
    }

    fn open(&mut self, tree: Tree, node: Node) -> Result<NodeOpening, Failure> {
        self.ask(|player, replayer| player.open(replayer, tree, node))
    }

    fn witness(&mut self, position: u32, invocation: u32) -> Result<Witness, Failure> {
        self.ask(|player, replayer| player.witness(replayer, position, invocation))
    }

    /// The answer to what a game asks of a claim, for which `claimed` is the hash of the node in question.
    pub fn answer(&mut self, asked: &Move, claimed: Option<&Hash>) -> Result<Answer, Failure> {
        Ok(match *asked {
            Move::OpenTraces => Answer::Trace(self.trace_opening()?),
            Move::OpenNode { tree, node } => {
                let opening = self.open(tree, node)?;
                // A wrong answer loses the bond at once, silence only after the deadline.
                if claimed.is_some_and(|claimed| opening.verify(&node, claimed).is_err()) {
                    return Err(Failure::new(format!(
                        "{} computes another trace than the one that the chain attributes to this claim, so it cannot \
                         answer for it: compute where it was claimed, or with --interpreter",
                        self.device()
                    )));
                }
                Answer::Node(opening)
            }
            Move::Referee { position, invocation } => Answer::Witness(self.witness(position, invocation)?),
        })
    }

    /// A wrong element of published outputs that one call can show: one whose step reads nothing but inputs of the job.
    pub fn element_proof(&mut self, published: &[Vec<u8>]) -> Result<Option<ElementProof>, Failure> {
        let published: Vec<&[u8]> = published.iter().map(Vec::as_slice).collect();
        self.ask(|player, replayer| {
            let checked = player.check(replayer, &published)?;
            player.direct_proof(&published, &checked)
        })
    }

    fn ask<T>(
        &mut self,
        question: impl FnOnce(&mut Player, &dyn Replayer) -> Result<T, PlayerError>,
    ) -> Result<T, Failure> {
        let Self { player, device } = self;
        Ok(block_in_place(|| question(player, device.replayer()))?)
    }
}

/// What a party says.
pub enum Answer {
    Trace(TraceOpening),
    Node(NodeOpening),
    Witness(Witness),
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_client::blobs::DirectoryStore;
    use edgeproof_digits::{inputs, program, Network, TestSet};
    use edgeproof_kernel::builder::ProgramBuilder;
    use edgeproof_primitives::{Assurance, Deadlines, Demands, ProgramId};

    fn spec(store: &DirectoryStore) -> JobSpec {
        let blobs = inputs(&Network::embedded(), &TestSet::embedded());
        let blobs: Vec<_> = blobs.iter().map(|blob| store.put(blob).unwrap()).collect();
        JobSpec {
            program: ProgramId::default(),
            inputs: blobs.try_into().unwrap(),
            params: Default::default(),
            assurance: Assurance::SINGLE,
            demands: Demands::default(),
            price_cap: 1,
            deadlines: Deadlines {
                draw: 1,
                execution: 1,
            },
            inline_output: false,
        }
    }

    const INTERPRETER: On = On {
        interpreter: true,
        adapter: None,
    };

    #[tokio::test(flavor = "multi_thread")]
    async fn the_digits_are_read_again_and_a_lie_about_them_differs() {
        let folder = tempfile::tempdir().unwrap();
        let store = DirectoryStore::open(folder.path()).unwrap();
        let program = program(edgeproof_digits::IMAGES).unwrap();
        let mut own = Own::new(program, &spec(&store), &store, &INTERPRETER).unwrap();
        assert_eq!(own.device(), "interpreter");
        own.check_device().unwrap();
        let labels = TestSet::embedded().predicted;
        let right: Vec<u8> = labels.iter().flat_map(|label| label.to_le_bytes()).collect();
        assert_eq!(own.output_root().unwrap().0, edgeproof_proofs::blob_root(&right));
        assert_eq!(own.output_words(), [labels.len() as u32]);
        assert_eq!(own.element_proof(std::slice::from_ref(&right)).unwrap(), None);
        let mut wrong = right;
        wrong[4] ^= 1;
        assert_eq!(
            own.element_proof(&[wrong]).unwrap(),
            None,
            "labels come from earlier steps: it takes a game"
        );
        let opening = own.trace_opening().unwrap();
        let node = edgeproof_proofs::trace::node(own.player.program().trace_length()).unwrap();
        let asked = Move::OpenNode {
            tree: Tree::Trace,
            node,
        };
        let claimed = opening.trace_root.0;
        let Answer::Node(answer) = own.answer(&asked, Some(&claimed)).unwrap() else {
            panic!("another answer");
        };
        assert_eq!(answer, opening.opening);
        let other = own.answer(&asked, Some(&[7; 32])).err().unwrap().to_string();
        assert!(other.contains("another trace"), "{other}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_wrong_element_of_a_product_of_inputs_is_shown_in_one_call() {
        let folder = tempfile::tempdir().unwrap();
        let store = DirectoryStore::open(folder.path()).unwrap();
        let (m, n, k) = (8, 8, 16);
        let mut program = ProgramBuilder::new();
        let (a, b) = (program.input(m * k / 4), program.input(n * k / 4));
        let product = program.matmul(a, b, m, n, k);
        program.output(product);
        let program = program.build().unwrap();
        let blobs = [vec![1; (m * k) as usize], vec![2; (n * k) as usize]];
        let blobs: Vec<_> = blobs.iter().map(|blob| store.put(blob).unwrap()).collect();
        let spec = JobSpec {
            inputs: blobs.try_into().unwrap(),
            ..spec(&store)
        };
        let mut own = Own::new(program, &spec, &store, &INTERPRETER).unwrap();
        let right = 32u32.to_le_bytes().repeat((m * n) as usize);
        assert_eq!(own.output_root().unwrap().0, edgeproof_proofs::blob_root(&right));
        let mut wrong = right;
        wrong[4 * 13] += 1;
        let proof = own.element_proof(&[wrong]).unwrap().unwrap();
        assert_eq!((proof.output, proof.invocation), (0, 13));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_input_that_is_not_at_hand_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let store = DirectoryStore::open(folder.path().join("a")).unwrap();
        let other = DirectoryStore::open(folder.path().join("b")).unwrap();
        let program = program(edgeproof_digits::IMAGES).unwrap();
        let refused = Own::new(program, &spec(&store), &other, &INTERPRETER)
            .err()
            .unwrap();
        assert!(refused.to_string().contains("pass --blobs"), "{refused}");
    }
}

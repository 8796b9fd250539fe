//! A party to a dispute: it has run the job, honestly or not, and answers from what it has.

use edgeproof_kernel::{ReadWords, Slices, Source, Verified};
use edgeproof_primitives::{BlobHash, ElementProof, Move, TraceOpening, Tree, Witness};
use edgeproof_proofs::{blob_root, output_root, trace, MultiProof, Node, NodeOpening, Outboard};
use std::{collections::BTreeSet, convert::Infallible};

/// A word that a party changes: position of the step in the trace, word of its output, and what it adds.
pub type Lie = (u32, u32, u32);

#[derive(Clone)]
pub struct Party {
    program: Verified,
    inputs: Vec<Vec<u32>>,
    params: Vec<u32>,
    /// Output of each step, in the order of the trace.
    outputs: Vec<Vec<u32>>,
    leaves: Vec<[u8; 32]>,
}

pub fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn prove(blob: &[u8], chunks: &[u32]) -> MultiProof {
    let outboard = Outboard::new(blob).expect("a blob");
    outboard.prove(chunks, &mut &*blob).expect("chunks of the blob")
}

/// Serves words and remembers which chunks they came from.
struct Recording<'a> {
    inputs: Slices<'a>,
    chunks: Vec<BTreeSet<u32>>,
}

impl ReadWords for Recording<'_> {
    type Error = Infallible;
    fn words(&self, input: u8) -> u32 {
        self.inputs.words(input)
    }
    fn read(&mut self, input: u8, at: u32) -> Result<u32, Infallible> {
        self.chunks[usize::from(input)].insert(at >> 8);
        self.inputs.read(input, at)
    }
}

impl Party {
    pub fn honest(program: &Verified, inputs: &[Vec<u32>], params: &[u32]) -> Self {
        Self::lying(program, inputs, params, &[])
    }

    /// Runs the job and changes words on the way, so that later steps compute on with them.
    pub fn lying(program: &Verified, inputs: &[Vec<u32>], params: &[u32], lies: &[Lie]) -> Self {
        let mut party = Self {
            program: program.clone(),
            inputs: inputs.to_vec(),
            params: params.to_vec(),
            outputs: Vec::new(),
            leaves: Vec::new(),
        };
        for position in 0..program.trace_length() {
            let mut output = party.step(position);
            for (_, word, by) in lies.iter().filter(|lie| lie.0 == position) {
                let at = *word as usize % output.len();
                output[at] = output[at].wrapping_add(*by);
            }
            party.leaves.push(blob_root(&bytes(&output)));
            party.outputs.push(output);
        }
        party
    }

    fn sources(&self, position: u32) -> Vec<Source> {
        let execution = self.program.execution(position).expect("a step");
        let inputs = self.program.step(execution.step).expect("a step").inputs();
        (0..inputs.len())
            .map(|input| self.program.source(&execution, input).expect("a source"))
            .collect()
    }

    fn words(&self, source: Source) -> &[u32] {
        match source {
            Source::Input(input) => &self.inputs[usize::from(input)],
            Source::Trace(position) => &self.outputs[position as usize],
        }
    }

    fn step(&self, position: u32) -> Vec<u32> {
        let step = self.program.execution(position).expect("a step").step;
        let inputs: Vec<&[u32]> = self
            .sources(position)
            .into_iter()
            .map(|source| self.words(source))
            .collect();
        (0..self.program.steps()[step].invocations)
            .flat_map(|index| {
                let output = self
                    .program
                    .invoke(step, index, &self.params, &mut Slices(&inputs))
                    .expect("runs");
                output.words().to_vec()
            })
            .collect()
    }

    fn output_positions(&self) -> Vec<u32> {
        (0..self.program.program().outputs.len())
            .map(|output| self.program.output_position(output).expect("written"))
            .collect()
    }

    pub fn output_root(&self) -> BlobHash {
        let roots: Vec<_> = self
            .output_positions()
            .into_iter()
            .map(|position| self.leaves[position as usize])
            .collect();
        BlobHash(output_root(&roots))
    }

    fn trace(&self) -> &[u8] {
        trace::bytes(&self.leaves)
    }

    pub fn trace_opening(&self) -> TraceOpening {
        let trace = self.trace();
        TraceOpening {
            trace_root: BlobHash(blob_root(trace)),
            outputs: prove(trace, &trace::chunks(&self.output_positions())),
            opening: self.open(Tree::Trace, &Node::root(trace.len() as u64).expect("a trace")),
        }
    }

    pub fn open(&self, tree: Tree, node: &Node) -> NodeOpening {
        let blob = match tree {
            Tree::Trace => self.trace().to_vec(),
            Tree::Output(position) => bytes(&self.outputs[position as usize]),
        };
        Outboard::new(&blob)
            .expect("a blob")
            .open(node, &mut &*blob)
            .expect("a node of it")
    }

    pub fn answer(&self, next: &Move) -> Option<NodeOpening> {
        match next {
            Move::OpenNode { tree, node } => Some(self.open(*tree, node)),
            _ => None,
        }
    }

    pub fn witness(&self, position: u32, invocation: u32) -> Witness {
        let step = self.program.execution(position).expect("a step").step;
        let sources = self.sources(position);
        let inputs: Vec<&[u32]> = sources.iter().map(|source| self.words(*source)).collect();
        let mut recording = Recording {
            inputs: Slices(&inputs),
            chunks: vec![BTreeSet::new(); inputs.len()],
        };
        self.program
            .invoke(step, invocation, &self.params, &mut recording)
            .expect("runs");
        let proofs = recording.chunks.iter().zip(&inputs).map(|(chunks, words)| {
            let chunks: Vec<u32> = chunks.iter().copied().collect();
            (!chunks.is_empty()).then(|| prove(&bytes(words), &chunks))
        });
        let earlier: Vec<u32> = sources
            .iter()
            .filter_map(|source| match source {
                Source::Trace(position) => Some(*position),
                Source::Input(_) => None,
            })
            .collect();
        Witness {
            trace: (!earlier.is_empty()).then(|| prove(self.trace(), &trace::chunks(&earlier))),
            inputs: proofs.collect::<Vec<_>>().try_into().expect("at most 7"),
        }
    }

    /// Shows an element of another party's result.
    pub fn element_proof(&self, of: &Self, output: u8, invocation: u32) -> ElementProof {
        let position = self.output_positions()[usize::from(output)];
        let step = self.program.execution(position).expect("a step").step;
        let width = u32::from(self.program.steps()[step].width);
        let roots: Vec<BlobHash> = of
            .output_positions()
            .into_iter()
            .map(|position| BlobHash(of.leaves[position as usize]))
            .collect();
        ElementProof {
            output,
            invocation,
            roots: if roots.len() == 1 { Vec::new() } else { roots }
                .try_into()
                .expect("at most 64"),
            claimed: prove(
                &bytes(&of.outputs[position as usize]),
                &[(invocation * width) >> 8],
            ),
            witness: self.witness(position, invocation),
        }
    }
}

//! Where openings lead, and what an invocation comes to.

use edgeproof_kernel::{ReadWords, Source, Step, Verified};
use edgeproof_primitives::{BlobHash, Hash, JobSpec, Move, Tree, Witness};
use edgeproof_proofs::{trace, Node, NodeOpening, OpenedChunks, ReadError, PROOF_CHUNKS};

pub(super) fn output_bytes(program: &Verified, position: u32) -> Option<u64> {
    let step = program.step(program.execution(position)?.step)?;
    Some(u64::from(program.buffer_words(step.out()?)) * 4)
}

/// What is asked after these openings of a node, what each side claims of it, and the words that it claims.
pub(super) fn descend(
    program: &Verified,
    tree: Tree,
    node: &Node,
    openings: &[&NodeOpening],
) -> (Move, Vec<Hash>, Vec<Vec<u32>>) {
    let bytes: Vec<&[u8]> = openings
        .iter()
        .map(|opening| match opening {
            NodeOpening::Hashes(hashes) => hashes.as_flattened(),
            NodeOpening::Chunks(bytes) => &bytes[..],
        })
        .collect();
    let size = match (tree, node.opens_into_chunks()) {
        (Tree::Output(_), true) => 4,
        _ => 32,
    };
    let place = (0..bytes[0].len() / size)
        .find(|place| {
            let item = place * size..(place + 1) * size;
            bytes
                .iter()
                .any(|list| list[item.clone()] != bytes[0][item.clone()])
        })
        .expect("openings of different hashes differ");
    let before = node.first_byte() / size as u64;
    let items = || bytes.iter().map(|list| list[place * size..][..size].to_vec());
    match tree {
        Tree::Output(position) if size == 4 => {
            let step = program.execution(position).unwrap().step;
            let width = usize::from(program.steps()[step].width);
            let invocation = (before as usize + place) / width;
            let first = invocation * width - before as usize;
            let words = |list: &&[u8]| {
                let words = list[first * 4..][..width * 4].chunks(4);
                words
                    .map(|word| u32::from_le_bytes(word.try_into().unwrap()))
                    .collect()
            };
            let next = Move::Referee {
                position,
                invocation: invocation as u32,
            };
            (
                next,
                vec![[0; 32]; bytes.len()],
                bytes.iter().map(words).collect(),
            )
        }
        _ => {
            let claimed = items().map(|item| item.try_into().unwrap()).collect();
            let (tree, node) = if node.opens_into_chunks() {
                let position = (before as usize + place) as u32;
                let root = Node::root(output_bytes(program, position).unwrap()).unwrap();
                (Tree::Output(position), root)
            } else {
                (tree, node.descend(place as u32).unwrap())
            };
            (Move::OpenNode { tree, node }, claimed, Vec::new())
        }
    }
}

struct Inputs<'w>(Vec<(u32, Option<OpenedChunks<'w>>)>);

impl ReadWords for Inputs<'_> {
    type Error = ReadError;

    fn words(&self, input: u8) -> u32 {
        self.0[usize::from(input)].0
    }

    fn read(&mut self, input: u8, at: u32) -> Result<u32, ReadError> {
        match &mut self.0[usize::from(input)].1 {
            Some(opened) => opened.get(at),
            None => Err(ReadError::ChunkMissing(at >> 8)),
        }
    }
}

/// What an invocation writes, by a witness that shows exactly what it reads.
pub(super) fn execute(
    program: &Verified,
    spec: &JobSpec,
    (position, invocation): (u32, u32),
    witness: &Witness,
    traces: &[BlobHash],
) -> Option<Vec<u32>> {
    let execution = program.execution(position)?;
    let ids = program.step(execution.step).map(Step::inputs)?;
    let sources: Vec<Source> = (0..ids.len())
        .map(|input| program.source(&execution, input))
        .collect::<Option<_>>()?;
    let earlier: Vec<u32> = sources
        .iter()
        .filter_map(|source| match source {
            Source::Trace(position) => Some(*position),
            Source::Input(_) => None,
        })
        .collect();
    let steps = program.trace_length();
    let leaves = match &witness.trace {
        None if earlier.is_empty() => Vec::new(),
        Some(proof) if !earlier.is_empty() => traces
            .iter()
            .find_map(|root| trace::leaves(proof, &root.0, steps, &earlier).ok())?,
        _ => return None,
    };
    let mut leaves = leaves.into_iter();
    let mut inputs = Vec::new();
    for ((id, source), proof) in ids.iter().zip(&sources).zip(&witness.inputs) {
        let root = match source {
            Source::Input(input) => spec.inputs[usize::from(*input)].hash.0,
            Source::Trace(_) => leaves.next()?,
        };
        let words = program.buffer_words(*id);
        let opened = match proof {
            Some(proof) => Some(proof.verify(&root, u64::from(words) * 4, PROOF_CHUNKS).ok()?),
            None => None,
        };
        inputs.push((words, opened));
    }
    let mut inputs = Inputs(inputs);
    let output = program
        .invoke(execution.step, invocation, &spec.params, &mut inputs)
        .ok()?;
    let excess = |(_, opened): &(u32, Option<OpenedChunks<'_>>)| {
        opened.as_ref().is_some_and(|opened| opened.unread().is_some())
    };
    if inputs.0.iter().any(excess) {
        return None;
    }
    Some(output.words().to_vec())
}

//! The rules of the game, as an oracle: what the chain does, without a chain.

use edgeproof_engine::Replayer;
use edgeproof_kernel::{ReadWords, Source, Step, Verified};
use edgeproof_player::Player;
use edgeproof_primitives::Tree;
use edgeproof_primitives::{ElementProof, TraceOpening, Witness};
use edgeproof_proofs::{
    blob_root, output_root, trace, MultiProof, Node, NodeHash, NodeOpening, OpenedChunks, PROOF_CHUNKS,
};

use crate::support::{words, Case};

/// Who stands for a result.
pub struct Party<'e> {
    pub player: Player,
    pub executor: &'e dyn Replayer,
}

impl Party<'_> {
    fn open(&mut self, at: Tree, node: Node) -> NodeOpening {
        self.player
            .open(self.executor, at, node)
            .expect("a party can answer")
    }

    fn trace_opening(&mut self) -> TraceOpening {
        self.player
            .trace_opening(self.executor)
            .expect("a party can answer")
    }
}

/// One game.
#[derive(Debug)]
pub struct Played {
    /// Rounds of openings, the first included.
    pub rounds: u32,
    pub position: u32,
    pub invocation: u32,
    /// Parties that lost.
    pub removed: Vec<usize>,
}

/// Plays games until all that stand have one trace. `honest` supplies the witnesses.
pub fn play(case: &Case, parties: &mut [Party<'_>], honest: usize) -> (Vec<usize>, Vec<Played>) {
    let openings: Vec<TraceOpening> = parties.iter_mut().map(Party::trace_opening).collect();
    for (party, opening) in parties.iter_mut().zip(&openings) {
        let claimed = party
            .player
            .output_root(party.executor)
            .expect("a party has a result");
        check_trace_opening(case, opening, &claimed.0);
    }
    let mut standing: Vec<usize> = (0..parties.len()).collect();
    let mut games = Vec::new();
    while standing
        .iter()
        .any(|party| openings[*party].trace_root != openings[standing[0]].trace_root)
    {
        let played = game(case, parties, &openings, &standing, honest);
        assert!(!played.removed.is_empty(), "{}: nobody lost", case.name);
        standing.retain(|party| !played.removed.contains(party));
        games.push(played);
    }
    (standing, games)
}

fn check_trace_opening(case: &Case, opening: &TraceOpening, claimed: &NodeHash) {
    let steps = case.program.trace_length();
    let outputs: Vec<u32> = (0..case.program.program().outputs.len())
        .map(|output| case.program.output_position(output).expect("written"))
        .collect();
    let root = &opening.trace_root.0;
    trace::check_outputs(&opening.outputs, root, steps, &outputs, claimed)
        .unwrap_or_else(|error| panic!("{}: {error}", case.name));
    opening
        .opening
        .verify(&trace::node(steps).expect("a trace has a step"), root)
        .unwrap_or_else(|error| panic!("{}: {error}", case.name));
}

fn game(
    case: &Case,
    parties: &mut [Party<'_>],
    openings: &[TraceOpening],
    standing: &[usize],
    honest: usize,
) -> Played {
    let mut at = Tree::Trace;
    let mut node = trace::node(case.program.trace_length()).expect("a trace has a step");
    let mut said: Vec<NodeOpening> = standing
        .iter()
        .map(|party| openings[*party].opening.clone())
        .collect();
    let mut rounds = 1;
    loop {
        let size = match (at, node.opens_into_chunks()) {
            (Tree::Output(_), true) => 4,
            _ => 32,
        };
        let lists: Vec<&[u8]> = said.iter().map(content).collect();
        let place = first_difference(&lists, size);
        if let (Tree::Output(position), 4) = (at, size) {
            let (invocation, width) = invocation(&case.program, position, &node, place);
            let first = (invocation * width) as usize * 4 - node.first_byte() as usize;
            let witness = parties[honest]
                .player
                .witness(parties[honest].executor, position, invocation)
                .expect("a party can show what is read");
            let right = referee(
                case,
                position,
                invocation,
                &witness,
                &openings[honest].trace_root.0,
            )
            .unwrap_or_else(|refusal| panic!("{}: {refusal}", case.name));
            assert_eq!(right.len(), width as usize);
            let wrong = |list: &&[u8]| words(&list[first..first + right.len() * 4]) != right;
            let lost = standing.iter().zip(&lists).filter(|(_, list)| wrong(list));
            return Played {
                rounds,
                position,
                invocation,
                removed: lost.map(|(party, _)| *party).collect(),
            };
        }
        let claimed: Vec<NodeHash> = lists
            .iter()
            .map(|list| list[place * 32..][..32].try_into().expect("32 bytes"))
            .collect();
        if node.opens_into_chunks() {
            let position = (node.first_byte() / 32) as u32 + place as u32;
            at = Tree::Output(position);
            node = Node::root(output_bytes(&case.program, position)).expect("not empty");
        } else {
            node = node.descend(place as u32).expect("the node has parts");
        }
        said = standing
            .iter()
            .zip(&claimed)
            .map(|(party, claimed)| {
                let opening = parties[*party].open(at, node);
                opening
                    .verify(&node, claimed)
                    .unwrap_or_else(|error| panic!("{}: {error}", case.name));
                opening
            })
            .collect();
        rounds += 1;
    }
}

fn content(opening: &NodeOpening) -> &[u8] {
    match opening {
        NodeOpening::Hashes(hashes) => hashes.as_flattened(),
        NodeOpening::Chunks(bytes) => bytes,
    }
}

/// The first item, of `size` bytes, in which not all lists agree.
fn first_difference(lists: &[&[u8]], size: usize) -> usize {
    let items = lists[0].len() / size;
    (0..items)
        .find(|item| {
            let item = item * size..(item + 1) * size;
            lists
                .iter()
                .any(|list| list[item.clone()] != lists[0][item.clone()])
        })
        .expect("openings of different hashes differ")
}

/// Which invocation writes a word below a node, and how many words it writes.
fn invocation(program: &Verified, position: u32, node: &Node, place: usize) -> (u32, u32) {
    let step = program.execution(position).expect("in the trace").step;
    let width = u32::from(program.steps()[step].width);
    let word = (node.first_byte() / 4) as u32 + place as u32;
    (word / width, width)
}

pub fn output_bytes(program: &Verified, position: u32) -> u64 {
    let step = program.execution(position).expect("in the trace").step;
    let out = program.step(step).and_then(Step::out).expect("writes");
    u64::from(program.buffer_words(out)) * 4
}

/// Most rounds of openings that a game about a step can take.
pub fn most_rounds(trace_bytes: u64, buffer_bytes: u64) -> u32 {
    let rounds = |bytes| {
        let mut node = Node::root(bytes).expect("not empty");
        let mut rounds = 1;
        while !node.opens_into_chunks() {
            node = node.descend(0).expect("the node has parts");
            rounds += 1;
        }
        rounds
    };
    rounds(trace_bytes) + rounds(buffer_bytes)
}

/// What an invocation comes to by its witness, or why the witness is refused.
pub fn referee(
    case: &Case,
    position: u32,
    invocation: u32,
    witness: &Witness,
    trace_root: &NodeHash,
) -> Result<Vec<u32>, String> {
    let program = &case.program;
    let execution = program.execution(position).ok_or("no such position")?;
    let step = program.step(execution.step).ok_or("no such step")?;
    let sources: Vec<Source> = (0..step.inputs().len())
        .map(|input| program.source(&execution, input).ok_or("no source"))
        .collect::<Result<_, _>>()?;
    let traced: Vec<u32> = sources
        .iter()
        .filter_map(|source| match source {
            Source::Trace(before) => Some(*before),
            Source::Input(_) => None,
        })
        .collect();
    let leaves = match (&witness.trace, traced.is_empty()) {
        (None, true) => Vec::new(),
        (Some(proof), false) => trace::leaves(proof, trace_root, program.trace_length(), &traced)
            .map_err(|error| error.to_string())?,
        (Some(_), true) => return Err("a trace without need".into()),
        (None, false) => return Err("the trace is missing".into()),
    };
    let mut leaves = leaves.into_iter();
    let roots: Vec<NodeHash> = sources
        .iter()
        .map(|source| match source {
            Source::Trace(_) => leaves.next().ok_or("a leaf is missing"),
            Source::Input(input) => Ok(blob_root(&case.inputs[usize::from(*input)])),
        })
        .collect::<Result<_, _>>()?;
    if witness.inputs.len() != roots.len() {
        return Err("another number of inputs".into());
    }
    let inputs = step.inputs().into_iter().zip(roots).zip(&witness.inputs);
    let mut reader = Opened(
        inputs
            .map(|((id, root), proof)| {
                let words = program.buffer_words(id);
                let opened = proof
                    .as_ref()
                    .map(|proof| open(proof, &root, words))
                    .transpose()?;
                Ok((words, opened))
            })
            .collect::<Result<_, String>>()?,
    );
    let output = program
        .invoke(execution.step, invocation, &case.params, &mut reader)
        .map_err(|fault| fault.to_string())?;
    for (_, opened) in &reader.0 {
        if let Some(chunk) = opened.as_ref().and_then(OpenedChunks::unread) {
            return Err(format!("chunk {chunk} is not read"));
        }
    }
    Ok(output.words().to_vec())
}

fn open<'p>(proof: &'p MultiProof, root: &NodeHash, words: u32) -> Result<OpenedChunks<'p>, String> {
    proof
        .verify(root, u64::from(words) * 4, PROOF_CHUNKS)
        .map_err(|error| error.to_string())
}

struct Opened<'p>(Vec<(u32, Option<OpenedChunks<'p>>)>);

impl ReadWords for Opened<'_> {
    type Error = String;

    fn words(&self, input: u8) -> u32 {
        self.0.get(usize::from(input)).map_or(0, |(words, _)| *words)
    }

    fn read(&mut self, input: u8, at: u32) -> Result<u32, String> {
        match self.0.get_mut(usize::from(input)) {
            Some((_, Some(opened))) => opened.get(at).map_err(|error| error.to_string()),
            _ => Err(format!("nothing of input {input} is opened")),
        }
    }
}

/// Judges an element proof against a claimed result: true when it shows that the result is wrong.
pub fn element(case: &Case, proof: &ElementProof, claimed: &NodeHash) -> Result<bool, String> {
    let outputs = case.program.program().outputs.len();
    let position = case
        .program
        .output_position(usize::from(proof.output))
        .ok_or("no such output")?;
    let root = if outputs == 1 {
        *claimed
    } else {
        let roots: Vec<NodeHash> = proof.roots.iter().map(|root| root.0).collect();
        if roots.len() != outputs || output_root(&roots) != *claimed {
            return Err("other roots than the claimed ones".into());
        }
        roots[usize::from(proof.output)]
    };
    let right = referee(case, position, proof.invocation, &proof.witness, &[0; 32])?;
    let words = (output_bytes(&case.program, position) / 4) as u32;
    let mut opened = open(&proof.claimed, &root, words)?;
    let first = proof.invocation * right.len() as u32;
    let said: Vec<u32> = (first..first + right.len() as u32)
        .map(|word| opened.get(word).map_err(|error| error.to_string()))
        .collect::<Result<_, _>>()?;
    match opened.unread() {
        Some(chunk) => Err(format!("chunk {chunk} is not read")),
        None => Ok(said != right),
    }
}

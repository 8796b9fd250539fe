//! The player and what it is asked.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use codec::Encode;
use edgeproof_engine::{Job, Replay, Replayer};
use edgeproof_kernel::{Execution, Source, Step, Verified};
use edgeproof_primitives::{BlobHash, TraceOpening, Tree};
use edgeproof_proofs::{hash_parts, output_root, trace, Node, NodeHash, NodeOpening, Outboard};

use crate::{
    blob::{disk, Blob, Content},
    outputs::{Outputs, Place, Room},
    recorder::{output_bytes, Recorder, Watch},
    trace::Trace,
    PlayerError,
};

const TRACE_FILE: &str = "trace";

/// What a player may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    pub place: Place,
    /// Most bytes of step outputs to keep. What one step writes and reads is kept even where that alone is more.
    pub budget: u64,
    /// Random invocations of every step that the interpreter re-executes while the job is computed again.
    pub samples_per_step: u32,
}

/// A party that answers for what a job computes.
pub struct Player {
    pub(crate) program: Verified,
    pub(crate) inputs: Vec<Vec<u8>>,
    pub(crate) params: Vec<u32>,
    pub(crate) input_outboards: Vec<Outboard>,
    pub(crate) options: Options,
    pub(crate) outputs: Outputs,
    pub(crate) trace: Option<Trace>,
    /// Identity of the job: of its program, inputs and parameter words.
    job: NodeHash,
}

impl Player {
    /// For the job that brings these input blobs (little-endian words) and parameter words. Hashes the inputs; computes
    /// nothing yet.
    ///
    /// # Errors
    /// A job that the program does not take, or a folder that cannot be used.
    pub fn new(
        program: Verified,
        inputs: Vec<Vec<u8>>,
        params: Vec<u32>,
        options: Options,
    ) -> Result<Self, PlayerError> {
        let slices: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
        the_job(&program, &slices, &params, 0).check()?;
        let input_outboards = inputs
            .iter()
            .map(|bytes| Outboard::new(bytes))
            .collect::<Result<Vec<_>, _>>()?;
        let roots: Vec<NodeHash> = input_outboards.iter().map(Outboard::hash).collect();
        let job = hash_parts(&[b"edgeproof/player", &(program.program(), &params, roots).encode()]);
        let trace = match &options.place {
            Place::Memory => None,
            Place::Folder(folder) => {
                fs::create_dir_all(folder).map_err(disk(folder))?;
                Trace::load(&folder.join(TRACE_FILE), &job, program.trace_length())
            }
        };
        Ok(Self {
            outputs: Outputs::open(options.place.clone(), options.budget, trace.is_some())?,
            trace,
            job,
            program,
            inputs,
            params,
            input_outboards,
            options,
        })
    }

    pub fn program(&self) -> &Verified {
        &self.program
    }

    /// Bytes of step outputs that are kept now.
    pub fn kept_bytes(&self) -> u64 {
        self.outputs.bytes()
    }

    /// The first thing a party says: the root of its trace, the roots of the program's outputs in it, and its top.
    /// Computes the whole job at the first call.
    ///
    /// # Errors
    /// When the executor or the folder fails.
    pub fn trace_opening(&mut self, executor: &dyn Replayer) -> Result<TraceOpening, PlayerError> {
        let positions = self.output_positions();
        let blob = self.known_trace(executor)?.blob();
        Ok(TraceOpening {
            trace_root: BlobHash(blob.outboard.hash()),
            outputs: blob
                .outboard
                .prove(&trace::chunks(&positions), &mut blob.reader()?)?,
            opening: blob.outboard.open(&blob.outboard.root(), &mut blob.reader()?)?,
        })
    }

    /// The result that the trace leads to, as a worker commits to it. Computes the whole job at the first call.
    ///
    /// # Errors
    /// When the executor or the folder fails.
    pub fn output_root(&mut self, executor: &dyn Replayer) -> Result<BlobHash, PlayerError> {
        let positions = self.output_positions();
        let trace = self.known_trace(executor)?;
        let roots: Vec<NodeHash> = positions
            .into_iter()
            .filter_map(|position| trace.leaf(position))
            .collect();
        Ok(BlobHash(output_root(&roots)))
    }

    /// Positions of the steps that write the program's outputs.
    fn output_positions(&self) -> Vec<u32> {
        let outputs = 0..self.program.program().outputs.len();
        outputs
            .filter_map(|output| self.program.output_position(output))
            .collect()
    }

    /// The opening of a node of the trace or of a step's output. What was dropped is computed again, together with what
    /// the step reads, because a witness will be next.
    ///
    /// # Errors
    /// A position or a node that is not there; when the executor or the folder fails.
    pub fn open(
        &mut self,
        executor: &dyn Replayer,
        at: Tree,
        node: Node,
    ) -> Result<NodeOpening, PlayerError> {
        let blob = match at {
            Tree::Trace => self.known_trace(executor)?.blob(),
            Tree::Output(position) => {
                let mut wanted = self.read_by(position)?;
                wanted.insert(position);
                self.bring(executor, &wanted)?;
                self.output(position)?
            }
        };
        Ok(blob.outboard.open(&node, &mut blob.reader()?)?)
    }

    /// The trace, computed when it is asked for first.
    pub(crate) fn known_trace(&mut self, executor: &dyn Replayer) -> Result<&Trace, PlayerError> {
        let trace = match self.trace.take() {
            Some(trace) => trace,
            None => self.compute_trace(executor)?,
        };
        Ok(self.trace.insert(trace))
    }

    fn compute_trace(&mut self, executor: &dyn Replayer) -> Result<Trace, PlayerError> {
        let mut leaves = BTreeMap::new();
        let mut missing = BTreeSet::new();
        for position in 0..self.program.trace_length() {
            match self.outputs.get(position) {
                Some(output) => {
                    leaves.insert(position, output.outboard.hash());
                }
                None => {
                    missing.insert(position);
                }
            }
        }
        leaves.extend(self.compute(executor, &missing, Room::WhileFree, &mut |_, _, _| {})?);
        let trace = Trace::new(leaves.into_values().collect())?;
        if let Place::Folder(folder) = &self.options.place {
            trace.save(&folder.join(TRACE_FILE), &self.job)?;
        }
        Ok(trace)
    }

    /// Makes sure that all these outputs are at hand, beside each other.
    pub(crate) fn bring(
        &mut self,
        executor: &dyn Replayer,
        wanted: &BTreeSet<u32>,
    ) -> Result<(), PlayerError> {
        let missing = self.missing(wanted)?;
        if missing.is_empty() {
            return Ok(());
        }
        let (_, supplied) = self.needed_for(&missing)?;
        let pinned = wanted.union(&supplied).copied().collect();
        self.compute(executor, &missing, Room::AllBut(&pinned), &mut |_, _, _| {})?;
        Ok(())
    }

    /// Computes outputs that are not at hand, from what is, and returns their roots.
    pub(crate) fn compute(
        &mut self,
        executor: &dyn Replayer,
        missing: &BTreeSet<u32>,
        room: Room<'_>,
        watch: Watch<'_>,
    ) -> Result<BTreeMap<u32, NodeHash>, PlayerError> {
        let (executed, _) = self.needed_for(missing)?;
        let inputs: Vec<&[u8]> = self.inputs.iter().map(Vec::as_slice).collect();
        let job = the_job(
            &self.program,
            &inputs,
            &self.params,
            self.options.samples_per_step,
        );
        let replay = Replay {
            job: &job,
            positions: &executed.into_iter().collect::<Vec<_>>(),
            wanted: &missing.iter().copied().collect::<Vec<_>>(),
        };
        let mut recorder = Recorder::new(&self.program, &mut self.outputs, self.trace.as_ref(), room, watch);
        let replayed = executor.replay(&replay, &mut recorder);
        let roots = recorder.finish(replayed)?;
        match missing.iter().find(|position| !roots.contains_key(position)) {
            Some(position) => Err(PlayerError::Unsteady(*position)),
            None => Ok(roots),
        }
    }

    /// Those of the outputs that are not at hand.
    pub(crate) fn missing(&mut self, wanted: &BTreeSet<u32>) -> Result<BTreeSet<u32>, PlayerError> {
        let mut missing = BTreeSet::new();
        for position in wanted {
            if !self.at_hand(*position)? {
                missing.insert(*position);
            }
        }
        Ok(missing)
    }

    fn at_hand(&mut self, position: u32) -> Result<bool, PlayerError> {
        let leaf = self.trace.as_ref().and_then(|trace| trace.leaf(position));
        self.outputs.has(position, leaf)
    }

    /// The steps to execute for outputs that are not at hand, and the outputs at hand that those read.
    fn needed_for(&mut self, missing: &BTreeSet<u32>) -> Result<(BTreeSet<u32>, BTreeSet<u32>), PlayerError> {
        let mut executed = missing.clone();
        let mut supplied = BTreeSet::new();
        let mut next: Vec<u32> = missing.iter().copied().collect();
        while let Some(position) = next.pop() {
            for read in self.read_by(position)? {
                if executed.contains(&read) || supplied.contains(&read) {
                    continue;
                }
                if self.at_hand(read)? {
                    supplied.insert(read);
                } else {
                    executed.insert(read);
                    next.push(read);
                }
            }
        }
        Ok((executed, supplied))
    }

    /// Outputs of earlier steps that a step reads.
    fn read_by(&self, position: u32) -> Result<BTreeSet<u32>, PlayerError> {
        let (_, sources) = self.sources(position)?;
        let traced = sources.into_iter().filter_map(|source| match source {
            Source::Trace(before) => Some(before),
            Source::Input(_) => None,
        });
        Ok(traced.collect())
    }

    /// The execution at a position, and where each of its inputs comes from.
    pub(crate) fn sources(&self, position: u32) -> Result<(Execution, Vec<Source>), PlayerError> {
        let found = self.program.execution(position).and_then(|execution| {
            let inputs = self.program.step(execution.step).map(Step::inputs)?.len();
            let sources = (0..inputs).map(|input| self.program.source(&execution, input));
            Some((sources.collect::<Option<_>>()?, execution))
        });
        match found {
            Some((sources, execution)) => Ok((execution, sources)),
            None => Err(PlayerError::NoSuchPosition {
                position,
                steps: self.program.trace_length(),
            }),
        }
    }

    /// An output that [`Self::bring`] has brought.
    pub(crate) fn output(&self, position: u32) -> Result<Blob<'_>, PlayerError> {
        self.outputs.get(position).ok_or(PlayerError::Unsteady(position))
    }

    /// The blob from which a step reads.
    pub(crate) fn blob(&self, source: Source) -> Result<Blob<'_>, PlayerError> {
        match source {
            Source::Trace(position) => self.output(position),
            Source::Input(input) => Ok(Blob {
                outboard: &self.input_outboards[usize::from(input)],
                content: Content::Memory(&self.inputs[usize::from(input)]),
            }),
        }
    }

    /// Bytes of the output at a position.
    pub(crate) fn output_bytes(&self, position: u32) -> Result<u64, PlayerError> {
        output_bytes(&self.program, position)
    }
}

fn the_job<'a>(
    program: &'a Verified,
    inputs: &'a [&'a [u8]],
    params: &'a [u32],
    samples_per_step: u32,
) -> Job<'a> {
    Job {
        program,
        inputs,
        params,
        samples_per_step,
        seed: rand::random(),
    }
}

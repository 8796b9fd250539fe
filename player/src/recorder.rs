//! Takes the outputs of a replay: hashes them, keeps them, lets others watch.

use std::{collections::BTreeMap, ops::ControlFlow};

use edgeproof_engine::{EngineError, Tape};
use edgeproof_kernel::Verified;
use edgeproof_proofs::{NodeHash, OutboardWriter, Source};

use crate::{
    outputs::{Outputs, Room, Sink},
    trace::Trace,
    PlayerError,
};

/// Sees the bytes of outputs as they pass: position in the trace, first byte, bytes.
pub(crate) type Watch<'w> = &'w mut dyn FnMut(u32, u64, &[u8]);

pub(crate) struct Recorder<'a> {
    program: &'a Verified,
    outputs: &'a mut Outputs,
    /// What the outputs must hash to, as far as that is known.
    trace: Option<&'a Trace>,
    room: Room<'a>,
    watch: Watch<'a>,
    coming: Option<Coming>,
    roots: BTreeMap<u32, NodeHash>,
    failure: Option<PlayerError>,
}

/// An output of which more is to come.
struct Coming {
    position: u32,
    bytes: u64,
    taken: u64,
    hashes: OutboardWriter,
    sink: Sink,
}

impl<'a> Recorder<'a> {
    pub fn new(
        program: &'a Verified,
        outputs: &'a mut Outputs,
        trace: Option<&'a Trace>,
        room: Room<'a>,
        watch: Watch<'a>,
    ) -> Self {
        Self {
            program,
            outputs,
            trace,
            room,
            watch,
            coming: None,
            roots: BTreeMap::new(),
            failure: None,
        }
    }

    /// The roots of what has come, or why the recorder has broken off a replay that ended like this.
    pub fn finish(self, replayed: Result<(), EngineError>) -> Result<BTreeMap<u32, NodeHash>, PlayerError> {
        match (replayed, self.failure, self.coming) {
            (Ok(()) | Err(EngineError::Cancelled), Some(failure), _) => Err(failure),
            (Err(error), _, _) => Err(error.into()),
            (Ok(()), None, Some(coming)) => Err(PlayerError::Unsteady(coming.position)),
            (Ok(()), None, None) => Ok(self.roots),
        }
    }

    fn record(&mut self, position: u32, piece: &[u8]) -> Result<(), PlayerError> {
        let mut coming = match self.coming.take() {
            Some(coming) if coming.position == position => coming,
            Some(other) => return Err(PlayerError::Unsteady(other.position)),
            None => self.begin(position)?,
        };
        coming.hashes.write(piece);
        coming.sink.write(piece)?;
        (self.watch)(position, coming.taken, piece);
        coming.taken = coming.taken.saturating_add(piece.len() as u64);
        if coming.taken < coming.bytes {
            self.coming = Some(coming);
            return Ok(());
        }
        let unsteady = PlayerError::Unsteady(position);
        let Ok(outboard) = coming.hashes.finish() else {
            return Err(unsteady);
        };
        let known = self.trace.and_then(|trace| trace.leaf(position));
        if known.is_some_and(|leaf| leaf != outboard.hash()) {
            return Err(unsteady);
        }
        self.roots.insert(position, outboard.hash());
        self.outputs.keep(position, coming.sink, outboard)
    }

    fn begin(&mut self, position: u32) -> Result<Coming, PlayerError> {
        let bytes = output_bytes(self.program, position)?;
        Ok(Coming {
            position,
            bytes,
            taken: 0,
            hashes: OutboardWriter::new(bytes)?,
            sink: self.outputs.sink(position, bytes, self.room)?,
        })
    }

    fn read(&self, position: u32) -> Result<Vec<u8>, PlayerError> {
        let blob = self
            .outputs
            .get(position)
            .ok_or(PlayerError::Unsteady(position))?;
        let bytes = usize::try_from(blob.outboard.root().blob_bytes()).unwrap_or(usize::MAX);
        let mut content = vec![0; bytes];
        blob.reader()?.read_at(0, &mut content)?;
        Ok(content)
    }

    fn or_break<T>(&mut self, result: Result<T, PlayerError>) -> ControlFlow<(), T> {
        match result {
            Ok(value) => ControlFlow::Continue(value),
            Err(error) => {
                self.failure.get_or_insert(error);
                ControlFlow::Break(())
            }
        }
    }
}

impl Tape for Recorder<'_> {
    fn supply(&mut self, position: u32) -> ControlFlow<(), Vec<u8>> {
        let content = self.read(position);
        self.or_break(content)
    }

    fn take(&mut self, position: u32, piece: &[u8]) -> ControlFlow<()> {
        let recorded = self.record(position, piece);
        self.or_break(recorded)
    }
}

/// Bytes of the output at a position of the trace.
pub(crate) fn output_bytes(program: &Verified, position: u32) -> Result<u64, PlayerError> {
    let step = program
        .execution(position)
        .and_then(|execution| program.step(execution.step));
    match step.and_then(|step| step.out()) {
        Some(out) => Ok(u64::from(program.buffer_words(out)) * 4),
        None => Err(PlayerError::NoSuchPosition {
            position,
            steps: program.trace_length(),
        }),
    }
}

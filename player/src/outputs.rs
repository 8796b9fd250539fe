//! Step outputs that are kept, within a budget.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use edgeproof_proofs::{NodeHash, Outboard, OutboardWriter};

use crate::{
    blob::{disk, Blob, Content},
    PlayerError,
};

/// Bytes read from a file at a time.
const PIECE: usize = 1 << 20;
/// Names of files, before the position.
const PREFIX: &str = "output-";

/// Where step outputs are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In memory.
    #[default]
    Memory,
    /// In a folder that belongs to this job alone. A player that is made again finds there what was computed before.
    Folder(PathBuf),
}

/// Step outputs by their positions.
pub(crate) struct Outputs {
    place: Place,
    /// Most bytes to keep.
    budget: u64,
    kept: BTreeMap<u32, Kept>,
    bytes: u64,
    /// Positions by their last use, which the clock counts.
    uses: BTreeMap<u64, u32>,
    clock: u64,
}

struct Kept {
    bytes: u64,
    content: Stored,
    /// None until a file that was found has been hashed.
    outboard: Option<Outboard>,
    used: u64,
}

enum Stored {
    Memory(Vec<u8>),
    File(PathBuf),
}

/// Who has to make room for a new output.
#[derive(Clone, Copy)]
pub(crate) enum Room<'p> {
    /// Nobody: it is kept while the budget lasts.
    WhileFree,
    /// All but these, and it is kept even where they alone exceed the budget.
    AllBut(&'p BTreeSet<u32>),
}

impl Outputs {
    /// With what the folder holds. Without a known trace there is nothing to check it against, and it is removed.
    pub fn open(place: Place, budget: u64, known_trace: bool) -> Result<Self, PlayerError> {
        let mut outputs = Self {
            place,
            budget,
            kept: BTreeMap::new(),
            bytes: 0,
            uses: BTreeMap::new(),
            clock: 0,
        };
        let Place::Folder(folder) = outputs.place.clone() else {
            return Ok(outputs);
        };
        for entry in fs::read_dir(&folder).map_err(disk(&folder))? {
            let path = entry.map_err(disk(&folder))?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(number) = name.and_then(|name| name.strip_prefix(PREFIX)) else {
                continue;
            };
            // One that was being written when the player died has more in its name than a number.
            match number.parse() {
                Ok(position) if known_trace => {
                    let bytes = fs::metadata(&path).map_err(disk(&path))?.len();
                    outputs.insert(position, bytes, Stored::File(path), None);
                }
                _ => fs::remove_file(&path).map_err(disk(&path))?,
            }
        }
        Ok(outputs)
    }

    /// Bytes that are kept now.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether the output is at hand. A file that was found is hashed first, and removed unless it is what `leaf` says.
    pub fn has(&mut self, position: u32, leaf: Option<NodeHash>) -> Result<bool, PlayerError> {
        let Some(kept) = self.kept.get_mut(&position) else {
            return Ok(false);
        };
        if let (Stored::File(path), None) = (&kept.content, &kept.outboard) {
            let found = hash_file(path, kept.bytes).ok();
            match found.filter(|found| Some(found.hash()) == leaf) {
                Some(outboard) => kept.outboard = Some(outboard),
                None => {
                    self.remove(position)?;
                    return Ok(false);
                }
            }
        }
        self.uses.remove(&kept.used);
        self.clock += 1;
        kept.used = self.clock;
        self.uses.insert(self.clock, position);
        Ok(true)
    }

    /// An output that is at hand.
    pub fn get(&self, position: u32) -> Option<Blob<'_>> {
        let kept = self.kept.get(&position)?;
        Some(Blob {
            outboard: kept.outboard.as_ref()?,
            content: match &kept.content {
                Stored::Memory(bytes) => Content::Memory(bytes),
                Stored::File(path) => Content::File(path),
            },
        })
    }

    /// A place for the output, if it is to be kept.
    pub fn sink(&mut self, position: u32, bytes: u64, room: Room<'_>) -> Result<Sink, PlayerError> {
        match room {
            Room::WhileFree if self.bytes.saturating_add(bytes) > self.budget => return Ok(Sink::Nowhere),
            Room::WhileFree => {}
            Room::AllBut(pinned) => self.make_room(bytes, pinned)?,
        }
        Ok(match &self.place {
            Place::Memory => Sink::Memory(Vec::with_capacity(usize::try_from(bytes).unwrap_or(0))),
            Place::Folder(folder) => {
                let path = folder.join(format!("{PREFIX}{position}.part"));
                let file = fs::File::create(&path).map_err(disk(&path))?;
                Sink::File { file, path }
            }
        })
    }

    /// Keeps what a sink has taken.
    pub fn keep(&mut self, position: u32, sink: Sink, outboard: Outboard) -> Result<(), PlayerError> {
        let content = match sink {
            Sink::Nowhere => return Ok(()),
            Sink::Memory(bytes) => Stored::Memory(bytes),
            Sink::File { path, .. } => {
                let whole = path.with_extension("");
                fs::rename(&path, &whole).map_err(disk(&whole))?;
                Stored::File(whole)
            }
        };
        let bytes = outboard.root().blob_bytes();
        self.insert(position, bytes, content, Some(outboard));
        Ok(())
    }

    fn insert(&mut self, position: u32, bytes: u64, content: Stored, outboard: Option<Outboard>) {
        self.clock += 1;
        self.uses.insert(self.clock, position);
        self.bytes += bytes;
        let kept = Kept {
            bytes,
            content,
            outboard,
            used: self.clock,
        };
        self.kept.insert(position, kept);
    }

    /// Drops what was not used for longest until `bytes` more fit.
    fn make_room(&mut self, bytes: u64, pinned: &BTreeSet<u32>) -> Result<(), PlayerError> {
        while self.bytes.saturating_add(bytes) > self.budget {
            let oldest = self.uses.values().find(|position| !pinned.contains(position));
            let Some(oldest) = oldest.copied() else {
                return Ok(());
            };
            self.remove(oldest)?;
        }
        Ok(())
    }

    fn remove(&mut self, position: u32) -> Result<(), PlayerError> {
        let Some(kept) = self.kept.remove(&position) else {
            return Ok(());
        };
        self.bytes -= kept.bytes;
        self.uses.remove(&kept.used);
        match kept.content {
            Stored::Memory(_) => Ok(()),
            Stored::File(path) => fs::remove_file(&path).map_err(disk(&path)),
        }
    }
}

/// Takes an output piece by piece.
pub(crate) enum Sink {
    Nowhere,
    Memory(Vec<u8>),
    File { file: fs::File, path: PathBuf },
}

impl Sink {
    pub fn write(&mut self, piece: &[u8]) -> Result<(), PlayerError> {
        match self {
            Self::Nowhere => Ok(()),
            Self::Memory(bytes) => {
                bytes.extend_from_slice(piece);
                Ok(())
            }
            Self::File { file, path } => file.write_all(piece).map_err(disk(path)),
        }
    }
}

fn hash_file(path: &Path, bytes: u64) -> Result<Outboard, PlayerError> {
    let mut writer = OutboardWriter::new(bytes)?;
    let mut file = fs::File::open(path).map_err(disk(path))?;
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece).map_err(disk(path))? {
            0 => return Ok(writer.finish()?),
            read => writer.write(&piece[..read]),
        }
    }
}

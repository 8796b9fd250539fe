//! What is kept, what is dropped, and what survives a restart.

use std::{
    fs,
    ops::ControlFlow,
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use edgeproof_engine::{EngineError, Interpreter, Replay, Replayer, Tape};
use edgeproof_kernel::testing::Random;
use edgeproof_player::{Place, Player, PlayerError};
use edgeproof_primitives::Tree;
use edgeproof_proofs::{blob_root, Node, Outboard};

use crate::{
    liar::{Flip, Liar},
    programs::{case, chain},
    support::{seeds, Case, Counting},
};

const STEPS: u32 = 200;
/// Bytes of each output but the last.
const OUTPUT: u64 = 4 * 1024;

fn long() -> Case {
    let input: Vec<u32> = (0..1024u32).map(|i| i.wrapping_mul(0x9e37_79b9)).collect();
    Case::new("long", chain(STEPS, 1024, 1024), &[input], Vec::new())
}

fn top() -> Node {
    Node::root(OUTPUT).expect("not empty")
}

/// Opens the top of an output, and compares with what it is.
fn open(player: &mut Player, executor: &dyn Replayer, position: u32, all: &[Vec<u8>]) {
    let opening = player
        .open(executor, Tree::Output(position), top())
        .expect("computes");
    let root = blob_root(&all[position as usize]);
    assert_eq!(opening.verify(&top(), &root), Ok(()));
}

#[test]
fn random_nodes_open_within_any_budget() {
    for seed in seeds(60) {
        let case = case(seed);
        let hint = format!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1 ({})", case.name);
        let mut random = Random::new(seed ^ 0xb0d6);
        let all = case.everything(&Interpreter);
        let budget = random.pick(&[0, 5_000, 1_000_000]).expect("one");
        let folder = tempfile::tempdir().expect("a folder");
        let place = random.pick(&[true, false]).expect("one");
        let place = if place {
            Place::Memory
        } else {
            Place::Folder(folder.path().into())
        };
        let mut player = case.player(place, budget);
        player.trace_opening(&Interpreter).expect("computes");
        assert!(player.kept_bytes() <= budget, "{hint}");
        for _ in 0..12 {
            let position = random.below(case.program.trace_length());
            let blob = &all[position as usize];
            let outboard = Outboard::new(blob).expect("not empty");
            let mut node = outboard.root();
            while !node.opens_into_chunks() && random.one_in(2) {
                let parts = node.parts();
                node = parts[random.below(parts.len() as u32) as usize];
            }
            let opening = player.open(&Interpreter, Tree::Output(position), node);
            let expected = outboard.open(&node, &mut &blob[..]).expect("at hand");
            assert_eq!(opening.expect("computes"), expected, "{hint}");
        }
    }
}

#[test]
fn what_was_dropped_is_computed_from_what_is_kept_and_stays_for_the_witness() {
    let case = long();
    let all = case.everything(&Interpreter);
    let counting = Counting::default();
    let mut player = case.player(Place::Memory, 100 * OUTPUT);
    player.trace_opening(&counting).expect("computes");
    assert_eq!(counting.executed(), STEPS as usize + 1);
    assert_eq!(player.kept_bytes(), 100 * OUTPUT);

    // The first hundred are there.
    open(&mut player, &counting, 99, &all);
    assert_eq!(counting.executed(), 0);
    open(&mut player, &counting, 149, &all);
    assert_eq!(counting.executed(), 50);
    player.witness(&counting, 149, 3).expect("what it reads was kept");
    open(&mut player, &counting, 148, &all);
    assert_eq!(counting.executed(), 48, "147, from 99 on");
    assert!(player.kept_bytes() <= 100 * OUTPUT);
}

/// The interpreter, broken off from outside after some outputs.
struct BrokenOff(usize);

struct Few<'a> {
    left: usize,
    tape: &'a mut dyn Tape,
}

impl Tape for Few<'_> {
    fn supply(&mut self, position: u32) -> ControlFlow<(), Vec<u8>> {
        self.tape.supply(position)
    }

    fn take(&mut self, position: u32, piece: &[u8]) -> ControlFlow<()> {
        let (half, rest) = piece.split_at(piece.len() / 2);
        self.tape.take(position, half)?;
        if self.left == 0 {
            return ControlFlow::Break(());
        }
        self.left -= 1;
        self.tape.take(position, rest)
    }
}

impl Replayer for BrokenOff {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        Interpreter.replay(replay, &mut Few { left: self.0, tape })
    }
}

#[test]
fn a_replay_that_is_broken_off_in_an_output_goes_on_with_what_was_kept() {
    let case = long();
    let right = case.rich_player().trace_opening(&Interpreter).expect("computes");
    let folder = tempfile::tempdir().expect("a folder");
    for place in [Place::Memory, Place::Folder(folder.path().into())] {
        let mut player = case.player(place, u64::MAX);
        let broken_off = player.trace_opening(&BrokenOff(80));
        assert!(matches!(
            broken_off,
            Err(PlayerError::Engine(EngineError::Cancelled))
        ));
        let counting = Counting::default();
        assert_eq!(player.trace_opening(&counting).expect("computes"), right);
        assert_eq!(counting.executed(), STEPS as usize + 1 - 80);
    }
}

#[test]
fn a_step_that_alone_exceeds_the_budget_is_kept_until_the_next() {
    let case = long();
    let all = case.everything(&Interpreter);
    let counting = Counting::default();
    let mut player = case.player(Place::Memory, 1);
    player.trace_opening(&counting).expect("computes");
    assert_eq!(
        (counting.executed(), player.kept_bytes()),
        (STEPS as usize + 1, 0)
    );
    for position in [120, 40] {
        open(&mut player, &counting, position, &all);
        assert_eq!(counting.executed(), position as usize + 1);
        assert_eq!(player.kept_bytes(), 2 * OUTPUT);
        player
            .witness(&counting, position, 0)
            .expect("what it reads was kept");
        assert_eq!(counting.executed(), 0);
    }
}

#[test]
fn a_restart_finds_everything_in_the_folder() {
    let case = long();
    let all = case.everything(&Interpreter);
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::Folder(folder.path().into());
    let mut first = case.player(place.clone(), u64::MAX);
    let opening = first.trace_opening(&Interpreter).expect("computes");
    let witness = first.witness(&Interpreter, 77, 500).expect("computes");
    drop(first);

    let counting = Counting::default();
    let mut second = case.player(place, u64::MAX);
    assert_eq!(second.trace_opening(&counting).expect("is there"), opening);
    assert_eq!(second.witness(&counting, 77, 500).expect("is there"), witness);
    open(&mut second, &counting, 150, &all);
    assert_eq!(counting.executed(), 0);
}

fn damage(path: &Path) {
    let mut bytes = fs::read(path).expect("is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).expect("can be written");
}

#[test]
fn a_damaged_folder_costs_time_and_nothing_else() {
    let case = long();
    let all = case.everything(&Interpreter);
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::Folder(folder.path().into());
    let opening = case.player(place.clone(), u64::MAX).trace_opening(&Interpreter);
    let opening = opening.expect("computes");

    damage(&folder.path().join("output-60"));
    fs::write(folder.path().join("output-61"), b"short").expect("can be written");
    fs::write(folder.path().join("output-62.part"), b"unfinished").expect("can be written");
    let counting = Counting::default();
    let mut player = case.player(place.clone(), u64::MAX);
    open(&mut player, &counting, 61, &all);
    assert_eq!(counting.executed(), 2);
    assert!(!folder.path().join("output-62.part").exists());

    damage(&folder.path().join("trace"));
    let mut player = case.player(place, u64::MAX);
    assert_eq!(player.kept_bytes(), 0);
    assert_eq!(player.trace_opening(&counting).expect("computes"), opening);
    assert_eq!(counting.executed(), STEPS as usize + 1);
}

#[test]
fn a_folder_of_another_job_is_not_believed() {
    let case = long();
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::Folder(folder.path().into());
    case.player(place.clone(), u64::MAX)
        .trace_opening(&Interpreter)
        .expect("computes");
    let mut other = long();
    other.inputs[0][9] ^= 1;
    let mut player = other.player(place, u64::MAX);
    assert_eq!(player.kept_bytes(), 0);
    let opening = player.trace_opening(&Interpreter).expect("computes");
    assert_eq!(
        opening,
        other.rich_player().trace_opening(&Interpreter).expect("computes")
    );
}

#[test]
fn a_folder_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, b"").expect("can be written");
    let case = long();
    let options = edgeproof_player::Options {
        place: Place::Folder(file.clone()),
        budget: 0,
        samples_per_step: 0,
    };
    let refused = Player::new(case.program, case.inputs, case.params, options);
    let Err(PlayerError::Disk { path, .. }) = refused else {
        panic!("a file is no folder");
    };
    assert_eq!(path, file);
}

/// Computes honestly the first time, and with a flipped word from then on.
struct Wavering {
    liar: Liar,
    replays: AtomicU32,
}

impl Replayer for Wavering {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        if self.replays.fetch_add(1, Ordering::SeqCst) == 0 {
            Interpreter.replay(replay, tape)
        } else {
            self.liar.replay(replay, tape)
        }
    }
}

#[test]
fn an_executor_that_computes_otherwise_than_before_is_noticed() {
    let case = long();
    let flip = Flip {
        position: 30,
        word: 9,
        mask: 1,
    };
    let wavering = Wavering {
        liar: Liar {
            flips: vec![flip],
            computes_on: true,
        },
        replays: AtomicU32::new(0),
    };
    let mut player = case.player(Place::Memory, 0);
    player.trace_opening(&wavering).expect("computes");
    assert!(matches!(
        player.open(&wavering, Tree::Output(30), top()),
        Err(PlayerError::Unsteady(30))
    ));
}

/// Hands out nothing, or too little.
struct Lazy(bool);

impl Replayer for Lazy {
    fn replay(&self, replay: &Replay<'_>, tape: &mut dyn Tape) -> Result<(), EngineError> {
        if self.0 {
            let _ = tape.take(replay.wanted[0], &[0; 8]);
        }
        Ok(())
    }
}

#[test]
fn an_executor_that_hands_out_too_little_is_noticed() {
    for some in [false, true] {
        let refused = long().rich_player().trace_opening(&Lazy(some));
        assert!(matches!(refused, Err(PlayerError::Unsteady(0))));
    }
}

#[test]
fn nodes_of_other_blobs_are_refused() {
    let case = long();
    let mut player = case.rich_player();
    let other = Node::root(OUTPUT + 4).expect("not empty");
    for at in [Tree::Trace, Tree::Output(3)] {
        assert!(matches!(
            player.open(&Interpreter, at, other),
            Err(PlayerError::OtherBlob { .. })
        ));
    }
    assert!(matches!(
        player.open(&Interpreter, Tree::Output(STEPS + 1), top()),
        Err(PlayerError::NoSuchPosition { .. })
    ));
}

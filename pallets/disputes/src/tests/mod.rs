mod attacks;
mod bad_input;
mod element;
mod lies;
mod party;
mod silence;

use crate::{mock::*, Game, Phase};
use edgeproof_kernel::testing::{generate, Case, Random};
use edgeproof_primitives::{BlobHash, JobId, Move};
use party::{bytes, Lie, Party};
use polkadot_sdk::polkadot_sdk_frame::{prelude::*, testing_prelude::*};

type Error = crate::Error<Test>;

/// A job with an honest execution of it.
struct Trial {
    case: Case,
    honest: Party,
}

impl Trial {
    fn new(seed: u64) -> Self {
        let case = generate(seed);
        let honest = Party::honest(&case.program, &case.inputs, &case.params);
        Self { case, honest }
    }

    fn lying(&self, lies: &[Lie]) -> Party {
        Party::lying(&self.case.program, &self.case.inputs, &self.case.params, lies)
    }

    /// A party with one changed word at a random place, whose result differs.
    fn liar(&self, random: &mut Random) -> Option<Party> {
        let steps = self.case.program.trace_length();
        (0..20).find_map(|_| {
            let lie = (random.below(steps), random.word(), 1 + random.below(1000));
            let liar = self.lying(&[lie]);
            (liar.output_root() != self.honest.output_root()).then_some(liar)
        })
    }

    /// The job, revealed with these results.
    fn reveal(&self, seats: &[(AccountId, &Party)]) {
        let inputs: Vec<Vec<u8>> = self.case.inputs.iter().map(|words| bytes(words)).collect();
        let seats: Vec<_> = seats
            .iter()
            .map(|(operator, party)| (*operator, party.output_root()))
            .collect();
        revealed(JOB, &self.case.program, &inputs, &self.case.params, &seats);
    }
}

fn claim(who: AccountId, party: &Party) -> DispatchResult {
    Disputes::claim(
        RuntimeOrigin::signed(who),
        JOB,
        party.output_root(),
        party.trace_opening(),
    )
    .map(|_| ())
    .map_err(|failure| failure.error)
}

fn game(job: JobId) -> Option<Game> {
    match crate::Disputes::<Test>::get(job)?.phase {
        Phase::Playing(game) => Some(game),
        _ => None,
    }
}

fn is_refereed() -> bool {
    game(JOB).is_some_and(|game| matches!(game.next, Move::Referee { .. }))
}

/// What `who` does when it looks at the chain: answers if it is asked.
fn act(who: AccountId, party: &Party) -> bool {
    let Some(game) = game(JOB) else { return false };
    let origin = RuntimeOrigin::signed(who);
    let done = match game.next.clone() {
        Move::OpenTraces => Disputes::open_trace(origin, JOB, party.trace_opening()),
        Move::OpenNode { .. } => {
            let Some(opening) = party.answer(&game.next) else {
                return false;
            };
            Disputes::open_node(origin, JOB, opening)
        }
        Move::Referee { position, invocation } => {
            Disputes::referee(origin, JOB, party.witness(position, invocation))
        }
    };
    done.is_ok()
}

/// Everybody answers at once, block by block, until the game is over; how many answers it took.
fn play(parties: &[(AccountId, &Party)]) -> u32 {
    let mut answers = 0;
    for _ in 0..300 {
        if !matches!(
            crate::Disputes::<Test>::get(JOB).map(|dispute| dispute.phase),
            Some(Phase::Playing(_) | Phase::Waiting)
        ) {
            return answers;
        }
        // A liar does not help the referee.
        for (who, party) in parties
            .iter()
            .rev()
            .filter(|(who, _)| *who != LIAR || !is_refereed())
        {
            answers += u32::from(act(*who, party));
            check();
        }
        next_block();
    }
    panic!("the game has no end: {:?}", game(JOB));
}

fn lost(operator: AccountId) -> bool {
    Ledger::get()[&stash(operator)].active < STAKE
}

fn free(who: AccountId) -> Theta {
    Ledger::get().get(&who).map_or(0, |account| account.free)
}

/// What the finder of one fault gets.
fn reward() -> Theta {
    (BOND - COMPENSATION) / 4
}

fn winner() -> BlobHash {
    match stand() {
        Stand::Resumed(root, _) => root,
        other => panic!("no result stands: {other:?}"),
    }
}

/// The first seed of a randomised test, and how many follow.
fn seeds(cases: u64) -> std::ops::Range<u64> {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse().expect("a number"))
    };
    let clock = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("the clock is set")
        .as_secs();
    let first = number("EDGEPROOF_SEED").unwrap_or(clock << 20);
    let cases = number("EDGEPROOF_CASES").unwrap_or(cases);
    println!("{cases} cases from EDGEPROOF_SEED={first}");
    first..first + cases
}

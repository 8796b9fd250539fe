//! Whatever anybody does in any order, on the real runtime: no token is lost, none appears, nothing stays locked, and
//! every job ends.

mod chain;
mod party;

use chain::{check_invariants, on_chain, Chain, Keypair};
use edgeproof_engine::Interpreter;
use edgeproof_kernel::testing::Random;
use edgeproof_primitives::{
    commitment, Assurance, Attestation, BlobHash, ChunkProof, JobId, JobSpec, Label, RevealOpening, UNIT,
};
use edgeproof_proofs::Outboard;
use edgeproof_runtime::*;
use party::{liar::execute, post, seeds, setting, Case, Party, SALT};
use polkadot_sdk::{
    frame_support::traits::fungible::InspectHold,
    pallet_sudo,
    sp_runtime::{FixedU128, Perbill, Permill},
};

/// Actions of one life.
const ACTIONS: u32 = 80;
/// Blocks in which the longest life comes to an end once everybody is silent.
const SILENCE: BlockNumber = 700;

/// Who makes the blocks.
const VALIDATOR: &str = "//Alice";

const REQUESTERS: [&str; 2] = ["//Alice", "//Ferdie"];

/// Everybody who acts.
struct Cast {
    requesters: Vec<Keypair>,
    parties: Vec<Party>,
    spec: JobSpec,
    /// The outputs of the job, as an honest worker computes them.
    outputs: Vec<Vec<u8>>,
}

impl Cast {
    /// Four workers, of whom one lies, and a first job.
    fn enter(chain: &mut Chain, case: &Case, lies: party::liar::Liar) -> Self {
        let mut parties: Vec<Party> = ["//Bob", "//Dave", "//Eve"]
            .map(|name| Party::join(chain, name, case, Interpreter))
            .into();
        parties.push(Party::join(chain, "//Charlie", case, lies));
        chain.advance(1);
        post(chain, case, 1);
        let spec = Jobs::job(party::JOB).expect("posted").spec;
        Self {
            requesters: REQUESTERS.map(Keypair::new).into(),
            parties,
            spec,
            outputs: outputs(case),
        }
    }

    /// One thing that somebody does, whether it may be done or not.
    fn act(&mut self, chain: &mut Chain, random: &mut Random) {
        let job = random.below(jobs()).into();
        let who = random.below(self.parties.len() as u32) as usize;
        match random.below(22) {
            0 | 1 => self.post(chain, random),
            2 => {
                let requester = self.requester(random);
                let _ = chain.submit(&requester, pallet_jobs::Call::cancel { job });
            }
            3 | 4 => (0..self.parties.len()).for_each(|who| self.commit(chain, who, job)),
            5 => self.commit(chain, who, job),
            6 | 7 => (0..self.parties.len()).for_each(|who| self.reveal(chain, who, job)),
            8 => self.reveal(chain, who, job),
            9 => self.claim(chain, who, job),
            10 | 11 => self.answer_all(chain, job),
            12 => self.ask_for_data(chain, random, job),
            13 => self.serve(chain, who, job),
            14 => self.report(chain, who, job),
            15 => self.judge(chain, random, job),
            16 => self.move_stake(chain, random, who),
            17 => self.change_worker(chain, random, who),
            18 => govern(chain, random, &self.parties[who]),
            19 => self.back(chain, random, who),
            20 => self.validate(chain, random),
            _ => chain.advance(1 + random.below(8)),
        }
    }

    fn requester(&self, random: &mut Random) -> Keypair {
        self.requesters[random.below(self.requesters.len() as u32) as usize].clone()
    }

    fn post(&self, chain: &Chain, random: &mut Random) {
        let mut spec = self.spec.clone();
        spec.assurance = Assurance {
            replicas: 1 + random.below(3) as u8,
            audit_rate: random.pick(&[0, 0, 500_000, 1_000_000]).unwrap_or(0),
            window: None,
        };
        spec.price_cap = random.pick(&[UNIT, UNIT, 10 * UNIT, 1]).unwrap_or(UNIT);
        let _ = chain.submit(&self.requester(random), pallet_jobs::Call::submit_job { spec });
    }

    fn commit(&mut self, chain: &Chain, who: usize, job: JobId) {
        let party = &mut self.parties[who];
        let Some(round) = round_of(job, &party.operator.account()) else {
            return;
        };
        let key: [u8; 32] = party.operator.account().into();
        let commitment = commitment(job, round, &key, &party.root(), &SALT);
        let _ = chain.submit(
            &party.operator,
            pallet_jobs::Call::commit_result { job, commitment },
        );
    }

    fn reveal(&mut self, chain: &Chain, who: usize, job: JobId) {
        let party = &mut self.parties[who];
        let opening = RevealOpening {
            output_root: party.root(),
            salt: SALT,
            attestation: Attestation::default(),
            inline_output: None,
        };
        let _ = chain.submit(&party.operator, pallet_jobs::Call::reveal_result { job, opening });
    }

    fn claim(&mut self, chain: &Chain, who: usize, job: JobId) {
        let party = &mut self.parties[who];
        let call = pallet_disputes::Call::claim {
            job,
            output_root: party.root(),
            trace: party.trace(),
        };
        let _ = chain.submit(&party.operator, call.clone());
        let _ = chain.submit(&party.stash, call);
    }

    fn answer_all(&mut self, chain: &mut Chain, job: JobId) {
        for _ in 0..12 {
            for party in &mut self.parties {
                if let Some(call) = party.answer_to(job) {
                    let _ = chain.submit(&party.operator, call.clone());
                    let _ = chain.submit(&party.stash, call);
                }
            }
            check_invariants();
        }
        chain.advance(1);
    }

    fn ask_for_data(&self, chain: &Chain, random: &mut Random, job: JobId) {
        let requester = self.requester(random);
        let output = random.below(self.outputs.len() as u32 + 1) as u8;
        let demand = pallet_availability::Call::demand_chunk {
            job,
            output,
            chunk: 0,
        };
        let _ = if random.one_in(3) {
            chain.submit(&requester, pallet_availability::Call::report_withheld { job })
        } else {
            chain.submit(&requester, demand)
        };
    }

    fn serve(&self, chain: &Chain, who: usize, job: JobId) {
        for output in &self.outputs {
            let roots: Vec<BlobHash> = match self.outputs.len() {
                1 => Vec::new(),
                _ => self
                    .outputs
                    .iter()
                    .map(|output| BlobHash(edgeproof_proofs::blob_root(output)))
                    .collect(),
            };
            let outboard = Outboard::new(output).expect("an output");
            let proof = ChunkProof {
                roots: roots.try_into().expect("few outputs"),
                opening: outboard
                    .open_chunk(0, &mut output.as_slice())
                    .expect("a first chunk"),
            };
            let call = pallet_availability::Call::serve_chunk { job, proof };
            let _ = chain.submit(&self.parties[who].operator, call);
        }
    }

    fn report(&self, chain: &Chain, who: usize, job: JobId) {
        let call = pallet_availability::Call::report_unavailable { job, input: 0 };
        let _ = chain.submit(&self.parties[who].operator, call);
    }

    fn judge(&self, chain: &Chain, random: &mut Random, job: JobId) {
        for party in &self.parties {
            let available = random.one_in(2);
            let _ = chain.submit(
                &party.operator,
                pallet_availability::Call::judge { job, available },
            );
        }
    }

    fn move_stake(&self, chain: &Chain, random: &mut Random, who: usize) {
        let stash = &self.parties[who].stash;
        let value = u128::from(random.below(4_000)) * UNIT;
        let _ = match random.below(5) {
            0 => chain.submit(stash, pallet_theta_staking::Call::bond { value }),
            1 => chain.submit(stash, pallet_theta_staking::Call::unbond { value }),
            2 => chain.submit(stash, pallet_theta_staking::Call::rebond { value }),
            3 => chain.submit(stash, pallet_theta_staking::Call::withdraw {}),
            _ => {
                let who = stash.account();
                chain.submit(stash, pallet_theta_staking::Call::burn_slashed { who })
            }
        };
    }

    /// A stash as a guardian of the only validator.
    fn back(&self, chain: &Chain, random: &mut Random, who: usize) {
        let stash = &self.parties[who].stash;
        let validator = Keypair::new(VALIDATOR).account();
        let value = u128::from(random.below(4_000)) * UNIT;
        let _ = match random.below(4) {
            0 | 1 => chain.submit(stash, pallet_theta_staking::Call::delegate { validator, value }),
            2 => chain.submit(stash, pallet_theta_staking::Call::undelegate { validator, value }),
            _ => chain.submit(stash, pallet_theta_staking::Call::claim {}),
        };
    }

    /// What happens to the validator.
    fn validate(&self, chain: &Chain, random: &mut Random) {
        let validator = Keypair::new(VALIDATOR);
        let commission = Permill::from_percent(random.below(101));
        let _ = match random.below(3) {
            0 => {
                let part = Perbill::from_percent(random.below(30));
                Staking::note_offence(&validator.account(), part, Session::current_index());
                Ok(())
            }
            1 => chain.submit(&validator, pallet_theta_staking::Call::claim {}),
            _ => chain.submit(
                &validator,
                pallet_theta_staking::Call::validate { value: 0, commission },
            ),
        };
    }

    fn change_worker(&self, chain: &Chain, random: &mut Random, who: usize) {
        let stash = &self.parties[who].stash;
        let ask = u128::from(1 + random.below(1_000)) * UNIT / 1_000_000;
        let _ = match random.below(3) {
            0 => chain.submit(stash, pallet_workers::Call::pause {}),
            1 => chain.submit(stash, pallet_workers::Call::set_ask { ask }),
            _ => chain.submit(stash, pallet_workers::Call::resume {}),
        };
    }
}

/// What the root account changes, among it what bonds are worth.
fn govern(chain: &Chain, random: &mut Random, party: &Party) {
    let sudo = |call: RuntimeCall| {
        let call = pallet_sudo::Call::sudo { call: call.into() };
        let _ = chain.submit(&Keypair::new("//Alice"), call);
    };
    match random.below(4) {
        0 => sudo(
            pallet_workers::Call::list_driver {
                driver: Label::default(),
            }
            .into(),
        ),
        1 => sudo(
            pallet_workers::Call::delist_driver {
                driver: Label::default(),
            }
            .into(),
        ),
        2 => {
            let who = party.stash.account();
            let ledger = Staking::ledger(who.clone());
            let slash = ledger.and_then(|ledger| ledger.slashes.first().map(|slash| slash.id));
            let part = Permill::from_percent(random.below(101));
            sudo(
                pallet_theta_staking::Call::return_slash {
                    who,
                    slash: slash.unwrap_or_default(),
                    part,
                }
                .into(),
            );
        }
        _ => {
            let mut rules = Params::worker_rules();
            rules.rate = FixedU128::from_rational(1 + u128::from(random.below(100)), 100);
            sudo(pallet_params::Call::set_worker_rules { rules }.into());
        }
    }
}

fn jobs() -> u32 {
    pallet_jobs::NextJob::<Runtime>::get() as u32
}

fn round_of(job: JobId, operator: &AccountId) -> Option<u8> {
    Some(Jobs::job(job)?.seat_of(operator)?.round)
}

fn outputs(case: &Case) -> Vec<Vec<u8>> {
    let inputs: Vec<Vec<u8>> = case
        .inputs
        .iter()
        .map(|words| words.iter().flat_map(|word| word.to_le_bytes()).collect())
        .collect();
    let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
    let job = edgeproof_engine::Job {
        program: &case.program,
        inputs: &inputs,
        params: &case.params,
        samples_per_step: 0,
        seed: 0,
    };
    execute(&Interpreter, &job).expect("computes").outputs
}

#[test]
fn no_sequence_of_actions_loses_a_token_and_every_job_ends() {
    let (mut lives, mut slashed, mut paid, mut withheld) = (0, 0, 0, 0);
    for seed in seeds(12) {
        let Some((case, lies)) = setting(seed) else {
            continue;
        };
        lives += 1;
        println!("EDGEPROOF_SEED={seed} EDGEPROOF_CASES=1");
        on_chain("test", |chain| {
            let mut random = Random::new(seed);
            let mut cast = Cast::enter(chain, &case, lies);
            for _ in 0..ACTIONS {
                cast.act(chain, &mut random);
                check_invariants();
            }
            let calm = || {
                pallet_jobs::Jobs::<Runtime>::iter_keys()
                    .next()
                    .is_none()
                    .then_some(())
            };
            // Receipts are pruned soon: they are counted while they are there.
            chain.advance_until(SILENCE, calm);
            for receipt in pallet_jobs::Receipts::<Runtime>::iter_values() {
                paid += usize::from(receipt.paid > 0);
                withheld += usize::from(receipt.outcome == edgeproof_primitives::Outcome::OutputWithheld);
            }
            assert_eq!(pallet_disputes::Disputes::<Runtime>::iter().count(), 0);
            assert_eq!(pallet_disputes::WaitingClaims::<Runtime>::iter().count(), 0);
            assert_eq!(pallet_availability::QuestionsAbout::<Runtime>::iter().count(), 0);
            for party in &cast.parties {
                let ledger = Staking::ledger(party.stash.account()).expect("still bonded, or slashed");
                assert_eq!(ledger.at_risk, 0, "nothing is at risk without a job");
                slashed += ledger.slashes.len();
            }
            for requester in &cast.requesters {
                let held = <Balances as InspectHold<AccountId>>::total_balance_on_hold(&requester.account());
                let deposits: Balance = pallet_jobs::Programs::<Runtime>::iter_values()
                    .filter(|program| program.owner == requester.account())
                    .map(|program| program.deposit)
                    .sum();
                assert_eq!(held, deposits, "nothing is held but deposits of programs");
            }
        });
    }
    println!("{lives} lives: {slashed} slashes, {paid} paid jobs, {withheld} withheld results");
    assert!(lives > 0);
}

//! How a question about the data of a job ended.

use edgeproof_client::{AccountId, DataAsked, DataEvent, DataQuestion, DataSubject, JobState};
use edgeproof_primitives::{Outcome, Receipt, TfuelBalance, ThetaBalance};

/// What a requester asks about a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// That this chunk is shown.
    Chunk {
        /// Which output.
        output: u8,
        /// Which chunk of it.
        chunk: u32,
    },
    /// That judges try to fetch it.
    Judgement,
}

impl Asked {
    /// Whether `question` asks just this.
    pub fn is(&self, question: &DataQuestion) -> bool {
        match (self, &question.asked) {
            (
                Self::Chunk { output, chunk },
                DataAsked::Chunk {
                    output: of,
                    chunk: number,
                    ..
                },
            ) => (output, chunk) == (of, number),
            (Self::Judgement, DataAsked::Judgement { about, .. }) => {
                matches!(about, DataSubject::Result(_))
            }
            _ => false,
        }
    }

    /// Whether `event` closes it.
    fn is_closed_by(&self, event: &DataEvent) -> bool {
        match (self, event) {
            (
                Self::Chunk { output, chunk },
                DataEvent::ChunkServed {
                    output: of,
                    chunk: number,
                    ..
                }
                | DataEvent::ChunkWithheld {
                    output: of,
                    chunk: number,
                },
            ) => (output, chunk) == (of, number),
            (Self::Judgement, DataEvent::InquiryEnded { .. }) => true,
            _ => false,
        }
    }
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Somebody has shown the chunk.
    Served {
        /// Who is paid for it.
        stash: AccountId,
        /// The chunk.
        bytes: Vec<u8>,
    },
    /// Most judges got the result.
    Available,
    /// No more than three quarters of the judges said the same.
    Undecided,
    /// The result cannot be had, and its workers have lost their bonds.
    Withheld {
        /// The end of the job.
        receipt: Box<Receipt<AccountId>>,
        /// What the requester received out of the bonds, in planck of THETA.
        compensated: ThetaBalance,
    },
    /// The result could not be had, but it is not the one that stands: a dispute about it decides.
    Disputed,
    /// The job has ended before there was an answer.
    JobEnded(Box<Receipt<AccountId>>),
}

/// How `asked` ended in a block with these events, after which the job is in this state. Nothing when it did not.
pub fn end(asked: &Asked, state: Option<&JobState>, events: &[DataEvent]) -> Option<End> {
    let closing = events.iter().find(|event| asked.is_closed_by(event));
    match (closing, state) {
        (Some(DataEvent::ChunkServed { stash, bytes, .. }), _) => Some(End::Served {
            stash: *stash,
            bytes: bytes.clone(),
        }),
        (
            Some(DataEvent::InquiryEnded {
                available: Some(true),
            }),
            _,
        ) => Some(End::Available),
        (Some(DataEvent::InquiryEnded { available: None }), _) => Some(End::Undecided),
        (Some(_), Some(JobState::Ended(receipt))) if receipt.outcome == Outcome::OutputWithheld => {
            Some(End::Withheld {
                receipt: receipt.clone(),
                compensated: compensated(events),
            })
        }
        (Some(_), _) => Some(End::Disputed),
        (None, Some(JobState::Ended(receipt))) => Some(End::JobEnded(receipt.clone())),
        (None, _) => None,
    }
}

fn compensated(events: &[DataEvent]) -> ThetaBalance {
    let lost = events.iter().map(|event| match event {
        DataEvent::BondLost { compensated, .. } => *compensated,
        _ => 0,
    });
    lost.sum()
}

/// What the judges earned together who said what most of them said, at this fee.
pub fn earned(judges: &[(AccountId, Option<bool>)], end: &End, fee: TfuelBalance) -> TfuelBalance {
    let verdict = match end {
        End::Available => true,
        End::Withheld { .. } | End::Disputed => false,
        End::Served { .. } | End::Undecided | End::JobEnded(_) => return 0,
    };
    let agreeing = judges.iter().filter(|(_, said)| *said == Some(verdict));
    agreeing.fold(0, |earned: TfuelBalance, _| earned.saturating_add(fee))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ended, live, receipt};
    use super::*;
    use edgeproof_client::JobPhase;
    use edgeproof_primitives::{BlobHash, Reason};

    const CHUNK: Asked = Asked::Chunk { output: 1, chunk: 4 };

    fn served(chunk: u32) -> DataEvent {
        DataEvent::ChunkServed {
            output: 1,
            chunk,
            stash: AccountId([5; 32]),
            bytes: vec![1, 2],
        }
    }

    fn withheld(chunk: u32) -> DataEvent {
        DataEvent::ChunkWithheld { output: 1, chunk }
    }

    fn judged(available: Option<bool>) -> DataEvent {
        DataEvent::InquiryEnded { available }
    }

    fn lost(compensated: ThetaBalance) -> DataEvent {
        DataEvent::BondLost {
            operator: AccountId([1; 32]),
            compensated,
            held: 9,
        }
    }

    fn revealed() -> JobState {
        live(JobPhase::Revealed { settles_at: 60 })
    }

    #[test]
    fn a_question_is_known_by_what_it_asks() {
        let question = |asked| DataQuestion {
            job: 3,
            asked,
            answer_by: 9,
        };
        let chunk = |chunk| {
            question(DataAsked::Chunk {
                output_root: BlobHash([7; 32]),
                output: 1,
                chunk,
            })
        };
        let judgement = |about| {
            question(DataAsked::Judgement {
                about,
                judges: Vec::new(),
            })
        };
        let whole = judgement(DataSubject::Result(BlobHash([7; 32])));
        assert!(CHUNK.is(&chunk(4)) && !CHUNK.is(&chunk(5)) && !CHUNK.is(&whole));
        assert!(Asked::Judgement.is(&whole) && !Asked::Judgement.is(&chunk(4)));
        assert!(!Asked::Judgement.is(&judgement(DataSubject::Input(0))));
    }

    #[test]
    fn a_shown_chunk_ends_its_demand_and_no_other() {
        let expected = End::Served {
            stash: AccountId([5; 32]),
            bytes: vec![1, 2],
        };
        assert_eq!(end(&CHUNK, Some(&revealed()), &[served(4)]), Some(expected));
        for events in [&[][..], &[served(3)], &[withheld(3)], &[judged(Some(false))]] {
            assert_eq!(end(&CHUNK, Some(&revealed()), events), None, "{events:?}");
        }
        assert_eq!(end(&Asked::Judgement, Some(&revealed()), &[served(4)]), None);
    }

    #[test]
    fn a_withheld_result_says_what_came_back() {
        let state = ended(Outcome::OutputWithheld, Reason::OutputWithheld);
        let expected = End::Withheld {
            receipt: Box::new(receipt(Outcome::OutputWithheld, Reason::OutputWithheld)),
            compensated: 7,
        };
        let events = [lost(3), withheld(4), lost(4)];
        assert_eq!(end(&CHUNK, Some(&state), &events), Some(expected.clone()));
        let events = [judged(Some(false)), lost(7)];
        assert_eq!(end(&Asked::Judgement, Some(&state), &events), Some(expected));
    }

    #[test]
    fn what_is_not_shown_of_a_disputed_result_costs_nobody_a_bond() {
        let disputed = live(JobPhase::Disputed { window_ends: 50 });
        let redrawn = live(JobPhase::Open { draw_by: 50 });
        for state in [disputed, redrawn] {
            let silent = end(&CHUNK, Some(&state), &[withheld(4)]);
            assert_eq!(silent, Some(End::Disputed));
            let judged = end(&Asked::Judgement, Some(&state), &[judged(Some(false))]);
            assert_eq!(judged, Some(End::Disputed));
        }
    }

    #[test]
    fn judges_who_got_it_or_disagree_change_nothing() {
        let state = revealed();
        let ends = |available| end(&Asked::Judgement, Some(&state), &[judged(available)]);
        assert_eq!(ends(Some(true)), Some(End::Available));
        assert_eq!(ends(None), Some(End::Undecided));
    }

    #[test]
    fn a_question_ends_with_its_job() {
        let settled = ended(Outcome::Succeeded, Reason::WindowPassed);
        let expected = End::JobEnded(Box::new(receipt(Outcome::Succeeded, Reason::WindowPassed)));
        assert_eq!(end(&CHUNK, Some(&settled), &[]), Some(expected));
        assert_eq!(end(&CHUNK, None, &[]), None, "a reorganisation may bring it back");
    }

    #[test]
    fn only_judges_who_agree_with_most_earn() {
        let judges = [Some(true), Some(true), Some(false), None].map(|said| (AccountId([1; 32]), said));
        assert_eq!(earned(&judges, &End::Available, 10), 20);
        assert_eq!(earned(&judges, &End::Disputed, 10), 10);
        assert_eq!(earned(&judges, &End::Undecided, 10), 0);
        assert_eq!(earned(&judges, &End::Available, u128::MAX), u128::MAX);
        assert_eq!(earned(&[], &End::Available, 10), 0);
    }
}

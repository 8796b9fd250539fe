//! Open questions about data, for people and for programs: what is asked, of whom, and until when.

use crate::format::count;
use edgeproof_client::{AccountId, DataAsked, DataQuestion, DataSubject};
use serde_json::{json, Value};

/// A chunk as people count it.
pub fn chunk_name(output: u8, chunk: u32) -> String {
    format!("chunk {} of output {output}", count(chunk))
}

/// An open question, in one line.
pub fn line(question: &DataQuestion) -> String {
    let by = question.answer_by;
    match &question.asked {
        DataAsked::Chunk { output, chunk, .. } => format!(
            "{} is demanded; whoever has it may show it, at most until block {by}, or the workers lose their bonds",
            chunk_name(*output, *chunk)
        ),
        DataAsked::Judgement { about, judges } if judges.is_empty() => format!(
            "judges will be drawn, after block {by} at the earliest, and try to fetch {}",
            subject(*about)
        ),
        DataAsked::Judgement { about, judges } => format!(
            "{} to fetch {}, at most until block {by}: {}",
            trying(judges.len()),
            subject(*about),
            tally(judges)
        ),
    }
}

/// What judges are asked about.
fn subject(about: DataSubject) -> String {
    match about {
        DataSubject::Result(_) => "the result".into(),
        DataSubject::Input(input) => format!("input {input}, which a worker cannot"),
    }
}

fn trying(judges: usize) -> String {
    match judges {
        1 => "1 judge tries".into(),
        judges => format!("{judges} judges try"),
    }
}

/// What judges have said, counted.
pub fn tally(judges: &[(AccountId, Option<bool>)]) -> String {
    let saying = |said| judges.iter().filter(|(_, verdict)| *verdict == said).count();
    format!(
        "{} got it, {} did not, {} silent",
        saying(Some(true)),
        saying(Some(false)),
        saying(None)
    )
}

/// The question, and each judge with what it has said.
pub fn facts(question: &DataQuestion) -> Vec<(&'static str, String)> {
    let mut facts = vec![("question", line(question))];
    if let DataAsked::Judgement { judges, .. } = &question.asked {
        facts.extend(judges.iter().map(|(judge, said)| {
            let said = match said {
                Some(true) => "got it",
                Some(false) => "could not get it",
                None => "has not said yet",
            };
            ("judge", format!("{judge} {said}"))
        }));
    }
    facts
}

pub fn value(question: &DataQuestion) -> Value {
    let mut value = match &question.asked {
        DataAsked::Chunk {
            output_root,
            output,
            chunk,
        } => json!({
            "asked": "chunk",
            "output_root": output_root,
            "output": output,
            "chunk": chunk,
        }),
        DataAsked::Judgement { about, judges } => {
            let (root, input) = match about {
                DataSubject::Result(root) => (Some(root), None),
                DataSubject::Input(input) => (None, Some(input)),
            };
            json!({
                "asked": "judgement",
                "output_root": root,
                "input": input,
                "judges": judges_value(judges),
            })
        }
    };
    value["answer_by"] = json!(question.answer_by);
    value
}

/// Judges, and what they have said.
pub fn judges_value(judges: &[(AccountId, Option<bool>)]) -> Value {
    judges
        .iter()
        .map(|(judge, said)| json!({ "operator": judge.to_string(), "available": said }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::BlobHash;

    const ROOT: BlobHash = BlobHash([7; 32]);

    fn question(asked: DataAsked) -> DataQuestion {
        DataQuestion {
            job: 3,
            asked,
            answer_by: 77,
        }
    }

    fn judged(about: DataSubject, said: &[Option<bool>]) -> DataQuestion {
        let judges = (1..)
            .map(|number| AccountId([number; 32]))
            .zip(said.iter().copied());
        question(DataAsked::Judgement {
            about,
            judges: judges.collect(),
        })
    }

    fn demanded() -> DataQuestion {
        question(DataAsked::Chunk {
            output_root: ROOT,
            output: 1,
            chunk: 1_234,
        })
    }

    #[test]
    fn a_question_says_what_is_asked_of_whom_and_until_when() {
        let whole = DataSubject::Result(ROOT);
        for (question, expected) in [
            (
                demanded(),
                "chunk 1,234 of output 1 is demanded; whoever has it may show it, at most until block 77, or the workers \
                 lose their bonds",
            ),
            (
                judged(whole, &[]),
                "judges will be drawn, after block 77 at the earliest, and try to fetch the result",
            ),
            (
                judged(whole, &[Some(true), None, Some(false), Some(true), None]),
                "5 judges try to fetch the result, at most until block 77: 2 got it, 1 did not, 2 silent",
            ),
            (
                judged(DataSubject::Input(2), &[None]),
                "1 judge tries to fetch input 2, which a worker cannot, at most until block 77: 0 got it, 0 did not, 1 \
                 silent",
            ),
        ] {
            assert_eq!(line(&question), expected);
        }
    }

    #[test]
    fn each_judge_is_named_with_what_it_said() {
        let facts = facts(&judged(
            DataSubject::Result(ROOT),
            &[Some(true), Some(false), None],
        ));
        let said: Vec<_> = facts
            .iter()
            .skip(1)
            .map(|(name, said)| {
                let (_, said) = said.split_once(' ').unwrap();
                (*name, said)
            })
            .collect();
        assert_eq!(
            said,
            [
                ("judge", "got it"),
                ("judge", "could not get it"),
                ("judge", "has not said yet")
            ]
        );
    }

    #[test]
    fn a_program_reads_what_is_asked_and_until_when() {
        let chunk = value(&demanded());
        assert_eq!((&chunk["asked"], &chunk["output"]), (&json!("chunk"), &json!(1)));
        assert_eq!(
            (&chunk["chunk"], &chunk["answer_by"]),
            (&json!(1_234), &json!(77))
        );
        let input = value(&judged(DataSubject::Input(2), &[Some(false), None]));
        assert_eq!(
            (&input["asked"], &input["input"], &input["output_root"]),
            (&json!("judgement"), &json!(2), &Value::Null)
        );
        assert_eq!(input["judges"][0]["available"], false);
        assert_eq!(input["judges"][1]["available"], Value::Null);
    }
}

//! Who fits a job and why others do not, for people and for programs.

use crate::{format::count, report::Report, table};
use edgeproof_client::clause_words;
use edgeproof_primitives::{ClauseCount, Survey, Waiting};
use serde_json::{json, Value};

/// A survey below each other: how many fit, and each clause that excludes somebody.
pub fn facts(survey: &Survey) -> Vec<(&'static str, String)> {
    let mut facts = vec![("workers", fitting(survey))];
    let excluded = survey.excluded.iter();
    facts.extend(excluded.map(|counted| ("excluded", excluded_by(survey, counted))));
    facts
}

fn fitting(survey: &Survey) -> String {
    let sample = if survey.is_sample() {
        format!(", in a sample from all {} active workers", count(survey.active))
    } else {
        String::new()
    };
    format!("{} of {} fit{sample}", count(survey.fitting), count(survey.seen))
}

fn excluded_by(survey: &Survey, counted: &ClauseCount) -> String {
    format!(
        "{} of which each {}; without that clause {} would fit",
        count(counted.all),
        clause_words(counted.clause),
        count(survey.fitting_without(counted))
    )
}

pub fn value(survey: &Survey) -> Value {
    let excluded = survey.excluded.iter().map(|counted| {
        json!({
            "clause": counted.clause,
            "first": counted.first,
            "all": counted.all,
            "only": counted.only,
            "fitting_without": survey.fitting_without(counted),
        })
    });
    json!({
        "active": survey.active,
        "seen": survey.seen,
        "fitting": survey.fitting,
        "excluded": excluded.collect::<Vec<_>>(),
    })
}

/// Why nobody could be drawn for so many seats among at least so many workers; nothing when somebody could.
pub fn obstacle(survey: &Survey, seats: u32, least_workers: u32) -> Option<String> {
    if survey.active < least_workers {
        return Some(format!(
            "the job is drawn from at least {} active workers and there are {}",
            count(least_workers),
            count(survey.active)
        ));
    }
    if survey.fitting >= seats {
        return None;
    }
    let strictest = survey
        .strictest()
        .map(|counted| format!("; excluded are {}", excluded_by(survey, counted)));
    Some(format!(
        "{} of {} workers fit where {} must{}",
        count(survey.fitting),
        count(survey.seen),
        count(seats),
        strictest.unwrap_or_default()
    ))
}

/// Why a job waits, in one line.
pub fn line(waiting: &Waiting) -> String {
    let Waiting {
        seats,
        least_workers,
        next_draw,
        attempted,
        ref survey,
    } = *waiting;
    obstacle(survey, seats, least_workers).unwrap_or_else(|| match attempted {
        false => format!("the draw awaits randomness, until block {next_draw} or a little longer"),
        true => format!(
            "{} of {} workers fit and the last sample held too few of them; the next draw comes in block {next_draw}",
            count(survey.fitting),
            count(survey.seen)
        ),
    })
}

pub fn waiting_value(waiting: &Waiting) -> Value {
    json!({
        "because": line(waiting),
        "seats": waiting.seats,
        "least_workers": waiting.least_workers,
        "next_draw": waiting.next_draw,
        "attempted": waiting.attempted,
        "survey": value(&waiting.survey),
    })
}

/// The report on a job that waits, with why it does.
pub fn added(mut report: Report, waiting: &Waiting) -> Report {
    let mut shown = vec![("waits", line(waiting))];
    shown.extend(facts(&waiting.survey));
    report.text = format!("{}\n\n{}", report.text, table::facts(shown));
    report.value["waits"] = waiting_value(waiting);
    report
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use edgeproof_primitives::Clause;

    pub fn survey(active: u32, seen: u32, fitting: u32) -> Survey {
        let memory = ClauseCount {
            clause: Clause::Memory,
            first: 3,
            all: 3,
            only: 2,
        };
        Survey {
            active,
            seen,
            fitting,
            excluded: vec![memory],
        }
    }

    fn waiting(survey: Survey, attempted: bool) -> Waiting {
        Waiting {
            seats: 2,
            least_workers: 4,
            next_draw: 9,
            attempted,
            survey,
        }
    }

    #[test]
    fn a_survey_says_who_fits_and_who_would() {
        assert_eq!(
            facts(&survey(5, 5, 2)),
            [
                ("workers", String::from("2 of 5 fit")),
                (
                    "excluded",
                    String::from("3 of which each has too little memory; without that clause 4 would fit")
                ),
            ]
        );
        assert_eq!(
            facts(&survey(5_000, 1_000, 997))[0].1,
            "997 of 1,000 fit, in a sample from all 5,000 active workers"
        );
        assert_eq!(
            value(&survey(5, 5, 2))["excluded"][0],
            json!({ "clause": "Memory", "first": 3, "all": 3, "only": 2, "fitting_without": 4 })
        );
    }

    #[test]
    fn a_job_waits_for_a_crowd_for_those_that_fit_or_for_chance() {
        for (survey, attempted, expected) in [
            (survey(3, 3, 0), false, "at least 4 active workers and there are 3"),
            (
                survey(4, 4, 1),
                false,
                "1 of 4 workers fit where 2 must; excluded are 3 of which each has too little memory; without that clause 3 would fit",
            ),
            (survey(9, 9, 6), false, "awaits randomness, until block 9"),
            (survey(9, 9, 6), true, "the last sample held too few of them"),
        ] {
            let line = line(&waiting(survey, attempted));
            assert!(line.contains(expected), "{line}");
        }
    }

    #[test]
    fn a_program_reads_why_a_job_waits() {
        let report = Report::new("job 7", json!({ "job": 7 }));
        let report = added(report, &waiting(survey(4, 4, 1), true));
        assert!(report.text.starts_with("job 7\n\nwaits "), "{}", report.text);
        let value = &report.value["waits"];
        assert_eq!(value["survey"]["fitting"], 1);
        assert_eq!((&value["seats"], &value["attempted"]), (&json!(2), &json!(true)));
    }
}

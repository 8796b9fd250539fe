//! Refusals that point at the source.

use std::{fmt, ops::Range};

use codespan_reporting::{
    diagnostic::{Diagnostic, Label},
    files::SimpleFile,
    term,
};

use super::Refusal;

/// Bytes of the longest line that is shown.
const LINE: usize = 240;

/// Where in the source, in bytes.
pub(super) type Place = Option<Range<usize>>;

/// A refusal on its way to the one who knows the source.
#[derive(Debug)]
pub(super) struct Report {
    pub refusal: Refusal,
    pub labels: Vec<(Range<usize>, String)>,
    pub notes: Vec<String>,
}

pub(super) type Checked<T> = Result<T, Box<Report>>;

impl Report {
    pub fn new(refusal: Refusal, place: Place) -> Box<Self> {
        Box::new(Self {
            refusal,
            labels: place.into_iter().map(|place| (place, String::new())).collect(),
            notes: Vec::new(),
        })
    }

    /// Adds another place, and what it has to do with the refusal.
    pub fn and(mut self: Box<Self>, place: Place, why: impl Into<String>) -> Box<Self> {
        self.labels.extend(place.map(|place| (place, why.into())));
        self
    }

    pub fn note(mut self: Box<Self>, note: impl Into<String>) -> Box<Self> {
        self.notes.push(note.into());
        self
    }
}

/// Says where a refusal belongs.
pub(super) trait RefuseAt<T> {
    fn at(self, place: Place) -> Checked<T>;
}

impl<T> RefuseAt<T> for Result<T, Refusal> {
    fn at(self, place: Place) -> Checked<T> {
        self.map_err(|refusal| Report::new(refusal, place))
    }
}

/// A refused source: why, where, and what to write instead. Displays as a compiler would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics {
    refusal: Box<Refusal>,
    file: String,
    position: Option<(usize, usize)>,
    text: String,
}

impl Diagnostics {
    pub(super) fn new(file: &str, source: &str, report: Report) -> Self {
        let Report {
            refusal,
            labels,
            notes,
        } = report;
        // Characters that move the cursor would put carets, and the rest of the terminal, out of place.
        let shown = source.replace('\r', " ").replace(moves_the_cursor, "\u{fffd}");
        let shift = Shift::new(source);
        let labels: Vec<_> = labels
            .into_iter()
            .filter_map(|(place, why)| Some((shift.place(source, place)?, why)))
            .collect();
        let is_readable = |place: &Range<usize>| line_around(&shown, place.start).len() <= LINE;
        let position = labels.first().map(|(place, _)| position(&shown, place.start));
        let styled = labels
            .iter()
            .filter(|(place, _)| is_readable(place))
            .enumerate()
            .map(|(number, (place, why))| {
                let label = if number == 0 {
                    Label::primary((), place.clone())
                } else {
                    Label::secondary((), place.clone())
                };
                label.with_message(why)
            });
        let help = refusal.help().map(|help| format!("help: {help}"));
        let diagnostic = Diagnostic::error()
            .with_message(refusal.to_string())
            .with_labels(styled.collect())
            .with_notes(notes.into_iter().chain(help).collect());
        let config = term::Config {
            chars: term::Chars::ascii(),
            ..Default::default()
        };
        let text = term::emit_into_string(&config, &SimpleFile::new(file, &shown), &diagnostic)
            .unwrap_or_else(|_| format!("error: {refusal}\n"));
        let mut text: String = text
            .lines()
            .map(|line| line.trim_end().to_owned() + "\n")
            .collect();
        if labels.iter().all(|(place, _)| !is_readable(place)) {
            let at = position
                .map(|(line, column)| format!(":{line}:{column}"))
                .unwrap_or_default();
            text = text.replacen('\n', &format!("\n  --> {file}{at}\n"), 1);
        }
        Self {
            refusal: Box::new(refusal),
            file: file.into(),
            position,
            text: text.trim_end().into(),
        }
    }

    pub fn refusal(&self) -> &Refusal {
        &self.refusal
    }

    /// The file that is refused: as the caller named it, or as a TOML names a kernel.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Line and column in characters, from 1, where there is one place to point at.
    pub fn position(&self) -> Option<(usize, usize)> {
        self.position
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Diagnostics {}

fn line_around(source: &str, at: usize) -> &str {
    let (before, after) = source.split_at_checked(at).unwrap_or((source, ""));
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(source.len(), |end| at + end);
    source.get(start..end).unwrap_or_default()
}

fn position(source: &str, at: usize) -> (usize, usize) {
    let before = source.get(..at).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

fn moves_the_cursor(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
}

/// How replaced control characters move what follows them.
struct Shift(Vec<usize>);

impl Shift {
    fn new(source: &str) -> Self {
        let controls = source
            .char_indices()
            .filter(|(_, c)| *c != '\r' && moves_the_cursor(*c));
        Self(controls.map(|(at, _)| at).collect())
    }

    /// The place in the shown text; nothing for one that is not in the source.
    fn place(&self, source: &str, place: Range<usize>) -> Option<Range<usize>> {
        if place.start > source.len() || place.start > place.end {
            return None;
        }
        // The first line says enough of what is long.
        let line = source
            .get(place.start..)
            .and_then(|rest| rest.find(['\n', '\r']))
            .unwrap_or(source.len());
        let end = place.end.min(source.len()).min(place.start.saturating_add(line));
        Some(self.at(source, place.start)..self.at(source, end))
    }

    fn at(&self, source: &str, at: usize) -> usize {
        let at = (0..=at)
            .rev()
            .find(|at| source.is_char_boundary(*at))
            .unwrap_or(0);
        let before = &self.0[..self.0.partition_point(|control| *control < at)];
        let grown = before.iter().map(|control| {
            let was = source[*control..].chars().next().map_or(1, char::len_utf8);
            '\u{fffd}'.len_utf8() - was
        });
        at + grown.sum::<usize>()
    }
}

//! A look at the text before it is parsed: its size, how deep it nests, and what no kernel has.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    diagnostics::{Checked, Report},
    Refusal,
};

/// Bytes of the longest source that is read.
pub(super) const SOURCE_BYTES: usize = 256 * 1024;
/// Brackets inside each other.
pub(super) const NESTING: usize = 96;
/// Operators between two separators: naga recurses over chains of them.
pub(super) const OPERATORS: usize = 512;

/// `else` in one function: each stands inside of the one before.
pub(super) const ELSES: usize = 1024;

/// What the text mentions.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub identifiers: HashSet<String>,
    /// Names that stand behind `fn`, and where.
    pub functions: HashMap<String, Range<usize>>,
    /// Names that stand behind `const`.
    pub constants: HashSet<String>,
    /// The first name of a floating-point type, and where.
    pub float: Option<(String, Range<usize>)>,
}

/// Looks at every token once.
pub(super) fn scan(source: &str) -> Checked<Scan> {
    if source.len() > SOURCE_BYTES {
        return Err(Report::new(Refusal::TooLong(source.len()), None));
    }
    let mut scan = Scan::default();
    let tokens = Tokens { source, at: 0 };
    let mut open = 0usize;
    let mut operators = 0usize;
    let mut elses = 0usize;
    let mut before = "";
    for (at, token) in tokens {
        let place = || Some(at..at + token.len());
        match token {
            "(" | "[" | "{" => open += 1,
            ")" | "]" | "}" => open = open.saturating_sub(1),
            _ => {}
        }
        match token {
            ";" | "{" | "}" | "," => operators = 0,
            _ if is_operator(token) => operators += 1,
            _ => {}
        }
        match token {
            "fn" => elses = 0,
            "else" => elses += 1,
            _ => {}
        }
        if elses > ELSES {
            return Err(Report::new(Refusal::TooManyElses, place()));
        }
        if open > NESTING {
            return Err(Report::new(Refusal::NestedTooDeep, place()));
        }
        if operators > OPERATORS {
            return Err(Report::new(Refusal::TooManyOperators, place()));
        }
        if is_float(token) {
            return Err(Report::new(
                Refusal::Float(format!("`{token}`"), "number"),
                place(),
            ));
        }
        if token.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            scan.identifiers.insert(token.into());
            if scan.float.is_none() && is_float_type(token) {
                scan.float = Some((token.into(), at..at + token.len()));
            }
            if before == "const" {
                scan.constants.insert(token.into());
            }
            if before == "fn" {
                scan.functions.entry(token.into()).or_insert(at..at + token.len());
            }
        }
        before = token;
    }
    Ok(scan)
}

fn is_operator(token: &str) -> bool {
    matches!(
        token,
        "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^" | "<" | ">" | "!" | "~" | "=" | "." | "[" | "("
    )
}

fn is_float_type(token: &str) -> bool {
    let vectors = ["vec2", "vec3", "vec4"]
        .iter()
        .any(|vector| matches!(token.strip_prefix(vector), Some("f" | "h")));
    matches!(token, "f32" | "f16" | "f64") || vectors || (token.starts_with("mat") && token.contains('x'))
}

fn is_float(token: &str) -> bool {
    if !token.starts_with(|c: char| c.is_ascii_digit() || c == '.') || token == "." {
        return false;
    }
    if token.starts_with("0x") || token.starts_with("0X") {
        return token.contains(['.', 'p', 'P']);
    }
    token.contains(['.', 'e', 'E', 'f', 'h'])
}

/// Tokens as far as they matter here: names, numbers, and single characters.
struct Tokens<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn take(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.source[self.at..];
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn skip_comment(&mut self) -> bool {
        let rest = &self.source[self.at..];
        if rest.starts_with("//") {
            self.take(|c| c != '\n');
            return true;
        }
        if !rest.starts_with("/*") {
            return false;
        }
        let mut depth = 0usize;
        loop {
            let rest = &self.source[self.at..];
            match rest.get(..2) {
                Some("/*") => depth += 1,
                Some("*/") => depth -= 1,
                _ => {
                    let Some(next) = rest.chars().next() else {
                        return true;
                    };
                    self.at += next.len_utf8();
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return true;
            }
        }
    }

    fn number(&mut self) -> &'a str {
        let start = self.at;
        let hexadecimal = self.source[start..].starts_with("0x") || self.source[start..].starts_with("0X");
        let mut before = ' ';
        for c in self.source[start..].chars() {
            let exponent = if hexadecimal {
                matches!(before, 'p' | 'P')
            } else {
                matches!(before, 'e' | 'E')
            };
            if !(c.is_ascii_alphanumeric() || c == '.' || (matches!(c, '+' | '-') && exponent)) {
                break;
            }
            self.at += c.len_utf8();
            before = c;
        }
        &self.source[start..self.at]
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.take(char::is_whitespace);
            if !self.skip_comment() {
                break;
            }
        }
        let start = self.at;
        let rest = &self.source[start..];
        let first = rest.chars().next()?;
        let second = rest[first.len_utf8()..].chars().next();
        let token = if first.is_alphabetic() || first == '_' {
            self.take(|c| c.is_alphanumeric() || c == '_')
        } else if first.is_ascii_digit() || (first == '.' && second.is_some_and(|c| c.is_ascii_digit())) {
            self.number()
        } else {
            self.at += first.len_utf8();
            &rest[..first.len_utf8()]
        };
        Some((start, token))
    }
}

//! Indented lines.

#[derive(Default)]
pub(crate) struct Text {
    text: String,
    depth: usize,
}

impl Text {
    pub fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text += &"    ".repeat(self.depth);
            self.text += line;
        }
        self.text.push('\n');
    }

    pub fn indent(&mut self) {
        self.depth += 1;
    }

    pub fn dedent(&mut self) {
        self.depth -= 1;
    }

    /// Writes `head {`, whatever `body` writes, and `}`; only the braces without a head.
    pub fn block(&mut self, head: &str, body: impl FnOnce(&mut Self)) {
        self.line(format!("{head} {{").trim_start());
        self.indent();
        body(self);
        self.dedent();
        self.line("}");
    }

    pub fn lines(&self) -> std::str::Lines<'_> {
        self.text.lines()
    }

    pub fn finish(self) -> String {
        self.text
    }
}

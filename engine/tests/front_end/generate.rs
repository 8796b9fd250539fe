//! Random sources that are well formed and have one meaning: indices stay in bounds, loops end, shifts are masked.

use std::fmt::Write;

/// SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn word(&mut self) -> u32 {
        // Small and extreme words, among any.
        match self.below(6) {
            0 => self.below(16) as u32,
            1 => u32::MAX - self.below(16) as u32,
            2 => 1 << self.below(32),
            _ => self.next() as u32,
        }
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len() as u64) as usize]
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Type {
    U32,
    I32,
    Bool,
    Vec3u,
    Vec2i,
}

const TYPES: [Type; 5] = [Type::U32, Type::I32, Type::Bool, Type::Vec3u, Type::Vec2i];

impl Type {
    fn name(self) -> &'static str {
        match self {
            Self::U32 => "u32",
            Self::I32 => "i32",
            Self::Bool => "bool",
            Self::Vec3u => "vec3<u32>",
            Self::Vec2i => "vec2<i32>",
        }
    }
}

struct Generator {
    random: Random,
    text: String,
    /// Names in scope, and whether they can be assigned.
    names: Vec<(String, Type, bool)>,
    next_name: u32,
    /// Helper functions: their results and arguments.
    helpers: Vec<(Type, Vec<Type>)>,
    /// What may be returned here.
    result: Type,
    loops: u32,
    /// Loops that may stand inside each other.
    most_loops: u32,
    /// Loops around this point in which `continue` and `break` may stand.
    in_loop: bool,
    budget: u32,
    indent: usize,
}

/// A source with one buffer of 32 words and two parameters.
pub fn source(seed: u64) -> String {
    let mut generator = Generator {
        random: Random::new(seed),
        text: String::new(),
        names: Vec::new(),
        next_name: 0,
        helpers: Vec::new(),
        result: Type::U32,
        loops: 0,
        most_loops: 1,
        in_loop: false,
        budget: 0,
        indent: 0,
    };
    generator.text += "const INVOCATIONS = 96u;
@group(0) @binding(0) var<storage, read> data: array<u32, 32>;
struct Params { rounds: u32, other: u32 }
@group(0) @binding(1) var<uniform> params: Params;
const MAX_ROUNDS = 9u;
const TABLE = array<u32, 8>(3u, 1u, 4u, 1u, 5u, 9u, 2u, 6u);

struct Pair { first: u32, second: vec2<i32> }

";
    for _ in 0..generator.random.below(4) {
        generator.helper();
    }
    generator.most_loops = 2;
    generator.function("kernel", Type::U32, &[], 30);
    generator.text
}

impl Generator {
    fn helper(&mut self) {
        let result = self.type_();
        let count = self.random.below(3) + 1;
        let arguments: Vec<Type> = (0..count).map(|_| self.type_()).collect();
        let name = format!("helper{}", self.helpers.len());
        self.function(&name, result, &arguments, 10);
        self.helpers.push((result, arguments));
    }

    fn function(&mut self, name: &str, result: Type, arguments: &[Type], budget: u32) {
        self.names.clear();
        self.result = result;
        self.budget = budget;
        let mut list: Vec<String> = Vec::new();
        if name == "kernel" {
            list.push("index: u32".into());
            self.names.push(("index".into(), Type::U32, false));
        }
        for type_ in arguments {
            let argument = self.name();
            list.push(format!("{argument}: {}", type_.name()));
            self.names.push((argument, *type_, false));
        }
        let head = format!("fn {name}({}) -> {} {{", list.join(", "), result.name());
        self.line(&head);
        self.indent += 1;
        self.line("var local: array<u32, 8>;");
        self.line("var pair = Pair(1u, vec2<i32>(2, 3));");
        if name == "kernel" {
            // The layout of the original has only what is used.
            self.line("var first = data[index % 32u] ^ params.other;");
            self.names.push(("first".into(), Type::U32, true));
        }
        self.statements(6);
        let value = self.expression(result, 3);
        self.line(&format!("return {value};"));
        self.indent -= 1;
        self.line("}");
        self.text.push('\n');
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{}{line}", "    ".repeat(self.indent));
    }

    fn name(&mut self) -> String {
        self.next_name += 1;
        format!("v{}", self.next_name)
    }

    fn type_(&mut self) -> Type {
        TYPES[self.random.below(TYPES.len() as u64) as usize]
    }

    fn block(&mut self, count: u64) {
        let scope = self.names.len();
        self.indent += 1;
        self.statements(count);
        self.indent -= 1;
        self.names.truncate(scope);
    }

    fn statements(&mut self, count: u64) {
        for _ in 0..=self.random.below(count) {
            if self.budget == 0 {
                return;
            }
            self.budget -= 1;
            self.statement();
        }
    }

    fn statement(&mut self) {
        match self.random.below(14) {
            0..=2 => {
                let (type_, name) = (self.type_(), self.name());
                let value = self.expression(type_, 3);
                let variable = self.random.below(3) > 0;
                self.line(&format!(
                    "{} {name} = {value};",
                    if variable { "var" } else { "let" }
                ));
                self.names.push((name, type_, variable));
            }
            3 | 4 => self.assignment(),
            5 => {
                let (at, value) = (self.index(8), self.expression(Type::U32, 2));
                self.line(&format!("local[{at}] = {value};"));
            }
            6 => {
                let value = self.expression(Type::U32, 2);
                let target = self.random.one_of(&["pair.first", "pair.first", "local[3]"]);
                self.line(&format!("{target} ^= {value};"));
            }
            7 => {
                let value = self.expression(Type::I32, 2);
                let target = self.random.one_of(&["pair.second.x", "pair.second.y"]);
                self.line(&format!("{target} = {value};"));
            }
            8 | 9 => {
                let condition = self.expression(Type::Bool, 3);
                self.line(&format!("if {condition} {{"));
                self.block(3);
                if self.random.below(2) == 0 {
                    self.line("} else {");
                    self.block(3);
                }
                self.line("}");
            }
            10 | 11 if self.loops < self.most_loops => self.loop_(),
            12 => self.switch(),
            _ => self.way_out(),
        }
    }

    fn assignment(&mut self) {
        let candidates: Vec<_> = self
            .names
            .iter()
            .filter(|(_, _, variable)| *variable)
            .cloned()
            .collect();
        if candidates.is_empty() {
            return;
        }
        let (name, type_, _) = candidates[self.random.below(candidates.len() as u64) as usize].clone();
        match (type_, self.random.below(3)) {
            (Type::Vec3u, 0) => {
                let (at, value) = (self.index(3), self.expression(Type::U32, 2));
                self.line(&format!("{name}[{at}] = {value};"));
            }
            (Type::Vec2i, 0) => {
                let value = self.expression(Type::I32, 2);
                self.line(&format!("{name}.y -= {value};"));
            }
            (Type::U32 | Type::I32, 0) => {
                let op = self.random.one_of(&["++", "--"]);
                self.line(&format!("{name}{op};"));
            }
            _ => {
                let value = self.expression(type_, 3);
                self.line(&format!("{name} = {value};"));
            }
        }
    }

    fn loop_(&mut self) {
        let counter = self.name();
        let bound = self.random.below(7) + 1;
        let was_in_loop = std::mem::replace(&mut self.in_loop, true);
        self.loops += 1;
        let scope = self.names.len();
        let kind = self.random.below(6);
        match kind {
            0 => self.line(&format!(
                "for (var {counter} = 0u; {counter} < params.rounds; {counter}++) {{"
            )),
            1 => self.line(&format!(
                "for (var {counter} = {}; {counter} >= 0; {counter} -= 2) {{",
                bound * 2
            )),
            2 => self.line(&format!(
                "for (var {counter} = 1u; {counter} <= min(params.other, {bound}u); {counter} += 2u) {{"
            )),
            3 => {
                let condition = self.expression(Type::Bool, 2);
                self.line(&format!(
                    "for (var {counter} = 0; {counter} < {bound} && {condition}; {counter}++) {{"
                ));
            }
            4 => {
                self.line(&format!("var {counter} = 0u;"));
                self.line("loop {");
                self.line(&format!("    if {counter} >= {bound}u {{ break; }}"));
            }
            _ => {
                self.line(&format!("var {counter} = {}u;", bound));
                self.line(&format!("while {counter} != 0u {{"));
                self.line(&format!("    {counter}--;"));
            }
        }
        let type_ = if matches!(kind, 1 | 3) {
            Type::I32
        } else {
            Type::U32
        };
        self.names.push((counter.clone(), type_, false));
        self.block(4);
        if kind == 4 {
            self.line(&format!("    continuing {{ {counter}++; }}"));
        }
        self.line("}");
        self.names.truncate(scope);
        if kind >= 4 {
            self.names.push((counter, Type::U32, false));
        }
        self.loops -= 1;
        self.in_loop = was_in_loop;
    }

    fn switch(&mut self) {
        let selector = self.expression(Type::U32, 2);
        let count = self.random.below(9) + 1;
        self.line(&format!("switch ({selector}) % 11u {{"));
        self.indent += 1;
        for case in 0..count {
            self.line(&format!("case {case}u: {{"));
            self.block(2);
            if self.random.below(4) == 0 {
                let condition = self.expression(Type::Bool, 1);
                self.line(&format!("    if {condition} {{ break; }}"));
                self.block(2);
            }
            self.line("}");
        }
        self.line("default: {");
        self.block(2);
        self.line("}");
        self.indent -= 1;
        self.line("}");
    }

    /// Leaves, under a condition.
    fn way_out(&mut self) {
        let condition = self.expression(Type::Bool, 2);
        let leave = match self.random.below(3) {
            0 if self.in_loop => "continue;".to_owned(),
            1 if self.in_loop => "break;".to_owned(),
            _ => {
                let value = self.expression(self.result, 2);
                format!("return {value};")
            }
        };
        self.line(&format!("if {condition} {{ {leave} }}"));
    }

    fn index(&mut self, length: u32) -> String {
        format!("({}) % {length}u", self.expression(Type::U32, 1))
    }

    fn named(&mut self, type_: Type) -> Option<String> {
        let fits: Vec<_> = self
            .names
            .iter()
            .filter(|(_, of, _)| *of == type_)
            .map(|(name, ..)| name.clone())
            .collect();
        (!fits.is_empty()).then(|| fits[self.random.below(fits.len() as u64) as usize].clone())
    }

    fn call(&mut self, type_: Type, depth: u32) -> Option<String> {
        let fits: Vec<usize> = self
            .helpers
            .iter()
            .enumerate()
            .filter(|(_, (result, _))| *result == type_)
            .map(|(at, _)| at)
            .collect();
        if fits.is_empty() {
            return None;
        }
        let at = fits[self.random.below(fits.len() as u64) as usize];
        let arguments = self.helpers[at].1.clone();
        let arguments: Vec<String> = arguments
            .into_iter()
            .map(|type_| self.expression(type_, depth - 1))
            .collect();
        Some(format!("helper{at}({})", arguments.join(", ")))
    }

    fn expression(&mut self, type_: Type, depth: u32) -> String {
        if depth == 0 || self.random.below(5) == 0 {
            if let Some(name) = self.named(type_) {
                return name;
            }
            return self.leaf(type_);
        }
        if self.random.below(10) == 0 {
            if let Some(call) = self.call(type_, depth) {
                return call;
            }
        }
        let depth = depth - 1;
        match type_ {
            Type::U32 => self.unsigned(depth),
            Type::I32 => self.signed(depth),
            Type::Bool => self.bool(depth),
            Type::Vec3u => {
                let (x, y) = (self.expression(type_, depth), self.expression(type_, depth));
                match self.random.below(5) {
                    0 => format!(
                        "({x} {} {y})",
                        self.random.one_of(&["+", "-", "*", "&", "|", "^"])
                    ),
                    1 => format!("{x}.{}", self.random.one_of(&["zyx", "xxz", "yzx"])),
                    2 => format!("max({x}, {y})"),
                    3 => format!("select({x}, {y}, {})", self.expression(Type::Bool, depth)),
                    _ => format!("vec3<u32>({}, {x}.xy)", self.expression(Type::U32, depth)),
                }
            }
            Type::Vec2i => {
                let (x, y) = (self.expression(type_, depth), self.expression(type_, depth));
                match self.random.below(4) {
                    0 => format!(
                        "({x} {} {y})",
                        self.random.one_of(&["+", "-", "*", "&", "|", "^"])
                    ),
                    1 => format!("{x}.yx"),
                    2 => format!("min({x}, {y})"),
                    _ => format!("vec2<i32>({}, {x}.y)", self.expression(Type::I32, depth)),
                }
            }
        }
    }

    fn leaf(&mut self, type_: Type) -> String {
        let word = self.random.word();
        match type_ {
            Type::U32 => match self.random.below(5) {
                0 => "params.other".into(),
                1 => "params.rounds".into(),
                2 => "pair.first".into(),
                // Not a constant, whose overflow would be an error.
                _ => format!("(params.rounds ^ {word}u)"),
            },
            Type::I32 => format!("i32(params.rounds ^ {word}u)"),
            Type::Bool => format!("(params.other > {word}u)"),
            Type::Vec3u => format!("vec3<u32>({word}u, params.rounds, {}u)", word / 3),
            Type::Vec2i => "pair.second".into(),
        }
    }

    fn unsigned(&mut self, depth: u32) -> String {
        let x = self.expression(Type::U32, depth);
        let y = self.expression(Type::U32, depth);
        match self.random.below(14) {
            0..=2 => format!(
                "({x} {} {y})",
                self.random.one_of(&["+", "-", "*", "&", "|", "^"])
            ),
            3 => format!("({x} / ({y} | 1u))"),
            4 => format!("({x} % (({y} & 63u) + 1u))"),
            5 => format!("({x} {} ({y} & 31u))", self.random.one_of(&["<<", ">>"])),
            6 => format!("{}({x}, {y})", self.random.one_of(&["min", "max", "mul_hi_u32"])),
            7 => format!(
                "{}({x})",
                self.random.one_of(&["countOneBits", "reverseBits", "u32", "~"])
            ),
            8 => format!("data[({x}) % 32u]"),
            9 => format!("local[({x}) % 8u]"),
            10 => format!("TABLE[({x}) % 8u]"),
            11 => format!("select({x}, {y}, {})", self.expression(Type::Bool, depth)),
            12 => format!("u32({})", self.expression(Type::I32, depth)),
            _ => {
                let vector = self.expression(Type::Vec3u, depth);
                format!("{vector}[({x}) % 3u]")
            }
        }
    }

    fn signed(&mut self, depth: u32) -> String {
        let x = self.expression(Type::I32, depth);
        let y = self.expression(Type::I32, depth);
        match self.random.below(9) {
            0..=2 => format!(
                "({x} {} {y})",
                self.random.one_of(&["+", "-", "*", "&", "|", "^"])
            ),
            3 => format!("({x} / (({y} & 127) + 1))"),
            4 => format!("({x} >> (u32({y}) & 31u))"),
            5 => format!("{}({x}, {y})", self.random.one_of(&["min", "max"])),
            6 => format!("{}({x})", self.random.one_of(&["abs", "-", "~", "sign"])),
            7 => format!("i32({})", self.expression(Type::U32, depth)),
            _ => format!("dot({}, vec2<i32>({x}, 3))", self.expression(Type::Vec2i, depth)),
        }
    }

    fn bool(&mut self, depth: u32) -> String {
        match self.random.below(6) {
            0 | 1 => {
                let (x, y) = (
                    self.expression(Type::U32, depth),
                    self.expression(Type::U32, depth),
                );
                format!(
                    "({x} {} {y})",
                    self.random.one_of(&["<", "<=", ">", ">=", "==", "!="])
                )
            }
            2 => {
                let (x, y) = (
                    self.expression(Type::I32, depth),
                    self.expression(Type::I32, depth),
                );
                format!(
                    "({x} {} {y})",
                    self.random.one_of(&["<", "<=", ">", ">=", "==", "!="])
                )
            }
            3 => format!("!{}", self.expression(Type::Bool, depth)),
            4 => {
                let (x, y) = (
                    self.expression(Type::Bool, depth),
                    self.expression(Type::Bool, depth),
                );
                format!(
                    "({x} {} {y})",
                    self.random.one_of(&["&&", "||", "==", "!=", "&", "|"])
                )
            }
            _ => {
                let (x, y) = (
                    self.expression(Type::Vec3u, depth),
                    self.expression(Type::Vec3u, depth),
                );
                format!("{}({x} < {y})", self.random.one_of(&["any", "all"]))
            }
        }
    }
}

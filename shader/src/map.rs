//! The shader of a kernel, statement by statement.

use std::collections::BTreeSet;

use edgeproof_kernel::{
    Binary, Bound, Constant, Kernel, Quaternary, Statement, Ternary, Type, Unary, Value, ValueKind,
};

use crate::{
    helpers::{self, Helper},
    iterations::Iterations,
    job::{self, Segments},
    scopes,
    text::Text,
};

/// The shader of a kernel, which must be part of a verified program.
pub fn map_shader(kernel: &Kernel) -> String {
    segmented_map_shader(kernel, &Segments::whole(kernel.inputs))
}

/// The shader of a kernel, some of whose inputs are bound in segments.
pub fn segmented_map_shader(kernel: &Kernel, segments: &Segments) -> String {
    let mut writer = Writer {
        kernel,
        variables: scopes::variables(kernel),
        helpers: BTreeSet::new(),
        named_constants: BTreeSet::new(),
        iterations: Iterations::new(kernel),
        body: Text::default(),
    };
    writer.block(&kernel.code);
    writer.finish(segments)
}

struct Writer<'k> {
    kernel: &'k Kernel,
    /// Registers that must be declared as `var` at the top.
    variables: Vec<bool>,
    helpers: BTreeSet<Helper>,
    /// Constants that are variables, so that naga neither folds nor judges an operation on them.
    named_constants: BTreeSet<usize>,
    iterations: Iterations<'k>,
    body: Text,
}

impl Writer<'_> {
    fn finish(self, segments: &Segments) -> String {
        let kernel = self.kernel;
        let width = kernel.width();
        let element = if width == 1 {
            "u32".into()
        } else {
            format!("vec{width}<u32>")
        };
        let mut text = Text::default();
        let loads = segments.checked_loads("u32", "0u");
        for line in segments.interface(&element, "u32").lines().chain(loads.lines()) {
            text.line(line);
        }
        for line in helpers::declare(&self.helpers).lines() {
            text.line(line);
        }
        text.line("");
        text.block(&format!("fn kernel(index: u32) -> {element}"), |text| {
            self.function(text)
        });
        text.line("");
        text.finish() + &job::entry_point()
    }

    fn function(&self, text: &mut Text) {
        for constant in &self.named_constants {
            text.line(&format!(
                "var c{constant} = {};",
                literal(self.kernel.constants[*constant])
            ));
        }
        for (register, type_) in self.kernel.registers.iter().enumerate() {
            if self.variables[register] {
                text.line(&format!("var r{register} = {};", zero(*type_)));
            }
        }
        for (local, words) in self.kernel.locals.iter().enumerate() {
            text.line(&format!("var local{local}: array<u32, {words}>;"));
            text.block(&format!("for (var i = 0u; i < {words}u; i += 1u)"), |text| {
                text.line(&format!("local{local}[i] = 0u;"));
            });
        }
        for line in self.body.lines() {
            text.line(line);
        }
        let words: Vec<String> = self
            .kernel
            .result
            .iter()
            .map(|value| self.as_u32(*value))
            .collect();
        match &words[..] {
            [word] => text.line(&format!("return {word};")),
            words => text.line(&format!("return vec{}<u32>({});", words.len(), words.join(", "))),
        }
    }

    fn block(&mut self, block: &[Statement]) {
        for statement in block {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Unary { op, out, x } => {
                let value = self.unary(*op, *x);
                self.assign(*out, &value);
            }
            Statement::Binary { op, out, x, y } => {
                let value = self.binary(*op, *x, *y);
                self.assign(*out, &value);
            }
            Statement::Ternary { op, out, args } => {
                let value = self.ternary(*op, *args);
                self.assign(*out, &value);
            }
            Statement::Quaternary { op, out, args } => {
                let value = self.quaternary(*op, *args);
                self.assign(*out, &value);
            }
            Statement::Load { out, input, at } => {
                let at = self.value(*at);
                self.assign(*out, &format!("load{input}({at})"));
            }
            Statement::ReadLocal { out, local, at } => {
                let (at, local) = (self.opaque(*at), local.0);
                let words = self.kernel.locals[usize::from(local)];
                let last = words - 1;
                self.assign(
                    *out,
                    &format!("select(0u, local{local}[min({at}, {last}u)], {at} < {words}u)"),
                );
            }
            Statement::WriteLocal { local, at, x } => {
                let (at, x, local) = (self.opaque(*at), self.value(*x), local.0);
                let words = self.kernel.locals[usize::from(local)];
                self.open(&format!("if {at} < {words}u {{"));
                self.body.line(&format!("local{local}[{at}] = {x};"));
                self.close("}");
            }
            Statement::If {
                condition,
                then,
                otherwise,
            } => {
                let condition = self.opaque(*condition);
                self.open(&format!("if {condition} {{"));
                self.block(then);
                if !otherwise.is_empty() {
                    self.close("} else {");
                    self.body.indent();
                    self.block(otherwise);
                }
                self.close("}");
            }
            Statement::Loop { counter, bound, body } => {
                let (copies, outside) = self.iterations.enter(bound);
                let name = self.value(*counter);
                let bound = match bound {
                    Bound::Constant(rounds) => format!("{rounds}u"),
                    Bound::Parameter(param) => parameter(usize::from(*param)),
                };
                let declare = if self.is_variable(*counter) { "" } else { "var " };
                self.open(&format!(
                    "for ({declare}{name} = 0u; {name} < {bound}; {name} += 1u) {{"
                ));
                self.loop_body(&name, &bound, copies, body);
                self.close("}");
                self.iterations.leave(outside);
            }
            Statement::Break => self.body.line("break;"),
        }
    }

    /// The body of a loop, `copies` times in a row, each a scope of its own.
    fn loop_body(&mut self, counter: &str, bound: &str, copies: u64, body: &[Statement]) {
        if copies == 1 {
            return self.block(body);
        }
        for copy in 0..copies {
            if copy > 0 {
                self.body.line(&format!("{counter} += 1u;"));
                self.body.line(&format!("if {counter} >= {bound} {{ break; }}"));
            }
            self.open("{");
            self.block(body);
            self.close("}");
        }
    }

    fn unary(&mut self, op: Unary, x: Value) -> String {
        if op == Unary::Copy {
            return self.value(x);
        }
        let x = self.opaque(x);
        match op {
            Unary::Copy => x,
            Unary::LogicalNot => format!("!{x}"),
            Unary::Complement => format!("~{x}"),
            Unary::Negate => format!("-{x}"),
            Unary::Abs => format!("abs({x})"),
            Unary::AsU32 => format!("bitcast<u32>({x})"),
            Unary::AsI32 => format!("bitcast<i32>({x})"),
            Unary::CountOneBits => format!("countOneBits({x})"),
            Unary::CountLeadingZeros => format!("countLeadingZeros({x})"),
            Unary::CountTrailingZeros => format!("countTrailingZeros({x})"),
            Unary::ReverseBits => format!("reverseBits({x})"),
            Unary::FirstLeadingBitU | Unary::FirstLeadingBitI => format!("firstLeadingBit({x})"),
            Unary::FirstTrailingBit => format!("firstTrailingBit({x})"),
        }
    }

    fn binary(&mut self, op: Binary, x: Value, y: Value) -> String {
        match op {
            Binary::Shl => return self.shift("<<", x, y),
            Binary::ShrU | Binary::ShrI => return self.shift(">>", x, y),
            Binary::MulHiU => return self.call(Helper::MulHiU, &[x, y]),
            Binary::MulHiI => return self.call(Helper::MulHiI, &[x, y]),
            Binary::DivU => return self.call(Helper::DivU, &[x, y]),
            Binary::DivI => return self.call(Helper::DivI, &[x, y]),
            Binary::RemU => return self.call(Helper::RemU, &[x, y]),
            Binary::RemI => return self.call(Helper::RemI, &[x, y]),
            Binary::UnpackI8 => return self.call(Helper::UnpackI8, &[x, y]),
            Binary::UnpackU8 => return self.call(Helper::UnpackU8, &[x, y]),
            _ => {}
        }
        let on_bools = self.kernel.type_of(x) == Some(Type::Bool);
        let [x, y] = self.operands([x, y]);
        match op {
            Binary::Add => format!("{x} + {y}"),
            Binary::Sub => format!("{x} - {y}"),
            Binary::Mul => format!("{x} * {y}"),
            Binary::And => format!("{x} & {y}"),
            Binary::Or => format!("{x} | {y}"),
            Binary::Xor if on_bools => format!("{x} != {y}"),
            Binary::Xor => format!("{x} ^ {y}"),
            Binary::Eq => format!("{x} == {y}"),
            Binary::Ne => format!("{x} != {y}"),
            Binary::LtU | Binary::LtI => format!("{x} < {y}"),
            Binary::LeU | Binary::LeI => format!("{x} <= {y}"),
            Binary::MinU | Binary::MinI => format!("min({x}, {y})"),
            Binary::MaxU | Binary::MaxI => format!("max({x}, {y})"),
            Binary::Dot4I8 => format!("dot4I8Packed({x}, {y})"),
            Binary::Dot4U8 => format!("dot4U8Packed({x}, {y})"),
            Binary::Shl
            | Binary::ShrU
            | Binary::ShrI
            | Binary::MulHiU
            | Binary::MulHiI
            | Binary::DivU
            | Binary::DivI
            | Binary::RemU
            | Binary::RemI
            | Binary::UnpackI8
            | Binary::UnpackU8 => unreachable!("returned above"),
        }
    }

    fn ternary(&mut self, op: Ternary, args: [Value; 3]) -> String {
        match op {
            Ternary::Select => {
                let [no, yes, condition] = self.operands(args);
                format!("select({no}, {yes}, {condition})")
            }
            Ternary::ClampU | Ternary::ClampI => {
                let [x, low, high] = args;
                let [x, low] = self.operands([x, low]);
                format!("min(max({x}, {low}), {})", self.value(high))
            }
            Ternary::ExtractBitsU => self.call(Helper::ExtractBitsU, &args),
            Ternary::ExtractBitsI => self.call(Helper::ExtractBitsI, &args),
        }
    }

    fn quaternary(&mut self, op: Quaternary, args: [Value; 4]) -> String {
        match op {
            Quaternary::InsertBits => {
                self.helpers.insert(Helper::InsertBits);
                let call = format!(
                    "{}({})",
                    Helper::InsertBits.name(),
                    args.map(|arg| self.as_u32(arg)).join(", ")
                );
                match self.kernel.type_of(args[0]) {
                    Some(Type::I32) => format!("bitcast<i32>({call})"),
                    _ => call,
                }
            }
            Quaternary::PackI8 | Quaternary::PackU8 => self.pack(args.map(|arg| self.as_u32(arg))),
            Quaternary::PackI8Clamp => {
                let lanes =
                    args.map(|arg| format!("bitcast<u32>(min(max({}, -128i), 127i))", self.opaque(arg)));
                self.pack(lanes)
            }
            Quaternary::PackU8Clamp => {
                let lanes = args.map(|arg| format!("min({}, 255u)", self.opaque(arg)));
                self.pack(lanes)
            }
        }
    }

    fn pack(&mut self, lanes: [String; 4]) -> String {
        self.helpers.insert(Helper::Pack);
        format!("{}({})", Helper::Pack.name(), lanes.join(", "))
    }

    /// A literal amount is masked here, so that no operator has only literals.
    fn shift(&mut self, operator: &str, x: Value, y: Value) -> String {
        let amount = match self.constant(y) {
            Some((_, constant)) => format!("{}u", constant.bits() & 31),
            None => format!("({} & 31u)", self.value(y)),
        };
        format!("{} {operator} {amount}", self.opaque(x))
    }

    fn call(&mut self, helper: Helper, args: &[Value]) -> String {
        self.helpers.insert(helper);
        let args: Vec<String> = args.iter().map(|arg| self.value(*arg)).collect();
        format!("{}({})", helper.name(), args.join(", "))
    }

    fn assign(&mut self, out: Value, value: &str) {
        let declare = if self.is_variable(out) { "" } else { "let " };
        let out = self.value(out);
        self.body.line(&format!("{declare}{out} = {value};"));
    }

    fn is_variable(&self, value: Value) -> bool {
        matches!(self.kernel.kind(value), Some(ValueKind::Register(register)) if self.variables[register])
    }

    fn constant(&self, value: Value) -> Option<(usize, Constant)> {
        match self.kernel.kind(value)? {
            ValueKind::Constant(number) => Some((number, self.kernel.constants[number])),
            _ => None,
        }
    }

    /// Operands of one operator: literals where another operand is none.
    fn operands<const N: usize>(&mut self, values: [Value; N]) -> [String; N] {
        if values.iter().all(|value| self.constant(*value).is_some()) {
            values.map(|value| self.opaque(value))
        } else {
            values.map(|value| self.value(value))
        }
    }

    /// A value that naga does not take for a literal.
    fn opaque(&mut self, value: Value) -> String {
        match self.constant(value) {
            Some((number, _)) => {
                self.named_constants.insert(number);
                format!("c{number}")
            }
            None => self.value(value),
        }
    }

    fn value(&self, value: Value) -> String {
        match self.kernel.kind(value) {
            Some(ValueKind::Index) => "index".into(),
            Some(ValueKind::Parameter(number)) => parameter(number),
            Some(ValueKind::Constant(number)) => literal(self.kernel.constants[number]),
            Some(ValueKind::Register(number)) => format!("r{number}"),
            None => unreachable!("the verifier has checked every value"),
        }
    }

    fn as_u32(&self, value: Value) -> String {
        match (self.constant(value), self.kernel.type_of(value)) {
            (Some((_, constant)), _) => format!("{}u", constant.bits()),
            (None, Some(Type::I32)) => format!("bitcast<u32>({})", self.value(value)),
            _ => self.value(value),
        }
    }

    fn open(&mut self, line: &str) {
        self.body.line(line);
        self.body.indent();
    }

    fn close(&mut self, line: &str) {
        self.body.dedent();
        self.body.line(line);
    }
}

fn parameter(number: usize) -> String {
    format!("job.params[{}].{}", number / 4, ["x", "y", "z", "w"][number % 4])
}

fn zero(type_: Type) -> &'static str {
    match type_ {
        Type::U32 => "0u",
        Type::I32 => "0i",
        Type::Bool => "false",
    }
}

fn literal(constant: Constant) -> String {
    match constant {
        Constant::U32(value) => format!("{value}u"),
        // The lexer reads the digits before the sign, and 2147483648 is no i32.
        Constant::I32(i32::MIN) => "i32(-2147483648)".into(),
        Constant::I32(value) => format!("{value}i"),
        Constant::Bool(value) => value.to_string(),
    }
}

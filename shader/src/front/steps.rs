//! Programs of several steps, from a TOML that names them.

use std::{
    collections::{HashMap, HashSet},
    io,
    ops::Range,
};

use edgeproof_kernel::{
    limits, BufferId, Carried, Conv2d, ConvShape, Map, MatMul, Place as RuleAt, Program, Rejection, Repeat,
    Rule, Step, Verified, Word, VERSION,
};
use serde::Deserialize;
use toml::Spanned;

use super::{
    diagnostics::{Checked, Diagnostics, Place, Report},
    kernel_with_words,
    program::NamedProgram,
    scan, Refusal, WgslKernel,
};

type Name = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    outputs: Spanned<Vec<Name>>,
    #[serde(default)]
    inputs: HashMap<String, Spanned<u32>>,
    #[serde(default)]
    params: HashMap<String, Spanned<u32>>,
    step: Vec<Spanned<StepTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepTable {
    map: Option<Name>,
    matmul: Option<Spanned<MatMulTable>>,
    conv2d: Option<Spanned<ConvTable>>,
    repeat: Option<Spanned<u32>>,
    inputs: Option<Vec<Name>>,
    params: Option<Vec<Spanned<ParamValue>>>,
    out: Option<Name>,
    words: Option<Spanned<u32>>,
    carried: Option<Spanned<Vec<CarriedTable>>>,
    step: Option<Vec<Spanned<StepTable>>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ParamValue {
    Literal(u32),
    Name(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CarriedTable {
    initial: Name,
    state: Name,
    next: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MatMulTable {
    m: u32,
    n: u32,
    k: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConvTable {
    batch: u32,
    height: u32,
    width: u32,
    channels: u32,
    out_channels: u32,
    kernel: [u32; 2],
    #[serde(default = "ones")]
    stride: [u32; 2],
    #[serde(default = "ones")]
    dilation: [u32; 2],
    #[serde(default)]
    padding: [u32; 4],
    #[serde(default = "one")]
    groups: u32,
}

fn one() -> u32 {
    1
}

fn ones() -> [u32; 2] {
    [1, 1]
}

/// A program from a TOML that names its steps. `read` fetches kernel files by the paths that the TOML gives.
///
/// # Errors
/// The first thing that does not fit, in the TOML or in a kernel file.
pub fn program_from_toml(
    text: &str,
    read: &mut dyn FnMut(&str) -> io::Result<String>,
) -> Result<Verified, Diagnostics> {
    named_program_from_toml("program.toml", text, read).map(|named| named.program)
}

/// As [`program_from_toml`], with the names that the TOML gives. `name` is the file name in diagnostics.
///
/// # Errors
/// As [`program_from_toml`].
pub fn named_program_from_toml(
    name: &str,
    text: &str,
    read: &mut dyn FnMut(&str) -> io::Result<String>,
) -> Result<NamedProgram, Diagnostics> {
    build(text, read).map_err(|failure| match failure {
        Failure::Here(report) => Diagnostics::new(name, text, *report),
        Failure::InKernel(diagnostics) => *diagnostics,
    })
}

/// A kernel file, and the words of its buffers.
type KernelKey = (String, Vec<Option<u32>>);

/// A refusal of the TOML, or of a kernel that it names.
enum Failure {
    Here(Box<Report>),
    InKernel(Box<Diagnostics>),
}

impl From<Box<Report>> for Failure {
    fn from(report: Box<Report>) -> Self {
        Self::Here(report)
    }
}

fn refuse<T>(refusal: Refusal, place: Range<usize>) -> Result<T, Failure> {
    Err(Failure::Here(Report::new(refusal, Some(place))))
}

fn build(text: &str, read: &mut dyn FnMut(&str) -> io::Result<String>) -> Result<NamedProgram, Failure> {
    let file = parse(text)?;
    let mut builder = Builder {
        read,
        program: Program {
            version: VERSION,
            kernels: Vec::new(),
            buffers: Vec::new(),
            inputs: Vec::new(),
            params: Vec::new(),
            steps: Vec::new(),
            outputs: Vec::new(),
        },
        buffer_names: Vec::new(),
        buffer_places: Vec::new(),
        known: HashMap::new(),
        written: HashSet::new(),
        params: HashMap::new(),
        sources: HashMap::new(),
        kernels: HashMap::new(),
        kernel_places: Vec::new(),
        step_places: Vec::new(),
    };
    file.step
        .iter()
        .for_each(|step| builder.names_written(step.get_ref()));
    for (name, words) in in_order(&file.inputs) {
        let id = builder.buffer(name, u64::from(*words.get_ref()), words.span())?;
        builder.program.inputs.push(id);
    }
    let mut params = Vec::new();
    for (name, maximum) in in_order(&file.params) {
        let number = builder.program.params.len();
        if number >= limits::PARAMS {
            let count = u32::try_from(file.params.len()).unwrap_or(u32::MAX);
            return refuse(Refusal::TooManyParams(count), maximum.span());
        }
        builder.program.params.push(*maximum.get_ref());
        builder.params.insert(name.clone(), number as u8);
        params.push(name.clone());
    }
    builder.program.steps = builder.steps(&file.step)?;
    let mut outputs = Vec::new();
    for name in file.outputs.get_ref() {
        let id = builder.known(name)?;
        builder.program.outputs.push(id);
        outputs.push(name.get_ref().clone());
    }
    let inputs = in_order(&file.inputs)
        .into_iter()
        .map(|(name, _)| name.clone())
        .collect();
    let program = builder.finish(&file.outputs.span())?;
    Ok(NamedProgram {
        program,
        inputs,
        params,
        outputs,
    })
}

fn parse(text: &str) -> Checked<File> {
    if text.len() > scan::SOURCE_BYTES {
        return Err(Report::new(Refusal::TooLong(text.len()), None));
    }
    toml::from_str(text)
        .map_err(|error| Report::new(Refusal::Toml(error.message().trim().into()), error.span()))
}

/// Entries as they stand in the text.
fn in_order<T>(entries: &HashMap<String, Spanned<T>>) -> Vec<(&String, &Spanned<T>)> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by_key(|(_, value)| value.span().start);
    entries
}

struct Builder<'r> {
    read: &'r mut dyn FnMut(&str) -> io::Result<String>,
    program: Program,
    buffer_names: Vec<String>,
    buffer_places: Vec<Range<usize>>,
    /// Buffers that a step may read at this point.
    known: HashMap<String, BufferId>,
    /// What any step writes.
    written: HashSet<String>,
    params: HashMap<String, u8>,
    sources: HashMap<String, String>,
    /// Kernels by file and by the words of their buffers.
    kernels: HashMap<KernelKey, (u16, WgslKernel)>,
    kernel_places: Vec<Range<usize>>,
    /// Of each step, a repeat before its body.
    step_places: Vec<Range<usize>>,
}

impl Builder<'_> {
    fn names_written(&mut self, step: &StepTable) {
        self.written
            .extend(step.out.iter().map(|name| name.get_ref().clone()));
        for inner in step.step.iter().flatten() {
            self.names_written(inner.get_ref());
        }
    }

    fn buffer(&mut self, name: &str, words: u64, place: Range<usize>) -> Result<BufferId, Failure> {
        if self.known.contains_key(name) {
            return refuse(Refusal::NameTaken(name.into()), place);
        }
        if words == 0 || words > u64::from(limits::BUFFER_WORDS) {
            return refuse(Refusal::BufferLength(name.into(), words), place);
        }
        if self.program.buffers.len() >= limits::BUFFERS {
            let rejection = Rejection {
                place: RuleAt::Program,
                rule: Rule::TooManyBuffers,
            };
            return refuse(Refusal::Rejected(rejection), place);
        }
        let id = BufferId(self.program.buffers.len() as u16);
        self.program.buffers.push(words as u32);
        self.buffer_names.push(name.into());
        self.buffer_places.push(place);
        self.known.insert(name.into(), id);
        Ok(id)
    }

    fn known(&self, name: &Name) -> Result<BufferId, Failure> {
        if let Some(id) = self.known.get(name.get_ref()) {
            return Ok(*id);
        }
        let text = name.get_ref().clone();
        let refusal = if self.written.contains(&text) {
            Refusal::ReadBeforeWritten(text)
        } else {
            Refusal::Unknown("buffer", text)
        };
        refuse(refusal, name.span())
    }

    fn steps(&mut self, steps: &[Spanned<StepTable>]) -> Result<Vec<Step>, Failure> {
        steps.iter().map(|step| self.step(step)).collect()
    }

    fn step(&mut self, step: &Spanned<StepTable>) -> Result<Step, Failure> {
        let place = first_line(step);
        let table = step.get_ref();
        self.step_places.push(place.clone());
        let kinds = [
            table.map.is_some(),
            table.matmul.is_some(),
            table.conv2d.is_some(),
            table.repeat.is_some(),
        ];
        if kinds.into_iter().filter(|kind| *kind).count() != 1 {
            return refuse(Refusal::StepKind, place);
        }
        let is_map = table.map.is_some();
        let misplaced = [
            ("params", table.params.as_ref().is_some_and(|_| !is_map)),
            ("words", table.words.is_some() && !is_map),
            ("carried", table.carried.is_some() && table.repeat.is_none()),
            ("step", table.step.is_some() && table.repeat.is_none()),
            ("inputs", table.inputs.is_some() && table.repeat.is_some()),
            ("out", table.out.is_some() && table.repeat.is_some()),
        ];
        if let Some((key, _)) = misplaced.into_iter().find(|(_, misplaced)| *misplaced) {
            return refuse(
                Refusal::Toml(format!("`{key}` means nothing in a step of this kind")),
                place,
            );
        }
        if let Some(times) = &table.repeat {
            return self.repeat(times, table, place);
        }
        let Some(out) = &table.out else {
            return refuse(
                Refusal::Toml("`out`, the name of the buffer that this step writes, is missing".into()),
                place,
            );
        };
        let inputs = self.inputs(table, out)?;
        match (&table.map, &table.matmul, &table.conv2d) {
            (Some(file), ..) => self.map(file, &inputs, table, out),
            (_, Some(shape), _) => self.matmul(shape, &inputs, out),
            (_, _, Some(shape)) => self.conv2d(shape, &inputs, out),
            _ => refuse(Refusal::StepKind, place),
        }
    }

    fn inputs(&self, table: &StepTable, out: &Name) -> Result<Vec<(BufferId, Range<usize>)>, Failure> {
        let names = table.inputs.as_deref().unwrap_or_default();
        let read = |name: &Name| match self.known(name) {
            Err(_) if name.get_ref() == out.get_ref() => {
                refuse(Refusal::ReadsItself(name.get_ref().clone()), name.span())
            }
            known => known.map(|id| (id, name.span())),
        };
        names.iter().map(read).collect()
    }

    fn map(
        &mut self,
        file: &Name,
        inputs: &[(BufferId, Range<usize>)],
        table: &StepTable,
        out: &Name,
    ) -> Result<Step, Failure> {
        let words: Vec<Option<u32>> = inputs.iter().map(|(id, _)| Some(self.words(*id))).collect();
        let (kernel, wgsl) = self.kernel(file, words)?;
        let count = |found: usize, expected: usize, what| {
            if found == expected {
                return Ok(());
            }
            refuse(
                Refusal::Count(found, expected, what, file.get_ref().clone()),
                file.span(),
            )
        };
        count(inputs.len(), wgsl.inputs.len(), "inputs")?;
        for ((id, place), declared) in inputs.iter().zip(&wgsl.inputs) {
            let found = self.words(*id);
            if let Some(expected) = declared.words.filter(|words| *words != found) {
                let refusal = Refusal::Length(self.name(*id), u64::from(found), u64::from(expected));
                return refuse(refusal, place.clone());
            }
        }
        let params = table.params.as_deref().unwrap_or_default();
        count(params.len(), wgsl.params.len(), "params")?;
        let words = match (&table.words, wgsl.invocations) {
            (Some(words), _) => (u64::from(*words.get_ref()), words.span()),
            (None, Some(invocations)) => (u64::from(invocations) * wgsl.kernel.width() as u64, out.span()),
            (None, None) => {
                let missing = format!("`words`, the length of `{}`, is missing", out.get_ref());
                return refuse(Refusal::Toml(missing), out.span());
            }
        };
        let width = wgsl.kernel.width() as u64;
        if words.0 % width != 0 {
            let refusal = format!(
                "{} words are not a multiple of the {width} that each invocation returns",
                words.0
            );
            return refuse(Refusal::Shape(refusal), words.1);
        }
        let params = params
            .iter()
            .zip(&wgsl.params)
            .map(|(value, declared)| self.param(value, declared.maximum));
        let params = params.collect::<Result<Vec<_>, _>>()?;
        let out = self.buffer(out.get_ref(), words.0, words.1)?;
        Ok(Step::Map(Map {
            kernel,
            inputs: inputs.iter().map(|(id, _)| *id).collect(),
            params,
            out,
        }))
    }

    fn param(&self, value: &Spanned<ParamValue>, maximum: u32) -> Result<Word, Failure> {
        let (word, largest) = match value.get_ref() {
            ParamValue::Literal(value) => (Word::Constant(*value), *value),
            ParamValue::Name(name) => match self.params.get(name) {
                Some(number) => (Word::Job(*number), self.program.params[usize::from(*number)]),
                None => return refuse(Refusal::Unknown("parameter", name.clone()), value.span()),
            },
        };
        if largest > maximum {
            return refuse(Refusal::AboveMaximum(u64::from(largest), maximum), value.span());
        }
        Ok(word)
    }

    fn kernel(&mut self, file: &Name, words: Vec<Option<u32>>) -> Result<(u16, WgslKernel), Failure> {
        let path = file.get_ref();
        let key = (path.clone(), words);
        if let Some(known) = self.kernels.get(&key) {
            return Ok(known.clone());
        }
        if !self.sources.contains_key(path) {
            let source = (self.read)(path)
                .or_else(|error| refuse(Refusal::Unreadable(path.clone(), error.to_string()), file.span()))?;
            self.sources.insert(path.clone(), source);
        }
        let source = self.sources.get(path).map(String::as_str).unwrap_or_default();
        let wgsl = kernel_with_words(path, source, &key.1)
            .map_err(|diagnostics| Failure::InKernel(Box::new(diagnostics)))?;
        let known = self
            .program
            .kernels
            .iter()
            .position(|known| *known == wgsl.kernel);
        let number = known.unwrap_or_else(|| {
            self.program.kernels.push(wgsl.kernel.clone());
            self.kernel_places.push(file.span());
            self.program.kernels.len() - 1
        });
        if number >= limits::KERNELS {
            let rejection = Rejection {
                place: RuleAt::Program,
                rule: Rule::TooManyKernels,
            };
            return refuse(Refusal::Rejected(rejection), file.span());
        }
        let entry = (number as u16, wgsl);
        self.kernels.insert(key, entry.clone());
        Ok(entry)
    }

    fn matmul(
        &mut self,
        shape: &Spanned<MatMulTable>,
        inputs: &[(BufferId, Range<usize>)],
        out: &Name,
    ) -> Result<Step, Failure> {
        let MatMulTable { m, n, k } = *shape.get_ref();
        if m == 0 || n == 0 || k == 0 || k % 4 != 0 || k > limits::MATMUL_K {
            let rule = Rejection {
                place: RuleAt::Program,
                rule: Rule::MatMulShape,
            }
            .rule;
            return refuse(Refusal::Shape(rule.to_string()), shape.span());
        }
        let [a, b] = self.two(inputs, "matmul", shape.span())?;
        let row = u64::from(k / 4);
        self.expect_words(&a, u64::from(m) * row)?;
        self.expect_words(&b, u64::from(n) * row)?;
        let out = self.buffer(out.get_ref(), u64::from(m) * u64::from(n), shape.span())?;
        Ok(Step::MatMul(MatMul {
            m,
            n,
            k,
            a: a.0,
            b: b.0,
            out,
        }))
    }

    fn conv2d(
        &mut self,
        shape: &Spanned<ConvTable>,
        inputs: &[(BufferId, Range<usize>)],
        out: &Name,
    ) -> Result<Step, Failure> {
        let place = shape.span();
        let table = shape.get_ref();
        let shape = ConvShape {
            batch: table.batch,
            height: table.height,
            width: table.width,
            channels: table.channels,
            out_channels: table.out_channels,
            kernel: table.kernel,
            stride: table.stride,
            dilation: table.dilation,
            padding: table.padding,
            groups: table.groups,
        };
        let Some(sizes) = shape.sizes() else {
            return refuse(Refusal::Shape(Rule::ConvShape.to_string()), place);
        };
        let [input, weights] = self.two(inputs, "conv2d", place.clone())?;
        self.expect_words(&input, sizes.input_words)?;
        self.expect_words(&weights, sizes.weight_words)?;
        let out = self.buffer(out.get_ref(), sizes.out_words, place)?;
        Ok(Step::Conv2d(Conv2d {
            shape,
            input: input.0,
            weights: weights.0,
            out,
        }))
    }

    fn two(
        &self,
        inputs: &[(BufferId, Range<usize>)],
        kind: &str,
        place: Range<usize>,
    ) -> Result<[(BufferId, Range<usize>); 2], Failure> {
        match inputs {
            [a, b] => Ok([a.clone(), b.clone()]),
            _ => refuse(Refusal::Count(inputs.len(), 2, "inputs", kind.into()), place),
        }
    }

    fn expect_words(&self, (id, place): &(BufferId, Range<usize>), expected: u64) -> Result<(), Failure> {
        let found = u64::from(self.words(*id));
        if found == expected {
            return Ok(());
        }
        refuse(Refusal::Length(self.name(*id), found, expected), place.clone())
    }

    fn repeat(
        &mut self,
        times: &Spanned<u32>,
        table: &StepTable,
        place: Range<usize>,
    ) -> Result<Step, Failure> {
        let carried = table
            .carried
            .as_ref()
            .map(|carried| carried.get_ref().as_slice())
            .unwrap_or_default();
        if *times.get_ref() == 0 || carried.is_empty() {
            return refuse(Refusal::Shape(Rule::RepeatsNothing.to_string()), place);
        }
        let mut initial = Vec::new();
        for carried in carried {
            initial.push(self.known(&carried.initial)?);
        }
        // What the body names is its own, apart from what goes on.
        let outside = self.known.clone();
        let mut states = Vec::new();
        for (carried, initial) in carried.iter().zip(&initial) {
            let words = u64::from(self.words(*initial));
            states.push(self.buffer(carried.state.get_ref(), words, carried.state.span())?);
        }
        let body = self.steps(table.step.as_deref().unwrap_or_default())?;
        let mut all = Vec::new();
        let mut next = Vec::new();
        for ((carried, initial), state) in carried.iter().zip(initial).zip(states) {
            let id = self.known(&carried.next)?;
            let (found, expected) = (self.words(id), self.words(initial));
            if found != expected {
                let refusal = Refusal::Length(
                    carried.next.get_ref().clone(),
                    u64::from(found),
                    u64::from(expected),
                );
                return refuse(refusal, carried.next.span());
            }
            all.push(Carried {
                initial,
                state,
                next: id,
            });
            next.push((carried.next.get_ref().clone(), id));
        }
        self.known = outside;
        self.known.extend(next);
        Ok(Step::Repeat(Repeat {
            times: *times.get_ref(),
            carried: all,
            body,
        }))
    }

    fn words(&self, id: BufferId) -> u32 {
        self.program.buffers[id.at()]
    }

    fn name(&self, id: BufferId) -> String {
        self.buffer_names[id.at()].clone()
    }

    fn finish(self, outputs: &Range<usize>) -> Result<Verified, Failure> {
        let Self {
            program,
            kernel_places,
            step_places,
            buffer_places,
            ..
        } = self;
        program.verify().map_err(|rejection| {
            let place: Option<Range<usize>> = match rejection.place {
                RuleAt::Program => Some(outputs.clone()),
                RuleAt::Buffer(id) => buffer_places.get(id.at()).cloned(),
                RuleAt::Kernel(number) => kernel_places.get(usize::from(number)).cloned(),
                RuleAt::Statement { kernel, .. } => kernel_places.get(usize::from(kernel)).cloned(),
                RuleAt::Step(number) => step_places.get(usize::from(number)).cloned(),
            };
            let place: Place = place;
            Failure::Here(Report::new(Refusal::Rejected(rejection), place))
        })
    }
}

/// A step is long; its first line is enough to point at.
fn first_line(step: &Spanned<StepTable>) -> Range<usize> {
    let table = step.get_ref();
    let kinds = [
        table.map.as_ref().map(Spanned::span),
        table.matmul.as_ref().map(Spanned::span),
        table.conv2d.as_ref().map(Spanned::span),
        table.repeat.as_ref().map(Spanned::span),
    ];
    let whole = step.span();
    kinds
        .into_iter()
        .flatten()
        .next()
        .unwrap_or(whole.start..whole.start.saturating_add(1).min(whole.end))
}

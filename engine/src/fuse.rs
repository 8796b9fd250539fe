//! Chains of element-wise maps as one map, so that what is handed on element by element is never stored.
//!
//! A map is merged into the one map that reads its output, when both run equally often and the reader loads that
//! output at its own index only: the load then is the word that the first map returns for the same index. Both stand
//! in one block, and buffers never change, so computing the word later changes nothing. The merged program passes the
//! verifier like any other.

use std::collections::{BTreeMap, BTreeSet};

use edgeproof_kernel::{
    BufferId, Carried, Kernel, Map, Program, Repeat, Statement, Step, Type, Unary, Value, ValueKind, Verified,
};

/// A program with chains merged.
pub(crate) struct Fused {
    pub program: Verified,
    /// By step of the merged program: the step of the original that writes the same buffer.
    pub origin: Vec<usize>,
    /// By buffer of the merged program: the buffer of the original.
    pub buffers: Vec<BufferId>,
    /// Buffers of the original that are never stored, with the step that would write them.
    pub left_out: BTreeMap<BufferId, usize>,
}

impl Fused {
    /// The steps of the original, at any distance, that are merged into step `origin`.
    pub fn merged_into(&self, original: &Verified, origin: usize) -> Vec<usize> {
        let mut merged = Vec::new();
        let mut next = vec![origin];
        while let Some(step) = next.pop() {
            let inputs: BTreeSet<BufferId> = original
                .step(step)
                .map_or(BTreeSet::new(), |step| step.inputs().into_iter().collect());
            for step in inputs.iter().filter_map(|id| self.left_out.get(id)) {
                merged.push(*step);
                next.push(*step);
            }
        }
        merged
    }
}

/// The program with every chain merged that can be; `None` when there is none, or merging would cost memory or break
/// a limit of the language.
pub(crate) fn fuse(program: &Verified) -> Option<Fused> {
    let mut pass = Pass {
        program,
        readers: readers(program),
        kernels: Vec::new(),
        origin: Vec::new(),
        left_out: BTreeMap::new(),
    };
    let steps = pass.block(None);
    if pass.left_out.is_empty() {
        return None;
    }
    let original = program.program();
    let kept: Vec<BufferId> = (0..)
        .map(BufferId)
        .take(original.buffers.len())
        .filter(|id| !pass.left_out.contains_key(id))
        .collect();
    let numbers: BTreeMap<BufferId, BufferId> = kept.iter().copied().zip((0..).map(BufferId)).collect();
    let rename = |id: &BufferId| numbers.get(id).copied().unwrap_or(*id);
    let merged = Program {
        version: original.version,
        kernels: pass.kernels,
        buffers: kept.iter().map(|id| program.buffer_words(*id)).collect(),
        inputs: original.inputs.iter().map(rename).collect(),
        params: original.params.clone(),
        steps: steps.iter().map(|step| renamed(step, &rename)).collect(),
        outputs: original.outputs.iter().map(rename).collect(),
    };
    let merged = merged.verify().ok()?;
    (merged.peak_bytes() <= program.peak_bytes()).then_some(Fused {
        program: merged,
        origin: pass.origin,
        buffers: kept,
        left_out: pass.left_out,
    })
}

/// The steps that read each buffer. One that must be stored whatever reads it has a reader that is no step.
fn readers(program: &Verified) -> BTreeMap<BufferId, BTreeSet<usize>> {
    let stored = usize::MAX;
    let mut readers: BTreeMap<BufferId, BTreeSet<usize>> = BTreeMap::new();
    for number in 0..program.steps().len() {
        let Some(step) = program.step(number) else {
            continue;
        };
        for id in step.inputs() {
            readers.entry(id).or_default().insert(number);
        }
        if matches!(step, Step::Repeat(_)) {
            for id in step.results() {
                readers.entry(id).or_default().insert(stored);
            }
        }
    }
    for id in &program.program().outputs {
        readers.entry(*id).or_default().insert(stored);
    }
    readers
}

struct Pass<'a> {
    program: &'a Verified,
    readers: BTreeMap<BufferId, BTreeSet<usize>>,
    kernels: Vec<Kernel>,
    origin: Vec<usize>,
    left_out: BTreeMap<BufferId, usize>,
}

/// A map with all that was merged into it.
struct Chain {
    kernel: Kernel,
    map: Map,
    invocations: u32,
}

/// A step of the block that is being merged.
enum Item {
    Map(usize, Box<Chain>),
    Other(usize),
}

impl Pass<'_> {
    fn block(&mut self, around: Option<usize>) -> Vec<Step> {
        // In the order of the text; a map moves down to the map that it is merged into.
        let mut items: BTreeMap<usize, Item> = BTreeMap::new();
        for number in self.program.block(around) {
            let item = match self.program.step(number) {
                Some(Step::Map(map)) => Item::Map(number, Box::new(self.chain(number, map, &mut items))),
                _ => Item::Other(number),
            };
            items.insert(number, item);
        }
        items.into_values().filter_map(|item| self.finish(item)).collect()
    }

    /// The map with every map before it that can be merged into it.
    fn chain(&mut self, number: usize, map: &Map, items: &mut BTreeMap<usize, Item>) -> Chain {
        let program = self.program.program();
        let mut chain = Chain {
            kernel: program.kernels[usize::from(map.kernel)].clone(),
            map: map.clone(),
            invocations: self.program.steps()[number].invocations,
        };
        for id in &map.inputs {
            let only = BTreeSet::from([number]);
            if self.readers.get(id) != Some(&only) {
                continue;
            }
            let before = items.iter().find_map(|(before, item)| match item {
                Item::Map(_, first) if first.map.out == *id => Some((*before, first)),
                _ => None,
            });
            let Some((before, merged)) = before.and_then(|(at, first)| Some((at, merge(first, &chain)?)))
            else {
                continue;
            };
            items.remove(&before);
            self.left_out.insert(*id, before);
            chain = merged;
        }
        chain
    }

    fn finish(&mut self, item: Item) -> Option<Step> {
        match item {
            Item::Map(number, chain) => {
                let chain = *chain;
                self.origin.push(number);
                let kernel = self.kernels.iter().position(|known| *known == chain.kernel);
                let kernel = kernel.unwrap_or_else(|| {
                    self.kernels.push(chain.kernel);
                    self.kernels.len() - 1
                });
                Some(Step::Map(Map {
                    kernel: u16::try_from(kernel).unwrap_or(u16::MAX),
                    ..chain.map
                }))
            }
            Item::Other(number) => {
                self.origin.push(number);
                Some(match self.program.step(number)? {
                    Step::Repeat(repeat) => Step::Repeat(Repeat {
                        times: repeat.times,
                        carried: repeat.carried.clone(),
                        body: self.block(Some(number)),
                    }),
                    other => other.clone(),
                })
            }
        }
    }
}

/// Both maps as one, if the second reads the first element by element.
fn merge(first: &Chain, second: &Chain) -> Option<Chain> {
    let [word] = first.kernel.result[..] else {
        return None;
    };
    let merged = |input: u8| second.map.inputs.get(usize::from(input)) == Some(&first.map.out);
    if first.invocations != second.invocations || !loads_at_index(&second.kernel.code, &merged) {
        return None;
    }

    // Every buffer is bound once.
    let mut inputs: Vec<BufferId> = Vec::new();
    let mut place = |id: BufferId| {
        let known = inputs.iter().position(|input| *input == id);
        let place = known.unwrap_or_else(|| {
            inputs.push(id);
            inputs.len() - 1
        });
        u8::try_from(place).unwrap_or(u8::MAX)
    };
    let first_inputs: Vec<u8> = first.map.inputs.iter().map(|id| place(*id)).collect();
    let second_inputs: Vec<Option<u8>> = (0..second.kernel.inputs)
        .map(|input| (!merged(input)).then(|| place(second.map.inputs[usize::from(input)])))
        .collect();

    let joined = Joined {
        first: &first.kernel,
        second: &second.kernel,
    };
    let as_load = match first.kernel.type_of(word)? {
        Type::I32 => Unary::AsU32,
        _ => Unary::Copy,
    };
    let word = joined.of_first(word)?;
    let mut code = rewritten(&first.kernel.code, &|statement| {
        renumber(statement, &|value| joined.of_first(value), 0)?;
        if let Statement::Load { input, .. } = statement {
            *input = *first_inputs.get(usize::from(*input))?;
        }
        Some(())
    })?;
    code.extend(rewritten(&second.kernel.code, &|statement| {
        renumber(
            statement,
            &|value| joined.of_second(value),
            first.kernel.locals.len(),
        )?;
        if let Statement::Load { out, input, .. } = statement {
            match second_inputs.get(usize::from(*input))? {
                Some(place) => *input = *place,
                None => {
                    *statement = Statement::Unary {
                        op: as_load,
                        out: *out,
                        x: word,
                    }
                }
            }
        }
        if let Statement::Loop {
            bound: edgeproof_kernel::Bound::Parameter(param),
            ..
        } = statement
        {
            *param = param.checked_add(u8::try_from(first.kernel.params.len()).ok()?)?;
        }
        Some(())
    })?);

    let (one, two) = (&first.kernel, &second.kernel);
    Some(Chain {
        kernel: Kernel {
            inputs: u8::try_from(inputs.len()).ok()?,
            params: [&one.params[..], &two.params].concat(),
            constants: [&one.constants[..], &two.constants].concat(),
            registers: [&one.registers[..], &two.registers].concat(),
            locals: [&one.locals[..], &two.locals].concat(),
            code,
            result: two
                .result
                .iter()
                .map(|value| joined.of_second(*value))
                .collect::<Option<_>>()?,
        },
        map: Map {
            kernel: 0,
            inputs,
            params: [&first.map.params[..], &second.map.params].concat(),
            out: second.map.out,
        },
        invocations: second.invocations,
    })
    .filter(within_limits)
}

/// Whether the language takes a chain of this size.
fn within_limits(chain: &Chain) -> bool {
    use edgeproof_kernel::limits;
    let kernel = &chain.kernel;
    kernel.inputs <= limits::KERNEL_INPUTS
        && kernel.params.len() <= limits::PARAMS
        && kernel.constants.len() <= limits::VALUES
        && kernel.registers.len() <= limits::VALUES
        && kernel.locals.len() <= limits::LOCALS
        && kernel.locals.iter().map(|words| u32::from(*words)).sum::<u32>() <= limits::LOCAL_WORDS
}

/// The values of two kernels as those of one: index, parameters, constants, registers, each first those of the first.
struct Joined<'k> {
    first: &'k Kernel,
    second: &'k Kernel,
}

impl Joined<'_> {
    fn of_first(&self, value: Value) -> Option<Value> {
        self.number(self.first.kind(value)?, [0, 0, 0])
    }

    fn of_second(&self, value: Value) -> Option<Value> {
        let before = [
            self.first.params.len(),
            self.first.constants.len(),
            self.first.registers.len(),
        ];
        self.number(self.second.kind(value)?, before)
    }

    fn number(&self, kind: ValueKind, [params, constants, registers]: [usize; 3]) -> Option<Value> {
        let all_params = self.first.params.len() + self.second.params.len();
        let all_constants = self.first.constants.len() + self.second.constants.len();
        let number = match kind {
            ValueKind::Index => 0,
            ValueKind::Parameter(n) => 1 + params + n,
            ValueKind::Constant(n) => 1 + all_params + constants + n,
            ValueKind::Register(n) => 1 + all_params + all_constants + registers + n,
        };
        u16::try_from(number).ok().map(Value)
    }
}

/// Whether every load from the inputs that `merged` names is at the invocation's own index.
fn loads_at_index(code: &[Statement], merged: &dyn Fn(u8) -> bool) -> bool {
    code.iter().all(|statement| match statement {
        Statement::Load { input, at, .. } => !merged(*input) || *at == Value(0),
        Statement::If { then, otherwise, .. } => {
            loads_at_index(then, merged) && loads_at_index(otherwise, merged)
        }
        Statement::Loop { body, .. } => loads_at_index(body, merged),
        _ => true,
    })
}

/// A copy of the code with every statement changed, blocks inside included.
fn rewritten(code: &[Statement], change: &dyn Fn(&mut Statement) -> Option<()>) -> Option<Vec<Statement>> {
    code.iter()
        .map(|statement| {
            let mut statement = statement.clone();
            match &mut statement {
                Statement::If { then, otherwise, .. } => {
                    *then = rewritten(then, change)?;
                    *otherwise = rewritten(otherwise, change)?;
                }
                Statement::Loop { body, .. } => *body = rewritten(body, change)?,
                _ => {}
            }
            change(&mut statement)?;
            Some(statement)
        })
        .collect()
}

/// Gives every value that the statement itself names its new number, and its local array one `locals` higher.
fn renumber(statement: &mut Statement, value: &dyn Fn(Value) -> Option<Value>, locals: usize) -> Option<()> {
    let set = |named: &mut Value| value(*named).map(|number| *named = number);
    match statement {
        Statement::Unary { out, x, .. } => [out, x].into_iter().try_for_each(set),
        Statement::Binary { out, x, y, .. } => [out, x, y].into_iter().try_for_each(set),
        Statement::Ternary { out, args, .. } => std::iter::once(out).chain(args).try_for_each(set),
        Statement::Quaternary { out, args, .. } => std::iter::once(out).chain(args).try_for_each(set),
        Statement::Load { out, at, .. } => [out, at].into_iter().try_for_each(set),
        Statement::ReadLocal { out, at, local } => {
            local.0 = u8::try_from(usize::from(local.0) + locals).ok()?;
            [out, at].into_iter().try_for_each(set)
        }
        Statement::WriteLocal { at, x, local } => {
            local.0 = u8::try_from(usize::from(local.0) + locals).ok()?;
            [at, x].into_iter().try_for_each(set)
        }
        Statement::If { condition, .. } => set(condition),
        Statement::Loop { counter, .. } => set(counter),
        Statement::Break => Some(()),
    }
}

fn renamed(step: &Step, rename: &dyn Fn(&BufferId) -> BufferId) -> Step {
    let mut step = step.clone();
    match &mut step {
        Step::Map(map) => {
            map.inputs.iter_mut().for_each(|id| *id = rename(id));
            map.out = rename(&map.out);
        }
        Step::MatMul(product) => {
            for id in [&mut product.a, &mut product.b, &mut product.out] {
                *id = rename(id);
            }
        }
        Step::Conv2d(convolution) => {
            for id in [
                &mut convolution.input,
                &mut convolution.weights,
                &mut convolution.out,
            ] {
                *id = rename(id);
            }
        }
        Step::Repeat(repeat) => {
            for Carried { initial, state, next } in &mut repeat.carried {
                for id in [initial, state, next] {
                    *id = rename(id);
                }
            }
            repeat.body = repeat.body.iter().map(|step| renamed(step, rename)).collect();
        }
    }
    step
}

//! What the verifier refuses, and where it says the fault is.

use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    limits, Binary, Bound, BufferId, Constant, JobError, Kernel, Local, Map, ParamError, Place, Program,
    Rejection, Rule, Statement, Step, Type, Unary, Value, Word,
};

/// Copies a parameter-bounded sum of its input.
fn kernel() -> Kernel {
    let k = KernelBuilder::new();
    let (x, n) = (k.input(), k.param(10));
    let sum = k.var(0u32);
    k.for_loop(n, |i| sum.set(sum + x.load(i)));
    k.finish(sum)
}

fn program() -> Program {
    let mut p = ProgramBuilder::new();
    let x = p.input(16);
    let n = p.param(10);
    let y = p.map(&kernel(), &[x], &[n], 8);
    p.output(y);
    p.into_program()
}

fn refused(change: impl FnOnce(&mut Program)) -> Rejection {
    let mut program = program();
    change(&mut program);
    program.verify().expect_err("breaks a rule")
}

fn at(place: Place, rule: Rule) -> Rejection {
    Rejection { place, rule }
}

/// A kernel of this code with registers of type u32, i32 and bool, and constants 0u, 1u and true.
fn refused_code(code: Vec<Statement>) -> Rejection {
    refused(|program| program.kernels[0] = raw(code))
}

fn raw(code: Vec<Statement>) -> Kernel {
    Kernel {
        inputs: 1,
        params: vec![10],
        constants: vec![Constant::U32(0), Constant::U32(1), Constant::Bool(true)],
        registers: vec![Type::U32, Type::I32, Type::Bool],
        locals: vec![4],
        code,
        result: vec![U],
    }
}

const ONE: Value = Value(3);
const TRUE: Value = Value(4);
const U: Value = Value(5);
const I: Value = Value(6);
const B: Value = Value(7);

fn statement(statement: u32, rule: Rule) -> Rejection {
    at(Place::Statement { kernel: 0, statement }, rule)
}

#[test]
fn a_program_that_keeps_every_rule_is_accepted() {
    let verified = program().verify().expect("keeps every rule");
    assert_eq!(verified.input_words(), [16]);
    assert_eq!(verified.output_words(), [8]);
    assert_eq!(verified.params(), [10]);
    assert_eq!(verified.peak_bytes(), (16 + 8) * 4);
    // One for the invocation, one for `sum = 0`, one for the loop, and per round a counter, a load, an addition.
    assert_eq!(verified.operations(), 8 * (3 + 10 * 3));
    assert_eq!(verified.operations_with(&[2]), Ok(8 * (3 + 2 * 3)));
    assert_eq!(
        verified.operations_with(&[]),
        Err(ParamError::Count {
            expected: 1,
            found: 0
        })
    );
}

#[test]
fn a_job_must_bring_what_the_program_declares() {
    let verified = program().verify().expect("keeps every rule");
    assert_eq!(verified.check_job(&[16], &[10]), Ok(()));
    assert_eq!(
        verified.check_job(&[15], &[10]),
        Err(JobError::InputLength {
            input: 0,
            expected: 16,
            found: 15
        })
    );
    assert_eq!(
        verified.check_job(&[], &[10]),
        Err(JobError::InputCount {
            expected: 1,
            found: 0
        })
    );
    assert_eq!(
        verified.check_job(&[16], &[11]),
        Err(JobError::Param(ParamError::AboveMaximum {
            param: 0,
            value: 11,
            maximum: 10
        }))
    );
}

#[test]
fn shapes_of_programs_are_checked() {
    use Place::{Buffer, Step as AtStep};
    let program = |rule| at(Place::Program, rule);
    let id = BufferId;
    assert_eq!(refused(|p| p.version = 2), program(Rule::UnknownVersion(2)));
    assert_eq!(refused(|p| p.steps.clear()), program(Rule::NoStep));
    assert_eq!(refused(|p| p.outputs.clear()), program(Rule::NoOutput));
    assert_eq!(refused(|p| p.params = vec![0; 33]), program(Rule::TooManyParams));
    assert_eq!(
        refused(|p| p.inputs.push(id(9))),
        program(Rule::NoSuchBuffer(id(9)))
    );
    assert_eq!(
        refused(|p| p.inputs.push(id(0))),
        at(Buffer(id(0)), Rule::InputTwice)
    );
    assert_eq!(
        refused(|p| p.outputs.push(id(1))),
        at(Buffer(id(1)), Rule::OutputTwice)
    );
    assert_eq!(
        refused(|p| p.outputs.push(id(0))),
        at(Buffer(id(0)), Rule::OutputNotWritten)
    );
    assert_eq!(
        refused(|p| p.buffers[0] = 0),
        at(Buffer(id(0)), Rule::BufferLength(0))
    );
    let long = limits::BUFFER_WORDS + 1;
    assert_eq!(
        refused(|p| p.buffers[0] = long),
        at(Buffer(id(0)), Rule::BufferLength(long))
    );
    assert_eq!(
        refused(|p| p.buffers.push(4)),
        at(Buffer(id(2)), Rule::NeverWritten)
    );
    assert_eq!(
        refused(|p| p.buffers = vec![limits::BUFFER_WORDS; 33]),
        program(Rule::TotalBufferLength)
    );
    assert_eq!(
        refused(|p| p.inputs.clear()),
        at(AtStep(0), Rule::ReadBeforeWritten(id(0)))
    );
    let twice = refused(|p| {
        let again = p.steps[0].clone();
        p.steps.push(again);
    });
    assert_eq!(twice, at(AtStep(1), Rule::WrittenTwice(id(1))));
}

fn map(change: impl FnOnce(&mut Map)) -> Rejection {
    refused(|program| {
        let Step::Map(map) = &mut program.steps[0] else {
            panic!("the step is a map")
        };
        change(map);
    })
}

#[test]
fn a_map_must_fit_its_kernel() {
    let step = |rule| at(Place::Step(0), rule);
    assert_eq!(map(|map| map.kernel = 1), step(Rule::NoSuchKernel(1)));
    assert_eq!(
        map(|map| map.inputs.clear()),
        step(Rule::InputCount {
            expected: 1,
            found: 0
        })
    );
    assert_eq!(
        map(|map| map.params.clear()),
        step(Rule::ParamCount {
            expected: 1,
            found: 0
        })
    );
    assert_eq!(
        map(|map| map.params[0] = Word::Job(1)),
        step(Rule::NoSuchJobParam(1))
    );
    assert_eq!(
        map(|map| map.inputs[0] = BufferId(7)),
        step(Rule::NoSuchBuffer(BufferId(7)))
    );
    assert_eq!(
        map(|map| map.inputs[0] = BufferId(1)),
        step(Rule::ReadBeforeWritten(BufferId(1)))
    );
    let above = Rule::ParamAboveMaximum {
        param: 0,
        value: 11,
        maximum: 10,
    };
    assert_eq!(map(|map| map.params[0] = Word::Constant(11)), step(above));
    assert_eq!(refused(|p| p.params[0] = 11), step(above));
    let wide = refused(|p| {
        p.kernels[0].result = vec![Value(0); 4];
        p.buffers[1] = 7;
    });
    assert_eq!(wide, step(Rule::OutputNotWholeInvocations { words: 7, width: 4 }));
}

#[test]
fn a_matrix_product_must_fit_its_buffers() {
    let product = |m, n, k, a_words, b_words| {
        let mut p = ProgramBuilder::new();
        let (a, b) = (p.input(a_words), p.input(b_words));
        let c = p.matmul(a, b, m, n, k);
        p.output(c);
        p.build().map(|verified| verified.operations())
    };
    let step = |rule| Err(at(Place::Step(0), rule));
    assert_eq!(product(2, 3, 8, 4, 6), Ok(2 * 3 * 8 * 2));
    assert_eq!(product(2, 3, 6, 3, 5), step(Rule::MatMulShape));
    assert_eq!(product(1, 1, 131_072, 32_768, 32_768), step(Rule::MatMulShape));
    assert_eq!(
        product(2, 3, 8, 5, 6),
        step(Rule::OperandLength {
            buffer: BufferId(0),
            expected: 4,
            found: 5
        })
    );
    // m * n wraps to something small in 32 bits.
    let mut p = ProgramBuilder::new();
    let a = p.input(65_536);
    let c = p.matmul(a, a, 65_536, 65_536, 4);
    p.output(c);
    let mut program = p.into_program();
    program.buffers[1] = 1;
    let rule = Rule::OperandLength {
        buffer: BufferId(1),
        expected: 1 << 32,
        found: 1,
    };
    assert_eq!(program.verify(), Err(at(Place::Step(0), rule)));
}

#[test]
fn types_of_statements_are_checked() {
    let add = |out, x, y| Statement::Binary {
        op: Binary::Add,
        out,
        x,
        y,
    };
    let mismatch = |value, expected, found| Rule::TypeMismatch {
        value,
        expected,
        found,
    };
    assert_eq!(
        refused_code(vec![add(U, U, I)]),
        statement(0, mismatch(I, Type::U32, Type::I32))
    );
    assert_eq!(
        refused_code(vec![add(I, U, U)]),
        statement(0, mismatch(I, Type::U32, Type::I32))
    );
    assert_eq!(
        refused_code(vec![add(B, B, B)]),
        statement(
            0,
            Rule::OperandType {
                value: B,
                found: Type::Bool
            }
        )
    );
    assert_eq!(
        refused_code(vec![add(ONE, U, U)]),
        statement(0, Rule::NotAssignable(ONE))
    );
    assert_eq!(
        refused_code(vec![add(Value(0), U, U)]),
        statement(0, Rule::NotAssignable(Value(0)))
    );
    assert_eq!(
        refused_code(vec![add(Value(8), U, U)]),
        statement(0, Rule::NoSuchValue(Value(8)))
    );
    let load = |input| Statement::Load { out: U, input, at: U };
    assert_eq!(
        refused_code(vec![load(0), load(1)]),
        statement(1, Rule::NoSuchInput(1))
    );
    let write = |local| Statement::WriteLocal {
        local: Local(local),
        at: U,
        x: U,
    };
    assert_eq!(
        refused_code(vec![write(0), write(1)]),
        statement(1, Rule::NoSuchLocal(1))
    );
    let copy = Statement::Unary {
        op: Unary::LogicalNot,
        out: B,
        x: U,
    };
    assert_eq!(
        refused_code(vec![copy]),
        statement(
            0,
            Rule::OperandType {
                value: U,
                found: Type::U32
            }
        )
    );
    let branch = Statement::If {
        condition: U,
        then: vec![],
        otherwise: vec![],
    };
    assert_eq!(
        refused_code(vec![branch]),
        statement(0, mismatch(U, Type::Bool, Type::U32))
    );
}

fn count_to(bound: Bound, body: Vec<Statement>) -> Statement {
    Statement::Loop {
        counter: U,
        bound,
        body,
    }
}

#[test]
fn structure_is_checked() {
    let branch = |then| Statement::If {
        condition: TRUE,
        then,
        otherwise: vec![],
    };
    assert_eq!(
        refused_code(vec![Statement::Break]),
        statement(0, Rule::BreakOutsideLoop)
    );
    let after = vec![Statement::Break, branch(vec![])];
    assert_eq!(
        refused_code(vec![count_to(Bound::Constant(1), after)]),
        statement(2, Rule::CodeAfterBreak)
    );
    let assigns = vec![Statement::Unary {
        op: Unary::Copy,
        out: U,
        x: ONE,
    }];
    assert_eq!(
        refused_code(vec![count_to(Bound::Constant(1), vec![branch(assigns)])]),
        statement(2, Rule::CounterAssigned(U))
    );
    let nested = count_to(Bound::Constant(1), vec![count_to(Bound::Constant(1), vec![])]);
    assert_eq!(refused_code(vec![nested]), statement(1, Rule::CounterAssigned(U)));
    assert_eq!(
        refused_code(vec![count_to(Bound::Parameter(1), vec![])]),
        statement(0, Rule::NoSuchParam(1))
    );
    let deep = (0..33).fold(vec![], |inner, _| vec![branch(inner)]);
    assert_eq!(refused_code(deep), statement(32, Rule::TooDeep));
    let allowed = (0..32).fold(vec![], |inner, _| vec![branch(inner)]);
    let mut program = program();
    program.kernels[0] = raw(allowed);
    let bytes = codec::Encode::encode(&program);
    assert_eq!(Program::from_bytes(&bytes), Ok(program.clone()));
    assert!(program.verify().is_ok());
}

#[test]
fn what_an_invocation_may_cost_is_limited() {
    let kernel = |rule| at(Place::Kernel(0), rule);
    let load = vec![Statement::Load {
        out: Value(6),
        input: 0,
        at: U,
    }];
    let refused_loop = |rounds, body: Vec<Statement>| {
        refused(|p| {
            p.kernels[0] = raw(vec![count_to(Bound::Constant(rounds), body)]);
            p.kernels[0].registers = vec![Type::U32, Type::U32];
        })
    };
    assert_eq!(
        refused_loop(4_000_000, vec![]),
        kernel(Rule::TooManyOperations(4_000_000 + 6))
    );
    assert_eq!(refused_loop(2_049, load), kernel(Rule::TooManyLoads(2_049)));
    assert_eq!(
        refused(|p| p.kernels[0].locals = vec![200, 57]),
        kernel(Rule::TooManyLocalWords)
    );
    assert_eq!(
        refused(|p| p.kernels[0].locals = vec![0]),
        kernel(Rule::EmptyLocal)
    );
    assert_eq!(
        refused(|p| p.kernels[0].inputs = 8),
        kernel(Rule::TooManyKernelInputs)
    );
    assert_eq!(refused(|p| p.kernels[0].result.clear()), kernel(Rule::Width(0)));
    assert_eq!(
        refused(|p| p.kernels[0].result = vec![Value(0); 3]),
        kernel(Rule::Width(3))
    );
    assert_eq!(
        refused(|p| p.kernels[0].registers = vec![Type::U32; 4_097]),
        kernel(Rule::TooManyValues)
    );
    let loops = vec![count_to(Bound::Parameter(0), vec![]); 65];
    assert_eq!(
        refused(|p| p.kernels[0] = raw(loops)),
        kernel(Rule::TooManyVariableCosts)
    );
}

#[test]
fn loops_that_multiply_beyond_64_bits_saturate_and_are_refused() {
    let mut kernel = raw(vec![]);
    kernel.registers = vec![Type::U32; 4];
    let inner = |counter, body| Statement::Loop {
        counter,
        bound: Bound::Constant(u32::MAX),
        body,
    };
    kernel.code = (5..9).fold(vec![], |body, register| vec![inner(Value(register), body)]);
    let refusal = refused(|p| p.kernels[0] = kernel);
    assert_eq!(refusal, at(Place::Kernel(0), Rule::TooManyOperations(u64::MAX)));
    assert!(refusal.to_string().starts_with("kernel 0: "));
}

#[test]
fn buffers_live_from_their_first_use_to_their_last() {
    let k = KernelBuilder::new();
    let x = k.input();
    let kernel = k.finish(x.load(k.index()));
    let mut p = ProgramBuilder::new();
    let inputs = [p.input(100), p.input(10)];
    let a = p.map(&kernel, &[inputs[0]], &[], 20);
    let b = p.map(&kernel, &[a], &[], 5);
    let c = p.map(&kernel, &[inputs[1]], &[], 1);
    p.output(c);
    p.output(b);
    let verified = p.build().expect("keeps every rule");
    assert_eq!(verified.peak_bytes(), 120 * 4);
    let released: Vec<_> = verified
        .steps()
        .iter()
        .map(|plan| plan.released.clone())
        .collect();
    assert_eq!(released, [vec![inputs[0]], vec![a, b], vec![inputs[1], c]]);
}

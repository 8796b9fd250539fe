//! A `Repeat` means its own unrolling: in what it computes, in its trace, and in what it may not do.

use edgeproof_kernel::{
    builder::{KernelBuilder, ProgramBuilder},
    limits,
    testing::generate,
    BufferId, Carried, Execution, Kernel, Place, Program, Rejection, Repeat, Rule, Source, Step, Verified,
};
use proptest::prelude::*;

/// `out[i] = x[i] * 3 + y[i + 1] + 1`
fn mix() -> Kernel {
    let k = KernelBuilder::new();
    let (x, y) = (k.input(), k.input());
    k.finish(x.load(k.index()) * 3 + y.load(k.index() + 1) + 1)
}

fn mixed(x: &[u32], y: &[u32]) -> Vec<u32> {
    let at = |i: usize| y.get(i).copied().unwrap_or(0);
    x.iter()
        .enumerate()
        .map(|(i, x)| x.wrapping_mul(3).wrapping_add(at(i + 1)).wrapping_add(1))
        .collect()
}

#[test]
fn carried_buffers_go_from_iteration_to_iteration() {
    let mut p = ProgramBuilder::new();
    let (x, y) = (p.input(4), p.input(4));
    let last = p.repeat(5, &[x, y], |p, states| {
        let x = p.map(&mix(), &[states[0], states[1]], &[], 4);
        let y = p.map(&mix(), &[states[1], x], &[], 4);
        vec![x, y]
    });
    let sum = p.map(&mix(), &[last[0], last[1]], &[], 4);
    p.output(sum);
    p.output(last[1]);
    let program = p.build().expect("keeps every rule");

    let (mut x, mut y) = (vec![1, 2, 3, 4], vec![5, 6, 7, 8]);
    for _ in 0..5 {
        x = mixed(&x, &y);
        y = mixed(&y, &x);
    }
    let outputs = program.run(&[vec![1, 2, 3, 4], vec![5, 6, 7, 8]], &[]);
    assert_eq!(outputs, Ok(vec![mixed(&x, &y), y]));
    assert_eq!(program.trace_length(), 11);
    assert_eq!(program.operations(), 11 * program.step_operations(1, &[]));
}

#[test]
fn repeats_inside_repeats_multiply() {
    let mut p = ProgramBuilder::new();
    let x = p.input(2);
    let last = p.repeat(3, &[x], |p, outer| {
        let inner = p.repeat(4, &[outer[0]], |p, inner| {
            vec![p.map(&mix(), &[inner[0], outer[0]], &[], 2)]
        });
        vec![p.map(&mix(), &[inner[0], x], &[], 2)]
    });
    p.output(last[0]);
    let program = p.build().expect("keeps every rule");
    assert_eq!(program.trace_length(), 3 * (4 + 1));

    let first = vec![9, 1];
    let mut outer = first.clone();
    for _ in 0..3 {
        let mut inner = outer.clone();
        for _ in 0..4 {
            inner = mixed(&inner, &outer);
        }
        outer = mixed(&inner, &first);
    }
    assert_eq!(program.run(&[first], &[]), Ok(vec![outer]));
}

/// Runs the trace, position by position, with nothing but what [`Verified::source`] says.
fn run_by_trace(program: &Verified, inputs: &[Vec<u32>], params: &[u32]) -> Vec<Vec<u32>> {
    let mut trace: Vec<Vec<u32>> = Vec::new();
    for position in 0..program.trace_length() {
        let execution = program.execution(position).expect("within the trace");
        assert_eq!(program.position(&execution), Some(position));
        let step = program.step(execution.step).expect("there");
        let sources: Vec<&[u32]> = (0..step.inputs().len())
            .map(|input| match program.source(&execution, input) {
                Some(Source::Input(input)) => &inputs[usize::from(input)][..],
                Some(Source::Trace(before)) => {
                    assert!(before < position, "{before} is not before {position}");
                    &trace[before as usize]
                }
                None => panic!("no source for input {input} of {execution:?}"),
            })
            .collect();
        let mut reader = edgeproof_kernel::Slices(&sources);
        let plan = &program.steps()[execution.step];
        let words = (0..plan.invocations).flat_map(|index| {
            let output = program.invoke(execution.step, index, params, &mut reader);
            output.expect("runs").words().to_vec()
        });
        let words = words.collect();
        trace.push(words);
    }
    (0..program.program().outputs.len())
        .map(|output| trace[program.output_position(output).expect("written") as usize].clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_trace_alone_reproduces_a_run(seed: u64) {
        let case = generate(seed);
        let outputs = case.program.run(&case.inputs, &case.params).unwrap();
        prop_assert_eq!(run_by_trace(&case.program, &case.inputs, &case.params), outputs);
    }

    #[test]
    fn an_execution_that_is_not_there_has_no_position(seed: u64, step in 0usize..40, iterations: Vec<u32>) {
        let program = generate(seed).program;
        let execution = Execution { step, iterations };
        if let Some(position) = program.position(&execution) {
            prop_assert_eq!(program.execution(position), Some(execution));
        }
        prop_assert_eq!(program.execution(program.trace_length()), None);
    }
}

/// A program whose only step repeats a map from buffer 0 (input) over state 1 to next 2, edited.
fn edited(edit: impl FnOnce(&mut Program, &mut Repeat)) -> Result<Verified, Rejection> {
    let mut p = ProgramBuilder::new();
    let x = p.input(4);
    let last = p.repeat(2, &[x], |p, states| {
        vec![p.map(&mix(), &[states[0], states[0]], &[], 4)]
    });
    p.output(last[0]);
    let mut program = p.into_program();
    let Some(Step::Repeat(mut repeat)) = program.steps.pop() else {
        panic!("the builder makes a repeat");
    };
    edit(&mut program, &mut repeat);
    program.steps.push(Step::Repeat(repeat));
    program.verify()
}

fn rule(edit: impl FnOnce(&mut Program, &mut Repeat)) -> Rule {
    edited(edit).expect_err("breaks a rule").rule
}

#[test]
fn every_rule_of_repeats_is_checked() {
    assert!(edited(|_, _| ()).is_ok());
    assert_eq!(rule(|_, r| r.times = 0), Rule::RepeatsNothing);
    assert_eq!(rule(|_, r| r.body.clear()), Rule::RepeatsNothing);
    assert_eq!(
        rule(|_, r| r.times = limits::UNROLLED_STEPS + 1),
        Rule::TooManyUnrolledSteps
    );
    assert!(edited(|_, r| r.times = limits::UNROLLED_STEPS).is_ok());
    assert_eq!(
        rule(|p, _| p.buffers[1] = 5),
        Rule::CarriedLength {
            buffer: BufferId(1),
            expected: 4,
            found: 5
        }
    );
    assert_eq!(
        rule(|_, r| r.carried[0].next = BufferId(0)),
        Rule::NextNotWritten(BufferId(0))
    );
    assert_eq!(
        rule(|_, r| r.carried[0].next = BufferId(1)),
        Rule::NextNotWritten(BufferId(1))
    );
    assert_eq!(
        rule(|_, r| r.carried[0].state = BufferId(0)),
        Rule::WrittenTwice(BufferId(0))
    );
    assert_eq!(
        rule(|_, r| r.carried[0].initial = BufferId(2)),
        Rule::ReadBeforeWritten(BufferId(2))
    );
    assert_eq!(
        rule(|_, r| r.carried[0].state = BufferId(9)),
        Rule::NoSuchBuffer(BufferId(9))
    );
    assert_eq!(
        rule(|_, r| r.carried[0].next = BufferId(9)),
        Rule::NoSuchBuffer(BufferId(9))
    );
    assert_eq!(
        rule(|p, r| {
            p.buffers.push(4);
            let (initial, next) = (r.carried[0].initial, r.carried[0].next);
            r.carried.push(Carried {
                initial,
                state: BufferId(3),
                next,
            });
        }),
        Rule::CarriedTwice(BufferId(2))
    );
}

#[test]
fn buffers_of_a_body_are_unknown_outside() {
    let hidden = edited(|p, r| {
        let Step::Map(mut map) = r.body[0].clone() else {
            panic!("a map");
        };
        p.buffers.push(4);
        map.out = BufferId(3);
        r.body.push(Step::Map(map));
        p.outputs.push(BufferId(3));
    });
    assert_eq!(
        hidden,
        Err(Rejection {
            place: Place::Buffer(BufferId(3)),
            rule: Rule::OnlyInsideRepeat(BufferId(3))
        })
    );

    let mut p = ProgramBuilder::new();
    let x = p.input(4);
    let mut state = x;
    p.repeat(2, &[x], |p, states| {
        state = states[0];
        vec![p.map(&mix(), &[states[0], x], &[], 4)]
    });
    let late = p.map(&mix(), &[state, x], &[], 4);
    p.output(late);
    assert_eq!(
        p.build().expect_err("reads a state outside").rule,
        Rule::OnlyInsideRepeat(state)
    );
}

#[test]
fn repeats_nest_four_deep_and_no_deeper() {
    fn nested(depth: usize) -> Result<Verified, Rejection> {
        fn level(p: &mut ProgramBuilder, x: BufferId, depth: usize) -> BufferId {
            if depth == 0 {
                return p.map(&mix(), &[x, x], &[], 2);
            }
            p.repeat(2, &[x], |p, states| vec![level(p, states[0], depth - 1)])[0]
        }
        let mut p = ProgramBuilder::new();
        let x = p.input(2);
        let out = level(&mut p, x, depth);
        p.output(out);
        p.build()
    }
    assert_eq!(nested(4).expect("keeps every rule").trace_length(), 16);
    assert_eq!(nested(5).expect_err("too deep").rule, Rule::RepeatTooDeep);
    assert_eq!(nested(39).expect_err("too deep").rule, Rule::RepeatTooDeep);
}

#[test]
fn peak_memory_counts_the_initial_the_state_and_the_next() {
    let program = edited(|_, _| ()).expect("keeps every rule");
    assert_eq!(program.peak_bytes(), 3 * 16);
    let released: Vec<usize> = program.steps().iter().map(|plan| plan.released.len()).collect();
    assert_eq!(
        released,
        [2, 1],
        "initial and next with the repeat, the state with the map"
    );
}

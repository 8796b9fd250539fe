//! WGSL sources mean what they say: the lowered kernel against values computed here.

use edgeproof_kernel::{Bound, Kernel, Machine, Slices, Statement};
use edgeproof_shader::front::{kernel_from_wgsl, named_program_from_toml, WgslKernel};

fn lower(source: &str) -> WgslKernel {
    kernel_from_wgsl("test.wgsl", source).unwrap_or_else(|refused| panic!("{refused}\n{source}"))
}

fn run(wgsl: &WgslKernel, index: u32, params: &[u32], inputs: &[&[u32]]) -> Vec<u32> {
    let mut machine = Machine::new(&wgsl.kernel, params);
    let Ok(output) = machine.invoke(index, &mut Slices(inputs));
    output.words().to_vec()
}

/// The word that `fn kernel` returns at each of some indices.
fn words<const N: usize>(source: &str, indices: [u32; N]) -> [u32; N] {
    let wgsl = lower(source);
    indices.map(|index| run(&wgsl, index, &[], &[])[0])
}

fn count(code: &[Statement]) -> usize {
    code.iter()
        .map(|statement| {
            1 + match statement {
                Statement::If { then, otherwise, .. } => count(then) + count(otherwise),
                Statement::Loop { body, .. } => count(body),
                _ => 0,
            }
        })
        .sum()
}

fn first_loop(kernel: &Kernel) -> Bound {
    let bound = kernel.code.iter().find_map(|statement| match statement {
        Statement::Loop { bound, .. } => Some(*bound),
        _ => None,
    });
    bound.expect("there is a loop")
}

#[test]
fn an_expression_is_one_statement_for_each_operator() {
    let wgsl = lower(
        "@group(0) @binding(0) var<storage, read> x: array<u32>;
         fn kernel(index: u32) -> u32 { return 3u * x[index] + 1u; }",
    );
    assert_eq!(count(&wgsl.kernel.code), 3);
    assert_eq!(run(&wgsl, 1, &[], &[&[5, 7]]), [22]);
    assert_eq!(run(&wgsl, 2, &[], &[&[5, 7]]), [1]);
}

#[test]
fn helpers_loops_and_early_returns() {
    let source = "
        fn collatz(start: u32) -> u32 {
            var n = start;
            for (var steps = 0u; steps < 200u; steps++) {
                if n <= 1u { return steps; }
                if (n & 1u) == 0u { n = n / 2u; } else { n = 3u * n + 1u; }
            }
            return 999u;
        }
        fn kernel(index: u32) -> u32 {
            if index == 0u { return 77u; }
            return collatz(index);
        }";
    assert_eq!(words(source, [0, 1, 2, 3, 7, 27]), [77, 0, 1, 7, 16, 111]);
}

#[test]
fn a_loop_up_to_a_parameter_is_bounded_by_it() {
    let wgsl = lower(
        "struct Params { rounds: u32 }
         @group(0) @binding(0) var<uniform> params: Params;
         const MAX_ROUNDS = 64u;
         fn kernel(index: u32) -> u32 {
             var sum = index;
             for (var i = 0u; i < params.rounds; i++) { sum += i; }
             return sum;
         }",
    );
    assert_eq!(first_loop(&wgsl.kernel), Bound::Parameter(0));
    assert_eq!(wgsl.params[0].maximum, 64);
    assert_eq!(count(&wgsl.kernel.code), 3, "{:#?}", wgsl.kernel.code);
    assert_eq!(run(&wgsl, 5, &[4], &[]), [11]);
}

#[test]
fn continue_break_and_switch_inside_of_loops() {
    let source = "
        fn kernel(index: u32) -> u32 {
            var sum = 0u;
            for (var i = 0u; i < 20u; i++) {
                if i % 3u == 0u { continue; }
                switch i {
                    case 4u, 5u: { sum += 100u; }
                    case 7u: { if index == 1u { break; } sum += 1000u; if index == 2u { continue; } sum += 5u; }
                    case 17u: { return sum; }
                    default: { sum += i; }
                }
                if i > index + 9u { break; }
                sum += 1u;
            }
            return sum + 100000u;
        }";
    let expected = |index: u32| {
        let mut sum = 0;
        for i in 0..20 {
            if i % 3 == 0 {
                continue;
            }
            match i {
                4 | 5 => sum += 100,
                7 => {
                    if index != 1 {
                        sum += 1000;
                        if index == 2 {
                            continue;
                        }
                        sum += 5;
                    }
                }
                17 => return sum,
                _ => sum += i,
            }
            if i > index + 9 {
                break;
            }
            sum += 1;
        }
        sum + 100_000
    };
    let indices = [0, 1, 2, 3, 7, 8, 30];
    assert_eq!(words(source, indices), indices.map(expected));
}

#[test]
fn arrays_tables_and_out_of_bounds() {
    let source = "
        const TABLE = array<u32, 4>(10u, 20u, 30u, 40u);
        fn kernel(index: u32) -> u32 {
            var local: array<u32, 5>;
            for (var i = 0u; i < 8u; i++) { local[i + index] = i + 1u; }
            let grid = array<vec2<u32>, 3>(vec2(1u, 2u), vec2(3u, 4u), vec2(index, 6u));
            return local[3] * 1000u + local[index] * 100u + TABLE[index] + grid[index].y;
        }";
    assert_eq!(words(source, [0, 1, 2, 3, 4]), [4112, 3124, 2136, 1140, 100]);
}

#[test]
fn mandelbrot_loop_with_two_conditions() {
    let source = "
        fn kernel(index: u32) -> u32 {
            let cx = i32(index % 16u) * 700 - 8192;
            let cy = i32(index / 16u) * 512 - 4096;
            var x = 0; var y = 0; var n = 0u;
            while n < 64u && x * x + y * y < 4 * 4096 * 4096 {
                let t = (x * x - y * y) / 4096 + cx;
                y = 2 * x * y / 4096 + cy;
                x = t;
                n++;
            }
            return n;
        }";
    let expected = |index: u32| {
        let (cx, cy) = ((index % 16) as i32 * 700 - 8192, (index / 16) as i32 * 512 - 4096);
        let (mut x, mut y, mut n) = (0i32, 0i32, 0u32);
        while n < 64 && x * x + y * y < 4 * 4096 * 4096 {
            let t = (x * x - y * y) / 4096 + cx;
            y = 2 * x * y / 4096 + cy;
            x = t;
            n += 1;
        }
        n
    };
    let indices = [0, 17, 100, 120, 136, 138, 140, 255];
    assert_eq!(words(source, indices), indices.map(expected));
    assert_eq!(first_loop(&lower(source).kernel), Bound::Constant(64));
}

#[test]
fn a_condition_of_which_only_a_part_bounds_the_loop_is_kept_whole() {
    let source = "
        fn kernel(index: u32) -> u32 {
            var rounds = 0u;
            for (var i = 0u; i < 3u && any(vec2<u32>(index) < vec2<u32>(1u, 2u)); i++) { rounds += 1u; }
            return rounds;
        }";
    assert_eq!(words(source, [0, 1, 2]), [3, 3, 0]);
}

#[test]
fn a_condition_of_two_branches_is_turned_round_for_neither() {
    let source = "
        fn at(x: u32, place: u32) -> u32 {
            var marks: array<u32, 2>;
            if x > 4u { } else { marks[place % 2u] = 1u; }
            return marks[1];
        }
        fn kernel(index: u32) -> u32 { return at(index, 1u) + 2u * at(index, index); }";
    assert_eq!(words(source, [3, 4, 5]), [3, 1, 0]);
}

#[test]
fn what_a_way_out_of_a_switch_assigns_is_known_after_it() {
    let source = "
        fn kernel(index: u32) -> u32 {
            var first = 3u;
            switch index {
                case 0u: {
                    first = 7u;
                    if index <= 4294967295u { break; }
                    first = 9u;
                }
                case 1u: {
                    if index == 1u { first = 8u; break; }
                    first = 3u;
                }
                default: { }
            }
            return first;
        }";
    assert_eq!(words(source, [0, 1, 2]), [7, 8, 3]);
}

#[test]
fn what_a_continue_assigns_is_known_at_the_end_of_the_round() {
    let source = "
        fn kernel(index: u32) -> u32 {
            var sum = 0u;
            for (var i = 0u; i < 4u; i++) {
                var step = 1u;
                loop {
                    if i == index { step = 5u; continue; }
                    step = 1u;
                    continuing { sum += step; break if true; }
                }
            }
            return sum;
        }";
    assert_eq!(words(source, [0, 3, 9]), [8, 8, 4]);
}

#[test]
fn what_an_early_return_assigns_through_a_pointer_is_known_after_the_call() {
    let source = "
        fn put(p: ptr<function, u32>, index: u32) {
            if index == 1u { *p = 5u; return; }
            *p = 6u;
        }
        fn kernel(index: u32) -> u32 {
            var first = 3u;
            put(&first, index);
            return first * 10u;
        }";
    assert_eq!(words(source, [0, 1, 2]), [60, 50, 60]);
}

#[test]
fn pointers_structs_and_mul_hi() {
    let source = "
        struct Pair { a: u32, b: vec2<i32> }
        fn bump(p: ptr<function, Pair>, by: u32) { (*p).a += by; (*p).b.y = i32(by); }
        fn kernel(index: u32) -> vec4<u32> {
            var p = Pair(index, vec2(1, 2));
            bump(&p, 5u);
            bump(&p, 6u);
            return vec4<u32>(p.a, u32(p.b.y), mul_hi_u32(0x80000000u, index), u32(mul_hi_i32(-2, 5)));
        }";
    let wgsl = lower(source);
    assert_eq!(run(&wgsl, 7, &[], &[]), [18, 6, 3, u32::MAX]);
}

/// The shader that workers run for a source, from its kernel on.
fn generated(source: &str) -> String {
    let shader = edgeproof_shader::map_shader(&lower(source).kernel);
    let start = shader.find("fn kernel(").expect("there is a kernel");
    let end = shader.find("@compute").expect("there is an entry point");
    shader[start..end].trim_end().to_owned()
}

#[test]
fn lowered_sources_stay_readable() {
    insta::assert_snapshot!("mandelbrot", generated(include_str!("sources/mandelbrot.wgsl")));
    insta::assert_snapshot!("life", generated(include_str!("sources/life.wgsl")));
    insta::assert_snapshot!("sort", generated(include_str!("sources/sort.wgsl")));
}

#[test]
fn sha256_of_a_known_block() {
    let wgsl = lower(include_str!("sources/sha256.wgsl"));
    // The first word of SHA-256(SHA-256(52 zero bytes)).
    assert_eq!(run(&wgsl, 0, &[], &[&[0; 13]]), [0xa2fcf96b]);
}

#[test]
fn what_is_computed_once_is_not_computed_again() {
    let wgsl = lower(
        "@group(0) @binding(0) var<storage, read> x: array<u32>;
         fn at(i: u32) -> u32 { return x[i * 4u + 1u]; }
         fn kernel(index: u32) -> u32 { return at(index) * at(index); }",
    );
    assert_eq!(count(&wgsl.kernel.code), 4, "{:#?}", wgsl.kernel.code);
}

#[test]
fn constants_without_a_suffix_declare_sizes_and_maxima() {
    let wgsl = lower(
        "const INVOCATIONS = 64;
         struct Params { rounds: i32, offset: vec2<u32> }
         @group(0) @binding(0) var<uniform> params: Params;
         const MAX_ROUNDS = 12;
         const MAX_OFFSET = 7u;
         const MAX_OFFSET_Y = 9u;
         fn kernel(index: u32) -> i32 {
             var sum = 0;
             for (var i = 0; i < params.rounds; i++) { sum += i; }
             return sum + i32(params.offset.y);
         }",
    );
    assert_eq!(wgsl.invocations, Some(64));
    let declared: Vec<_> = wgsl
        .params
        .iter()
        .map(|param| (param.name.as_str(), param.signed, param.maximum))
        .collect();
    assert_eq!(
        declared,
        [
            ("rounds", true, 12),
            ("offset.x", false, 7),
            ("offset.y", false, 9)
        ]
    );
    assert_eq!(first_loop(&wgsl.kernel), Bound::Parameter(0));
    assert_eq!(run(&wgsl, 0, &[5, 1, 2], &[]), [12]);
}

#[test]
fn a_source_that_declares_mul_hi_itself_means_its_own() {
    let source = "fn mul_hi_u32(x: u32, y: u32) -> u32 { return x + y; }
        fn kernel(index: u32) -> u32 { return mul_hi_u32(index, 1u); }";
    assert_eq!(words(source, [41]), [42]);
}

#[test]
fn vectors_in_buffers_are_consecutive_words() {
    let wgsl = lower(
        "@group(0) @binding(3) var<storage, read> b: array<vec2<i32>>;
         @group(0) @binding(1) var<storage, read> a: array<vec4<u32>, 2>;
         fn kernel(index: u32) -> vec2<u32> {
             let v = a[index];
             return vec2(v.x + v.w, u32(b[index].y));
         }",
    );
    assert_eq!(wgsl.inputs[0].name, "a");
    assert_eq!(wgsl.inputs[0].words, Some(8));
    let inputs: [&[u32]; 2] = [&[1, 2, 3, 4, 5, 6, 7, 8], &[10, 20, 30, 40]];
    assert_eq!(run(&wgsl, 1, &[], &inputs), [13, 40]);
    assert_eq!(run(&wgsl, 2, &[], &inputs), [0, 0]);
    // An index whose words would wrap around is out of bounds, too.
    assert_eq!(run(&wgsl, 1 << 30, &[], &inputs), [0, 0]);
    assert_eq!(run(&wgsl, 1 << 31, &[], &inputs), [0, 0]);
}

#[test]
fn inner_arrays_end_where_they_end() {
    let source = "
        struct Row { cells: array<u32, 3>, last: u32 }
        fn kernel(index: u32) -> u32 {
            var rows: array<Row, 2>;
            rows[0].last = 100u;
            rows[1].cells[0] = 7u;
            rows[index & 1u].cells[index] = 5u;
            return rows[0].last + rows[0].cells[index] * 10u + rows[1].cells[index >> 1u];
        }";
    assert_eq!(
        words(source, [0, 1, 2, 3, 6, 1 << 30]),
        [157, 107, 150, 100, 100, 100]
    );
}

#[test]
fn programs_of_several_steps() {
    let toml = r#"
        outputs = ["then", "sum"]
        [inputs]
        zebra = 4
        apple = 4
        [params]
        by = 50
        [[step]]
        repeat = 3
        carried = [{ initial = "zebra", state = "now", next = "then" }]
          [[step.step]]
          map = "add.wgsl"
          inputs = ["now"]
          params = ["by"]
          out = "then"
          words = 4
        [[step]]
        matmul = { m = 2, n = 2, k = 8 }
        inputs = ["then", "apple"]
        out = "sum"
    "#;
    let mut read = |_: &str| {
        Ok("@group(0) @binding(0) var<storage, read> x: array<u32>;
            struct Params { by: u32 }
            @group(0) @binding(1) var<uniform> params: Params;
            const MAX_BY = 50u;
            fn kernel(index: u32) -> u32 { return x[index] + params.by * arrayLength(&x); }"
            .to_owned())
    };
    let named =
        named_program_from_toml("p.toml", toml, &mut read).unwrap_or_else(|refused| panic!("{refused}"));
    assert_eq!(named.inputs, ["zebra", "apple"]);
    assert_eq!(named.params, ["by"]);
    let inputs = [vec![1, 2, 3, 4], vec![1, 0, 0, 1]];
    let outputs = named.program.run(&inputs, &[2]).expect("the job fits");
    assert_eq!(outputs, [vec![25, 26, 27, 28], vec![25, 26, 27, 28]]);
}

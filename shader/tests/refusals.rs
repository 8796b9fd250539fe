//! Sources that are refused, and what their authors read.

use std::{fmt::Write, io};

use edgeproof_shader::front::{
    kernel_from_wgsl, named_program_from_wgsl, program_from_toml, program_from_wgsl, Refusal, Sizes,
};

/// What is said about each source, one after the other.
fn refusals(sources: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, source) in sources {
        let refused = kernel_from_wgsl("kernel.wgsl", source).expect_err(name);
        write!(text, "## {name}\n\n{refused}\n\n").expect("a string takes everything");
    }
    text
}

fn kernel(body: &str) -> String {
    format!("fn kernel(index: u32) -> u32 {{\n{body}\n}}\n")
}

#[test]
fn loops_without_a_bound() {
    insta::assert_snapshot!(refusals(&[
        (
            "while that may go on",
            &kernel("    var x = index;\n    while x != 1u {\n        x = x * 3u + 1u;\n    }\n    return x;"),
        ),
        ("loop without a way out", &kernel("    var x = index;\n    loop { x++; }\n    return x;")),
        (
            "for that counts the wrong way",
            &kernel("    var x = 0u;\n    for (var i = 0u; i < 10u; i--) { x++; }\n    return x;"),
        ),
        (
            "for whose variable the body assigns",
            &kernel("    var x = 0u;\n    for (var i = 0u; i < 10u; i++) { i = x; x++; }\n    return x;"),
        ),
        (
            "for with continue before the step",
            &kernel("    var i = 0u;\n    while i < 10u { if i == index { continue; } i++; }\n    return i;"),
        ),
        (
            "for up to what wraps",
            &kernel("    var x = 0u;\n    for (var i = 0u; i <= 0xffffffffu; i++) { x++; }\n    return x;"),
        ),
        (
            "parameter without a maximum",
            "struct Params { rounds: u32 }\n@group(0) @binding(0) var<uniform> params: Params;\nfn kernel(index: u32) -> u32 {\n    var x = 0u;\n    for (var i = 0u; i < params.rounds; i++) { x++; }\n    return x;\n}",
        ),
    ]));
}

#[test]
fn what_the_language_does_not_have() {
    insta::assert_snapshot!(refusals(&[
        ("float type", "fn half(x: f32) -> f32 { return x; }\nfn kernel(index: u32) -> u32 { return u32(half(f32(index))); }"),
        ("float number", &kernel("    let x = 1.5;\n    return index;")),
        ("float conversion", &kernel("    return u32(f32(index));")),
        ("half precision", "enable f16;\nfn kernel(index: u32) -> u32 { return u32(f16(index)); }"),
        ("float function", &kernel("    return u32(sqrt(f32(index)));")),
        ("atomic", "@group(0) @binding(0) var<storage, read_write> counter: atomic<u32>;\nfn kernel(index: u32) -> u32 { return atomicAdd(&counter, 1u); }"),
        ("texture", "@group(0) @binding(0) var image: texture_2d<f32>;\nfn kernel(index: u32) -> u32 { return u32(textureLoad(image, vec2(0, 0), 0).x); }"),
        ("sampler", "@group(0) @binding(0) var filter_: sampler;\nfn kernel(index: u32) -> u32 { return index; }"),
        ("workgroup memory", "var<workgroup> shared_: array<u32, 64>;\nfn kernel(index: u32) -> u32 { return shared_[0]; }"),
        ("private memory", "var<private> state: u32;\nfn kernel(index: u32) -> u32 { state = index; return state; }"),
        ("barrier", &kernel("    workgroupBarrier();\n    return index;")),
        ("writable buffer", "@group(0) @binding(0) var<storage, read_write> out: array<u32>;\nfn kernel(index: u32) -> u32 { out[index] = 1u; return 0u; }"),
        ("override", "override SIZE: u32 = 4u;\nfn kernel(index: u32) -> u32 { return SIZE; }"),
        ("recursion", "fn f(n: u32) -> u32 { if n == 0u { return 0u; } return f(n - 1u); }\nfn kernel(index: u32) -> u32 { return f(index); }"),
        ("recursion of two", "fn f(n: u32) -> u32 { return g(n); }\nfn g(n: u32) -> u32 { return f(n); }\nfn kernel(index: u32) -> u32 { return f(index); }"),
        ("entry point", "@compute @workgroup_size(64)\nfn main(@builtin(global_invocation_id) id: vec3<u32>) { }\nfn kernel(index: u32) -> u32 { return index; }"),
        ("matrix", &kernel("    let m = mat2x2<f32>();\n    return index;")),
        ("64 bits", &kernel("    return u32(u64(index));")),
    ]));
}

#[test]
fn interfaces_that_do_not_fit() {
    insta::assert_snapshot!(refusals(&[
        ("no kernel", "fn helper(x: u32) -> u32 { return x; }"),
        ("nothing", ""),
        ("wrong argument", "fn kernel(x: i32) -> u32 { return 1u; }"),
        ("wrong result", "fn kernel(index: u32) -> vec3<u32> { return vec3(index); }"),
        ("no result", "fn kernel(index: u32) { }"),
        ("no binding", "var<storage, read> x: array<u32>;\nfn kernel(index: u32) -> u32 { return x[index]; }"),
        ("same binding", "@group(0) @binding(0) var<storage, read> x: array<u32>;\n@group(0) @binding(0) var<storage, read> y: array<u32>;\nfn kernel(index: u32) -> u32 { return x[index] + y[index]; }"),
        ("buffer of one struct", "struct S { a: u32 }\n@group(0) @binding(0) var<storage, read> x: S;\nfn kernel(index: u32) -> u32 { return x.a; }"),
        ("buffer too long", "@group(0) @binding(0) var<storage, read> x: array<u32, 40000000>;\nfn kernel(index: u32) -> u32 { return x[index]; }"),
        ("unknown length", "@group(0) @binding(0) var<storage, read> x: array<u32>;\nfn kernel(index: u32) -> u32 { return arrayLength(&x); }"),
        ("constant out of range", &format!("const INVOCATIONS = 0u;\n{}", kernel("    return index;"))),
        ("too many parameters", "@group(0) @binding(0) var<uniform> p: array<vec4<u32>, 9>;\nfn kernel(index: u32) -> u32 { return p[0].x; }"),
        ("second uniform", "@group(0) @binding(0) var<uniform> p: u32;\n@group(0) @binding(1) var<uniform> q: u32;\nfn kernel(index: u32) -> u32 { return p + q; }"),
    ]));
}

#[test]
fn what_naga_refuses() {
    insta::assert_snapshot!(refusals(&[
        ("syntax", &kernel("    return index +;")),
        ("unknown name", &kernel("    return indx;")),
        (
            "a long line",
            &kernel(&format!("    /* {} */ return indx;", "long ".repeat(100)))
        ),
        ("wrong type", &kernel("    let x: i32 = index;\n    return x;")),
        ("wrong operands", &kernel("    return index + 1i;")),
        ("wrong result", &kernel("    return 1i;")),
        ("integer out of range", &kernel("    return 4294967296u;")),
        ("shift out of range", &kernel("    return 1u << 40u;")),
        ("constant division by zero", &kernel("    return 1u / 0u;")),
        (
            "wrong arguments of mul_hi",
            &kernel("    return mul_hi_u32(index);")
        ),
        (
            "constant index out of bounds",
            &kernel("    var x: array<u32, 4>;\n    return x[4];")
        ),
        (
            "carets behind letters of two bytes",
            &kernel("    /* äöü */ let ä = indéx;\n    return ä;")
        ),
    ]));
}

#[test]
fn limits() {
    let guards: String = (0..40)
        .map(|n| format!("    if index == {n}u {{ if index == 3u {{\n"))
        .collect();
    let doubled: String = (0..30)
        .map(|n| {
            format!(
                "fn f{}(x: u32) -> u32 {{ return f{n}(x) + f{n}(x * 3u); }}\n",
                n + 1
            )
        })
        .collect();
    let chained: String = (0..80)
        .map(|n| format!("fn f{}(x: u32) -> u32 {{ return f{n}(x) + 1u; }}\n", n + 1))
        .collect();
    insta::assert_snapshot!(refusals(&[
        (
            "operations",
            &kernel("    var x = index;\n    for (var i = 0u; i < 3000000u; i++) { x = x * 5u + i; }\n    return x;"),
        ),
        (
            "loads",
            "@group(0) @binding(0) var<storage, read> data: array<u32>;\nfn kernel(index: u32) -> u32 {\n    var sum = 0u;\n    for (var i = 0u; i < 4096u; i++) { sum += data[i]; }\n    return sum;\n}",
        ),
        ("local words", &kernel("    var x: array<u32, 300>;\n    x[index] = 1u;\n    return x[0];")),
        ("huge array", &kernel("    var x: array<u32, 100000000>;\n    x[index] = 1u;\n    return x[0];")),
        ("blocks", &kernel(&format!("{guards}{}    return 1u;", "}} ".repeat(40)))),
        (
            "doubling calls",
            &format!("fn f0(x: u32) -> u32 {{ return x; }}\n{doubled}fn kernel(index: u32) -> u32 {{ return f30(index); }}"),
        ),
        (
            "deep calls",
            &format!("fn f0(x: u32) -> u32 {{ return x; }}\n{chained}fn kernel(index: u32) -> u32 {{ return f80(index); }}"),
        ),
    ]));
}

#[test]
fn sources_that_attack_the_parser_are_refused_at_once() {
    let started = std::time::Instant::now();
    let deep = |open: &str, close: &str, depth: usize| {
        kernel(&format!(
            "    return {}index{};",
            open.repeat(depth),
            close.repeat(depth)
        ))
    };
    let refusal = |source: &str| {
        kernel_from_wgsl("x", source)
            .expect_err("is refused")
            .refusal()
            .clone()
    };
    assert_eq!(refusal(&" ".repeat(10_000_000)), Refusal::TooLong(10_000_000));
    assert_eq!(refusal(&deep("(", ")", 30_000)), Refusal::NestedTooDeep);
    assert_eq!(refusal(&deep("-", "", 30_000)), Refusal::TooManyOperators);
    assert_eq!(refusal(&deep("!", "", 100_000)), Refusal::TooManyOperators);
    assert_eq!(refusal(&deep("index + ", "", 20_000)), Refusal::TooManyOperators);
    assert_eq!(refusal(&kernel(&"{".repeat(20_000))), Refusal::NestedTooDeep);
    assert_eq!(
        refusal(&kernel(&"if true {} else ".repeat(10_000))),
        Refusal::TooManyElses
    );
    assert_eq!(
        refusal(&format!("var<storage> x: {}u32;", "array<".repeat(20_000))),
        Refusal::TooManyOperators
    );
    refusal(&"/*".repeat(100_000));
    refusal(&kernel("    return index\0;"));
    refusal(&kernel("    return \u{feff}\u{202e}index;;"));
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn sizes_that_a_program_needs() {
    let source = "@group(0) @binding(0) var<storage, read> image: array<u32>;\nfn kernel(index: u32) -> u32 { return image[index]; }\n";
    let mut text = String::new();
    let stated = |invocations, words: &[(&str, u32)]| Sizes {
        invocations,
        words: words
            .iter()
            .map(|(name, words)| ((*name).into(), *words))
            .collect(),
    };
    let cases = [
        stated(None, &[]),
        stated(Some(4), &[]),
        stated(Some(4), &[("picture", 4)]),
        stated(Some(4), &[("image", 0)]),
        stated(Some(1 << 26), &[("image", 4)]),
    ];
    for sizes in cases {
        let refused = named_program_from_wgsl("copy.wgsl", source, &sizes).expect_err("is refused");
        write!(text, "{refused}\n\n").expect("a string takes everything");
    }
    insta::assert_snapshot!(text);
    assert!(program_from_wgsl("copy.wgsl", source).is_err());
    let named =
        named_program_from_wgsl("copy.wgsl", source, &stated(Some(4), &[("image", 8)])).expect("fits");
    assert_eq!(named.inputs, ["image"]);
    assert_eq!(named.outputs, ["copy"]);
    assert_eq!(named.program.input_words(), [8]);
}

fn toml(text: &str) -> String {
    let mut read = |path: &str| match path {
        "add.wgsl" => Ok("@group(0) @binding(0) var<storage, read> x: array<u32>;
struct Params { by: u32 }
@group(0) @binding(1) var<uniform> params: Params;
const MAX_BY = 100u;
fn kernel(index: u32) -> u32 { return x[index] + params.by + arrayLength(&x); }"
            .to_owned()),
        "pair.wgsl" => Ok("fn kernel(index: u32) -> vec2<u32> { return vec2(index, 1u); }".to_owned()),
        "bad.wgsl" => Ok("fn kernel(index: u32) -> u32 { return indx; }".to_owned()),
        _ => Err(io::Error::from(io::ErrorKind::NotFound)),
    };
    match program_from_toml(text, &mut read) {
        Err(refused) => refused.to_string(),
        Ok(_) => panic!("is accepted: {text}"),
    }
}

#[test]
fn tomls_that_do_not_fit() {
    let head = "outputs = [\"b\"]\n[inputs]\na = 4\n[params]\nn = 50\n";
    let cases = [
        ("no toml", "outputs = [".to_owned()),
        ("unknown key", format!("{head}[[step]]\nmap = \"add.wgsl\"\nfrom = [\"a\"]\n")),
        ("no step", head.to_owned()),
        ("unknown buffer", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"c\"]\nparams = [1]\nout = \"b\"\nwords = 4\n")),
        ("written later", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"c\"]\nparams = [1]\nout = \"b\"\nwords = 4\n[[step]]\nmap = \"add.wgsl\"\ninputs = [\"b\"]\nparams = [1]\nout = \"c\"\nwords = 4\n")),
        ("its own output", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"b\"]\nparams = [1]\nout = \"b\"\nwords = 4\n")),
        ("written twice", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"a\"]\nparams = [1]\nout = \"a\"\nwords = 4\n")),
        ("missing file", format!("{head}[[step]]\nmap = \"sub.wgsl\"\ninputs = [\"a\"]\nout = \"b\"\nwords = 4\n")),
        ("refused kernel", format!("{head}[[step]]\nmap = \"bad.wgsl\"\nout = \"b\"\nwords = 4\n")),
        ("inputs", format!("{head}[[step]]\nmap = \"add.wgsl\"\nparams = [1]\nout = \"b\"\nwords = 4\n")),
        ("params", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"a\"]\nout = \"b\"\nwords = 4\n")),
        ("unknown parameter", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"a\"]\nparams = [\"m\"]\nout = \"b\"\nwords = 4\n")),
        ("above the maximum", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"a\"]\nparams = [101]\nout = \"b\"\nwords = 4\n")),
        ("negative", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"a\"]\nparams = [1]\nout = \"b\"\nwords = -4\n")),
        ("no words", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"a\"]\nparams = [1]\nout = \"b\"\n")),
        ("zero words", format!("{head}[[step]]\nmap = \"add.wgsl\"\ninputs = [\"a\"]\nparams = [1]\nout = \"b\"\nwords = 0\n")),
        ("half an invocation", format!("{head}[[step]]\nmap = \"pair.wgsl\"\nout = \"b\"\nwords = 5\n")),
        ("zero shape", format!("{head}[[step]]\nmatmul = {{ m = 0, n = 1, k = 4 }}\ninputs = [\"a\", \"a\"]\nout = \"b\"\n")),
        ("overflowing shape", format!("{head}[[step]]\nmatmul = {{ m = 4000000000, n = 4000000000, k = 4 }}\ninputs = [\"a\", \"a\"]\nout = \"b\"\n")),
        ("convolution", format!("{head}[[step]]\nconv2d = {{ batch = 1, height = 4, width = 4, channels = 3, out_channels = 8, kernel = [3, 3] }}\ninputs = [\"a\", \"a\"]\nout = \"b\"\n")),
        ("no kind", format!("{head}[[step]]\nout = \"b\"\n")),
        ("unknown output", "outputs = [\"z\"]\n[inputs]\na = 4\n[[step]]\nmap = \"pair.wgsl\"\nout = \"b\"\nwords = 4\n".to_owned()),
        ("input as output", "outputs = [\"a\"]\n[inputs]\na = 4\n[[step]]\nmap = \"pair.wgsl\"\nout = \"b\"\nwords = 4\n".to_owned()),
        ("state of another length", format!("{head}[[step]]\nrepeat = 3\ncarried = [{{ initial = \"a\", state = \"now\", next = \"b\" }}]\n[[step.step]]\nmap = \"add.wgsl\"\ninputs = [\"now\"]\nparams = [1]\nout = \"b\"\nwords = 5\n")),
        ("repeat of nothing", format!("{head}[[step]]\nrepeat = 3\n")),
        ("body's buffer outside", format!("{head}[[step]]\nrepeat = 3\ncarried = [{{ initial = \"a\", state = \"now\", next = \"then\" }}]\n[[step.step]]\nmap = \"add.wgsl\"\ninputs = [\"now\"]\nparams = [1]\nout = \"then\"\nwords = 4\n[[step]]\nmap = \"add.wgsl\"\ninputs = [\"now\"]\nparams = [1]\nout = \"b\"\nwords = 4\n")),
    ];
    let mut text = String::new();
    for (name, source) in cases {
        write!(text, "## {name}\n\n{}\n\n", toml(&source)).expect("a string takes everything");
    }
    insta::assert_snapshot!(text);
}

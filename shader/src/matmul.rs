//! The plain shader of a matrix product: one element per invocation, four products per packed dot product.

use edgeproof_kernel::MatMul;

use crate::job::{self, Segments};

/// The shader of every matrix product; its shape comes in as [`matmul_params`].
pub fn matmul_shader() -> String {
    segmented_matmul_shader(&Segments::whole(2))
}

/// As [`matmul_shader`], with operands that are bound in segments.
pub fn segmented_matmul_shader(segments: &Segments) -> String {
    format!(
        "// out = a * transpose(b): i8 x i8 -> i32
{}{}
fn kernel(index: u32) -> u32 {{
    let columns = job.params[0].x;
    let words = job.params[0].y;
    let a = index / columns * words;
    let b = index % columns * words;
    var sum = 0i;
    for (var i = 0u; i < words; i += 1u) {{
        sum += dot4I8Packed(load0(a + i), load1(b + i));
    }}
    return bitcast<u32>(sum);
}}

{}",
        segments.interface("u32", "u32"),
        segments.unchecked_loads("u32", "0u"),
        job::entry_point()
    )
}

/// Parameter words of the shader: columns of the result, and words of a row of either operand.
pub fn matmul_params(product: &MatMul) -> [u32; 2] {
    [product.n, product.k / 4]
}

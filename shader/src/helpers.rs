//! Functions written out in plain integer code, because drivers or compilers differ on the builtin.

use std::collections::BTreeSet;

/// A helper that generated code may call. In the order in which they are declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Helper {
    MulHiU,
    MulHiI,
    DivU,
    DivI,
    RemU,
    RemI,
    ExtractBitsU,
    ExtractBitsI,
    InsertBits,
    Pack,
    UnpackU8,
    UnpackI8,
}

impl Helper {
    pub fn name(self) -> &'static str {
        match self {
            Self::MulHiU => "mul_hi_u32",
            Self::MulHiI => "mul_hi_i32",
            Self::DivU => "div_u32",
            Self::DivI => "div_i32",
            Self::RemU => "rem_u32",
            Self::RemI => "rem_i32",
            Self::ExtractBitsU => "extract_bits_u32",
            Self::ExtractBitsI => "extract_bits_i32",
            Self::InsertBits => "insert_bits",
            Self::Pack => "pack_bytes",
            Self::UnpackU8 => "unpack_u8",
            Self::UnpackI8 => "unpack_i8",
        }
    }

    fn needs(self) -> Option<Self> {
        match self {
            Self::MulHiI => Some(Self::MulHiU),
            Self::RemI => Some(Self::DivI),
            Self::UnpackI8 => Some(Self::UnpackU8),
            _ => None,
        }
    }

    pub fn text(self) -> &'static str {
        match self {
            Self::MulHiU => {
                "fn mul_hi_u32(x: u32, y: u32) -> u32 {
    let low = (x & 0xffffu) * (y & 0xffffu);
    let a = (x >> 16u) * (y & 0xffffu) + (low >> 16u);
    let b = (x & 0xffffu) * (y >> 16u) + (a & 0xffffu);
    return (x >> 16u) * (y >> 16u) + (a >> 16u) + (b >> 16u);
}
"
            }
            Self::MulHiI => {
                "// floor(x * y / 2^32)
fn mul_hi_i32(x: i32, y: i32) -> i32 {
    let a = bitcast<u32>(x);
    let b = bitcast<u32>(y);
    return bitcast<i32>(mul_hi_u32(a, b) - select(0u, b, x < 0i) - select(0u, a, y < 0i));
}
"
            }
            Self::DivU => {
                "// x / 0 is x
fn div_u32(x: u32, y: u32) -> u32 {
    return x / select(y, 1u, y == 0u);
}
"
            }
            Self::DivI => {
                "// x / 0 is x, and so is INT_MIN / -1
fn div_i32(x: i32, y: i32) -> i32 {
    let overflows = bitcast<u32>(x) == 0x80000000u && y == -1i;
    return x / select(y, 1i, y == 0i || overflows);
}
"
            }
            Self::RemU => {
                "// x % 0 is 0
fn rem_u32(x: u32, y: u32) -> u32 {
    return x % select(y, 1u, y == 0u);
}
"
            }
            Self::RemI => {
                "// Vulkan leaves the remainder of negative numbers open. x % 0 is 0, and so is INT_MIN % -1.
fn rem_i32(x: i32, y: i32) -> i32 {
    return select(x - div_i32(x, y) * y, 0i, y == 0i);
}
"
            }
            Self::ExtractBitsU => {
                "fn extract_bits_u32(x: u32, offset: u32, count: u32) -> u32 {
    let o = min(offset, 32u);
    let c = min(count, 32u - o);
    return select((x << ((32u - c - o) & 31u)) >> ((32u - c) & 31u), 0u, c == 0u);
}
"
            }
            Self::ExtractBitsI => {
                "fn extract_bits_i32(x: i32, offset: u32, count: u32) -> i32 {
    let o = min(offset, 32u);
    let c = min(count, 32u - o);
    return select((x << ((32u - c - o) & 31u)) >> ((32u - c) & 31u), 0i, c == 0u);
}
"
            }
            Self::InsertBits => {
                "fn insert_bits(x: u32, bits: u32, offset: u32, count: u32) -> u32 {
    let o = min(offset, 32u);
    let c = min(count, 32u - o);
    let mask = (0xffffffffu >> ((32u - c) & 31u)) << (o & 31u);
    return select((x & ~mask) | ((bits << (o & 31u)) & mask), x, c == 0u);
}
"
            }
            Self::Pack => {
                "fn pack_bytes(a: u32, b: u32, c: u32, d: u32) -> u32 {
    return (a & 0xffu) | ((b & 0xffu) << 8u) | ((c & 0xffu) << 16u) | (d << 24u);
}
"
            }
            Self::UnpackU8 => {
                "fn unpack_u8(x: u32, lane: u32) -> u32 {
    return (x >> ((lane & 3u) * 8u)) & 0xffu;
}
"
            }
            Self::UnpackI8 => {
                "fn unpack_i8(x: u32, lane: u32) -> i32 {
    return bitcast<i32>(unpack_u8(x, lane) << 24u) >> 24u;
}
"
            }
        }
    }
}

/// Declarations of the helpers used, and of those that they use.
pub(crate) fn declare(used: &BTreeSet<Helper>) -> String {
    let mut all = used.clone();
    all.extend(used.iter().filter_map(|helper| helper.needs()));
    all.iter().map(|helper| format!("\n{}", helper.text())).collect()
}

//! What every operation means, on the 32 bits of registers. WGSL's meaning, corner cases included.

use crate::{Binary, Quaternary, Ternary, Unary};

fn i(bits: u32) -> i32 {
    bits.cast_signed()
}

fn u(value: i32) -> u32 {
    value.cast_unsigned()
}

/// Meaning of an operation of one operand.
pub fn unary(op: Unary, x: u32) -> u32 {
    match op {
        Unary::Copy | Unary::AsU32 | Unary::AsI32 => x,
        Unary::LogicalNot => u32::from(x == 0),
        Unary::Complement => !x,
        Unary::Negate => x.wrapping_neg(),
        Unary::Abs => u(i(x).wrapping_abs()),
        Unary::CountOneBits => x.count_ones(),
        Unary::CountLeadingZeros => x.leading_zeros(),
        Unary::CountTrailingZeros => x.trailing_zeros(),
        Unary::ReverseBits => x.reverse_bits(),
        Unary::FirstLeadingBitU => highest_bit(x),
        Unary::FirstLeadingBitI => highest_bit(if i(x) < 0 { !x } else { x }),
        Unary::FirstTrailingBit => {
            if x == 0 {
                u32::MAX
            } else {
                x.trailing_zeros()
            }
        }
    }
}

/// Meaning of an operation of two operands.
pub fn binary(op: Binary, x: u32, y: u32) -> u32 {
    match op {
        Binary::Add => x.wrapping_add(y),
        Binary::Sub => x.wrapping_sub(y),
        Binary::Mul => x.wrapping_mul(y),
        Binary::MulHiU => high(u64::from(x).wrapping_mul(u64::from(y))),
        Binary::MulHiI => high(i64::from(i(x)).wrapping_mul(i64::from(i(y))).cast_unsigned()),
        Binary::DivU => x.checked_div(y).unwrap_or(x),
        // Both exceptions, a zero divisor and INT_MIN / -1, are x itself.
        Binary::DivI => i(x).checked_div(i(y)).map_or(x, u),
        Binary::RemU => x.checked_rem(y).unwrap_or(0),
        Binary::RemI => i(x).checked_rem(i(y)).map_or(0, u),
        Binary::And => x & y,
        Binary::Or => x | y,
        Binary::Xor => x ^ y,
        Binary::Shl => x.wrapping_shl(y),
        Binary::ShrU => x.wrapping_shr(y),
        Binary::ShrI => u(i(x).wrapping_shr(y)),
        Binary::Eq => u32::from(x == y),
        Binary::Ne => u32::from(x != y),
        Binary::LtU => u32::from(x < y),
        Binary::LtI => u32::from(i(x) < i(y)),
        Binary::LeU => u32::from(x <= y),
        Binary::LeI => u32::from(i(x) <= i(y)),
        Binary::MinU => x.min(y),
        Binary::MinI => u(i(x).min(i(y))),
        Binary::MaxU => x.max(y),
        Binary::MaxI => u(i(x).max(i(y))),
        Binary::Dot4I8 => u(dot4_i8(x, y)),
        Binary::Dot4U8 => dot4_u8(x, y),
        Binary::UnpackI8 => u(i32::from(byte(x, y).cast_signed())),
        Binary::UnpackU8 => u32::from(byte(x, y)),
    }
}

/// Meaning of an operation of three operands.
pub fn ternary(op: Ternary, x: u32, y: u32, z: u32) -> u32 {
    match op {
        Ternary::Select => {
            if z == 0 {
                x
            } else {
                y
            }
        }
        Ternary::ClampU => x.max(y).min(z),
        Ternary::ClampI => u(i(x).max(i(y)).min(i(z))),
        Ternary::ExtractBitsU => {
            let (_, count, left) = field(y, z);
            if count == 0 {
                0
            } else {
                x.wrapping_shl(left).wrapping_shr(32u32.wrapping_sub(count))
            }
        }
        Ternary::ExtractBitsI => {
            let (_, count, left) = field(y, z);
            if count == 0 {
                0
            } else {
                u(i(x.wrapping_shl(left)).wrapping_shr(32u32.wrapping_sub(count)))
            }
        }
    }
}

/// Meaning of an operation of four operands.
pub fn quaternary(op: Quaternary, args: [u32; 4]) -> u32 {
    match op {
        Quaternary::InsertBits => {
            let [x, new, offset, count] = args;
            let (offset, count, _) = field(offset, count);
            if count == 0 {
                return x;
            }
            let mask = u32::MAX
                .wrapping_shr(32u32.wrapping_sub(count))
                .wrapping_shl(offset);
            (x & !mask) | (new.wrapping_shl(offset) & mask)
        }
        Quaternary::PackI8 | Quaternary::PackU8 => pack(args),
        Quaternary::PackI8Clamp => pack(args.map(|word| u(i(word).clamp(-128, 127)))),
        Quaternary::PackU8Clamp => pack(args.map(|word| word.min(255))),
    }
}

/// Sum of the four products of signed bytes. Exact: at most 2^16.
pub fn dot4_i8(x: u32, y: u32) -> i32 {
    x.to_le_bytes()
        .into_iter()
        .zip(y.to_le_bytes())
        .map(|(x, y)| i32::from(x.cast_signed()).wrapping_mul(i32::from(y.cast_signed())))
        .fold(0, i32::wrapping_add)
}

fn dot4_u8(x: u32, y: u32) -> u32 {
    x.to_le_bytes()
        .into_iter()
        .zip(y.to_le_bytes())
        .map(|(x, y)| u32::from(x).wrapping_mul(u32::from(y)))
        .fold(0, u32::wrapping_add)
}

fn high(product: u64) -> u32 {
    let [_, _, _, _, a, b, c, d] = product.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

fn highest_bit(x: u32) -> u32 {
    31u32.wrapping_sub(x.leading_zeros())
}

fn byte(x: u32, lane: u32) -> u8 {
    let [byte, ..] = x.wrapping_shr((lane & 3).wrapping_mul(8)).to_le_bytes();
    byte
}

fn pack(words: [u32; 4]) -> u32 {
    u32::from_le_bytes(words.map(|word| byte(word, 0)))
}

/// A bit field as WGSL clips it: offset, count, and how many bits lie above it.
fn field(offset: u32, count: u32) -> (u32, u32, u32) {
    let offset = offset.min(32);
    let count = count.min(32u32.wrapping_sub(offset));
    (offset, count, 32u32.wrapping_sub(offset).wrapping_sub(count))
}

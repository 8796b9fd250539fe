//! What is known of a value before it is computed: the least and the greatest that it can be.

use edgeproof_kernel::{Binary, Constant, Ternary, Type, Unary};

use super::ir::Op;

/// Inclusive bounds of a value, read in its own type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub low: i64,
    pub high: i64,
}

impl Range {
    pub fn new(low: i64, high: i64) -> Self {
        Self { low, high }
    }

    /// All values of a type.
    pub fn of(type_: Type) -> Self {
        match type_ {
            Type::U32 => Self::new(0, i64::from(u32::MAX)),
            Type::I32 => Self::new(i64::from(i32::MIN), i64::from(i32::MAX)),
            Type::Bool => Self::new(0, 1),
        }
    }

    pub fn exactly(constant: Constant) -> Self {
        let value = match constant {
            Constant::I32(value) => i64::from(value),
            other => i64::from(other.bits()),
        };
        Self::new(value, value)
    }

    pub fn join(self, other: Self) -> Self {
        Self::new(self.low.min(other.low), self.high.max(other.high))
    }

    /// What both allow, or `self` where that is nothing: such code never runs.
    pub fn meet(self, other: Self) -> Self {
        let meet = Self::new(self.low.max(other.low), self.high.min(other.high));
        if meet.low <= meet.high {
            meet
        } else {
            self
        }
    }

    pub fn exact(self) -> Option<i64> {
        (self.low == self.high).then_some(self.low)
    }

    fn within(self, type_: Type) -> Self {
        let all = Self::of(type_);
        if self.low >= all.low && self.high <= all.high {
            self
        } else {
            all
        }
    }

    fn is_negative(self) -> bool {
        self.low < 0
    }
}

/// Range of a result of type `type_`.
pub(super) fn of_operation(op: Op, operands: &[Range], type_: Type) -> Range {
    let all = Range::of(type_);
    match (op, operands) {
        (Op::Unary(op), [x]) => unary(op, *x, type_),
        (Op::Binary(op), [x, y]) => binary(op, *x, *y, type_),
        (Op::Ternary(Ternary::Select), [no, yes, _]) => no.join(*yes),
        (Op::Ternary(Ternary::ClampU | Ternary::ClampI), [x, low, high]) => {
            let least = Range::new(x.low.max(low.low), x.high.max(low.high));
            Range::new(least.low.min(high.low), least.high.min(high.high))
        }
        (Op::Ternary(Ternary::ExtractBitsU), [_, _, count]) if count.high < 32 => {
            Range::new(0, (1 << count.high) - 1)
        }
        _ => all,
    }
}

fn unary(op: Unary, x: Range, type_: Type) -> Range {
    match op {
        Unary::Copy => x,
        Unary::AsU32 | Unary::AsI32 => x.within(type_),
        Unary::Abs if !x.is_negative() => x,
        Unary::Abs if x.low > i64::from(i32::MIN) => Range::new(0, x.high.max(-x.low)),
        Unary::CountOneBits | Unary::CountLeadingZeros | Unary::CountTrailingZeros => Range::new(0, 32),
        _ => Range::of(type_),
    }
}

fn binary(op: Binary, x: Range, y: Range, type_: Type) -> Range {
    let all = Range::of(type_);
    match op {
        Binary::Add => Range::new(x.low + y.low, x.high + y.high).within(type_),
        Binary::Sub => Range::new(x.low - y.high, x.high - y.low).within(type_),
        Binary::Mul => products(x, y).map_or(all, |range| range.within(type_)),
        Binary::DivU if y.low > 0 => Range::new(x.low / y.high, x.high / y.low),
        Binary::DivI if y.low > 0 && !x.is_negative() => Range::new(x.low / y.high, x.high / y.low),
        Binary::RemU if y.low > 0 => Range::new(0, x.high.min(y.high - 1)),
        Binary::RemI if y.low > 0 && !x.is_negative() => Range::new(0, x.high.min(y.high - 1)),
        Binary::RemI if y.low > 0 => Range::new(-(y.high - 1), y.high - 1),
        Binary::And if !x.is_negative() || !y.is_negative() => {
            let non_negative = [x, y].into_iter().filter(|range| !range.is_negative());
            Range::new(0, non_negative.map(|range| range.high).min().unwrap_or(all.high))
        }
        Binary::Or | Binary::Xor if !x.is_negative() && !y.is_negative() => {
            let ones = (x.high.max(y.high) as u64 + 1).next_power_of_two() - 1;
            Range::new(0, i64::try_from(ones).unwrap_or(all.high)).meet(all)
        }
        Binary::ShrU | Binary::ShrI if !x.is_negative() && y.high < 32 => {
            Range::new(x.low >> y.high, x.high >> y.low)
        }
        Binary::ShrU | Binary::ShrI if !x.is_negative() => Range::new(0, x.high),
        Binary::Shl if !x.is_negative() && y.high < 32 => {
            Range::new(x.low << y.low, x.high << y.high).within(type_)
        }
        Binary::MinU | Binary::MinI => Range::new(x.low.min(y.low), x.high.min(y.high)),
        Binary::MaxU | Binary::MaxI => Range::new(x.low.max(y.low), x.high.max(y.high)),
        Binary::UnpackU8 => Range::new(0, 255),
        Binary::UnpackI8 => Range::new(-128, 127),
        Binary::LtU | Binary::LtI => truth(x.high < y.low, x.low >= y.high),
        Binary::LeU | Binary::LeI => truth(x.high <= y.low, x.low > y.high),
        Binary::Eq => truth(x.exact().is_some() && x == y, x.high < y.low || y.high < x.low),
        Binary::Ne => truth(x.high < y.low || y.high < x.low, x.exact().is_some() && x == y),
        _ => all,
    }
}

fn truth(always: bool, never: bool) -> Range {
    Range::new(i64::from(always), i64::from(!never))
}

fn products(x: Range, y: Range) -> Option<Range> {
    let corners = [
        x.low.checked_mul(y.low)?,
        x.low.checked_mul(y.high)?,
        x.high.checked_mul(y.low)?,
        x.high.checked_mul(y.high)?,
    ];
    Some(Range::new(*corners.iter().min()?, *corners.iter().max()?))
}

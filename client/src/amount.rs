//! Amounts as people write them: tokens with at most 18 decimals, never a float.

use edgeproof_primitives::{PLANCK_DECIMALS, UNIT};

const DECIMALS: usize = PLANCK_DECIMALS as usize;

/// A text that is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an amount of tokens such as 12 or 0.25, with at most 18 decimals")]
pub struct ParseAmountError;

/// Planck in a number of tokens: `1.5` is 1,500,000,000,000,000,000.
pub fn parse(text: &str) -> Result<u128, ParseAmountError> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > DECIMALS {
        return Err(ParseAmountError);
    }
    let part: u128 = format!("{part:0<DECIMALS$}")
        .parse()
        .map_err(|_| ParseAmountError)?;
    let whole: u128 = whole.parse().map_err(|_| ParseAmountError)?;
    whole
        .checked_mul(UNIT)
        .and_then(|planck| planck.checked_add(part))
        .ok_or(ParseAmountError)
}

/// Tokens in a number of planck, without trailing zeros.
pub fn format(planck: u128) -> String {
    let (whole, part) = (planck / UNIT, planck % UNIT);
    if part == 0 {
        return whole.to_string();
    }
    let part = format!("{part:0DECIMALS$}");
    format!("{whole}.{}", part.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_back_what_they_print() {
        for planck in [
            0,
            1,
            UNIT,
            UNIT + 1,
            1_500_000_000_000_000_000,
            20 * UNIT,
            u128::MAX,
        ] {
            assert_eq!(parse(&format(planck)), Ok(planck));
        }
        assert_eq!(parse("0.25"), Ok(UNIT / 4));
        assert_eq!(format(UNIT / 4), "0.25");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "1e3",
            "1,5",
            "1.0000000000000000001",
            "340282366920938463464",
        ] {
            assert_eq!(parse(text), Err(ParseAmountError), "{text}");
        }
    }
}

//! Amounts, counts and sizes as people write and read them.

use edgeproof_client::amount;
use edgeproof_primitives::{TfuelBalance, ThetaBalance, PLANCK_DECIMALS};

/// An amount in whole tokens with every decimal that it has, for instance `1.5`.
pub use edgeproof_client::amount::format as exact;

/// Decimals of an amount in a table; `exact` shows them all.
const TABLE_DECIMALS: usize = 6;

/// An amount for a table, cut after six decimals, for instance `1,000.25`.
pub fn short(planck: u128) -> String {
    let unit = 10u128.pow(u32::from(PLANCK_DECIMALS)) / 10u128.pow(TABLE_DECIMALS as u32);
    if planck > 0 && planck < unit {
        return format!("<{}", exact(unit));
    }
    let text = exact(planck / unit * unit);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{point}{fraction}", grouped(whole))
}

/// An amount of TFUEL for a table.
pub fn tfuel(planck: TfuelBalance) -> String {
    format!("{} TFUEL", short(planck))
}

/// An amount of THETA for a table.
pub fn theta(planck: ThetaBalance) -> String {
    format!("{} THETA", short(planck))
}

/// A chance in parts per million, as percent: `6 %`.
pub fn percent(parts: u32) -> String {
    let (whole, part) = (parts / 10_000, parts % 10_000);
    if part == 0 {
        return format!("{whole} %");
    }
    let part = format!("{part:04}");
    format!("{whole}.{} %", part.trim_end_matches('0'))
}

/// Reads percent, `6`, `0.5` or `6%`, as parts per million.
///
/// # Errors
/// A sentence that says what percent look like.
pub fn parse_percent(text: &str) -> Result<u32, String> {
    let refusal =
        || format!("`{text}` is no percentage: write 0 to 100 with at most 4 decimals, as in `6` or `0.5`");
    let number = text.trim().trim_end_matches('%').trim_end();
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > 4 {
        return Err(refusal());
    }
    let part: u32 = format!("{part:0<4}").parse().map_err(|_| refusal())?;
    let whole: u32 = whole.parse().map_err(|_| refusal())?;
    let parts = whole
        .checked_mul(10_000)
        .and_then(|parts| parts.checked_add(part));
    parts.filter(|parts| *parts <= 1_000_000).ok_or_else(refusal)
}

/// A count with its thousands apart.
pub fn count(number: impl Into<u128>) -> String {
    grouped(&number.into().to_string())
}

/// Bytes in the largest binary unit that keeps them above 1.
pub fn bytes(number: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let power = (number.max(1).ilog2() / 10).min(UNITS.len() as u32 - 1);
    let unit = UNITS[power as usize];
    if power == 0 {
        return format!("{number} {unit}");
    }
    format!(
        "{:.1} {unit}",
        number as f64 / f64::from(1u32 << 10).powi(power as i32)
    )
}

/// Reads an amount of TFUEL: `1.5`, `1.5 TFUEL` or `1500 planck`.
///
/// # Errors
/// A sentence that says what an amount looks like.
pub fn parse_tfuel(text: &str) -> Result<TfuelBalance, String> {
    parse_amount(text, "TFUEL")
}

/// Reads an amount of THETA: `1.5`, `1.5 THETA` or `1500 planck`.
///
/// # Errors
/// A sentence that says what an amount looks like.
pub fn parse_theta(text: &str) -> Result<ThetaBalance, String> {
    parse_amount(text, "THETA")
}

fn parse_amount(text: &str, token: &str) -> Result<u128, String> {
    let (number, unit) = split_unit(text);
    let planck = match unit {
        unit if unit.is_empty() || unit.eq_ignore_ascii_case(token) => amount::parse(number).ok(),
        unit if unit.eq_ignore_ascii_case("planck") => number.parse().ok(),
        _ => {
            return Err(format!(
                "`{unit}` is no unit of {token}: write `1.5 {token}` or `1500 planck`"
            ))
        }
    };
    planck.ok_or_else(|| {
        format!("`{number}` is no amount: write digits with at most {PLANCK_DECIMALS} decimals, as in `1.5 {token}`")
    })
}

/// Reads a size: `4096`, `512 MiB` or `8GiB`.
///
/// # Errors
/// A sentence that says what a size looks like.
pub fn parse_bytes(text: &str) -> Result<u64, String> {
    let (number, unit) = split_unit(text);
    let shift = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "kib" => 10,
        "mib" => 20,
        "gib" => 30,
        _ => {
            return Err(format!(
                "`{unit}` is no unit of memory: write bytes, KiB, MiB or GiB, as in `512 MiB`"
            ))
        }
    };
    let number: Option<u64> = number.parse().ok();
    number
        .and_then(|number| number.checked_mul(1 << shift))
        .ok_or_else(|| {
            format!("`{text}` is no size: write a whole number of bytes, KiB, MiB or GiB, as in `512 MiB`")
        })
}

fn split_unit(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    (number.trim_end(), unit)
}

fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use edgeproof_primitives::UNIT;

    #[test]
    fn a_short_amount_never_hides_that_there_is_something() {
        assert_eq!(short(0), "0");
        assert_eq!(short(1), "<0.000001");
        assert_eq!(short(UNIT / 1_000_000), "0.000001");
        assert_eq!(short(1_234_567 * UNIT + UNIT / 4 + 1), "1,234,567.25");
        assert_eq!(tfuel(999 * UNIT), "999 TFUEL");
    }

    #[test]
    fn an_amount_is_read_as_it_is_written() {
        assert_eq!(parse_tfuel("1.5 TFUEL"), Ok(UNIT * 3 / 2));
        assert_eq!(parse_tfuel("1.5tfuel"), Ok(UNIT * 3 / 2));
        assert_eq!(parse_tfuel(" 2 "), Ok(2 * UNIT));
        assert_eq!(parse_tfuel("0.000000000000000001"), Ok(1));
        assert_eq!(parse_tfuel("1500 planck"), Ok(1_500));
        assert_eq!(parse_theta("1.5 theta"), Ok(UNIT * 3 / 2));
        assert!(parse_theta("1 TFUEL").unwrap_err().contains("1.5 THETA"));
        for planck in [0, 1, UNIT - 1, UNIT, 77 * UNIT + 5, u128::MAX] {
            assert_eq!(parse_tfuel(&exact(planck)), Ok(planck));
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_an_example() {
        for text in [
            "",
            "TFUEL",
            "-1",
            "+1",
            "1,5",
            "1.",
            ".5",
            "1e3",
            "0.0000000000000000001",
            "1.5 planck",
            "1 THETA",
        ] {
            let refusal = parse_tfuel(text).unwrap_err();
            assert!(refusal.contains("1.5 TFUEL"), "{text}: {refusal}");
        }
        assert!(parse_tfuel("340282366920938463464").is_err(), "above 2^128");
    }

    #[test]
    fn percent_are_read_as_they_are_written() {
        assert_eq!(parse_percent("6"), Ok(60_000));
        assert_eq!(parse_percent(" 0.5 % "), Ok(5_000));
        assert_eq!(parse_percent("100%"), Ok(1_000_000));
        assert_eq!(parse_percent("0.0001"), Ok(1));
        for parts in [0, 1, 5_000, 60_000, 123_456, 1_000_000] {
            assert_eq!(parse_percent(&percent(parts)), Ok(parts), "{}", percent(parts));
        }
        for text in [
            "",
            "%",
            "-1",
            "101",
            "100.0001",
            "0.00001",
            ".5",
            "5.",
            "1e1",
            "99999999999",
        ] {
            let refusal = parse_percent(text).unwrap_err();
            assert!(refusal.contains("as in `6` or `0.5`"), "{text}: {refusal}");
        }
    }

    #[test]
    fn counts_and_sizes_are_easy_to_read() {
        assert_eq!(count(7u32), "7");
        assert_eq!(count(1_000u32), "1,000");
        assert_eq!(count(2_949_120u64), "2,949,120");
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(1_023), "1023 B");
        assert_eq!(bytes(23_040), "22.5 KiB");
        assert_eq!(bytes(3 << 30), "3.0 GiB");
        assert_eq!(bytes(u64::MAX), "16777216.0 TiB");
    }

    #[test]
    fn a_size_is_read_in_binary_units() {
        assert_eq!(parse_bytes("4096"), Ok(4_096));
        assert_eq!(parse_bytes("512 MiB"), Ok(512 << 20));
        assert_eq!(parse_bytes("8gib"), Ok(8 << 30));
        for text in [
            "",
            "GiB",
            "1.5 GiB",
            "-1",
            "1 GB",
            "99999999999999999999",
            "18446744073709551615 KiB",
        ] {
            assert!(parse_bytes(text).is_err(), "{text}");
        }
    }
}

//! The types of plain scalars: the core schema of YAML 1.2 (section 10.3.2), with `0b` besides.

use std::borrow::Cow;

use super::Value;

/// What a scalar without quotes or tag says.
pub(super) fn plain(written: Cow<'_, str>) -> Value<'_> {
    match written.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text if is_number(text) => Value::Number(written),
        _ => Value::Text(written),
    }
}

/// The whole number that is written, if it lies within 64 bits.
pub(super) fn integer(written: &str) -> Option<i64> {
    let (sign, digits) = match written.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", written.strip_prefix('+').unwrap_or(written)),
    };
    let (radix, digits) = match digits.get(..2) {
        Some("0x") => (16, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        Some(_) | None => (10, digits),
    };
    let is_plain = digits.bytes().all(|it| it.is_ascii_alphanumeric());
    is_plain.then(|| i64::from_str_radix(&format!("{sign}{digits}"), radix).ok()).flatten()
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.starts_with(|it: char| it.is_ascii_digit() || it == '.') {
        return false;
    }
    // Digits behind a zero are a code, such as `007`, whose zeros count.
    let is_code =
        1 < unsigned.len() && unsigned.starts_with('0') && unsigned.bytes().all(|it| it.is_ascii_digit());
    let is_word = matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN");
    is_word || (!is_code && (integer(text).is_some() || unsigned.parse::<f64>().is_ok_and(f64::is_finite)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_have_types() {
        for (written, expected) in [
            ("", Value::Null),
            ("~", Value::Null),
            ("True", Value::Bool(true)),
            ("1.10", Value::Number("1.10".into())),
            ("-0x1F", Value::Number("-0x1F".into())),
            ("1e3", Value::Number("1e3".into())),
            ("-.inf", Value::Number("-.inf".into())),
            ("007", Value::Text("007".into())),
            ("yes", Value::Text("yes".into())),
            ("2020-07-10", Value::Text("2020-07-10".into())),
            ("10:48", Value::Text("10:48".into())),
            ("inf", Value::Text("inf".into())),
            ("+", Value::Text("+".into())),
            ("1e999", Value::Text("1e999".into())),
            ("0x", Value::Text("0x".into())),
        ] {
            assert_eq!(plain(written.into()), expected, "{written}");
        }
    }

    #[test]
    fn integers_are_read_in_four_bases() {
        let of = |it| integer(it);
        assert_eq!(
            ["12", "-12", "+12", "0x1f", "0o17", "-0b11"].map(of),
            [Some(12), Some(-12), Some(12), Some(31), Some(15), Some(-3)]
        );
        assert_eq!(["1.0", "--1", "0x-1", "", "9223372036854775808"].map(of), [None; 5]);
    }
}

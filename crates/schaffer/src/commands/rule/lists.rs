//! Lists and ranges of quantities: "0.1 Hz,10 Hz", "-100 ms..100 ms step 5 ms".

use quantity::{Frequency, QuantityError, Time, Voltage};

/// Most values that one list may have.
const LONGEST: usize = 10_000;

/// Frequencies, Hz.
pub fn frequencies(text: &str) -> Result<Vec<f64>, String> {
    list("--frequency", text, &|part| Ok(part.parse::<Frequency>().map_err(words)?.hz()))
}

/// Times of either sign, ms.
pub fn signed_times(option: &str, text: &str) -> Result<Vec<f64>, String> {
    list(option, text, &|part| match part.strip_prefix(['-', '\u{2212}']) {
        Some(size) => Ok(-size.parse::<Time>().map_err(words)?.ms()),
        None => Ok(part.strip_prefix('+').unwrap_or(part).parse::<Time>().map_err(words)?.ms()),
    })
}

/// Potentials, mV.
pub fn voltages(text: &str) -> Result<Vec<f64>, String> {
    list("--voltage", text, &|part| Ok(part.parse::<Voltage>().map_err(words)?.mv()))
}

/// One time, ms.
pub fn time(option: &str, text: &str) -> Result<f64, String> {
    text.parse::<Time>().map(Time::ms).map_err(|fault| format!("{option}: {fault}"))
}

fn words(fault: QuantityError) -> String {
    fault.to_string()
}

fn list(option: &str, text: &str, read: &dyn Fn(&str) -> Result<f64, String>) -> Result<Vec<f64>, String> {
    let mut values = Vec::new();
    for part in text.split(',').map(str::trim) {
        let found = range(part, read).map_err(|fault| format!("{option} \"{part}\": {fault}"))?;
        values.extend(found);
        if values.len() > LONGEST {
            return Err(format!("{option}: more than {LONGEST} values"));
        }
    }
    Ok(values)
}

/// One quantity, or `FIRST..LAST step STEP`.
fn range(part: &str, read: &dyn Fn(&str) -> Result<f64, String>) -> Result<Vec<f64>, String> {
    let Some((first, rest)) = part.split_once("..") else { return Ok(vec![read(part)?]) };
    let Some((last, step)) = rest.split_once("step") else {
        return Err(String::from("a range needs a step, e.g. \"-100 ms..100 ms step 5 ms\""));
    };
    let (first, last, step) = (read(first.trim())?, read(last.trim())?, read(step.trim())?);
    if step <= 0.0 || last < first {
        return Err(String::from("a range goes upwards, with a step above 0"));
    }
    let count = ((last - first) / step + 1e-9).floor();
    if count > LONGEST as f64 {
        return Err(format!("more than {LONGEST} values"));
    }
    Ok((0..=count as usize).map(|k| first + k as f64 * step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_ranges() {
        assert_eq!(frequencies("0.1 Hz,10 Hz").unwrap(), [0.1, 10.0]);
        assert_eq!(signed_times("--dt", "-40 ms, 10 ms").unwrap(), [-40.0, 10.0]);
        assert_eq!(signed_times("--dt", "-10 ms..10 ms step 5 ms").unwrap(), [-10.0, -5.0, 0.0, 5.0, 10.0]);
        assert_eq!(signed_times("--dt", "0.01 s").unwrap(), [10.0]);
        assert_eq!(voltages("-65 mV..-55 mV step 5 mV,0 mV").unwrap(), [-65.0, -60.0, -55.0, 0.0]);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert!(frequencies("10").unwrap_err().contains("--frequency"));
        assert!(signed_times("--dt", "10 Hz").is_err());
        assert!(signed_times("--dt", "1 ms..10 ms").unwrap_err().contains("step"));
        assert!(signed_times("--dt", "10 ms..1 ms step 1 ms").is_err());
        assert!(signed_times("--dt", "1 ms..10 ms step 0 ms").is_err());
        assert!(signed_times("--dt", "0 ms..1000 s step 0.001 ms").is_err());
        assert!(signed_times("--dt", "NaN ms").is_err());
        assert!(frequencies("").is_err());
    }
}

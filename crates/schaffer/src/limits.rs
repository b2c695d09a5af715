//! What the system must grant before a command begins: memory that is refused later on
//! would end the program without a word.

use crate::failure::Failure;

/// Least address space, MB: with 400 MB the default experiment could not be drawn.
const LEAST_MB: u64 = 600;

/// That enough memory may be asked for.
pub fn granted() -> Result<(), Failure> {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    match address_space_mb(&limits) {
        Some(found) if found < LEAST_MB => Err(Failure::system(format!(
            "this program may use {found} MB of address space (ulimit -v); it needs {LEAST_MB} MB"
        ))),
        _ => Ok(()),
    }
}

/// The limit from the text of `/proc/self/limits`; `None` if there is none, or elsewhere
/// than on Linux.
fn address_space_mb(limits: &str) -> Option<u64> {
    let soft = limits.lines().find_map(|line| line.strip_prefix("Max address space"))?.split_whitespace().next()?;
    soft.parse::<u64>().ok().map(|bytes| bytes >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_read_where_there_is_one() {
        let line =
            |soft: &str| format!("Limit  Soft Limit  Hard Limit  Units\nMax address space  {soft}  unlimited  bytes\n");
        assert_eq!(address_space_mb(&line("71680000")), Some(68));
        assert_eq!(address_space_mb(&line("unlimited")), None);
        assert_eq!(address_space_mb(""), None);
    }
}

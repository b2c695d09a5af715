//! What the system must grant before a command begins: memory that is refused later on
//! would end the program without a word, and threads
//! that the data-frame package cannot do without.

use crate::failure::Failure;

/// Least address space, MB: with 400 MB the default experiment could not be drawn.
const LEAST_MB: u64 = 600;

/// How many threads the data-frame package asks for; as many as there are cores if unset.
const THREADS: &str = "POLARS_MAX_THREADS";

/// That enough memory may be asked for, and one thread besides the first. Where fewer
/// threads are granted than there are cores, the program begins anew with one for the
/// package; all else goes on with those that it gets.
pub fn granted() -> Result<(), Failure> {
    memory()?;
    if recording::has_threads() {
        return Ok(());
    }
    let reason = if std::env::var_os(THREADS).is_none() { anew() } else { String::new() };
    Err(Failure::system(format!(
        "the system grants this program no thread besides its first (ulimit -u, or pids of its container): \
         it needs at least one{reason}"
    )))
}

/// Begins the program anew with one thread for the package; returns only if that cannot
/// be done, and says why.
fn anew() -> String {
    #[cfg(unix)]
    if let Ok(own) = std::env::current_exe() {
        use std::os::unix::process::CommandExt;
        let fault = std::process::Command::new(own).args(std::env::args_os().skip(1)).env(THREADS, "1").exec();
        return format!("; {THREADS}=1 may help ({fault})");
    }
    format!("; {THREADS}=1 may help")
}

/// That enough memory may be asked for.
fn memory() -> Result<(), Failure> {
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

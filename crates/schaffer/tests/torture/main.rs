//! What must hold when things go wrong around the program: kills and signals at any
//! moment, lost power, failing disks, two writers in one folder, damaged results, other
//! processors, and files that nobody would write. `docs/reliability.md` says what is
//! promised and what was counted.
//!
//! The tests take a share of the tries that `just torture` takes; the environment
//! variable `TORTURE` says which (1: all of them). `TORTURE_SEED` gives other tries.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod calls;
mod damage;
mod disk;
mod kills;
mod mutants;
mod processors;
mod signals;
mod threads;
mod tree;
mod tries;
mod writers;

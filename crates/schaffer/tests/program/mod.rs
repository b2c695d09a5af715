//! The program under test: run to its end, then looked at.

#![allow(dead_code, reason = "no test file needs all of it")]

pub mod schema;

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command as Process, Output, Stdio};

/// A call of the program.
pub struct Command {
    process: Process,
    input: Option<Vec<u8>>,
}

impl Command {
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let mut process = Process::new(program);
        // How wide the terminal of the tests is must not matter.
        process.env_remove("COLUMNS").env_remove("NO_COLOR");
        Self { process, input: None }
    }

    pub fn arg(&mut self, argument: impl AsRef<OsStr>) -> &mut Self {
        self.process.arg(argument);
        self
    }

    pub fn args<A: AsRef<OsStr>>(&mut self, arguments: impl IntoIterator<Item = A>) -> &mut Self {
        self.process.args(arguments);
        self
    }

    pub fn env(&mut self, name: &str, value: impl AsRef<OsStr>) -> &mut Self {
        self.process.env(name, value);
        self
    }

    pub fn current_dir(&mut self, folder: impl AsRef<std::path::Path>) -> &mut Self {
        self.process.current_dir(folder);
        self
    }

    /// What its standard input holds; nothing if this is not called.
    pub fn input(&mut self, bytes: &[u8]) -> &mut Self {
        self.input = Some(bytes.to_vec());
        self
    }

    pub fn assert(&mut self) -> Assert {
        let Some(input) = self.input.take() else {
            return Assert(self.process.stdin(Stdio::null()).output().expect("the program starts"));
        };
        self.process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.process.spawn().expect("the program starts");
        // A program that ends before it has read all closes the pipe.
        let _ = child.stdin.take().expect("a pipe").write_all(&input);
        Assert(child.wait_with_output().expect("the program ends"))
    }
}

/// A finished call.
pub struct Assert(Output);

impl Assert {
    /// Fails unless the program ended with this exit code.
    pub fn code(self, expected: i32) -> Self {
        let told = String::from_utf8_lossy(&self.0.stderr);
        assert_eq!(self.0.status.code(), Some(expected), "stderr:\n{told}");
        self
    }

    pub fn success(self) -> Self {
        self.code(0)
    }

    pub fn get_output(&self) -> &Output {
        &self.0
    }
}

//! The program under test: run to its end, then looked at.

use std::ffi::OsStr;
use std::process::{Command as Process, Output, Stdio};

/// A call of the program.
pub struct Command(Process);

impl Command {
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let mut process = Process::new(program);
        process.stdin(Stdio::null()).env_remove("COLUMNS").env_remove("NO_COLOR");
        Self(process)
    }

    #[allow(dead_code, reason = "not every test file passes paths")]
    pub fn arg(&mut self, argument: impl AsRef<OsStr>) -> &mut Self {
        self.0.arg(argument);
        self
    }

    pub fn args<A: AsRef<OsStr>>(&mut self, arguments: impl IntoIterator<Item = A>) -> &mut Self {
        self.0.args(arguments);
        self
    }

    #[allow(dead_code, reason = "not every test file changes the folder")]
    pub fn current_dir(&mut self, folder: impl AsRef<std::path::Path>) -> &mut Self {
        self.0.current_dir(folder);
        self
    }

    pub fn assert(&mut self) -> Assert {
        Assert(self.0.output().expect("the program starts"))
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

    #[allow(dead_code, reason = "not every test file has a call that succeeds")]
    pub fn success(self) -> Self {
        self.code(0)
    }

    #[allow(dead_code, reason = "not every test file looks at what was printed")]
    pub fn get_output(&self) -> &Output {
        &self.0
    }
}

//! Lines of a text table taken apart into cells (RFC 4180).

use crate::error::table::TableError;

/// A fault of a line.
pub(super) fn fault(line: usize, reason: impl Into<String>) -> TableError {
    TableError::Csv { line, reason: reason.into() }
}

/// The rows of a text table with the line where each begins, cell by cell: quotation
/// marks are taken off, empty lines are left out.
///
/// # Errors
/// [`TableError::Csv`] for a quotation mark that is not closed or that text follows.
pub fn records(text: &str, separator: char) -> Result<Vec<(usize, Vec<String>)>, TableError> {
    Records::of(text, separator).collect()
}

/// Records with the line where each begins. Empty lines are skipped.
pub(super) struct Records<'t> {
    rest: &'t str,
    line: usize,
    separator: char,
}

impl<'t> Records<'t> {
    /// The records of a text.
    pub fn of(text: &'t str, separator: char) -> Self {
        Self { rest: text, line: 1, separator }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<(usize, Vec<String>), TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        let blank = self.rest.len() - self.rest.trim_start_matches(['\n', '\r']).len();
        self.line += self.rest[..blank].matches('\n').count();
        self.rest = &self.rest[blank..];
        if self.rest.is_empty() {
            return None;
        }
        let line = self.line;
        let mut record = Vec::new();
        loop {
            match self.cell() {
                Ok((cell, ended)) => {
                    record.push(cell);
                    if ended {
                        return Some(Ok((line, record)));
                    }
                }
                Err(error) => {
                    self.rest = "";
                    return Some(Err(error));
                }
            }
        }
    }
}

impl Records<'_> {
    /// Takes one cell; `true` if it ends the record.
    fn cell(&mut self) -> Result<(String, bool), TableError> {
        let mut cell = String::new();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            let opened = self.line;
            let mut rest = quoted;
            loop {
                let Some(end) = rest.find('"') else {
                    return Err(fault(opened, "a quotation mark is not closed"));
                };
                cell.push_str(&rest[..end]);
                rest = &rest[end + 1..];
                match rest.strip_prefix('"') {
                    Some(more) => {
                        cell.push('"');
                        rest = more;
                    }
                    None => break,
                }
            }
            self.line += cell.matches('\n').count();
            self.rest = rest;
            if !self.rest.is_empty() && !self.rest.starts_with([self.separator, '\n', '\r']) {
                return Err(fault(self.line, "text follows a closing quotation mark: expected a separator"));
            }
        } else {
            let end = self.rest.find([self.separator, '\n', '\r']).unwrap_or(self.rest.len());
            cell.push_str(&self.rest[..end]);
            self.rest = &self.rest[end..];
        }
        if let Some(rest) = self.rest.strip_prefix(self.separator) {
            self.rest = rest;
            return Ok((cell, false));
        }
        // A carriage return alone ends a line, too (old spreadsheets).
        if let Some(rest) = self.rest.strip_prefix("\r\n").or(self.rest.strip_prefix(['\n', '\r'])) {
            self.rest = rest;
            self.line += 1;
        }
        Ok((cell, true))
    }
}

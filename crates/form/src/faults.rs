//! All faults of a file, printed beside the lines that they lie in.

use crate::fault::Fault;
use crate::place::line_and_column;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use std::fmt;
use std::ops::Range;

/// Width of notes and remedies, characters.
const LINE_WIDTH: usize = 100;

/// All faults of one file, in the order of the file, with the text they lie in.
#[derive(Clone, Debug, PartialEq)]
pub struct Faults {
    file_name: String,
    text: String,
    list: Vec<Fault>,
}

impl Faults {
    /// Gathers the faults of `text`, which was read from `file_name`.
    pub fn new(file_name: &str, text: &str, mut list: Vec<Fault>) -> Self {
        list.sort_by_key(|fault| fault.span.as_ref().map_or(0, |span| span.start));
        Self { file_name: file_name.to_owned(), text: text.to_owned(), list }
    }

    /// The faults, in the order of the file.
    pub fn list(&self) -> &[Fault] {
        &self.list
    }

    /// Line and column (both from 1, columns in characters) of a fault.
    pub fn position(&self, fault: &Fault) -> Option<(usize, usize)> {
        Some(line_and_column(&self.text, fault.span.as_ref()?.start))
    }

    /// A line for each fault: file, line and what is wrong.
    pub fn in_lines(&self) -> String {
        let line = |fault: &Fault| match self.position(fault) {
            Some((line, _)) => format!("{}:{line}: {}", self.file_name, fault.message),
            None => format!("{}: {}", self.file_name, fault.message),
        };
        self.list.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The faults as a text for people: file, line, column, the line itself
    /// with carets, what is accepted and the remedy. `coloured` adds terminal
    /// colours; without it the text is plain ASCII apart from the file's own words.
    pub fn render(&self, coloured: bool) -> String {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        let mut page = String::new();
        for fault in &self.list {
            page.push_str(renderer.render(&[self.group(fault)]).trim_end());
            page.push_str("\n\n");
        }
        let count = self.list.len();
        let noun = if count == 1 { "fault" } else { "faults" };
        page.push_str(&format!("{count} {noun} in {}", self.file_name));
        page
    }

    /// One fault in the terms of the renderer.
    fn group<'a>(&'a self, fault: &'a Fault) -> annotate_snippets::Group<'a> {
        let title = Level::ERROR.primary_title(fault.message.as_str());
        let mut group = match self.visible(fault.span.as_ref()) {
            Some(span) => {
                let mut snippet = Snippet::source(self.text.as_str())
                    .path(self.file_name.as_str())
                    .annotation(AnnotationKind::Primary.span(span).label(fault.label.as_str()));
                if let Some((also, label)) = &fault.also
                    && let Some(also) = self.visible(Some(also))
                {
                    snippet = snippet.annotation(AnnotationKind::Context.span(also).label(label.as_str()));
                }
                title.element(snippet)
            }
            None => title.element(annotate_snippets::Origin::path(self.file_name.as_str())),
        };
        if !fault.accepted.is_empty() {
            group = group.element(Level::NOTE.message(wrapped(&fault.accepted)));
        }
        if !fault.help.is_empty() {
            group = group.element(Level::HELP.message(wrapped(&fault.help)));
        }
        group
    }

    /// A span cut to its first line and to the text, so that the caret
    /// underlines one line at most.
    fn visible(&self, span: Option<&Range<usize>>) -> Option<Range<usize>> {
        let span = span?;
        let start = self.text.floor_char_boundary(span.start.min(self.text.len()));
        let end = self.text.floor_char_boundary(span.end.clamp(start, self.text.len()));
        let first_line = self.text[start..end].find('\n').map_or(end, |newline| start + newline);
        Some(start..first_line)
    }
}

/// A text in lines that fit beside the margin; long lists of names need it.
fn wrapped(text: &str) -> String {
    let mut page = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let letters = word.chars().count();
        if width > 0 {
            let breaks = width + letters >= LINE_WIDTH;
            page.push(if breaks { '\n' } else { ' ' });
            width = if breaks { 0 } else { width + 1 };
        }
        page.push_str(word);
        width += letters;
    }
    page
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Faults {}

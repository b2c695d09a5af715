//! All faults of a file, printed beside the lines that they lie in.

use crate::fault::Fault;
use crate::place::line_and_column;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};
use std::fmt;
use std::ops::Range;

/// Columns of a line where nobody says how wide the terminal is.
const USUAL_WIDTH: usize = 100;

/// Columns that `error: `, and `   = note: ` or `   = help: `, take before the words.
const BEFORE_TITLE: usize = 7;
const BEFORE_NOTE: usize = 11;

/// Most columns of a line of the file that are shown.
const WIDEST_SOURCE: usize = 140;

/// Columns of the number of a line, ` | `, and a sign of what is cut off.
const MARGIN: usize = 6;

/// Most faults of a file that are kept: nobody mends more than these at once, and each is
/// looked up and shown in its text.
const MOST: usize = 100;

/// The faults of one file, in the order of the file, with the text they lie in; of very
/// many the first ones and how many more there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Faults {
    file_name: String,
    text: String,
    list: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// Gathers the faults of `text`, which was read from `file_name`.
    pub fn new(file_name: &str, text: &str, mut list: Vec<Fault>) -> Self {
        list.sort_by_key(|fault| fault.span.as_ref().map_or(0, |span| span.start));
        let more = list.len().saturating_sub(MOST);
        list.truncate(MOST);
        // Labels are printed as they are; what else is printed is made visible on the way.
        for fault in &mut list {
            fault.label = normalize_untrusted_str(&fault.label);
            if let Some((_, label)) = &mut fault.also {
                *label = normalize_untrusted_str(label);
            }
        }
        Self { file_name: normalize_untrusted_str(file_name), text: text.to_owned(), list, more }
    }

    /// The faults, in the order of the file; at most 100 of them.
    pub fn list(&self) -> &[Fault] {
        &self.list
    }

    /// How many faults there are besides those of the list.
    pub fn more(&self) -> usize {
        self.more
    }

    /// Line and column (both from 1, columns in characters) of a fault.
    pub fn position(&self, fault: &Fault) -> Option<(usize, usize)> {
        Some(line_and_column(&self.text, fault.span.as_ref()?.start))
    }

    /// A line for each fault: file, line, what is wrong, the remedy, what is accepted.
    pub fn in_lines(&self) -> String {
        let line = |fault: &Fault| {
            let place = self.position(fault).map(|(line, _)| format!(":{line}")).unwrap_or_default();
            let more: String = [&fault.help, &fault.accepted]
                .iter()
                .filter(|words| !words.is_empty())
                .map(|words| format!("; {words}"))
                .collect();
            format!("{}{place}: {}{more}", self.file_name, fault.message)
        };
        let mut lines: Vec<String> = self.list.iter().map(line).collect();
        if self.more > 0 {
            lines.push(format!("{}: and {} more faults", self.file_name, self.more));
        }
        lines.join("\n")
    }

    /// The faults as a text for people: file, line, column, the line itself
    /// with carets, what is accepted and the remedy, in lines of `width` columns; where
    /// there is none, as in a file, only lists are broken.
    /// `coloured` adds terminal colours; without it the text is plain ASCII apart
    /// from the file's own words.
    pub fn render(&self, coloured: bool, width: Option<usize>) -> String {
        let of_lists = width.unwrap_or(USUAL_WIDTH);
        let width = width.unwrap_or(usize::MAX);
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        // The number of the line and its margin are not counted by the renderer.
        let renderer = renderer.term_width(width.saturating_sub(MARGIN).min(WIDEST_SOURCE));
        let mut page = String::new();
        for fault in &self.list {
            let title = wrapped(&fault.message, width.saturating_sub(BEFORE_TITLE));
            let rendered = renderer.render(&[self.group(fault, &title, width, of_lists)]);
            let lines: Vec<&str> = rendered.lines().map(str::trim_end).collect();
            page.push_str(lines.join("\n").trim_end());
            page.push_str("\n\n");
        }
        let count = self.list.len() + self.more;
        let noun = if count == 1 { "fault" } else { "faults" };
        let shown = if self.more == 0 { String::new() } else { format!("; the first {MOST} are shown") };
        page.push_str(&wrapped(&format!("{count} {noun} in {}{shown}", self.file_name), width));
        page
    }

    /// One fault in the terms of the renderer.
    fn group<'a>(
        &'a self,
        fault: &'a Fault,
        title: &'a str,
        width: usize,
        of_lists: usize,
    ) -> annotate_snippets::Group<'a> {
        let title = Level::ERROR.primary_title(title);
        let mut notes = Vec::new();
        let mut group = match self.visible(fault.span.as_ref()) {
            Some(span) => {
                let fits = self.room_beside(&span, width) >= fault.label.chars().count();
                let label = if fits { fault.label.as_str() } else { "" };
                if !fits {
                    notes.push((Level::NOTE, &fault.label));
                }
                let mut snippet = Snippet::source(self.text.as_str())
                    .path(self.file_name.as_str())
                    .annotation(AnnotationKind::Primary.span(span).label(label));
                if let Some((also, label)) = &fault.also
                    && let Some(also) = self.visible(Some(also))
                {
                    let fits = self.room_beside(&also, width) >= label.chars().count();
                    let beside = if fits { label.as_str() } else { "" };
                    if !fits {
                        notes.push((Level::NOTE, label));
                    }
                    snippet = snippet.annotation(AnnotationKind::Context.span(also).label(beside));
                }
                title.element(snippet)
            }
            None => title.element(annotate_snippets::Origin::path(self.file_name.as_str())),
        };
        notes.push((Level::NOTE, &fault.accepted));
        notes.push((Level::HELP, &fault.help));
        for (level, words) in notes.into_iter().filter(|(_, words)| !words.is_empty()) {
            let words = normalize_untrusted_str(words);
            group = group.element(level.message(wrapped(&words, of_lists.saturating_sub(BEFORE_NOTE))));
        }
        group
    }

    /// Columns that are free beside the carets under a span.
    fn room_beside(&self, span: &Range<usize>, width: usize) -> usize {
        let (line, column) = line_and_column(&self.text, span.start);
        let carets = self.text[span.clone()].chars().count().max(1);
        // The number of the line, ` | `, and a blank on either side of the carets.
        let gutter = line.to_string().len() + 4;
        width.saturating_sub(gutter + column + carets)
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

/// A text in lines of at most `room` characters; long lists of names need it.
fn wrapped(text: &str, room: usize) -> String {
    let mut page = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let letters = word.chars().count();
        if width > 0 {
            let breaks = width + letters >= room;
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
        f.write_str(&self.render(false, None))
    }
}

impl std::error::Error for Faults {}

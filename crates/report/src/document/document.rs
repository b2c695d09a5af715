//! A page without a format: sections made of blocks.

use crate::document::figure::Shown;
use crate::document::table::Table;

/// A page.
pub(crate) struct Document {
    /// Title.
    pub(crate) title: String,
    /// Name of the experiment; empty if there is none.
    pub(crate) name: String,
    /// Program that ran the experiment, with its version.
    pub(crate) program: String,
    /// Sections from top to bottom.
    pub(crate) sections: Vec<Section>,
}

/// A part of the page that a link leads to.
pub(crate) struct Section {
    /// Anchor of the links to it.
    pub(crate) anchor: String,
    /// Name in the table of contents, where it is not the title.
    pub(crate) short: String,
    /// Heading; empty if there is none.
    pub(crate) title: String,
    /// What it says.
    pub(crate) blocks: Vec<Block>,
}

impl Section {
    /// A section whose title stands in the table of contents.
    pub(crate) fn new(anchor: impl Into<String>, title: impl Into<String>, blocks: Vec<Block>) -> Self {
        let title = title.into();
        Self { anchor: anchor.into(), short: title.clone(), title, blocks }
    }

    /// The same section under another name in the table of contents.
    pub(crate) fn called(self, short: &str) -> Self {
        Self { short: short.to_owned(), ..self }
    }
}

/// What a section is made of.
pub(crate) enum Block {
    /// A paragraph.
    Text(String),
    /// The paragraph that the page is written for.
    Answer(String),
    /// One sentence in a frame: how the whole page is to be read.
    Banner(String),
    /// A paragraph that opens with its heading.
    Paragraph {
        /// Heading, without a full stop.
        heading: &'static str,
        /// Text.
        text: String,
    },
    /// A heading inside the section.
    Heading(&'static str),
    /// Sentences one below the other; nothing if there are none.
    List(Vec<String>),
    /// A box with a heading: what a reader must know first.
    Notice {
        /// Anchor of the links to it.
        anchor: &'static str,
        /// Heading.
        title: &'static str,
        /// Sentences.
        lines: Vec<String>,
    },
    /// A table.
    Table(Table),
    /// A figure.
    Figure(Shown),
    /// What can be folded away.
    Fold(Fold),
    /// Blocks in a box of their own: evidence.
    Evidence(Vec<Block>),
    /// Names with what they stand for.
    Terms(Vec<Term>),
}

impl Block {
    /// A paragraph.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Sentences that say the table above in words.
    pub(crate) fn in_words(sentences: Vec<String>) -> Self {
        Self::Fold(Fold { summary: Summary::InWords, open: false, blocks: vec![Self::List(sentences)] })
    }
}

/// Blocks under a line that opens and closes them.
pub(crate) struct Fold {
    /// The line.
    pub(crate) summary: Summary,
    /// Whether it is open when the page is.
    pub(crate) open: bool,
    /// What is folded.
    pub(crate) blocks: Vec<Block>,
}

/// The line above what is folded.
pub(crate) enum Summary {
    /// The table above in words; where nothing folds, no line is needed.
    InWords,
    /// A sentence without its full stop.
    Sentence(String),
    /// A heading with a remark.
    Heading {
        /// Heading.
        title: String,
        /// Remark, without brackets.
        remark: &'static str,
    },
}

/// A name with what it stands for.
pub(crate) struct Term {
    /// Name.
    pub(crate) name: &'static str,
    /// What it stands for.
    pub(crate) value: String,
    /// Whether the value is for machines: a hash, a seed.
    pub(crate) code: bool,
}

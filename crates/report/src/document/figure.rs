//! A figure on the page.

/// A file of a figure.
pub(crate) struct Link {
    /// What the link says.
    pub(crate) label: String,
    /// The file, from the results folder.
    pub(crate) path: String,
}

/// A figure with its number, legend and files.
pub(crate) struct Shown {
    /// Anchor on the page.
    pub(crate) anchor: String,
    /// `1`, `2`, … or `S1`, `S2`, ….
    pub(crate) number: String,
    /// Headline of the legend.
    pub(crate) title: String,
    /// The rest of the legend.
    pub(crate) legend: String,
    /// What a reader who cannot see the figure should know.
    pub(crate) alt: String,
    /// The drawing, without a size.
    pub(crate) svg: String,
    /// The file that Markdown shows; empty if there is none.
    pub(crate) file: String,
    /// All files of the figure and its source data.
    pub(crate) files: Vec<Link>,
    /// Width on a screen, mm.
    pub(crate) width_mm: u32,
    /// Whether it belongs to the supplement.
    pub(crate) supplementary: bool,
}

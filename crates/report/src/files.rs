//! Files of the report: exported on a few threads, written whole or not at all.

use crate::drawing::{Fonts, export};
use crate::error::ReportError;
use crate::figures::scene::Figure;
use crate::options::{Drawing, Watch};
use recording::atomic;
use results::Entry;
use results::plan::FigureFormat;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Threads when the caller does not say.
const THREADS: usize = 2;

/// A file of a figure.
struct Rendered {
    name: String,
    bytes: Vec<u8>,
}

/// Writes all figure files into `folder/figures`; returns their paths, sorted.
/// `watch` hears of each.
pub fn figures(
    folder: &Path,
    figures: &[Figure],
    formats: &[FigureFormat],
    fonts: &Fonts,
    threads: usize,
    watch: &Watch<'_>,
) -> Result<Vec<PathBuf>, ReportError> {
    watch(Drawing::Figures(figures.len()));
    let target = Entry::Figures.within(folder);
    std::fs::create_dir_all(&target).map_err(|source| ReportError::Unwritable { path: target.clone(), source })?;
    let threads = if threads == 0 { THREADS } else { threads };
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Result<Vec<PathBuf>, ReportError>>> = Mutex::new(Vec::new());
    // Which thread draws which figure does not matter.
    recording::threads::together(threads.min(figures.len()), || {
        while let Some(figure) = figures.get(next.fetch_add(1, Ordering::Relaxed)) {
            // Written at once: a large study has hundreds of megabytes.
            let paths = render(figure, formats, fonts).and_then(|files| write(&target, files));
            done.lock().unwrap_or_else(PoisonError::into_inner).push(paths);
            watch(Drawing::Figure);
        }
    });
    let mut written = BTreeSet::new();
    for paths in done.into_inner().unwrap_or_else(PoisonError::into_inner) {
        written.extend(paths?);
    }
    remove_stale(&target, &written)?;
    Ok(written.into_iter().collect())
}

/// Writes the files of one figure.
fn write(target: &Path, files: Vec<Rendered>) -> Result<Vec<PathBuf>, ReportError> {
    let mut paths = Vec::with_capacity(files.len());
    for Rendered { name, bytes } in files {
        let path = target.join(name);
        atomic::write(&path, &bytes)?;
        paths.push(path);
    }
    Ok(paths)
}

fn render(figure: &Figure, formats: &[FigureFormat], fonts: &Fonts) -> Result<Vec<Rendered>, ReportError> {
    let mut files = Vec::new();
    let named = |extension: &str, bytes: Vec<u8>| Rendered { name: format!("{}.{extension}", figure.slug), bytes };
    if formats.contains(&FigureFormat::Svg) {
        files.push(named("svg", figure.svg.clone().into_bytes()));
    }
    if formats.iter().any(|format| matches!(format, FigureFormat::Pdf | FigureFormat::Png)) {
        let tree = export::parse(fonts, &figure.slug, &figure.svg)?;
        if formats.contains(&FigureFormat::Pdf) {
            files.push(named("pdf", export::pdf(&figure.slug, &tree)?));
        }
        if formats.contains(&FigureFormat::Png) {
            files.push(named("png", export::png(&figure.slug, &tree, figure.dpi)?));
        }
    }
    for table in &figure.tables {
        let panel = if table.panel.is_empty() { String::new() } else { format!("-{}", table.panel) };
        files.push(Rendered { name: format!("{}{panel}.csv", figure.slug), bytes: table.csv.clone().into_bytes() });
    }
    Ok(files)
}

/// Removes figure files of an earlier report.
fn remove_stale(target: &Path, written: &BTreeSet<PathBuf>) -> Result<(), ReportError> {
    let unreadable = |source| ReportError::Unreadable { path: target.to_owned(), source };
    for entry in std::fs::read_dir(target).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let ours = path.extension().is_some_and(|e| ["svg", "pdf", "png", "csv"].iter().any(|known| e == *known));
        if ours && !written.contains(&path) {
            std::fs::remove_file(&path).map_err(|source| ReportError::Unwritable { path, source })?;
        }
    }
    Ok(())
}

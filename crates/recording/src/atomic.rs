//! Files that are whole or absent: written under a temporary name in the same
//! folder, synced, renamed, and the folder synced.

use crate::error::store::StoreError;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

/// Ending of the names of files and folders that are being written.
const ENDING: &str = ".tmp";

/// Writes `bytes` to `path`, replacing what was there, so that at no moment a
/// reader or a crash sees a part of them. The folder must exist.
///
/// # Errors
/// [`StoreError::Unwritable`]; the temporary file is removed.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let temporary = temporary_beside(path);
    let written = write_synced(&temporary, bytes)
        .and_then(|()| fs::rename(&temporary, path))
        .and_then(|()| sync_folder(folder_of(path)));
    written.map_err(|source| {
        // The first error is the one to report.
        let _ = fs::remove_file(&temporary);
        StoreError::writing(path)(source)
    })
}

/// Writes `bytes` to `path` if nothing is there; what is there stays, whoever put it there
/// in the meantime. The folder must exist.
///
/// # Errors
/// [`StoreError::Unwritable`], with [`io::ErrorKind::AlreadyExists`] if something is there.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let temporary = temporary_beside(path);
    // A second name for a whole file is given or refused; a renamed file would replace.
    let written = write_synced(&temporary, bytes).and_then(|()| fs::hard_link(&temporary, path));
    let _ = fs::remove_file(&temporary);
    written.and_then(|()| sync_folder(folder_of(path))).map_err(StoreError::writing(path))
}

/// Makes a folder, with those above it; one that is there stays.
///
/// # Errors
/// [`StoreError::Unwritable`].
pub fn folder(path: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(path).map_err(StoreError::writing(path))
}

/// A file that is written piece by piece and appears whole, under its name, when
/// it is finished; dropped before that, it leaves nothing behind.
#[derive(Debug)]
pub struct Growing {
    path: PathBuf,
    temporary: PathBuf,
    file: BufWriter<File>,
    finished: bool,
}

impl Growing {
    /// Begins the file `path`, whose folder must exist.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let temporary = temporary_beside(path);
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&temporary);
        let file = file.map_err(StoreError::writing(path))?;
        Ok(Self { path: path.to_owned(), temporary, file: BufWriter::with_capacity(1 << 16, file), finished: false })
    }

    /// The file itself, with everything written so far, for those who must go
    /// back in it.
    pub(crate) fn file(&mut self) -> io::Result<&mut File> {
        self.file.flush()?;
        Ok(self.file.get_mut())
    }

    /// Writes what is left, waits for the disk and gives the file its name.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    pub fn finish(mut self) -> Result<(), StoreError> {
        let written = self
            .file
            .flush()
            .and_then(|()| self.file.get_ref().sync_all())
            .and_then(|()| fs::rename(&self.temporary, &self.path))
            .and_then(|()| sync_folder(folder_of(&self.path)));
        self.finished = written.is_ok();
        written.map_err(StoreError::writing(&self.path))
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Whether a file or folder name is that of something being written, or left by
/// a killed program.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(ENDING)
}

/// A name beside `path` that no other thread or living process uses.
pub(crate) fn temporary_beside(path: &Path) -> PathBuf {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let (process, number) = (process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    path.with_file_name(format!(".{name}.{process}-{number}{ENDING}"))
}

/// Writes a new file and waits until it is on the disk.
fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Waits until the names in a folder are on the disk.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened; renames are journalled there.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The folder that a path lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn replaces_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("whole.json");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_write_names_the_file_and_keeps_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let absent = folder.path().join("absent/file");
        let error = write(&absent, b"x").unwrap_err();
        assert!(matches!(&error, StoreError::Unwritable { path, .. } if *path == absent));
        // What is there is not replaced by what must be new.
        let new = folder.path().join("new");
        write_new(&new, b"first").unwrap();
        let error = write_new(&new, b"second").unwrap_err();
        assert!(
            matches!(error, StoreError::Unwritable { source, .. } if source.kind() == io::ErrorKind::AlreadyExists)
        );
        assert_eq!(fs::read(&new).unwrap(), b"first");
        fs::remove_file(&new).unwrap();
        // A folder of that name cannot be replaced by a file.
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(write(&taken, b"x").is_err());
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[test]
    fn a_growing_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("measures.csv");
        let mut file = Growing::create(&path).unwrap();
        file.write_all(b"one,").unwrap();
        assert!(!path.exists());
        file.write_all(b"two").unwrap();
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one,two");
        Growing::create(&path).unwrap().write_all(b"lost").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one,two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn temporary_names_are_recognised_and_differ() {
        let path = Path::new("a/sweeps.parquet");
        let (one, two) = (temporary_beside(path), temporary_beside(path));
        assert_ne!(one, two);
        assert_eq!(one.parent(), path.parent());
        assert!(is_temporary(&one.file_name().unwrap().to_string_lossy()));
        for name in ["sweeps.parquet", ".gitignore", "notes.tmp", ""] {
            assert!(!is_temporary(name), "{name}");
        }
    }
}

//! Files that are whole or absent: written under a temporary name in the same
//! folder, synced, renamed, and the folder synced. Temporary names are random, and
//! what bears one is made new: neither two machines that share a disk nor a link that
//! someone laid there can make one writer write into what another has.

use crate::error::store::StoreError;
use std::collections::hash_map::RandomState;
use std::fs::{self, File};
use std::hash::BuildHasher;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Ending of the names of files and folders that are being written.
const ENDING: &str = ".tmp";

/// Writes `bytes` to `path`, replacing what was there, so that at no moment a
/// reader or a crash sees a part of them. The folder must exist.
///
/// # Errors
/// [`StoreError::Unwritable`]; the temporary file is removed.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let unwritable = StoreError::writing(path);
    let temporary = temporary_beside(path);
    let written = locked(&temporary).and_then(|mut file| {
        let filled = file.write_all(bytes).and_then(|()| named(&file, &temporary, path));
        if filled.is_err() {
            // The first error is the one to report.
            let _ = fs::remove_file(&temporary);
        }
        filled
    });
    written.map_err(unwritable)
}

/// [`write()`] for what writes into files by their names: `fill` gets the temporary one,
/// which is there and empty.
///
/// # Errors
/// Those of `fill`, and what `unwritable` makes of those of the system.
pub fn write_by_name<E>(
    path: &Path,
    fill: impl FnOnce(&Path) -> Result<(), E>,
    unwritable: impl Fn(io::Error) -> E,
) -> Result<(), E> {
    let temporary = temporary_beside(path);
    // Not locked: whoever fills it may lock it, too.
    File::create_new(&temporary).map_err(&unwritable)?;
    let whole = || File::options().write(true).open(&temporary).and_then(|file| named(&file, &temporary, path));
    let written = fill(&temporary).and_then(|()| whole().map_err(&unwritable));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Waits until a file is on the disk, and gives it its name.
fn named(file: &File, temporary: &Path, path: &Path) -> io::Result<()> {
    file.sync_all()?;
    fs::rename(temporary, path)?;
    sync_folder(folder_of(path))
}

/// A new file that is locked as long as it is open: so much tells who tidies up that
/// somebody still writes there.
fn locked(temporary: &Path) -> io::Result<File> {
    let file = File::options().read(true).write(true).create_new(true).open(temporary)?;
    // Some network file systems have no locks; nobody tidies up there.
    let _ = file.try_lock();
    Ok(file)
}

/// Removes the files that killed programs left half written in a folder and in those
/// below it. What somebody still writes is locked, and stays.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            sweep(&entry.path());
        } else if kind.is_file() && is_temporary(&entry.file_name().to_string_lossy()) {
            remove_if_left(&entry.path());
        }
    }
}

/// Removes a temporary file that nobody has locked.
fn remove_if_left(temporary: &Path) {
    if File::open(temporary).is_ok_and(|file| file.try_lock().is_ok()) {
        let _ = fs::remove_file(temporary);
    }
}

/// That a file can be written as `path`, before hours of work for it: makes a temporary
/// file beside it and takes it away again, and with it what killed programs left there
/// while they wrote it.
///
/// # Errors
/// [`StoreError::Unwritable`].
pub fn probe(path: &Path) -> Result<(), StoreError> {
    let unwritable = || StoreError::writing(path);
    if path.is_dir() {
        return Err(unwritable()(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    for entry in fs::read_dir(folder_of(path)).into_iter().flatten().flatten() {
        if is_temporary_of(&entry.file_name().to_string_lossy(), path) {
            remove_if_left(&entry.path());
        }
    }
    let temporary = temporary_beside(path);
    File::create_new(&temporary).map_err(unwritable())?;
    fs::remove_file(&temporary).map_err(unwritable())
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
        let file = locked(&temporary).map_err(StoreError::writing(path))?;
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
        let flushed = self.file.flush();
        let written = flushed.and_then(|()| named(self.file.get_ref(), &self.temporary, &self.path));
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

/// A random name beside `path`. Process and counter would not do: two containers on
/// one disk have the same process numbers.
pub fn temporary_beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    // The keys of a new hasher come from the system's random numbers.
    let random = RandomState::new().hash_one(std::process::id());
    path.with_file_name(format!(".{name}.{random:016x}{ENDING}"))
}

/// Whether a name is that of something being written, or left by a killed program, in
/// place of the file or folder `path`.
pub fn is_temporary_of(name: &str, path: &Path) -> bool {
    let own = path.file_name().map(|own| format!(".{}.", own.to_string_lossy())).unwrap_or_default();
    let middle = name.strip_prefix(&own).and_then(|rest| rest.strip_suffix(ENDING));
    middle.is_some_and(|middle| middle.len() == 16 && middle.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Writes a new file and waits until it is on the disk.
fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
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
    #[cfg(unix)]
    fn a_link_under_the_temporary_name_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::write(&target, "mine").unwrap();
        let planted = folder.path().join(".x.tmp");
        std::os::unix::fs::symlink(&target, &planted).unwrap();
        assert_eq!(write_synced(&planted, b"theirs").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&target).unwrap(), b"mine");
    }

    #[test]
    fn a_path_that_cannot_be_written_is_known_before() {
        let folder = tempfile::tempdir().unwrap();
        probe(&folder.path().join("page.html")).unwrap();
        for nowhere in [folder.path().join("absent/page.html"), folder.path().to_owned()] {
            assert!(matches!(probe(&nowhere), Err(StoreError::Unwritable { .. })), "{}", nowhere.display());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
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
        let name = one.file_name().unwrap().to_string_lossy().into_owned();
        assert!(is_temporary(&name) && is_temporary_of(&name, path));
        assert!(!is_temporary_of(&name, Path::new("a/parquet")) && !is_temporary_of(".sweeps.parquet.old.tmp", path));
        for name in ["sweeps.parquet", ".gitignore", "notes.tmp", ""] {
            assert!(!is_temporary(name), "{name}");
        }
    }
}

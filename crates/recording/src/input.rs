//! Files that are read whole: plain ones, of a stated size at most. A pipe or a device
//! would never end, and what does not fit into memory is refused before it is read.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Most bytes of a file that is read whole: 1 GB.
pub const LARGEST: u64 = 1 << 30;
/// Most bytes of a table of text: 256 MB. It takes about a tenfold of that in memory.
pub const LARGEST_TEXT: u64 = 1 << 28;

/// The bytes of a plain file of at most so many.
///
/// # Errors
/// What the system says; [`ErrorKind::InvalidInput`] for a pipe, a device or a folder,
/// [`ErrorKind::FileTooLarge`] with both sizes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    plain(&fs::metadata(path)?, most)?;
    let mut bytes = Vec::new();
    // The file may be growing.
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(bytes.len() as u64, most)) } else { Ok(bytes) }
}

/// [`read`], as text.
///
/// # Errors
/// As [`read`]; [`ErrorKind::InvalidData`] if it is not UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not UTF-8 text"))
}

/// That a file is a plain one of at most so many bytes.
///
/// # Errors
/// As [`read`].
pub fn plain(file: &Metadata, most: u64) -> io::Result<()> {
    if !file.is_file() {
        let what = if file.is_dir() { "a folder" } else { "a pipe or a device" };
        return Err(io::Error::new(ErrorKind::InvalidInput, format!("it is {what}, not a file")));
    }
    if file.len() > most { Err(too_large(file.len(), most)) } else { Ok(()) }
}

fn too_large(bytes: u64, most: u64) -> io::Error {
    let reason = format!("it has {} MB; at most {} MB are read", bytes.div_ceil(1 << 20), most >> 20);
    io::Error::new(ErrorKind::FileTooLarge, reason)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_of_a_stated_size_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "0123456789").unwrap();
        assert_eq!(read(&file, 10).unwrap(), b"0123456789");
        assert_eq!(read(&file, 9).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert!(read(folder.path(), 9).unwrap_err().to_string().contains("a folder"));
        if cfg!(unix) {
            assert!(read(Path::new("/dev/zero"), 9).unwrap_err().to_string().contains("a pipe or a device"));
            // An open end would wait for ever.
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            assert!(read(&pipe, 9).unwrap_err().to_string().contains("a pipe or a device"));
        }
    }
}

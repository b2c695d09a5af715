//! Formats that are known and not read, each with the way out: most of them Neo reads,
//! and the bridge in `crates/exchange/bridge` writes what Neo reads as NWB.

use crate::error::exchange::ExchangeError;
use std::path::Path;

/// What 32-bit files of Spike2 have behind two bytes.
const SON: &[u8] = b"(C) CED 87";

/// Endings of files that are read.
const READ: [&str; 20] = [
    "abf", "nwb", "csv", "tsv", "txt", "xlsx", "ods", "parquet", "atf", "wcp", "axgd", "axgx", "axgr", "ibw", "itx",
    "pxp", "pxt", "cfs", "dat", "h5",
];

/// A format that is not read: the program that writes it, and how it can be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bridge {
    ending: &'static str,
    program: &'static str,
    way: Way,
}

#[derive(Clone, Copy, Debug)]
enum Way {
    /// Neo reads it.
    Neo,
    /// Neo reads it with a library of the maker.
    Library(&'static str),
    /// The program itself writes what is read.
    Export(&'static str),
}

const BRIDGES: [Bridge; 14] = [
    Bridge { ending: "smr", program: "Spike2 (CED, 32 bits)", way: Way::Neo },
    Bridge { ending: "smrx", program: "Spike2 (CED, 64 bits)", way: Way::Library("sonpy") },
    Bridge { ending: "plx", program: "Plexon", way: Way::Neo },
    Bridge { ending: "ns5", program: "Blackrock", way: Way::Neo },
    Bridge { ending: "ns6", program: "Blackrock", way: Way::Neo },
    Bridge { ending: "rhd", program: "Intan", way: Way::Neo },
    Bridge { ending: "rhs", program: "Intan", way: Way::Neo },
    Bridge { ending: "ncs", program: "Neuralynx", way: Way::Neo },
    Bridge { ending: "nex", program: "NeuroExplorer", way: Way::Neo },
    Bridge { ending: "vhdr", program: "BrainVision", way: Way::Neo },
    Bridge {
        ending: "mcd",
        program: "MC_Rack (Multi Channel Systems)",
        way: Way::Export("as HDF5 with Multi Channel DataManager"),
    },
    Bridge {
        ending: "msrd",
        program: "Multi Channel Experimenter",
        way: Way::Export("as HDF5 with Multi Channel DataManager"),
    },
    Bridge { ending: "modat", program: "Mobius (MED64)", way: Way::Export("as CSV from Mobius") },
    Bridge { ending: "adicht", program: "LabChart (ADInstruments)", way: Way::Export("as text from LabChart") },
];

/// The format by its signature.
pub(crate) fn signed(head: &[u8]) -> Option<Bridge> {
    head.get(2..).is_some_and(|head| head.starts_with(SON)).then_some(BRIDGES[0])
}

/// The format by the ending of the name: asked where the content is not known.
pub(crate) fn named(path: &Path) -> Option<Bridge> {
    let ending = ending(path);
    BRIDGES.into_iter().find(|bridge| bridge.ending == ending)
}

/// Whether the ending of the name is that of a recording or a table, one that is read
/// or one that a bridge exists for. WinLTP numbers its endings, and is not among them.
pub fn is_named_as_recording(path: &Path) -> bool {
    let ending = ending(path);
    READ.contains(&ending.as_str()) || named(path).is_some()
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

impl Bridge {
    /// The refusal with the remedy.
    pub fn refusal(self, path: &Path) -> ExchangeError {
        let command = format!("python -m schaffer.neo {}", quoted(path));
        let once = "once before it, pip install ./crates/exchange/bridge";
        let remedy = match self.way {
            Way::Neo => format!("`{command}` writes it as NWB, which is ({once})"),
            Way::Library(library) => format!("`{command}` writes it as NWB, which is ({once} {library})"),
            Way::Export(how) => format!("export it {how}"),
        };
        ExchangeError::NotRead { path: path.to_owned(), program: self.program, remedy }
    }
}

/// The path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%\\".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_where_a_shell_would_part_them() {
        assert_eq!(quoted(Path::new("a/b-1.smr")), "a/b-1.smr");
        assert_eq!(quoted(Path::new("my slice's.smr")), "'my slice'\\''s.smr'");
    }

    #[test]
    fn spike2_is_known_by_its_signature_whatever_its_name() {
        let bridge = signed(b"\x09\0(C) CED 87 and so on").unwrap();
        let said = bridge.refusal(Path::new("x.dat")).to_string();
        assert!(said.contains("Spike2") && said.contains("`python -m schaffer.neo x.dat`"), "{said}");
        assert!(signed(b"(C) CED 87").is_none() && signed(b"").is_none());
    }
}

//! Binary and text files of other recording programs: which they are, and how they
//! are opened.

use crate::binary::source::Source;
use crate::binary::strided::Strided;
use crate::error::exchange::ExchangeError;
use crate::igor::sweeps::Said;
use crate::igor::{file as igor, packed, text as igor_text, wave};
use crate::open::table::Stated;
use crate::sweeps::head::Head;
use crate::{axograph, cfs, heka, wcp};
use std::fs::File;
use std::path::Path;

/// A recording program whose files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rig {
    WinWcp,
    AxoGraph,
    Heka,
    Cfs,
    IgorWave,
    /// Whether its fields are big-endian.
    IgorExperiment(bool),
    IgorText,
}

/// The program of a file of `length` bytes that begins with these, by its signature.
pub(crate) fn signed(head: &[u8]) -> Option<Rig> {
    let begins = |signature: &[u8]| head.starts_with(signature);
    if begins(wcp::header::SIGNATURE) {
        Some(Rig::WinWcp)
    } else if axograph::file::SIGNATURES.iter().any(|signature| begins(signature)) {
        Some(Rig::AxoGraph)
    } else if heka::bundle::SIGNATURES.iter().any(|signature| begins(signature)) && head.iter().any(|&byte| byte < 9) {
        Some(Rig::Heka)
    } else if begins(cfs::header::SIGNATURE) {
        Some(Rig::Cfs)
    } else if begins(igor_text::SIGNATURE) && head.get(4).is_none_or(u8::is_ascii_whitespace) {
        Some(Rig::IgorText)
    } else {
        None
    }
}

/// Igor Pro has no signature: whether the fields of a header fit together and to the
/// `length` of the file. Asked of binary files that bear no other's signature.
pub(crate) fn unsigned(head: &[u8], length: u64) -> Option<Rig> {
    if wave::is_wave(head, length) {
        return Some(Rig::IgorWave);
    }
    packed::order(head, length).map(Rig::IgorExperiment)
}

/// Opens a file of that program.
pub(crate) fn open(rig: Rig, path: &Path, length: u64, stated: &Stated) -> Result<(Head, Strided), ExchangeError> {
    let source = || {
        let file = File::open(path).map_err(|source| ExchangeError::Unreadable { path: path.to_owned(), source })?;
        Ok::<_, ExchangeError>(Source::File(file, length))
    };
    let said = || Said {
        unit: stated.unit.clone(),
        row_unit_s: stated.time_unit.map(|unit| unit.seconds()),
        rate_hz: stated.rate_hz,
        interval_s: stated.interval_s,
    };
    let opened = match rig {
        Rig::WinWcp => wcp::file::open(path, source()?),
        Rig::AxoGraph => axograph::file::open(path, source()?, stated.interval_s),
        Rig::Heka => heka::file::open(path, source()?),
        Rig::Cfs => cfs::file::open(path, source()?, stated.interval_s),
        Rig::IgorWave => return igor::binary(path, source()?, &said()),
        Rig::IgorExperiment(big_endian) => return igor::experiment(path, source()?, big_endian, &said()),
        Rig::IgorText => return igor::spelt(path, &said()),
    };
    opened.map_err(|problem| ExchangeError::problem(path, problem))
}

//! Files of Igor Pro: one wave, a packed experiment, or text.

use crate::binary::source::Source;
use crate::binary::strided::Strided;
use crate::error::abf::{Fault, Problem};
use crate::error::exchange::ExchangeError;
use crate::igor::sweeps::Said;
use crate::igor::{packed, sweeps, text, wave};
use crate::sweeps::head::Head;
use std::path::Path;

/// A file of one wave.
pub(crate) fn binary(path: &Path, source: Source, said: &Said) -> Result<(Head, Strided), ExchangeError> {
    let read = |source: &Source| -> Result<(wave::Wave, i16), Problem> {
        let version = wave::version(source.block(0, 2, "the version of a wave")?.array(0)?).map_or(0, |found| found.0);
        match wave::read(source, 0, source.len())? {
            Some(wave) => Ok((wave, version)),
            None => {
                let found = "not one of real numbers of one or two dimensions";
                Err(Fault::new(0, "the type of the wave", found, "real numbers of 8 to 64 bits").into())
            }
        }
    };
    let (wave, version) = read(&source).map_err(|problem| ExchangeError::problem(path, problem))?;
    sweeps::of(path, source, (vec![wave], 0), ("Igor binary wave", version.to_string()), said)
}

/// A packed experiment.
pub(crate) fn experiment(
    path: &Path,
    source: Source,
    big_endian: bool,
    said: &Said,
) -> Result<(Head, Strided), ExchangeError> {
    let packed = packed::read(&source, big_endian).map_err(|problem| ExchangeError::problem(path, problem))?;
    sweeps::of(path, source, (packed.waves, packed.others), ("Igor packed experiment", String::new()), said)
}

/// A text file.
pub(crate) fn spelt(path: &Path, said: &Said) -> Result<(Head, Strided), ExchangeError> {
    let (waves, numbers) = text::waves(path)?;
    sweeps::of(path, Source::Memory(numbers), (waves, 0), ("Igor text", String::new()), said)
}

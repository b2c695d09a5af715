//! Codes of the converter to values of a channel.

use crate::abf::header::SampleKind;
use crate::error::abf::Fault;

/// Scale and offset of a channel, which 16-bit samples cannot do without.
///
/// `scale = range / resolution / gain`, the gain being the product of instrument
/// scale factor, signal gain, programmable gain and telegraphed gain.
pub(crate) fn scale(
    place: u64,
    gain: f64,
    range: f64,
    resolution: f64,
    offset: f64,
    kind: SampleKind,
) -> Result<(f64, f64), Fault> {
    let scale = range / resolution / gain;
    let usable = scale.is_finite() && scale != 0.0 && offset.is_finite();
    if usable || kind == SampleKind::Float32 {
        return Ok((scale, offset));
    }
    let found = format!("{range} V / {resolution} codes / gain {gain}, offset {offset}");
    Err(Fault::new(place, "the scale of a channel", found, "finite numbers, not zero"))
}

//! Records of WinWCP as sweeps.
//!
//! A record is an analysis block (status, type, group, time, sampling interval,
//! voltage range of each channel) and the samples, interleaved, 16 bits each. With
//! the range `V_max` at the largest code `c_max` and the gain `g` (V per unit) a
//! code `c` is `c · V_max / (c_max · g)`.
//!
//! Format: `FILEIO.PAS` of WinWCP (J. Dempster, University of Strathclyde).

use crate::binary::rate::{Rated, most_common};
use crate::binary::source::{Block, Source};
use crate::binary::strided::{Stored, Stretch, Strided, StridedSweep};
use crate::binary::text::text;
use crate::error::abf::{Fault, Problem};
use crate::sweeps::head::{Head, SweepNote, TraceChannel};
use crate::wcp::header::Header;
use std::path::Path;

/// The head and the records of a file.
pub(crate) fn open(path: &Path, source: Source) -> Result<(Head, Strided), Problem> {
    let header = Header::read(&source)?;
    let mut sweeps = Vec::new();
    let (mut rejected, mut leak) = (Vec::new(), 0_usize);
    for record in 0..header.records {
        let at = header.length + record * (header.record.0 + header.record.1);
        let block = source.block(at, header.record.0, "the analysis block of a record")?;
        let sweep = sweep(&header, &block)?;
        if text(block.bytes(0, 8)?).eq_ignore_ascii_case("REJECTED") {
            rejected.push(record + 1);
        }
        leak += usize::from(sweep.sweep.note.name.as_deref() == Some("LEAK"));
        sweeps.push(sweep);
    }
    let Some((rate_hz, sweeps, other)) = most_common(sweeps) else {
        return Err(Fault::new(0, "the number of records (NR)", 0, "1 or more").into());
    };
    let mut left_out: Vec<String> = other.into_iter().collect();
    if !rejected.is_empty() {
        let which: Vec<String> = rejected.iter().take(20).map(u64::to_string).collect();
        let (count, which) = (rejected.len(), which.join(", "));
        left_out.push(format!("{count} records are marked as rejected in WinWCP and read like the others: {which}"));
    }
    if leak > 0 {
        left_out.push(format!("{leak} records are leak records, not test records"));
    }
    let head = Head {
        format: "WinWCP",
        version: header.text("VER").unwrap_or_default().to_owned(),
        creator: header.text("VERPROG").map(|version| format!("WinWCP {version}")).unwrap_or_default(),
        started: header.started(),
        comment: header.text("ID").unwrap_or_default().to_owned(),
        channels: header
            .channels
            .iter()
            .map(|channel| TraceChannel { name: channel.name.clone(), unit: channel.unit.clone(), stimulus: false })
            .collect(),
        rate_hz,
        left_out,
        ..Head::default()
    };
    Ok((head, Strided::new(path, source, sweeps)?))
}

/// One record: the type is the name of the sweep.
fn sweep(header: &Header, block: &Block) -> Result<Rated, Fault> {
    let count = header.channels.len() as u64;
    let start_s = block.f32(16)?;
    let start_s = if start_s.is_finite() { start_s } else { 0.0 };
    let mut interval_s = block.positive(20, "the sampling interval")?;
    // Files before 1999 have ms here, and s in the header.
    if let Some(said) = header.number("DT").filter(|said| *said > 0.0)
        && (interval_s / said / 1000.0 - 1.0).abs() < 1e-3
    {
        interval_s = said;
    }
    let data = block.place(block.len());
    let trace = |(channel, known): (usize, &crate::wcp::header::Channel)| {
        let range = block.positive(24 + 4 * channel, "the voltage range of a channel")?;
        Ok(Some(Stretch {
            offset: data + 2 * known.place,
            stride: 2 * count,
            stored: Stored::I16,
            big_endian: false,
            scale: range / (header.largest_code * known.gain),
            zero: 0.0,
        }))
    };
    let traces = header.channels.iter().enumerate().map(trace).collect::<Result<_, Fault>>()?;
    let name = Some(text(block.bytes(8, 4)?)).filter(|name| !name.is_empty());
    let note = SweepNote { name, ..SweepNote::default() };
    let points = header.record.1 / (2 * count);
    Ok(Rated { rate_hz: 1.0 / interval_s, sweep: StridedSweep { start_s, points, note, traces } })
}

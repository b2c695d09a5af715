//! What was run, as cells of a row.

use crate::commands::rule::rows::{Cell, Row};
use synapse::rules::Protocol;

/// The cells that say what was run.
pub fn description(set: &str, protocol: &Protocol) -> Row {
    let number = |value: Option<f64>| value.map_or(Cell::Absent, Cell::Number);
    let row = Row::default()
        .with("set", Cell::Text(set.to_owned()))
        .with("protocol", Cell::Text(protocol.name().to_owned()))
        .with("n", Cell::Count(protocol.n()))
        .with("frequency_hz", Cell::Number(protocol.frequency_hz()))
        .with("dt_ms", number(protocol.dt_ms()));
    match *protocol {
        Protocol::Bursts { post, post_interval_ms, anchor, .. } => row
            .with("post", Cell::Count(post))
            .with("post_interval_ms", Cell::Number(post_interval_ms))
            .with("dt_to", Cell::Text(format!("{anchor:?}").to_lowercase())),
        Protocol::Clamp { voltage_mv, .. } => row.with("voltage_mv", Cell::Number(voltage_mv)),
        _ => row,
    }
}

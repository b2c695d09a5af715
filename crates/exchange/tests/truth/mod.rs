//! Comparison of a file with what pyABF reads from it.

use exchange::abf::{Abf, ChannelStatistics, Mode};
use serde_json::Value;

/// Bytes of an ABF1 header with its extension; shorter ones have no extension.
const EXTENDED: u64 = 6_144;

fn text<'v>(truth: &'v Value, key: &str) -> &'v str {
    truth[key].as_str().unwrap_or_else(|| panic!("{key} is no text"))
}

fn number(truth: &Value) -> f64 {
    truth.as_f64().unwrap_or_else(|| panic!("{truth} is no number"))
}

/// Text without what cannot be printed; `?` for nothing, as pyABF has it.
fn label(truth: &Value) -> String {
    let kept: String = truth.as_str().expect("a label").chars().filter(|c| !c.is_control()).collect();
    if kept.trim().is_empty() { String::from("?") } else { kept.trim().to_owned() }
}

/// Equal to 1e-6 of the larger, or of `size` if that is larger still.
fn assert_close(what: &str, found: f64, truth: f64, size: f64) {
    let slack = 1e-6 * found.abs().max(truth.abs()).max(size);
    assert!((found - truth).abs() <= slack, "{what}: {found} for {truth}");
}

/// Compares everything that the truth has; panics with the first difference.
pub fn compare(abf: &Abf, truth: &Value) {
    let one = truth["abf_major"] == 1;
    let basic_only = one && abf.data_offset() < EXTENDED;
    assert_eq!(abf.bytes(), truth["bytes"].as_u64().unwrap());
    assert_eq!(abf.format(), if one { "ABF1" } else { "ABF2" });
    assert_eq!(abf.version(), text(truth, "abf_version"));
    header_texts(abf, truth, basic_only);
    assert_eq!(i64::from(abf.mode().number()), truth["operation_mode"].as_i64().unwrap());
    assert_eq!(abf.sample_kind().bytes(), truth["bytes_per_sample"].as_u64().unwrap());
    assert_eq!(abf.data_offset(), truth["data_offset_byte"].as_u64().unwrap());
    assert_eq!(abf.samples(), truth["data_points_total"].as_u64().unwrap());
    channels(abf, truth);
    // pyABF cuts the rate off to whole Hz.
    assert_eq!((abf.rate_hz() * (1.0 + 1e-9)).floor(), number(&truth["sampling_rate_hz"]));
    let tags = truth["tags"].as_array().unwrap();
    assert_eq!(abf.tags().len(), tags.len());
    for (found, truth) in abf.tags().iter().zip(tags) {
        assert!((found.time_s - number(&truth["time_s"])).abs() <= 1e-5, "tag at {} s", found.time_s);
        // pyABF drops accented letters.
        let ascii: String = found.comment.chars().filter(char::is_ascii).collect();
        assert_eq!(ascii, truth["comment"].as_str().unwrap());
    }
    let lists: Vec<f64> = abf.user_lists().iter().flat_map(|list| list.values.clone()).collect();
    let known: Vec<f64> = truth["user_list"].as_array().into_iter().flatten().map(number).collect();
    assert_eq!(lists, known, "user list");
    if !one {
        let holding: Vec<Option<f64>> = abf.outputs().iter().map(|output| output.holding).collect();
        let known: Vec<Option<f64>> = truth["holding_command"].as_array().unwrap().iter().map(Value::as_f64).collect();
        assert_eq!(holding, known, "holding");
    }
    sweeps(abf, truth, one);
}

fn header_texts(abf: &Abf, truth: &Value, basic_only: bool) {
    let creator = label(&truth["creator"]);
    if basic_only {
        let name = creator.rsplit_once(' ').map_or("", |(name, _version)| name);
        assert_eq!(abf.creator(), name);
        assert_eq!(abf.guid(), None);
    } else {
        assert_eq!(abf.creator(), creator);
        assert_eq!(abf.guid(), truth["file_guid"].as_str());
        assert_eq!(abf.comment(), text(truth, "file_comment"));
    }
    assert_eq!(abf.protocol().as_deref().unwrap_or("None"), text(truth, "protocol"));
    match (abf.date(), text(truth, "datetime")) {
        (None, "ERROR") => {}
        // Written without a date: pyABF gives that of the file system.
        (None, _) => assert!(basic_only, "no date"),
        // `180618` is 18 June 2018; pyABF reads 8 January 1806.
        (Some(date), known) if known.starts_with("1806-01-08") => assert_eq!(date, "2018-06-18T17:34:27.000"),
        (Some(date), known) => assert_eq!(date, known),
    }
}

fn channels(abf: &Abf, truth: &Value) {
    assert_eq!(abf.channels().len() as u64, truth["channel_count"].as_u64().unwrap());
    for (place, channel) in abf.channels().iter().enumerate() {
        assert_eq!(channel.name, label(&truth["adc_names"][place]));
        assert_eq!(channel.unit, label(&truth["adc_units"][place]));
        let scale = number(&truth["scale_factors"][place]);
        // Floats of a header are read as the shortest decimal with their 32 bits,
        // which is what was set on the amplifier; pyABF widens the bits.
        assert!((channel.scale - scale).abs() <= 1e-7 * scale.abs(), "scale {} for {scale}", channel.scale);
        assert_close("offset", channel.offset, number(&truth["scale_offsets"][place]), 0.0);
    }
}

fn sweeps(abf: &Abf, truth: &Value, one: bool) {
    assert_eq!(abf.sweep_count() as u64, truth["sweep_count"].as_u64().unwrap());
    let points: u64 = (0..abf.sweep_count()).filter_map(|sweep| abf.sweep(sweep)).map(|place| place.points).sum();
    assert_eq!(points, truth["points_per_channel"].as_u64().unwrap());
    assert_eq!(points / abf.sweep_count() as u64, truth["sweep_point_count"].as_u64().unwrap());
    let even = abf.mode() != Mode::EventDrivenVariable;
    if !one && even {
        assert_close("interval", abf.sweep_interval_s(), number(&truth["sweep_interval_s"]), 0.0);
    }
    let found: Vec<ChannelStatistics> =
        (0..abf.sweep_count()).flat_map(|sweep| abf.statistics(sweep).unwrap()).collect();
    let known = truth["sweeps"].as_array().unwrap();
    assert_eq!(found.len(), known.len());
    for (found, truth) in found.iter().zip(known) {
        let place = format!("sweep {}, channel {}", found.sweep, found.channel);
        assert_eq!(
            (found.sweep as u64, found.channel as u64),
            (truth["sweep"].as_u64().unwrap(), truth["channel"].as_u64().unwrap())
        );
        assert_eq!(found.n, truth["n"].as_u64().unwrap(), "{place}");
        if !one && even {
            let start = abf.sweep(found.sweep).unwrap().start_s;
            assert_close(&format!("start of {place}"), start, number(&truth["start_s"]), 0.0);
        }
        for (key, values) in [("first5", &found.first5), ("last5", &found.last5)] {
            let known: Vec<f64> = truth[key].as_array().unwrap().iter().map(number).collect();
            assert_eq!(values.len(), known.len());
            for (value, known) in values.iter().zip(known) {
                assert_close(&format!("{key} of {place}"), *value, known, 0.0);
            }
        }
        let size = found.max.abs().max(found.min.abs());
        assert_close(&format!("mean of {place}"), found.mean, number(&truth["mean"]), size);
        assert_close(&format!("sd of {place}"), found.sd, number(&truth["sd"]), size);
        assert_close(&format!("min of {place}"), found.min, number(&truth["min"]), 0.0);
        assert_close(&format!("max of {place}"), found.max, number(&truth["max"]), 0.0);
        assert_eq!(
            (Some(found.argmin), Some(found.argmax)),
            (truth["argmin"].as_u64(), truth["argmax"].as_u64()),
            "{place}"
        );
        let trace = abf.channel(found.sweep, found.channel).unwrap();
        assert_eq!(trace.len() as u64, found.n);
        assert_eq!((trace[found.argmin as usize], trace[found.argmax as usize]), (found.min, found.max));
        assert!(found.n < 5 || trace[..5] == found.first5[..] && trace[trace.len() - 5..] == found.last5[..]);
    }
}

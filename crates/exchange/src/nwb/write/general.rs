//! Who, what, how: the head of the file, the subject, the electrode.

use crate::date;
use crate::nwb::write::content::{Content, is_simulated, short_hash};
use crate::nwb::write::signal::Signal;
use crate::nwb::write::writer::{Writer, text, text_attribute};
use crate::nwb::write::{electrode, subject, words};
use results::Manifest;
use results::folder::slug::slug;
use rust_hdf5::{H5Group, Result};

/// The version of the schema that the files follow.
const SCHEMA: &str = "2.11.0";
/// Start of a session that has no date.
pub(crate) const NO_DATE: &str = "2000-01-01T00:00:00+00:00";

/// Writes the root, `/general` and what they hold.
pub(crate) fn write(writer: &Writer, content: &Content) -> Result<()> {
    let (root, manifest) = (writer.root(), content.manifest);
    for (name, value) in [
        ("namespace", "core"),
        ("neurodata_type", "NWBFile"),
        ("nwb_version", SCHEMA),
        ("object_id", &writer.identifier("/")),
    ] {
        writer.root_attribute(name, value)?;
    }
    let started = started(content);
    let started = started.as_str();
    text(&root, "identifier", &writer.identifier("file"))?;
    text(&root, "session_description", &session(content))?;
    text(&root, "session_start_time", started)?;
    text(&root, "timestamps_reference_time", started)?;
    root.write_vlen_strings("file_create_date", &[started])?;
    for name in ["acquisition", "analysis", "intervals", "processing", "stimulus"] {
        root.create_group(name)?;
    }
    let stimulus = root.group("stimulus")?;
    stimulus.create_group("presentation")?;
    stimulus.create_group("templates")?;
    let general = root.create_group("general")?;
    described(&general, content)?;
    devices(writer, &general, manifest)?;
    subject::write(writer, &general, content)?;
    electrode::write(writer, &general, content)
}

/// Start of the session: as the study states it, or when the first file of the slice
/// was begun by the clock of the rig, whose offset from UTC no file has. Times are
/// counted from there on.
fn started(content: &Content) -> String {
    let (manifest, key) = (content.manifest, &content.slice.key);
    let stated = ["session_start", "date"].into_iter().find_map(|name| date::stated(manifest.preparation.get(name)?));
    let recorded = || manifest.sessions.iter().find(|session| session.key == *key).map(|session| &session.started);
    let begun = stated.or_else(|| date::shifted(recorded()?, content.zero_s));
    begun.unwrap_or_else(|| NO_DATE.to_owned())
}

/// What was recorded, in a sentence.
fn session(content: &Content) -> String {
    let (manifest, key) = (content.manifest, &content.slice.key);
    let what = if is_simulated(manifest) {
        "SIMULATED DATA (in silico, no animal was used; the date is a placeholder). Virtual slice"
    } else {
        match content.signal {
            Signal::Field => "Field recording of hippocampal slice",
            _ => "Whole-cell recording in hippocampal slice",
        }
    };
    format!("{what} {} of {}: {} under {}. {}", key.slice, key.animal, key.induction, key.condition, manifest.title)
}

/// The texts of `/general`.
fn described(general: &H5Group, content: &Content) -> Result<()> {
    let (manifest, key) = (content.manifest, &content.slice.key);
    let simulated = is_simulated(manifest);
    let from =
        |name: &str, otherwise: &str| manifest.preparation.get(name).cloned().unwrap_or_else(|| otherwise.to_owned());
    let induction = manifest.inductions.iter().find(|plan| plan.name == key.induction);
    let induction = induction.map_or(key.induction.as_str(), |plan| plan.description.as_str());
    let experiment = format!(
        "{}{}: long-term potentiation at CA1 Schaffer-collateral synapses; {}, seed {}, input {}",
        if simulated { "SIMULATED DATA. " } else { "" },
        manifest.title,
        manifest.program,
        manifest.seed,
        short_hash(manifest)
    );
    let time = &manifest.timeline;
    let protocol = format!(
        "{} min baseline, {} min wash-in, {induction}, {} min follow-up; a test pulse every {} s",
        time.baseline_min, time.wash_in_min, time.follow_up_min, time.test_interval_s
    );
    let slices = if simulated { "virtual slice: a computed synapse, no tissue" } else { "hippocampal slice" };
    for (name, value) in [
        (
            "data_collection",
            if simulated {
                "computed, not recorded".to_owned()
            } else {
                from("data_collection", "slice electrophysiology")
            },
        ),
        ("experiment_description", experiment),
        ("institution", from("institution", if simulated { "none (in silico)" } else { "not stated" })),
        ("lab", from("lab", &manifest.program)),
        ("notes", if content.input.is_empty() { String::from("no experiment file") } else { content.input.clone() }),
        ("pharmacology", pharmacology(manifest, &key.condition)),
        ("protocol", protocol),
        ("session_id", slug(&format!("{} {} {} s{}", key.induction, key.condition, key.animal, key.slice))),
        ("slices", from("slices", slices)),
        ("stimulus", format!("test pulse every {} s; induction: {induction}", time.test_interval_s)),
    ] {
        text(general, name, &value)?;
    }
    let script = text(general, "source_script", &format!("{} ({})", manifest.program, manifest.commit))?;
    text_attribute(&script, "file_name", "schaffer")?;
    let experimenter = from("experimenter", if simulated { "Simulation, Schaffer" } else { "Stated, Not" });
    let experimenters = words::experimenters(&experimenter);
    let experimenters: Vec<&str> = experimenters.iter().map(String::as_str).collect();
    general.write_vlen_strings("experimenter", &experimenters)?;
    let mut keywords = vec!["LTP", content.signal.response(), "CA1", "Schaffer collateral", "hippocampal slice"];
    if simulated {
        keywords.extend(["in silico", "simulation"]);
    }
    general.write_vlen_strings("keywords", &keywords)?;
    Ok(())
}

/// The compounds in the bath of a condition.
fn pharmacology(manifest: &Manifest, condition: &str) -> String {
    let bath = manifest.conditions.iter().find(|plan| plan.name == condition).map_or(&[][..], |plan| &plan.bath);
    let compounds: Vec<String> =
        bath.iter().map(|entry| format!("{} {} µM in the bath", entry.compound, entry.concentration_um)).collect();
    if compounds.is_empty() {
        format!("none ({condition})")
    } else {
        format!("{}: {}", condition, compounds.join("; "))
    }
}

fn devices(writer: &Writer, general: &H5Group, manifest: &Manifest) -> Result<()> {
    let devices = general.create_group("devices")?;
    let device = writer.typed(&devices, "amplifier", "core", "Device")?;
    device.set_attr_string(
        "description",
        match is_simulated(manifest) {
            true => "simulated field amplifier with a 16-bit converter; no hardware",
            false => "amplifier of the rig",
        },
    )
}

//! Who, what, how: the head of the file, the subject, the electrode.

use crate::nwb::write::content::{Content, is_simulated, short_hash};
use crate::nwb::write::writer::{Writer, text, text_attribute};
use results::Manifest;
use results::folder::slug::slug;
use rust_hdf5::{H5Group, Result};

/// The version of the schema that the files follow.
const SCHEMA: &str = "2.11.0";
/// Start of a session that has no date.
pub(crate) const NO_DATE: &str = "2000-01-01T00:00:00+00:00";
/// Where the electrode lies, by name of the objects.
pub(crate) const ELECTRODES: &str = "/general/extracellular_ephys/electrodes";
/// Name of the group of electrodes.
const GROUP: &str = "field_electrode";

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
    let started = manifest.preparation.get("session_start").map_or(NO_DATE, String::as_str);
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
    subject(writer, &general, content)?;
    electrodes(writer, &general, manifest)
}

/// What was recorded, in a sentence.
fn session(content: &Content) -> String {
    let (manifest, key) = (content.manifest, &content.slice.key);
    let what = if is_simulated(manifest) {
        "SIMULATED DATA (in silico, no animal was used; the date is a placeholder). Virtual slice"
    } else {
        "Field recording of hippocampal slice"
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
    general.write_vlen_strings("experimenter", &[&experimenter])?;
    let mut keywords = vec!["LTP", "fEPSP", "CA1", "Schaffer collateral", "hippocampal slice"];
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
            false => "field amplifier of the rig",
        },
    )
}

/// The animal, or what stands for it.
fn subject(writer: &Writer, general: &H5Group, content: &Content) -> Result<()> {
    let (manifest, key) = (content.manifest, &content.slice.key);
    let subject = writer.typed(general, "subject", "core", "Subject")?;
    let stated = |name: &str| manifest.preparation.get(name).map(String::as_str);
    if is_simulated(manifest) {
        let about = "IN SILICO: a virtual animal, that is a draw of between-animal variation; no animal was used. \
                     Species and age are those of the slices that the model was fitted to";
        for (name, value) in [
            ("description", about),
            ("sex", "U"),
            ("species", "Rattus norvegicus"),
            ("strain", "none (in silico)"),
            ("subject_id", &format!("insilico-{}", slug(&key.animal))),
        ] {
            text(&subject, name, value)?;
        }
        // Izumi and Zorumski, whose protocol it is, used rats of P15 to P60.
        return age(&subject, "P15D/P60D");
    }
    text(&subject, "description", stated("subject").unwrap_or("animal of the slice"))?;
    text(&subject, "subject_id", &slug(&key.animal))?;
    text(&subject, "sex", stated("sex").unwrap_or("U"))?;
    if let Some(species) = stated("species") {
        let species = match species.to_ascii_lowercase().as_str() {
            "rat" | "rats" => "Rattus norvegicus",
            "mouse" | "mice" => "Mus musculus",
            _ => species,
        };
        text(&subject, "species", species)?;
    }
    if let Some(strain) = stated("strain") {
        text(&subject, "strain", strain)?;
    }
    stated("age").map_or(Ok(()), |stated| age(&subject, stated))
}

fn age(subject: &H5Group, age: &str) -> Result<()> {
    text_attribute(&text(subject, "age", age)?, "reference", "birth")
}

/// The table of electrodes: the one in the slice.
fn electrodes(writer: &Writer, general: &H5Group, manifest: &Manifest) -> Result<()> {
    let home = general.create_group("extracellular_ephys")?;
    let kind = if is_simulated(manifest) { "simulated field electrode" } else { "field electrode" };
    let group = writer.typed(&home, GROUP, "core", "ElectrodeGroup")?;
    group.set_attr_string("description", &format!("{kind} in stratum radiatum of CA1"))?;
    group.set_attr_string("location", "CA1 stratum radiatum")?;
    group.create_soft_link("device", "/general/devices/amplifier")?;
    let columns = ["location", "group", "group_name"];
    let about = "metadata about extracellular electrodes";
    let table = writer.table(&home, "electrodes", ("core", "ElectrodesTable"), about, &columns, 1)?;
    writer.texts(&table, "location", "Location of the electrode (channel).", &["CA1 stratum radiatum"])?;
    writer.reference(&table, "group", "Reference to the ElectrodeGroup.", &format!("{}/{GROUP}", home.name()))?;
    writer.texts(&table, "group_name", "Name of the ElectrodeGroup.", &[GROUP])
}

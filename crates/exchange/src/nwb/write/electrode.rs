//! The electrode: in the field of the fibres, or in a cell.

use crate::nwb::write::content::{Content, is_simulated};
use crate::nwb::write::signal::Signal;
use crate::nwb::write::words;
use crate::nwb::write::writer::{Writer, text};
use results::folder::slug::slug;
use rust_hdf5::{H5Group, Result};

/// Where a field electrode lies, by name of the objects.
pub(crate) const ELECTRODES: &str = "/general/extracellular_ephys/electrodes";
/// Where an electrode in a cell lies.
pub(crate) const PATCH: &str = "/general/intracellular_ephys/patch_electrode";
/// Name of the group of electrodes.
const GROUP: &str = "field_electrode";
/// The amplifier, which every electrode is at.
const DEVICE: &str = "/general/devices/amplifier";

/// Writes the electrode of the recording.
pub(crate) fn write(writer: &Writer, general: &H5Group, content: &Content) -> Result<()> {
    let stated = |name: &str| content.manifest.preparation.get(name).map(String::as_str);
    let species = match is_simulated(content.manifest) {
        true => Some(String::from("Rattus norvegicus")),
        false => stated("species").map(words::species),
    };
    let place = ["location", "region"].into_iter().find_map(stated);
    let location = words::location(species.as_deref(), place, content.signal != Signal::Field);
    match content.signal {
        Signal::Field => field(writer, general, content, &location),
        _ => patch(writer, general, content, &location),
    }
}

/// The table of electrodes with the one in the slice.
fn field(writer: &Writer, general: &H5Group, content: &Content, location: &str) -> Result<()> {
    let home = general.create_group("extracellular_ephys")?;
    let kind = if is_simulated(content.manifest) { "simulated field electrode" } else { "field electrode" };
    let group = writer.typed(&home, GROUP, "core", "ElectrodeGroup")?;
    group.set_attr_string("description", &format!("{kind}: {location}"))?;
    group.set_attr_string("location", location)?;
    group.create_soft_link("device", DEVICE)?;
    let columns = ["location", "group", "group_name"];
    let about = "metadata about extracellular electrodes";
    let table = writer.table(&home, "electrodes", ("core", "ElectrodesTable"), about, &columns, 1)?;
    writer.texts(&table, "location", "Location of the electrode (channel).", &[location])?;
    writer.reference(&table, "group", "Reference to the ElectrodeGroup.", &format!("{}/{GROUP}", home.name()))?;
    writer.texts(&table, "group_name", "Name of the ElectrodeGroup.", &[GROUP])
}

/// The pipette of a whole-cell recording; its resistances in the words of the study.
fn patch(writer: &Writer, general: &H5Group, content: &Content, location: &str) -> Result<()> {
    let home = general.create_group("intracellular_ephys")?;
    let electrode = writer.typed(&home, "patch_electrode", "core", "IntracellularElectrode")?;
    let kind = if is_simulated(content.manifest) { "simulated patch pipette" } else { "patch pipette, whole cell" };
    let key = &content.slice.key;
    text(&electrode, "description", kind)?;
    text(&electrode, "location", location)?;
    text(&electrode, "cell_id", &slug(&format!("{} {} s{}", key.condition, key.animal, key.slice)))?;
    for (name, keys) in [
        ("initial_access_resistance", ["access_resistance", "series_resistance"]),
        ("resistance", ["pipette_resistance", "electrode_resistance"]),
        ("seal", ["seal_resistance", "seal"]),
    ] {
        let stated = keys.into_iter().find_map(|key| content.manifest.preparation.get(key));
        if let Some(stated) = stated {
            text(&electrode, name, stated)?;
        }
    }
    electrode.create_soft_link("device", DEVICE)
}

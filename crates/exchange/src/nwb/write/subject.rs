//! The animal, in the words of the study.

use crate::nwb::write::content::{Content, is_simulated};
use crate::nwb::write::words::{self, Age};
use crate::nwb::write::writer::{Writer, text, text_attribute};
use results::folder::slug::slug;
use rust_hdf5::{H5Group, Result};

/// The animal, or what stands for it.
pub(crate) fn write(writer: &Writer, general: &H5Group, content: &Content) -> Result<()> {
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
        return age(&subject, &Age { iso: String::from("P15D/P60D"), reference: "birth" });
    }
    let years = stated("age").map(words::age);
    let mut about = stated("subject").unwrap_or("animal of the slice").to_owned();
    if let (Some(None), Some(said)) = (&years, stated("age")) {
        // Words that are no number stay words.
        about = format!("{about}; age: {said}");
    }
    text(&subject, "description", &about)?;
    text(&subject, "subject_id", &slug(&key.animal))?;
    // "male Wistar rats" says the sex among other things.
    let sex = stated("sex").or_else(|| stated("gender")).or_else(|| stated("species")).map_or("U", words::sex);
    text(&subject, "sex", sex)?;
    if let Some(species) = stated("species") {
        text(&subject, "species", &words::species(species))?;
    }
    for name in ["strain", "genotype"] {
        if let Some(stated) = stated(name) {
            text(&subject, name, stated)?;
        }
    }
    years.flatten().map_or(Ok(()), |years| age(&subject, &years))
}

fn age(subject: &H5Group, age: &Age) -> Result<()> {
    text_attribute(&text(subject, "age", &age.iso)?, "reference", age.reference)
}

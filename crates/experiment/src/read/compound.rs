//! A compound of a bath and its concentration.

use evidence::{Remark, RemarkKind};
use form::{At, Fault, Section};
use pharmacology::{BathCompound, HIGHEST_UM, Library, UnknownCompound};
use quantity::Concentration;

/// Reads one compound and its concentration.
pub(super) fn read_compound(
    entry: &mut Section<'_>,
    library: &Library,
    bath: &[BathCompound],
    remarks: &mut Vec<Remark>,
) -> Option<BathCompound> {
    for (key, example) in
        [("compound", "e.g. compound = \"isopregnanolone\""), ("concentration", "e.g. concentration = \"3 uM\"")]
    {
        entry.needs(key, example);
    }
    entry.knows("compound", library.compounds().iter().map(|compound| compound.name.as_str()), false);
    let name = entry.text("compound");
    let concentration = entry.quantity::<Concentration>("concentration");
    let name = name?;
    let compound = match library.lookup(&name) {
        Ok(found) => {
            let said = found.remark.map(|remark| format!("\"{}\": {remark}", name.value));
            remarks.extend(said.map(|text| Remark::new(RemarkKind::Name, text)));
            found.compound.clone()
        }
        Err(error) => {
            entry.page.note(unknown_compound(&name, &error));
            return None;
        }
    };
    if bath.iter().any(|other| other.compound.name == compound.name) {
        entry.page.note(
            Fault::at(name.span.clone(), format!("{} is in this bath twice", compound.name))
                .found("second time")
                .remedy("write one entry with the total concentration"),
        );
        return None;
    }
    let concentration = concentration?;
    if !(concentration.um() > 0.0 && concentration.um() <= HIGHEST_UM) {
        entry.page.note(
            Fault::at(concentration.span.clone(), "`concentration` is out of range")
                .found(format!("found {}", concentration.value))
                .accepts("accepted: above 0 and up to 10 mM")
                .remedy("a condition without the drug has no such entry in its bath"),
        );
        return None;
    }
    Some(BathCompound { compound, concentration: concentration.value })
}

/// The fault of a compound that is not in the library.
pub(super) fn unknown_compound(name: &At<String>, error: &UnknownCompound) -> Fault {
    let found = error.confusion.clone().unwrap_or_else(|| "not in the library".to_owned());
    Fault::at(name.span.clone(), format!("unknown compound \"{}\"", name.value))
        .found(found)
        .accepts(format!("known: {}", error.known.join(", ")))
        .suggests(&error.suggestions)
}

//! Which file uses what of which file of the same crate: every path is followed
//! through re-exports to the file that defines its item.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Crate, Mention, Use};

/// What a path leads to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A module.
    Module(usize),
    /// An item, with the module that defines it.
    Item(usize, String),
}

/// From file to file, the names that ride on the arrow.
pub type FileArrows = BTreeMap<(usize, usize), BTreeSet<String>>;

/// Names that are being looked up, against circles of re-exports.
type Seen = BTreeSet<(usize, String, bool)>;

/// Every arrow between two files of a crate.
pub fn arrows(house: &Crate) -> FileArrows {
    let mut arrows = FileArrows::new();
    for (place, module) in house.modules.iter().enumerate() {
        let face = house.files[module.file].face;
        let used = module.uses.iter().filter(|leaf| !(face && leaf.exported));
        for leaf in used {
            note(house, module.file, resolve(house, place, &leaf.path, &mut Seen::new()), &mut arrows);
        }
        for Mention { path, is_macro } in &module.mentions {
            let mut targets = resolve(house, place, path, &mut Seen::new());
            if *is_macro && path.len() == 1 && targets.is_empty() {
                targets = macro_in_scope(house, &path[0]);
            }
            targets.retain(|target| names_macro(house, target) == *is_macro);
            note(house, module.file, targets, &mut arrows);
        }
    }
    arrows
}

/// Adds the arrows from a file to what it uses.
fn note(house: &Crate, file: usize, targets: BTreeSet<Target>, arrows: &mut FileArrows) {
    for target in targets {
        // A module itself is no item; what is taken from it has a path of its own.
        let Target::Item(owner, name) = target else { continue };
        let to = house.modules[owner].file;
        if to != file {
            arrows.entry((file, to)).or_default().insert(name);
        }
    }
}

/// Whether a target is a macro.
fn names_macro(house: &Crate, target: &Target) -> bool {
    matches!(target, Target::Item(owner, name) if house.modules[*owner].macros.contains(name))
}

/// Where a path in a module leads.
pub fn targets(house: &Crate, module: usize, path: &[String]) -> BTreeSet<Target> {
    resolve(house, module, path, &mut Seen::new())
}

fn resolve(house: &Crate, module: usize, path: &[String], seen: &mut Seen) -> BTreeSet<Target> {
    let mut place = module;
    let mut rest = path;
    match path.first().map(String::as_str) {
        Some("crate") => place = house.modules[module].root,
        Some("self") => {}
        Some("super") => {}
        Some(name) if name == house.name && !knows(house, module, name) => place = house.root,
        Some(_) => return walk(house, module, path, seen),
        None => return BTreeSet::new(),
    }
    if path[0] != "super" {
        rest = &path[1..];
    }
    while let Some((first, after)) = rest.split_first()
        && first == "super"
    {
        let Some(parent) = house.modules[place].parent else { return BTreeSet::new() };
        place = parent;
        rest = after;
    }
    if rest.is_empty() { [Target::Module(place)].into() } else { walk(house, place, rest, seen) }
}

/// Whether a module itself gives a meaning to a name.
fn knows(house: &Crate, module: usize, name: &str) -> bool {
    let module = &house.modules[module];
    module.children.contains_key(name)
        || module.items.contains_key(name)
        || module.uses.iter().any(|leaf| leaf.name.as_deref() == Some(name))
}

/// Follows a path without a keyword at its front.
fn walk(house: &Crate, module: usize, path: &[String], seen: &mut Seen) -> BTreeSet<Target> {
    let Some((first, rest)) = path.split_first() else { return BTreeSet::new() };
    let found = look_up(house, module, first, rest.is_empty(), seen);
    if rest.is_empty() {
        return found;
    }
    let mut ends = BTreeSet::new();
    for target in found {
        match target {
            Target::Module(inner) => ends.extend(walk(house, inner, rest, seen)),
            // A variant or an associated item.
            item @ Target::Item(..) => {
                ends.insert(item);
            }
        }
    }
    ends
}

/// A name in a module. At the end of a path it can be a module and a function
/// at once; before it, a module goes first.
fn look_up(house: &Crate, module: usize, name: &str, last: bool, seen: &mut Seen) -> BTreeSet<Target> {
    let key = (module, name.to_owned(), last);
    if !seen.insert(key.clone()) {
        return BTreeSet::new();
    }
    let here = &house.modules[module];
    let mut found = BTreeSet::new();
    if let Some((child, _)) = here.children.get(name) {
        found.insert(Target::Module(*child));
    }
    if last || found.is_empty() {
        if here.items.contains_key(name) {
            found.insert(Target::Item(module, name.to_owned()));
        }
        for leaf in here.uses.iter().filter(|leaf| leaf.name.as_deref() == Some(name)) {
            found.extend(resolve(house, module, &leaf.path, seen));
        }
    }
    if found.is_empty() {
        for leaf in here.uses.iter().filter(|leaf| leaf.name.is_none()) {
            found.extend(through_glob(house, module, leaf, name, last, seen));
        }
    }
    seen.remove(&key);
    found
}

fn through_glob(house: &Crate, module: usize, glob: &Use, name: &str, last: bool, seen: &mut Seen) -> BTreeSet<Target> {
    let mut found = BTreeSet::new();
    for target in resolve(house, module, &glob.path, seen) {
        if let Target::Module(inner) = target
            && inner != module
        {
            found.extend(look_up(house, inner, name, last, seen));
        }
    }
    found
}

/// A macro of the crate that is in scope by its place in the text.
fn macro_in_scope(house: &Crate, name: &str) -> BTreeSet<Target> {
    let defined = |module: &usize| house.modules[*module].macros.contains(name);
    (0..house.modules.len()).filter(defined).map(|module| Target::Item(module, name.to_owned())).collect()
}

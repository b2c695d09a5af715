//! Types that a public item cannot do without: who uses the item uses them,
//! without ever writing their names.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Fields, ImplItem, Item, ReturnType, Signature, TraitItem, Visibility};

use crate::facts::Facts;
use crate::items::is_public;

/// Collects the last names of paths.
struct Types<'a>(&'a mut BTreeSet<String>);

impl Visit<'_> for Types<'_> {
    fn visit_path(&mut self, path: &syn::Path) {
        self.0.extend(path.segments.last().map(|segment| segment.ident.to_string()));
        visit::visit_path(self, path);
    }
}

/// Notes the types of a public function.
pub fn of_function(facts: &mut Facts, visibility: &Visibility, signature: &Signature) {
    if is_public(visibility) {
        note_signature(facts, signature);
    }
}

/// Notes the types of public fields, variants, aliases, constants and traits.
pub fn of_item(facts: &mut Facts, item: &Item) {
    match item {
        Item::Struct(item) if is_public(&item.vis) => note_fields(facts, &item.fields, false),
        Item::Enum(item) if is_public(&item.vis) => {
            item.variants.iter().for_each(|variant| note_fields(facts, &variant.fields, true));
        }
        Item::Const(item) if is_public(&item.vis) => Types(&mut facts.signature_types).visit_type(&item.ty),
        Item::Static(item) if is_public(&item.vis) => Types(&mut facts.signature_types).visit_type(&item.ty),
        Item::Type(item) if is_public(&item.vis) => Types(&mut facts.signature_types).visit_type(&item.ty),
        Item::Trait(item) if is_public(&item.vis) => {
            for item in &item.items {
                if let TraitItem::Fn(function) = item {
                    note_signature(facts, &function.sig);
                }
            }
        }
        // `type Err = ..;` in the implementation of a trait.
        Item::Impl(item) if item.trait_.is_some() => {
            for item in &item.items {
                if let ImplItem::Type(alias) = item {
                    Types(&mut facts.signature_types).visit_type(&alias.ty);
                }
            }
        }
        _ => {}
    }
}

fn note_signature(facts: &mut Facts, signature: &Signature) {
    let mut types = Types(&mut facts.signature_types);
    types.visit_generics(&signature.generics);
    for input in &signature.inputs {
        if let syn::FnArg::Typed(input) = input {
            types.visit_type(&input.ty);
        }
    }
    if let ReturnType::Type(_, yielded) = &signature.output {
        types.visit_type(yielded);
    }
}

fn note_fields(facts: &mut Facts, fields: &Fields, all: bool) {
    let mut types = Types(&mut facts.signature_types);
    for field in fields.iter().filter(|field| all || is_public(&field.vis)) {
        types.visit_type(&field.ty);
    }
}

//! Reads a file and, through its `mod` lines, those below it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, ImplItem, Item, Lit, Meta, Token, UseTree, Visibility};

use crate::facts::{Facts, Found};
use crate::items::{attributes, definition, for_tests_only, is_public};
use crate::source::{Crate, Mention, Module, SourceFile, Use};
use crate::tokens::{Scanned, is_capitalised, scan};
use crate::{elementary, functions, remarks, signatures};

/// Keys of serde whose text is a path.
const SERDE_PATHS: [&str; 8] =
    ["with", "default", "serialize_with", "deserialize_with", "skip_serializing_if", "into", "from", "try_from"];

/// Reads the file of a module that is already in the crate.
pub fn read_file(house: &mut Crate, module: usize, path: &Path) {
    let full = house.src().join(path);
    let text = std::fs::read_to_string(&full).unwrap_or_else(|error| panic!("{}: {error}", full.display()));
    let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", full.display()));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let owns_folder = ["lib.rs", "main.rs", "mod.rs"].contains(&name.as_str());
    let folder =
        if owns_folder { path.parent().map(Path::to_path_buf).unwrap_or_default() } else { path.with_extension("") };
    let file = house.files.len();
    house.files.push(SourceFile {
        path: path.to_string_lossy().into_owned(),
        face: owns_folder || full.with_extension("").is_dir(),
        facts: Facts::default(),
    });
    house.modules[module].file = file;
    let mut bound = Bound::default();
    bound.visit_file(&parsed);
    let mut reader = Reader { house, module, file, folder, bound: bound.0, locals: Vec::new() };
    reader.items(&parsed.items);
}

/// Every name that a pattern of a file binds. A lone name of lower case in an
/// expression is taken for a variable if it is among them.
#[derive(Default)]
struct Bound(BTreeSet<String>);

impl Visit<'_> for Bound {
    fn visit_pat_ident(&mut self, pattern: &syn::PatIdent) {
        self.0.insert(pattern.ident.to_string());
        visit::visit_pat_ident(self, pattern);
    }
}

/// The visitor of one file.
pub struct Reader<'a> {
    house: &'a mut Crate,
    module: usize,
    file: usize,
    /// Where the files of child modules are, below `src`.
    folder: PathBuf,
    bound: BTreeSet<String>,
    /// Variables that stand for one of several remarks, innermost last.
    pub locals: Vec<String>,
}

impl Reader<'_> {
    /// Findings in the file that is read.
    pub fn facts(&mut self) -> &mut Facts {
        &mut self.house.files[self.file].facts
    }

    /// The items of a module, which define its names.
    fn items(&mut self, items: &[Item]) {
        for item in items.iter().filter(|item| !for_tests_only(attributes(item))) {
            if let Some((name, public)) = definition(item) {
                let module = &mut self.house.modules[self.module];
                if matches!(item, Item::Macro(_)) {
                    module.macros.insert(name.clone());
                }
                module.items.insert(name, public);
            }
            self.visit_item(item);
        }
    }

    /// Notes a path in the code.
    fn mention(&mut self, path: Vec<String>, is_macro: bool, line: usize) {
        if path.len() > 1 {
            self.facts().long_paths.push(Found { what: path.clone(), line });
        }
        self.house.modules[self.module].mentions.push(Mention { path, is_macro });
    }

    /// Notes the leaves of a `use` tree.
    fn leaves(&mut self, tree: &UseTree, before: &[String], visibility: &Visibility) {
        let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
        let (path, name) = match tree {
            UseTree::Path(path) => return self.leaves(&path.tree, &with(&path.ident), visibility),
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.leaves(tree, before, visibility));
            }
            UseTree::Glob(_) => (before.to_vec(), None),
            UseTree::Name(name) if name.ident == "self" => (before.to_vec(), before.last().cloned()),
            UseTree::Name(name) => (with(&name.ident), Some(name.ident.to_string())),
            UseTree::Rename(rename) if rename.ident == "self" => (before.to_vec(), Some(rename.rename.to_string())),
            UseTree::Rename(rename) => (with(&rename.ident), Some(rename.rename.to_string())),
        };
        let exported = !matches!(visibility, Visibility::Inherited);
        let leaf = Use { path, name, exported, public: is_public(visibility) };
        self.house.modules[self.module].uses.push(leaf);
    }

    /// A new module below the present one.
    fn child(&mut self, name: &str, public: bool) -> usize {
        let child = self.house.modules.len();
        let root = self.house.modules[self.module].root;
        let parent = Some(self.module);
        self.house.modules.push(Module { file: self.file, root, parent, ..Module::default() });
        self.house.modules[self.module].children.insert(name.to_owned(), (child, public));
        child
    }

    fn literal(&mut self, literal: &Lit, line: usize) {
        match literal {
            Lit::Str(text) => self.facts().texts.push(Found { what: text.value(), line }),
            Lit::Float(number) => {
                self.facts().numbers.push(Found { what: number.base10_digits().to_owned(), line });
            }
            Lit::Int(number) => self.facts().numbers.push(Found { what: number.base10_digits().to_owned(), line }),
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !for_tests_only(attributes(item)) {
            signatures::of_item(self.facts(), item);
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        let child = self.child(&name, is_public(&item.vis));
        let Some((_, items)) = &item.content else {
            let path = stated_path(&item.attrs).map(|path| {
                let own = PathBuf::from(&self.house.files[self.file].path);
                own.parent().unwrap_or(Path::new("")).join(path)
            });
            let path = path.unwrap_or_else(|| {
                let plain = self.folder.join(format!("{name}.rs"));
                if self.house.src().join(&plain).exists() { plain } else { self.folder.join(&name).join("mod.rs") }
            });
            return read_file(self.house, child, &path);
        };
        let outer = std::mem::replace(&mut self.module, child);
        self.folder.push(&name);
        self.items(items);
        self.folder.pop();
        self.module = outer;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if item.leading_colon.is_none() {
            self.leaves(&item.tree, &[], &item.vis);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.facts().has_impls = true;
        visit::visit_item_impl(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        functions::note(self.facts(), &item.sig, &item.block);
        signatures::of_function(self.facts(), &item.vis, &item.sig);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes: &[Attribute] = match item {
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Const(item) => &item.attrs,
            _ => &[],
        };
        if !for_tests_only(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        functions::note(self.facts(), &item.sig, &item.block);
        signatures::of_function(self.facts(), &item.vis, &item.sig);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            functions::note(self.facts(), &item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none()
            && let Some(first) = path.segments.first()
        {
            let line = first.ident.span().start().line;
            self.mention(path.segments.iter().map(|segment| segment.ident.to_string()).collect(), false, line);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        let variable = path.path.get_ident().map(ToString::to_string);
        if !variable.is_some_and(|name| !is_capitalised(&name) && self.bound.contains(&name)) {
            visit::visit_expr_path(self, path);
        }
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        // A constant in a pattern looks like a new variable.
        let name = pattern.ident.to_string();
        if is_capitalised(&name) {
            self.mention(vec![name], false, pattern.ident.span().start().line);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let path: Vec<String> = call.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let definition = path == ["macro_rules"];
        let line = call.path.segments.first().map_or(0, |segment| segment.ident.span().start().line);
        self.mention(path, true, line);
        let parser = syn::punctuated::Punctuated::<Expr, Token![,]>::parse_terminated;
        if !definition && let Ok(expressions) = call.parse_body_with(parser) {
            // Parsed here, so they live shorter than the file.
            return expressions.iter().for_each(|expression| Visit::visit_expr(self, expression));
        }
        let mut found = Scanned::default();
        scan(call.tokens.clone(), &mut found);
        for (path, is_macro, line) in found.paths {
            self.mention(path, is_macro, line);
        }
        for (literal, line) in found.literals {
            self.literal(&literal, line);
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let Meta::List(list) = &attribute.meta
            && list.path.is_ident("serde")
        {
            let mut key = String::new();
            for token in list.tokens.clone() {
                match token {
                    proc_macro2::TokenTree::Ident(ident) => key = ident.to_string(),
                    proc_macro2::TokenTree::Literal(literal) if SERDE_PATHS.contains(&key.as_str()) => {
                        if let Lit::Str(text) = Lit::new(literal)
                            && let Ok(path) = text.parse::<syn::Path>()
                        {
                            Visit::visit_path(self, &path);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn visit_expr_lit(&mut self, expression: &'ast ExprLit) {
        self.literal(&expression.lit, expression.lit.span().start().line);
    }

    fn visit_expr_struct(&mut self, expression: &'ast syn::ExprStruct) {
        if expression.path.is_ident("Rule") {
            let name = expression
                .fields
                .iter()
                .find(|field| matches!(&field.member, syn::Member::Named(name) if name == "name"));
            if let Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) = name.map(|field| &field.expr) {
                self.facts().rule_names.push(text.value());
            }
        }
        visit::visit_expr_struct(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        elementary::note(self.facts(), call);
        remarks::method_call(self, call);
    }

    fn visit_expr_for_loop(&mut self, the_loop: &'ast syn::ExprForLoop) {
        remarks::for_loop(self, the_loop);
    }
}

/// The path in `#[path = ".."]`.
fn stated_path(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}

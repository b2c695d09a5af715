//! Paths and literals in token streams: what a macro is given cannot always be
//! parsed as expressions.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

/// What a token stream holds.
#[derive(Default)]
pub struct Scanned {
    /// Paths, with whether they call a macro, and their line. A single name counts
    /// if it is called or capitalised.
    pub paths: Vec<(Vec<String>, bool, usize)>,
    /// Literals, with their line.
    pub literals: Vec<(Lit, usize)>,
}

/// Scans a stream, groups within it too.
pub fn scan(stream: TokenStream, into: &mut Scanned) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut place = 0;
    while place < tokens.len() {
        match &tokens[place] {
            TokenTree::Ident(ident) => {
                let (path, next) = path_at(&tokens, place);
                let is_macro = is_punct(tokens.get(next), '!');
                let called = matches!(tokens.get(next), Some(TokenTree::Group(group))
                    if group.delimiter() == Delimiter::Parenthesis);
                let member = place > 0 && is_punct(tokens.get(place - 1), '.') && path.len() == 1;
                if !member && (path.len() > 1 || called || is_macro || is_capitalised(&path[0])) {
                    into.paths.push((path, is_macro, ident.span().start().line));
                }
                place = next;
                continue;
            }
            TokenTree::Group(group) => {
                // `#[doc = ".."]` and other attributes are no code.
                let attribute =
                    group.delimiter() == Delimiter::Bracket && place > 0 && is_punct(tokens.get(place - 1), '#');
                if !attribute {
                    scan(group.stream(), into);
                }
            }
            TokenTree::Literal(literal) => {
                into.literals.push((Lit::new(literal.clone()), literal.span().start().line));
            }
            TokenTree::Punct(_) => {}
        }
        place += 1;
    }
}

/// The path that begins at an identifier, and the place after it.
fn path_at(tokens: &[TokenTree], start: usize) -> (Vec<String>, usize) {
    let mut path = vec![tokens[start].to_string()];
    let mut place = start + 1;
    while is_punct(tokens.get(place), ':') && is_punct(tokens.get(place + 1), ':') {
        let Some(TokenTree::Ident(ident)) = tokens.get(place + 2) else { break };
        path.push(ident.to_string());
        place += 3;
    }
    (path, place)
}

/// Whether a token is a certain sign.
fn is_punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether a name is written as types and constants are.
pub fn is_capitalised(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// Every identifier of a stream.
pub fn identifiers(stream: TokenStream, into: &mut std::collections::BTreeSet<String>) {
    for token in stream {
        match token {
            TokenTree::Ident(ident) => {
                into.insert(ident.to_string());
            }
            TokenTree::Group(group) => identifiers(group.stream(), into),
            _ => {}
        }
    }
}

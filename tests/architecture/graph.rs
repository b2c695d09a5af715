//! Circles in a directed graph.

use std::collections::{BTreeMap, BTreeSet};

/// Arrows from a node to others.
pub type Arrows<T> = BTreeMap<T, BTreeSet<T>>;

/// Strongly connected components of more than one node: each node of a circle
/// reaches every other one.
pub fn circles<T: Ord + Clone>(arrows: &Arrows<T>) -> Vec<BTreeSet<T>> {
    let reached: BTreeMap<&T, BTreeSet<&T>> = arrows.keys().map(|node| (node, reach(arrows, node))).collect();
    let mut placed = BTreeSet::new();
    let mut found = Vec::new();
    for node in arrows.keys() {
        if placed.contains(node) || !reached[node].contains(node) {
            continue;
        }
        let circle: BTreeSet<T> = reached[node]
            .iter()
            .filter(|other| reached.get(**other).is_some_and(|back| back.contains(node)))
            .map(|other| (*other).clone())
            .collect();
        placed.extend(circle.iter().cloned());
        if circle.len() > 1 {
            found.push(circle);
        }
    }
    found
}

/// Nodes that are reached in one step or more.
fn reach<'a, T: Ord>(arrows: &'a Arrows<T>, from: &T) -> BTreeSet<&'a T> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&T> = arrows.get(from).into_iter().flatten().collect();
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend(arrows.get(node).into_iter().flatten());
        }
    }
    seen
}

#[test]
fn circles_are_found() {
    let arrows: Arrows<u8> =
        [(1, [2].into()), (2, [3].into()), (3, [2, 4].into()), (4, [5].into()), (5, [4].into())].into();
    assert_eq!(circles(&arrows), [[2, 3].into(), [4, 5].into()]);
}

//! From labels to levels, blocks and columns of random effects.
//!
//! A block is a set of clusters that share no level of any random factor with
//! another block: one cluster, or several that a crossed factor connects.

use crate::error::{StatisticsError, require_count};
use crate::mixed::blocks::{Column, Component, Entry, Kind, NO_COLUMN, Plan, Shape};
use crate::mixed::data::MixedData;
use std::collections::BTreeMap;

/// More random effects in one block than dense algebra should be asked for.
const LARGEST_BLOCK: usize = 2000;

/// A random factor with its levels counted from 0.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    pub name: String,
    /// Level of each observation.
    pub level: Vec<usize>,
    /// Of each level the cluster (label as given; none if crossed) and its label.
    pub labels: Vec<(Option<usize>, usize)>,
    /// Observations of each level.
    pub sizes: Vec<usize>,
    pub slope: bool,
}

/// Who belongs to what.
#[derive(Debug, Clone)]
pub(super) struct Grouping {
    pub shape: Shape,
    /// Clusters first, if they vary.
    pub terms: Vec<Levels>,
    /// The first term is that of the clusters.
    pub cluster_varies: bool,
    /// Place of the residual variance of each observation.
    pub class: Vec<usize>,
    /// Labels of the groups that have variances of their own.
    pub class_labels: Vec<usize>,
    /// Cluster of each observation, counted from 0 in the order of the labels.
    pub cluster: Vec<usize>,
    pub cluster_labels: Vec<usize>,
    pub plans: Vec<Plan>,
    /// Effects that the residuals of their group hold already.
    pub merged: Vec<String>,
}

impl Levels {
    fn new(name: &str, labels: &[usize], cluster: Option<(&[usize], &[usize])>, slope: bool) -> Levels {
        let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut list = Vec::new();
        let mut sizes = Vec::new();
        let level = labels
            .iter()
            .enumerate()
            .map(|(i, &label)| {
                let owner = cluster.map(|(place, names)| (place[i], names[place[i]]));
                let next = list.len();
                let at = *known.entry((owner.map_or(0, |o| o.0), label)).or_insert(next);
                if at == next {
                    list.push((owner.map(|o| o.1), label));
                    sizes.push(0);
                }
                sizes[at] += 1;
                at
            })
            .collect();
        Levels { name: name.to_owned(), level, labels: list, sizes, slope }
    }

    /// Every level has one observation.
    pub fn is_single(&self) -> bool {
        self.labels.len() == self.level.len()
    }

    /// Both divide the observations in the same way.
    pub fn is_same_as(&self, other: &Levels) -> bool {
        if self.labels.len() != other.labels.len() {
            return false;
        }
        let mut partner = vec![usize::MAX; self.labels.len()];
        self.level.iter().zip(&other.level).all(|(&a, &b)| {
            if partner[a] == usize::MAX {
                partner[a] = b;
            }
            partner[a] == b
        })
    }

    /// The class of each level, if no level lies in two.
    fn classes(&self, class: &[usize]) -> Option<Vec<usize>> {
        let mut own = vec![usize::MAX; self.labels.len()];
        let alone = self.level.iter().zip(class).all(|(&level, &c)| {
            if own[level] == usize::MAX {
                own[level] = c;
            }
            own[level] == c
        });
        alone.then_some(own)
    }
}

/// Places for labels in ascending order, and the labels.
fn sorted(labels: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut known: BTreeMap<usize, usize> = labels.iter().map(|&label| (label, 0)).collect();
    for (index, place) in known.values_mut().enumerate() {
        *place = index;
    }
    (labels.iter().map(|label| known[label]).collect(), known.into_keys().collect())
}

/// The random factors of the data: clusters first, then the terms.
pub(super) fn factors(data: &MixedData<'_>) -> (Vec<Levels>, Vec<usize>, Vec<usize>) {
    let (cluster, cluster_labels) = sorted(data.cluster);
    let mut terms = Vec::with_capacity(1 + data.terms.len());
    if data.cluster_varies {
        let mut sizes = vec![0; cluster_labels.len()];
        cluster.iter().for_each(|&c| sizes[c] += 1);
        terms.push(Levels {
            name: "cluster".to_owned(),
            level: cluster.clone(),
            labels: cluster_labels.iter().map(|&label| (None, label)).collect(),
            sizes,
            slope: data.slope.is_some(),
        });
    }
    for term in &data.terms {
        let owner = (!term.across).then_some((cluster.as_slice(), cluster_labels.as_slice()));
        terms.push(Levels::new(&term.name, term.level, owner, term.slope.is_some()));
    }
    (terms, cluster, cluster_labels)
}

/// The variance parameters of the random factors.
struct Effects {
    components: Vec<Component>,
    /// Of each term the group of each level; none if it has no effect of its own.
    groups: Vec<Vec<Option<usize>>>,
    /// What the residuals hold already.
    merged: Vec<String>,
}

impl Effects {
    /// `by_group`: groups have variances of their own where a factor lies in them.
    fn of(terms: &[Levels], class: &[usize], class_labels: &[usize], by_group: bool) -> Result<Self, StatisticsError> {
        let mut merged = Vec::new();
        let mut components = Vec::new();
        let mut groups: Vec<Vec<Option<usize>>> = Vec::new();
        for (place, term) in terms.iter().enumerate() {
            if !by_group && term.is_single() {
                return Err(StatisticsError::ClustersOfOne);
            }
            let own = if class_labels.len() > 1 { term.classes(class) } else { None };
            let own = own.unwrap_or_else(|| vec![0; term.labels.len()]);
            let count = own.iter().max().map_or(0, |last| last + 1);
            let shared = class_labels.len() == 1 || count < class_labels.len();
            let mut kept = vec![false; count];
            for group in 0..count {
                let levels = own.iter().filter(|g| **g == group).count();
                let repeated = own.iter().zip(&term.sizes).any(|(g, size)| *g == group && *size > 1);
                let name = if shared { term.name.clone() } else { in_group(&term.name, class_labels[group]) };
                if !repeated && !term.slope {
                    merged.push(name);
                    continue;
                }
                if levels < 2 {
                    return Err(StatisticsError::Undefined {
                        what: format!("variance between levels of {name}"),
                        why: "there is one level only".to_owned(),
                    });
                }
                kept[group] = true;
                components.push(Component { kind: Kind::Intercept, term: place, group });
                if term.slope {
                    components.push(Component { kind: Kind::Covariance, term: place, group });
                    components.push(Component { kind: Kind::Slope, term: place, group });
                }
            }
            groups.push(own.into_iter().map(|g| kept[g].then_some(g)).collect());
        }
        Ok(Effects { components, groups, merged })
    }
}

impl Grouping {
    pub fn new(data: &MixedData<'_>) -> Result<Self, StatisticsError> {
        let n = data.fixed.rows();
        let (terms, cluster, cluster_labels) = factors(data);
        if data.cluster_varies {
            require_count("clusters", cluster_labels.len(), 2)?;
        }
        let (class, class_labels) = match data.variances_by {
            Some(group) => sorted(group),
            None => (vec![0; n], vec![0]),
        };
        refuse_twins(&terms)?;
        let Effects { mut components, groups, merged } =
            Effects::of(&terms, &class, &class_labels, data.variances_by.is_some())?;
        let residual = |group| Component { kind: Kind::Residual, term: 0, group };
        components.extend((0..class_labels.len()).map(residual));
        let shape = Shape {
            slopes: terms.iter().map(|term| term.slope).collect(),
            components,
            residuals: class_labels.len(),
            negative: data.negative,
        };
        let plans = plans(&terms, &groups, &cluster, cluster_labels.len())?;
        Ok(Grouping {
            shape,
            terms,
            cluster_varies: data.cluster_varies,
            class,
            class_labels,
            cluster,
            cluster_labels,
            plans,
            merged,
        })
    }

    /// Rows of Z: one entry an observation and term.
    pub fn entries(&self, data: &MixedData<'_>) -> Vec<Entry> {
        let n = self.class.len();
        let covariates: Vec<Option<&[f64]>> =
            data.cluster_varies.then_some(data.slope).into_iter().chain(data.terms.iter().map(|t| t.slope)).collect();
        let mut columns: Vec<Vec<usize>> = self.terms.iter().map(|term| vec![NO_COLUMN; term.labels.len()]).collect();
        for plan in &self.plans {
            for (index, column) in plan.columns.iter().enumerate().filter(|(_, column)| !column.slope) {
                columns[column.term][column.level] = index;
            }
        }
        let mut entries = Vec::with_capacity(n * self.terms.len());
        for i in 0..n {
            for (t, term) in self.terms.iter().enumerate() {
                let slope = covariates[t].map_or(0.0, |values| values[i]);
                entries.push(Entry { column: columns[t][term.level[i]], intercept: 1.0, slope });
            }
        }
        entries
    }

    /// How a variance parameter is called.
    pub fn name(&self, component: Component) -> String {
        let several = self.shape.components.iter().filter(|c| (c.kind, c.term) == (component.kind, component.term));
        let term = || self.terms[component.term].name.as_str();
        let first = component.term == 0 && self.cluster_varies;
        let name = match component.kind {
            Kind::Residual => "residual".to_owned(),
            Kind::Intercept => term().to_owned(),
            Kind::Slope if first => "slope".to_owned(),
            Kind::Slope => format!("slope of {}", term()),
            Kind::Covariance => format!("covariance of intercept and slope of {}", term()),
        };
        if several.count() > 1 { in_group(&name, self.class_labels[component.group]) } else { name }
    }
}

fn in_group(name: &str, label: usize) -> String {
    format!("{name} in group {label}")
}

/// Refuses a factor that divides the observations as an earlier one does.
fn refuse_twins(terms: &[Levels]) -> Result<(), StatisticsError> {
    for (index, term) in terms.iter().enumerate() {
        let Some(twin) = terms[..index].iter().find(|earlier| earlier.is_same_as(term)) else { continue };
        return Err(if term.name == "sub-cluster" && !term.is_single() {
            StatisticsError::Undefined {
                what: "variance between sub-clusters".to_owned(),
                why: "every cluster has one sub-cluster only".to_owned(),
            }
        } else if term.is_single() {
            StatisticsError::ClustersOfOne
        } else {
            StatisticsError::Undefined {
                what: format!("variance of {}", term.name),
                why: format!("its levels are those of {}", twin.name),
            }
        });
    }
    Ok(())
}

/// The blocks in the order of their first cluster.
fn plans(
    terms: &[Levels],
    groups: &[Vec<Option<usize>>],
    cluster: &[usize],
    clusters: usize,
) -> Result<Vec<Plan>, StatisticsError> {
    let block = connected(terms, cluster, clusters);
    let count = block.iter().max().map_or(0, |last| last + 1);
    let mut plans = vec![Plan::default(); count];
    for (i, &c) in cluster.iter().enumerate() {
        plans[block[c]].rows.push(i);
    }
    for (t, term) in terms.iter().enumerate() {
        let mut seen = vec![false; term.labels.len()];
        for (i, &level) in term.level.iter().enumerate() {
            if std::mem::replace(&mut seen[level], true) {
                continue;
            }
            let Some(group) = groups[t][level] else { continue };
            let columns = &mut plans[block[cluster[i]]].columns;
            columns.push(Column { term: t, group, level, slope: false });
            if term.slope {
                columns.push(Column { term: t, group, level, slope: true });
            }
        }
    }
    let largest = plans.iter().map(|plan| plan.columns.len()).max().unwrap_or(0);
    if largest > LARGEST_BLOCK {
        return Err(StatisticsError::Undefined {
            what: "mixed model".to_owned(),
            why: format!("crossed factors connect {largest} random effects; at most {LARGEST_BLOCK} are taken at once"),
        });
    }
    Ok(plans)
}

/// Block of each cluster: clusters that share a level of a factor belong together.
fn connected(terms: &[Levels], cluster: &[usize], clusters: usize) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..clusters).collect();
    fn root(parent: &mut [usize], mut c: usize) -> usize {
        while parent[c] != c {
            parent[c] = parent[parent[c]];
            c = parent[c];
        }
        c
    }
    for term in terms {
        let mut first = vec![usize::MAX; term.labels.len()];
        for (&level, &c) in term.level.iter().zip(cluster) {
            if first[level] == usize::MAX {
                first[level] = c;
            }
            let (a, b) = (root(&mut parent, first[level]), root(&mut parent, c));
            parent[a.max(b)] = a.min(b);
        }
    }
    // The smallest cluster of a block is its root, so blocks come in their order.
    let mut number = vec![usize::MAX; clusters];
    let mut next = 0;
    (0..clusters)
        .map(|c| {
            let own = root(&mut parent, c);
            if number[own] == usize::MAX {
                number[own] = next;
                next += 1;
            }
            number[own]
        })
        .collect()
}

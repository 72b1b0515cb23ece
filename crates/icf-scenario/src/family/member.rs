//! One scenario of a family, made when it is asked for: a sweep may have a hundred thousand.

use std::sync::Arc;

use icf_diagnostics::{Diagnostic, Diagnostics, Severity};

use super::assign::{Refused, assign};
use crate::Loaded;
use crate::loaded::check_tree;
use crate::syntax::{Entry, Kind, Node, Sources, Span};

/// What a member of a family is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// The scenario as the file says it.
    Base,
    /// One of its variants.
    Variant,
    /// One point of its sweep.
    Sweep,
}

/// One scenario of a family.
#[derive(Clone, Debug)]
pub struct Member {
    /// What it is.
    pub kind: MemberKind,
    /// Its name: that of the base, with the variant's name or the number of the point behind a dot.
    pub name: String,
    recipe: Recipe,
}

/// What a member is made of.
#[derive(Clone, Debug)]
enum Recipe {
    /// The base has been made to see whether the family can be used.
    Ready(Box<Loaded>),
    Variant {
        sources: Sources,
        tree: Box<Node>,
    },
    /// The values of a point, one for each axis of its sweep.
    Point {
        sweep: Arc<Sweep>,
        values: Vec<Node>,
    },
}

/// What the points of a sweep have in common.
#[derive(Clone, Debug)]
pub(super) struct Sweep {
    pub(super) sources: Sources,
    /// The base.
    pub(super) tree: Arc<Node>,
    /// The path of each axis, and where it stands.
    pub(super) axes: Vec<(String, Span)>,
    /// Where `sweep` stands, which gives the points their names.
    pub(super) span: Span,
}

impl Member {
    pub(super) fn base(name: String, loaded: Loaded) -> Self {
        Self { kind: MemberKind::Base, name, recipe: Recipe::Ready(Box::new(loaded)) }
    }

    pub(super) fn variant(name: String, sources: Sources, tree: Node) -> Self {
        Self { kind: MemberKind::Variant, name, recipe: Recipe::Variant { sources, tree: Box::new(tree) } }
    }

    pub(super) fn point(name: String, sweep: Arc<Sweep>, values: Vec<Node>) -> Self {
        Self { kind: MemberKind::Sweep, name, recipe: Recipe::Point { sweep, values } }
    }

    /// Says so where the points of a sweep leave out draws that the base makes.
    pub(super) fn warn_of_rows(&mut self, sources: &Sources, sweep: &Entry) {
        let Recipe::Ready(base) = &mut self.recipe else { return };
        let draws = base.scenario().uncertainty.as_ref().is_some_and(|drawn| drawn.space.is_some());
        if draws {
            let message = "points of a sweep that leave rows draw no errors of what goes in: `uncertainty.space` is the base's alone";
            let warning = sources.error(sweep.key_span, "rows-without-space", message);
            let warning = Diagnostic { severity: Severity::Warning, ..warning };
            base.warn(warning.hint("write `outputs: folders` in `sweep` to draw them for each point"));
        }
    }

    /// The keys of the sweep with this member's values, as they are written; none but for a point of the sweep.
    #[must_use]
    pub fn settings(&self) -> Vec<(String, String)> {
        let Recipe::Point { sweep, values } = &self.recipe else { return vec![] };
        sweep.axes.iter().zip(values).map(|((path, _), value)| (path.clone(), written(value))).collect()
    }

    /// The scenario.
    ///
    /// # Errors
    /// With every mistake of this member alone.
    pub fn load(&self) -> Result<Loaded, Diagnostics> {
        match &self.recipe {
            Recipe::Ready(loaded) => Ok((**loaded).clone()),
            Recipe::Variant { sources, tree } => check_tree(sources.clone(), (**tree).clone(), vec![], true),
            Recipe::Point { sweep, values } => {
                let mut tree = sweep.lay(values)?;
                tree.put("name", sweep.span, Node::quoted(sweep.span, self.name.clone()));
                check_tree(sweep.sources.clone(), tree, vec![], true)
            }
        }
    }
}

impl Sweep {
    /// The base with a value laid onto each axis.
    pub(super) fn lay(&self, values: &[Node]) -> Result<Node, Diagnostics> {
        let mut tree = (*self.tree).clone();
        for ((path, span), value) in self.axes.iter().zip(values) {
            tree = assign(tree, path, value.clone(), *span).map_err(|Refused { message, hint }| {
                Diagnostics::from(self.sources.error(*span, "sweep", message).hint(hint))
            })?;
        }
        Ok(tree)
    }
}

/// A value as a person writes it.
fn written(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar(scalar) => scalar.text.clone(),
        Kind::Sequence(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Kind::Mapping(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|entry| format!("{}: {}", entry.key, written(&entry.value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

//! How values are classed.

use icf_diagnostics::Diagnostic;

use crate::{ClassMethod, Loaded};

/// `user` and its bounds need each other, and bounds ascend.
pub(super) fn bounds_fit_the_method(loaded: &Loaded) -> Vec<Diagnostic> {
    let classes = &loaded.scenario().classes;
    let mistake = |key: &str, code, message: &str, hint: &str| {
        vec![loaded.diagnose(key, code, message.to_owned()).hint(hint)]
    };
    if classes.depth_method == ClassMethod::User && classes.method != ClassMethod::User {
        let message = "`user` bounds are those of size and depth";
        return mistake("classes.depth_method", "user-for-depth-alone", message, "write `method: user`");
    }
    match (classes.method, &classes.bounds) {
        (ClassMethod::User, None) => {
            let message = "`method: user` has no bounds";
            mistake("classes", "no-bounds", message, "write `bounds: { size: [0.5, 1], depth: [1, 1.5, 3] }`")
        }
        (ClassMethod::User, Some(bounds)) => [("size", &bounds.size), ("depth", &bounds.depth)]
            .into_iter()
            .filter(|(_, bounds)| bounds.windows(2).any(|pair| pair[0] >= pair[1]))
            .flat_map(|(of, _)| {
                let key = format!("classes.bounds.{of}");
                mistake(
                    &key,
                    "bounds-not-ascending",
                    "the bounds do not ascend",
                    "each lies above the one before",
                )
            })
            .collect(),
        (_, Some(_)) => {
            let message = "`bounds` are those of `method: user`";
            mistake(
                "classes.bounds",
                "bounds-without-user",
                message,
                "leave them out, or write `method: user`",
            )
        }
        (_, None) => Vec::new(),
    }
}

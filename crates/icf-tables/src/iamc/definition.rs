//! Variables and regions as definitions that the IAMC's package nomenclature reads.

use std::fmt::Write;

use icf_results::Basis;

use super::region::{Level, Region};
use super::variable::{Aggregation, VARIABLES, Variable};

/// `variables.yaml`: every variable of every run.
#[must_use]
pub fn variables_yaml() -> String {
    let mut text = String::from("# Generated from the variables of ICF; docs/iamc.md says more.\n");
    for variable in VARIABLES {
        entry(&mut text, variable, Basis::Carbon, "");
    }
    for variable in VARIABLES.iter().filter(|variable| variable.from_emissions) {
        let caveat = " By the published formula, where heat content is counted twice and t CO2 are taken for t C where \
                      emissions meet the sink. Not to be compared with the variable without the addition.";
        entry(&mut text, variable, Basis::AsPrinted, caveat);
    }
    text
}

fn entry(text: &mut String, variable: &Variable, basis: Basis, caveat: &str) {
    let aggregation = match variable.aggregation {
        Aggregation::Sum => "",
        Aggregation::ByPopulation => "    weight: Population\n",
        Aggregation::Own => "    skip-region-aggregation: true\n",
    };
    put(
        text,
        format_args!(
            "- {}:\n    description: {}\n    unit: {}\n{aggregation}",
            variable.name_on(basis),
            quoted(&format!("{}{caveat}", variable.description)),
            variable.unit,
        ),
    );
}

/// `regions.yaml`: the regions of a run, by level.
pub(super) fn regions_yaml(regions: &[Region]) -> String {
    let mut text = String::from("# The regions of this run, and what each is the sum of.\n");
    type Belongs = fn(&Level) -> bool;
    let levels: [(&str, Belongs); 3] = [
        ("Nation", |level| matches!(level, Level::Nation)),
        ("Group", |level| matches!(level, Level::Group(_))),
        ("Region", |level| matches!(level, Level::Region(_))),
    ];
    for (title, belongs) in levels {
        let mut of_level = regions.iter().filter(|region| belongs(&region.level)).peekable();
        if of_level.peek().is_some() {
            put(&mut text, format_args!("- {title}:\n"));
        }
        for region in of_level {
            put(
                &mut text,
                format_args!(
                    "  - {}:\n      description: {}\n",
                    quoted(&region.name),
                    quoted(&region.description)
                ),
            );
            if let Some((id, iso)) = &region.codes {
                put(&mut text, format_args!("      id: {}\n      iso_3166_2: {}\n", quoted(id), quoted(iso)));
            }
            if !region.members.is_empty() {
                text.push_str("      members:\n");
            }
            for member in &region.members {
                put(&mut text, format_args!("        - {}\n", quoted(member)));
            }
        }
    }
    text
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what).expect("a string takes every text");
}

/// A text in the double quotes of YAML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => put(&mut quoted, format_args!("\\U{:08x}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(quoted(text), expected);
    }

    #[test]
    fn a_text_stays_a_text() {
        check("340000", r#""340000""#);
        check("河北", r#""河北""#);
        check(r#"a "b" \ c"#, r#""a \"b\" \\ c""#);
        check("a\nb", r#""a\U0000000ab""#);
    }
}

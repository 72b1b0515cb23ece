//! What a schema cannot say. One file a part of the scenario, one line a check.

mod accounting;
mod classes;
mod input_errors;
mod land;
mod levers;
mod projection;
mod solve;
mod thresholds;
mod uncertainty;
mod years;

use std::collections::BTreeSet;

use icf_diagnostics::Diagnostic;

use crate::Loaded;

/// A rule, with the top-level keys whose values it relies on.
struct Check {
    reads: &'static [&'static str],
    run: fn(&Loaded) -> Vec<Diagnostic>,
}

const CHECKS: &[Check] = &[
    Check { reads: &["years"], run: years::in_order },
    Check { reads: &["land"], run: land::shares_sum_to_one },
    Check { reads: &["land"], run: land::history_needs_one_map },
    Check { reads: &["land"], run: land::rasters_are_the_source },
    Check { reads: &["land"], run: land::layer_is_of_zones },
    Check { reads: &["land"], run: land::npp_fits_its_rasters },
    Check { reads: &["land"], run: land::built_land_is_no_sink },
    Check { reads: &["land"], run: land::history_can_be_traced_back },
    Check { reads: &["years", "projection"], run: projection::horizon_after_history },
    Check { reads: &["years", "projection"], run: projection::fitted_windows },
    Check { reads: &["years", "projection"], run: projection::path_points },
    Check { reads: &["years", "projection"], run: projection::peaks },
    Check { reads: &["projection"], run: projection::parts },
    Check { reads: &["years", "projection", "levers"], run: levers::years_are_projected },
    Check { reads: &["levers"], run: levers::shares_are_shares },
    Check { reads: &["land", "levers"], run: levers::keys_fit },
    Check { reads: &["thresholds"], run: thresholds::names_are_unique },
    Check { reads: &["thresholds"], run: thresholds::levels_fit },
    Check { reads: &["solve", "thresholds"], run: solve::thresholds_are_known },
    Check { reads: &["solve", "years", "projection"], run: solve::years_are_projected },
    Check { reads: &["solve", "thresholds", "land"], run: solve::keys_fit_what_is_turned },
    Check { reads: &["solve"], run: solve::keys_take_numbers },
    Check { reads: &["solve", "uncertainty"], run: solve::probabilities_are_drawn },
    Check { reads: &["uncertainty"], run: uncertainty::something_is_drawn },
    Check { reads: &["uncertainty", "years"], run: input_errors::years_are_of_the_history },
    Check { reads: &["uncertainty"], run: input_errors::factors_are_pure_numbers },
    Check { reads: &["uncertainty", "land"], run: input_errors::classes_are_known },
    Check { reads: &["uncertainty"], run: uncertainty::correlations_name_inputs },
    Check { reads: &["uncertainty"], run: uncertainty::parameters_have_one_unit },
    Check { reads: &["uncertainty"], run: uncertainty::keys_can_be_drawn },
    Check { reads: &["accounting"], run: accounting::fuels_are_unique },
    Check { reads: &["classes"], run: classes::bounds_fit_the_method },
];

/// Every mistake that the checks find. A check whose keys the schema has already found wrong is left out: it
/// would judge a default that nobody meant.
pub(crate) fn check(loaded: &Loaded, tainted: &BTreeSet<String>) -> Vec<Diagnostic> {
    CHECKS
        .iter()
        .filter(|check| !check.reads.iter().any(|key| tainted.contains(*key)))
        .flat_map(|check| (check.run)(loaded))
        .collect()
}

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

use icf_diagnostics::Diagnostic;

use crate::Loaded;
use crate::loaded::Sound;

/// A rule, with the top-level keys whose values it relies on.
struct Check {
    /// Keys of which every part has to be what the user meant.
    whole: &'static [&'static str],
    /// Keys whose parts are judged one by one, so that some may be lacking.
    each: &'static [&'static str],
    run: fn(&Loaded) -> Vec<Diagnostic>,
}

const CHECKS: &[Check] = &[
    Check { whole: &["years"], each: &[], run: years::in_order },
    Check { whole: &["land"], each: &[], run: land::shares_sum_to_one },
    Check { whole: &["land"], each: &[], run: land::history_needs_one_map },
    Check { whole: &["land"], each: &[], run: land::rasters_are_the_source },
    Check { whole: &["land"], each: &[], run: land::layer_is_of_zones },
    Check { whole: &["land"], each: &[], run: land::npp_fits_its_rasters },
    Check { whole: &["land"], each: &[], run: land::built_land_is_no_sink },
    Check { whole: &["land"], each: &[], run: land::history_can_be_traced_back },
    Check { whole: &["years"], each: &["projection"], run: projection::horizon_after_history },
    Check { whole: &["years"], each: &["projection"], run: projection::fitted_windows },
    Check { whole: &["years"], each: &["projection"], run: projection::path_points },
    Check { whole: &["years"], each: &["projection"], run: projection::peaks },
    Check { whole: &[], each: &["projection"], run: projection::parts },
    Check { whole: &["years"], each: &["projection", "levers"], run: levers::years_are_projected },
    Check { whole: &[], each: &["levers"], run: levers::shares_are_shares },
    Check { whole: &["land"], each: &["levers"], run: levers::keys_fit },
    Check { whole: &[], each: &["thresholds"], run: thresholds::names_are_unique },
    Check { whole: &[], each: &["thresholds"], run: thresholds::levels_fit },
    Check { whole: &[], each: &["solve", "thresholds"], run: solve::thresholds_are_known },
    Check { whole: &["years"], each: &["solve", "projection"], run: solve::years_are_projected },
    Check { whole: &[], each: &["solve"], run: solve::keys_fit_what_is_turned },
    Check { whole: &["land"], each: &["solve", "thresholds"], run: solve::classes_fit },
    Check { whole: &[], each: &["solve"], run: solve::keys_take_numbers },
    Check { whole: &["uncertainty"], each: &["solve"], run: solve::probabilities_are_drawn },
    Check { whole: &["uncertainty"], each: &[], run: uncertainty::something_is_drawn },
    Check { whole: &["years"], each: &["uncertainty"], run: input_errors::years_are_of_the_history },
    Check { whole: &[], each: &["uncertainty"], run: input_errors::factors_are_pure_numbers },
    Check { whole: &["land"], each: &["uncertainty"], run: input_errors::classes_are_known },
    Check { whole: &[], each: &["uncertainty"], run: input_errors::factors_can_be_drawn },
    Check { whole: &[], each: &["uncertainty"], run: uncertainty::correlations_name_inputs },
    Check { whole: &[], each: &["uncertainty"], run: uncertainty::correlations_go_together },
    Check { whole: &[], each: &["uncertainty"], run: uncertainty::parameters_have_one_unit },
    Check { whole: &[], each: &["uncertainty"], run: uncertainty::distributions_can_be_had },
    Check { whole: &[], each: &["uncertainty"], run: uncertainty::keys_can_be_drawn },
    Check { whole: &["accounting"], each: &[], run: accounting::fuels_are_unique },
    Check { whole: &["classes"], each: &[], run: classes::bounds_fit_the_method },
];

/// Every mistake that the checks find. A check whose keys the schema has already found wrong is left out: it
/// would judge a default that nobody meant, or miss a part that was taken out.
pub(crate) fn check(loaded: &Loaded, sound: &Sound) -> Vec<Diagnostic> {
    let is_wrong = |key: &&str| sound.tainted.contains(*key);
    let lacks = |key: &&str| sound.lacking.contains(*key);
    CHECKS
        .iter()
        .filter(|check| !check.whole.iter().any(|key| is_wrong(key) || lacks(key)))
        .filter(|check| !check.each.iter().any(is_wrong))
        .flat_map(|check| (check.run)(loaded))
        .collect()
}

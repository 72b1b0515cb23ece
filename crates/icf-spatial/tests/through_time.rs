//! Income of 48 states of the US, 1929 to 2009: moves through time, held against giddy.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_spatial::{
    Cutoffs, Joined, MarkovChain, Permutations, Quadrant, SpatialMarkov, Weights, determinant_mobility,
    lisa_markov, local_moran, rank_cohesion, rank_correlation, rose, shorrocks_mobility, spatial_markov,
};
use icf_units::RegionId;

/// Rows of a file, without comments and header.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

fn fips() -> Vec<&'static str> {
    rows(include_str!("data/us_income.csv")).map(|row| row[0]).collect()
}

/// Income year by year, in the order of the states.
fn incomes() -> Vec<Vec<f64>> {
    let states: Vec<Vec<f64>> = rows(include_str!("data/us_income.csv"))
        .map(|row| row[1..].iter().map(|value| value.parse().unwrap()).collect())
        .collect();
    (0..states[0].len()).map(|year| states.iter().map(|state| state[year]).collect()).collect()
}

/// Income over the mean of the year.
fn relative() -> Vec<Vec<f64>> {
    let over_mean = |year: Vec<f64>| {
        let mean = year.iter().sum::<f64>() / 48.0;
        year.into_iter().map(|value| value / mean).collect()
    };
    incomes().into_iter().map(over_mean).collect()
}

fn weights() -> Weights {
    let fips = fips();
    let place = |id: &str| fips.iter().position(|known| *known == id).unwrap();
    let links: Vec<_> =
        rows(include_str!("data/us_states_links.csv")).map(|row| (place(row[0]), place(row[1]))).collect();
    Weights::from_links(fips.iter().map(|id| RegionId::new(id)), &links).unwrap().row_standardised()
}

/// What giddy prints.
fn golden(key: &str) -> Vec<f64> {
    let row = rows(include_str!("data/us_income_markov.csv")).find(|row| row[0] == key).expect(key);
    row[1..].iter().map(|value| value.parse().unwrap()).collect()
}

#[track_caller]
fn close(found: &[f64], key: &str) {
    let expected = golden(key);
    assert_eq!(found.len(), expected.len(), "{key}");
    for (found, expected) in found.iter().zip(&expected) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{key}: {found} is not {expected}");
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are some thousand moves")]
fn counts(chain: &MarkovChain) -> Vec<f64> {
    chain.counts.iter().flatten().map(|count| *count as f64).collect()
}

/// Mean first passage times, where giddy prints an infinity for what never happens.
fn passage(chain: &MarkovChain) -> Vec<f64> {
    chain.mean_first_passage().into_iter().flatten().map(|time| time.unwrap_or(f64::INFINITY)).collect()
}

#[track_caller]
fn close_passage(chain: &MarkovChain, key: &str) {
    let expected = golden(key);
    for (found, expected) in passage(chain).iter().zip(&expected) {
        let is_close = found == expected || (found - expected).abs() <= 1e-12 * expected;
        assert!(is_close, "{key}: {found} is not {expected}");
    }
}

#[test]
fn chain_of_quintiles() {
    let years: Vec<Vec<Option<usize>>> = incomes()
        .iter()
        .map(|year| {
            let values = [year.iter().copied().map(Some).collect::<Vec<_>>()];
            let found =
                spatial_markov(&weights(), &values, Cutoffs::Quantiles(5), Cutoffs::Quantiles(5)).unwrap();
            found.classes.into_iter().next().unwrap()
        })
        .collect();
    let chain = MarkovChain::from_years(&years, 5);
    close(&counts(&chain), "quintiles_counts");
    close(&chain.probabilities.iter().flatten().flatten().copied().collect::<Vec<_>>(), "quintiles_p");
    close(&chain.steady_state().unwrap(), "quintiles_steady");
    close(&chain.sojourn().into_iter().flatten().collect::<Vec<_>>(), "quintiles_sojourn");
    close_passage(&chain, "quintiles_mfpt");
    close(&[shorrocks_mobility(&chain).unwrap()], "quintiles_shorrocks");
    close(&[determinant_mobility(&chain).unwrap()], "quintiles_determinant");
}

#[test]
fn moves_between_quadrants() {
    let quadrants: Vec<Vec<Quadrant>> = incomes()
        .into_iter()
        .map(|values| {
            let draws = Permutations { count: 1, seed: 1, purpose: "quadrants" };
            let lisa = local_moran(&Joined { weights: weights(), values }, draws).unwrap();
            lisa.regions.iter().map(|region| region.quadrant).collect()
        })
        .collect();
    let markov = lisa_markov(&quadrants);
    close(&counts(&markov.chain), "lisa_counts");
    close(&markov.chain.probabilities.iter().flatten().flatten().copied().collect::<Vec<_>>(), "lisa_p");
    close(&markov.chain.steady_state().unwrap(), "lisa_steady");
    close(&markov.chain.sojourn().into_iter().flatten().collect::<Vec<_>>(), "lisa_sojourn");
    close_passage(&markov.chain, "lisa_mfpt");
    #[expect(clippy::cast_precision_loss, reason = "codes are up to 16")]
    let codes = |year: usize| -> Vec<f64> {
        markov.moves[year].iter().map(|moved| moved.unwrap().pysal_code().unwrap() as f64).collect()
    };
    close(&codes(0), "lisa_moves_1929");
    close(&codes(79), "lisa_moves_2008");

    // LISA_Markov.chi_2 of giddy 2.3.8 is 1058.2: it takes means over the years instead of the states, and
    // chains the states instead of the years. Held here are giddy's own pieces, with years and states in
    // their places.
    let found = markov.independence.unwrap();
    close(&found.expected.concat(), "lisa_expected");
    let estimated = found.test_with_estimates.p.unwrap();
    assert_eq!((found.test.degrees, found.test_with_estimates.degrees), (9, 8));
    close(&[found.test.statistic, 9.0, found.test.p.unwrap(), estimated], "lisa_chi2");

    // Rey's types and the move over all years follow from giddy's codes.
    assert_eq!(markov.types.iter().sum::<u64>(), 48 * 80);
    let from_codes = golden("lisa_counts");
    let stayed: f64 = [0, 5, 10, 15].iter().map(|place| from_codes[*place]).sum();
    #[expect(clippy::cast_precision_loss, reason = "there are some thousand moves")]
    let found = markov.types[0] as f64;
    assert_eq!(found, stayed);
    let (first, last) = (golden("lisa_quadrants_1929"), golden("lisa_quadrants_2009"));
    for (from, a) in
        [Quadrant::HighHigh, Quadrant::LowHigh, Quadrant::LowLow, Quadrant::HighLow].iter().zip(1..)
    {
        for (to, b) in
            [Quadrant::HighHigh, Quadrant::LowHigh, Quadrant::LowLow, Quadrant::HighLow].iter().zip(1..)
        {
            let pair = (f64::from(a), f64::from(b));
            let expected = first.iter().zip(&last).filter(|(first, last)| (**first, **last) == pair).count();
            assert_eq!(markov.first_to_last.count(*from, *to), expected);
        }
    }
}

#[track_caller]
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn check_spatial(found: &SpatialMarkov, name: &str) {
    close(&found.cutoffs, &format!("{name}_cutoffs"));
    close(&found.lag_cutoffs, &format!("{name}_lag_cutoffs"));
    close(&found.conditional.iter().flat_map(counts).collect::<Vec<_>>(), &format!("{name}_counts"));
    close(&counts(&found.overall), &format!("{name}_overall"));
    let test = found.homogeneity.unwrap();
    let (ratio, square) = (test.likelihood_ratio, test.chi_square);
    let of_test =
        [ratio.statistic, square.statistic, square.degrees as f64, ratio.p.unwrap(), square.p.unwrap()];
    close(&of_test, &format!("{name}_hom"));
    let each = found.against_overall.iter().flatten();
    let each = each.flat_map(|test| [test.statistic, test.degrees as f64, test.p.unwrap()]);
    close(&each.collect::<Vec<_>>(), &format!("{name}_each"));
}

fn spatial(cutoffs: Cutoffs<'_>) -> SpatialMarkov {
    let years: Vec<Vec<_>> = relative().iter().map(|year| year.iter().copied().map(Some).collect()).collect();
    spatial_markov(&weights(), &years, cutoffs, cutoffs).unwrap()
}

#[test]
fn spatial_chain_of_quintiles() {
    let found = spatial(Cutoffs::Quantiles(5));
    check_spatial(&found, "quantiles5");
    for (lag, chain) in found.conditional.iter().enumerate() {
        close(&chain.steady_state().unwrap(), &format!("quantiles5_steady_{lag}"));
        close_passage(chain, &format!("quantiles5_mfpt_{lag}"));
    }
}

#[test]
fn spatial_chain_of_given_classes() {
    let found = spatial(Cutoffs::Given(&[0.8, 0.9, 1.0, 1.2]));
    check_spatial(&found, "cutoffs");
    for lag in [2, 3] {
        close(&found.conditional[lag].steady_state().unwrap(), &format!("cutoffs_steady_{lag}"));
    }
    for lag in [1, 2, 3] {
        close_passage(&found.conditional[lag], &format!("cutoffs_mfpt_{lag}"));
    }
    // giddy prints the two steady states of the second chain; here there is none, and why.
    let reason = found.conditional[1].steady_state().unwrap_err().to_string();
    assert_eq!(reason, "the chain ends in one of 2 groups of states that it never leaves");
    assert!(golden("cutoffs_steady_1").len() == 10);
}

#[test]
fn ranks() {
    let incomes = incomes();
    for (a, b, key) in [(0, 80, "tau_1929_2009"), (0, 1, "tau_1929_1930"), (60, 70, "tau_1989_1999")] {
        let found = rank_correlation(&incomes[a], &incomes[b]);
        #[expect(clippy::cast_precision_loss, reason = "there are 1128 pairs")]
        let pairs =
            [found.concordant, found.discordant, found.tied_last, found.tied_first].map(|pairs| pairs as f64);
        // giddy's extraX are pairs tied in y alone, its extraY those tied in x alone.
        close(&[[found.tau.unwrap()].as_slice(), &pairs].concat(), key);
    }
    let rounded = |year: usize, to: f64| -> Vec<f64> {
        incomes[year].iter().map(|value| (value / to).round_ties_even() * to).collect()
    };
    let found = rank_correlation(&rounded(0, 100.0), &rounded(80, 10_000.0));
    #[expect(clippy::cast_precision_loss, reason = "there are 1128 pairs")]
    let pairs = [found.concordant, found.discordant].map(|pairs| pairs as f64);
    close(&[[found.tau.unwrap()].as_slice(), &pairs].concat(), "tau_rounded");
    let groups: Vec<u32> = fips().iter().map(|id| id.parse::<u32>().unwrap() / 10).collect();
    let cohesion =
        [(0, 40), (40, 80)].map(|(a, b)| rank_cohesion(&incomes[a], &incomes[b], &groups).unwrap());
    close(&cohesion, "theta_fips10");
}

#[test]
fn directions() {
    let relative = relative();
    let draws = Permutations { count: 9_999, seed: 1, purpose: "rose" };
    let found = rose(&weights(), &relative[0], &relative[80], 8, draws).unwrap();
    #[expect(clippy::cast_precision_loss, reason = "there are 48 states")]
    let counts: Vec<f64> = found.sectors.iter().map(|sector| sector.count as f64).collect();
    close(&counts, "rose8_counts");
    // Short moves are differences of numbers near one, so their last digits are those of the numbers.
    for ((moved, angle), length) in found.moves.iter().zip(golden("rose8_theta")).zip(golden("rose8_r")) {
        let moved = moved.unwrap();
        let angle = if angle < 0.0 { angle + std::f64::consts::TAU } else { angle };
        assert!((moved.angle - angle).abs() < 1e-12 && (moved.length - length).abs() < 1e-14);
    }
    // giddy drew 99,999 permutations of its own: within five standard errors of a share over 9,999.
    let (greater, less) = (golden("rose8_greater"), golden("rose8_less"));
    for (place, sector) in found.sectors.iter().enumerate() {
        for (found, expected) in
            [(sector.pseudo_p.greater, greater[place]), (sector.pseudo_p.less, less[place])]
        {
            let error = (expected * (1.0 - expected) / 9_999.0).sqrt() + 1e-4;
            assert!((found - expected).abs() < 5.0 * error, "sector {place}: {found} is not {expected}");
        }
    }
}

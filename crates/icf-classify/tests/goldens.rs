//! Classes held against those of mapclassify and of R's classInt.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_classify::{Classification, Scheme, classify, head_tail_breaks};

const TIED: [f64; 22] = [
    1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 5.0, 5.0, 8.0, 8.0, 8.0, 13.0, 21.0,
    21.0, 55.0,
];

fn calemp() -> Vec<f64> {
    include_str!("data/calemp.csv")
        .lines()
        .filter(|line| !line.starts_with('#') && *line != "value")
        .map(|line| line.parse().unwrap())
        .collect()
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(';').filter(|part| !part.is_empty()).map(|part| part.parse().unwrap()).collect()
}

fn classed(values: &[f64], scheme: &str, parameters: &[f64]) -> Classification {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the file has small whole numbers"
    )]
    let classes = parameters[0].abs() as usize;
    let scheme = match scheme {
        "fisher" => Scheme::NaturalBreaks { classes },
        "quantile" => Scheme::Quantile { classes },
        "equal-interval" => Scheme::EqualInterval { classes },
        "std-mean" => Scheme::StandardDeviation { multiples: parameters.to_vec() },
        "user" => Scheme::UserDefined { upper_bounds: parameters.to_vec() },
        "head-tail" => {
            let found = head_tail_breaks(values, parameters[0]).unwrap();
            if parameters[0] == 0.4 {
                assert_eq!(classify(values, &Scheme::HeadTail).unwrap(), found);
            }
            return found;
        }
        other => panic!("no scheme {other}"),
    };
    classify(values, &scheme).unwrap()
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs().max(1.0)
}

#[test]
fn bounds_counts_and_deviations() {
    let mut rows = 0;
    for line in include_str!("data/schemes.csv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let [data, tool, scheme, parameters, bounds, counts, ssd, adcm] =
            line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let values = if data == "tied" { TIED.to_vec() } else { calemp() };
        let found = classed(&values, scheme, &numbers(parameters));
        let expected: Vec<usize> = counts.split(';').map(|count| count.parse().unwrap()).collect();
        assert_eq!(found.counts(), expected, "{line}");
        if (tool, scheme) != ("classInt", "fisher") {
            let bounds = numbers(bounds);
            assert_eq!(found.upper_bounds().len(), bounds.len(), "{line}");
            for (found, expected) in found.upper_bounds().iter().zip(&bounds) {
                assert!(close(*found, *expected), "{found} is not {expected}: {line}");
            }
        }
        if tool == "mapclassify" {
            let (ssd, adcm): (f64, f64) = (ssd.parse().unwrap(), adcm.parse().unwrap());
            assert!(close(found.ssd(), ssd), "{} is not {ssd}: {line}", found.ssd());
            assert!(close(found.adcm(), adcm), "{} is not {adcm}: {line}", found.adcm());
        }
        rows += 1;
    }
    assert_eq!(rows, 46);
}

//! Global and local statistics of two data sets, held against the figures that esda, spdep and GeoDa print:
//! Columbus, and the counties of North Carolina, which have two islands and many ties.
#![expect(clippy::unwrap_used, reason = "a test may panic, and reads what was written")]

use icf_spatial::{
    Cluster, GlobalStatistic, Joined, JoinedPair, Lisa, LocalStatistic, Permutations, Quadrant, Weights,
    bivariate_moran, geary, general_g, join_pair, local_bivariate, local_g, local_g_star, local_geary,
    local_moran, moran, rate_moran,
};
use icf_units::RegionId;

const DRAWS: Permutations<'_> = Permutations { count: 99, seed: 42, purpose: "peers" };

/// A file of comma-separated values, by column.
struct Table {
    columns: Vec<&'static str>,
    rows: Vec<Vec<&'static str>>,
}

impl Table {
    fn of(text: &'static str) -> Self {
        let mut lines =
            text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(',').collect());
        Self { columns: lines.next().unwrap(), rows: lines.collect() }
    }

    fn texts(&self, column: &str) -> Vec<&'static str> {
        let at = self.columns.iter().position(|name| *name == column).unwrap();
        self.rows.iter().map(|row| row[at]).collect()
    }

    fn numbers(&self, column: &str) -> Vec<f64> {
        self.texts(column).iter().map(|text| text.parse().unwrap()).collect()
    }
}

struct Data {
    values: Table,
    links: Table,
    local: Table,
    /// The variable, and the one it is held beside.
    variables: [&'static str; 2],
}

fn data(name: &str) -> Data {
    match name {
        "columbus" => Data {
            values: Table::of(include_str!("data/columbus.csv")),
            links: Table::of(include_str!("data/columbus_queen.csv")),
            local: Table::of(include_str!("data/columbus_local.csv")),
            variables: ["crime", "inc"],
        },
        _ => Data {
            values: Table::of(include_str!("data/sids.csv")),
            links: Table::of(include_str!("data/sids_links.csv")),
            local: Table::of(include_str!("data/sids_local.csv")),
            variables: ["sid74", "bir74"],
        },
    }
}

impl Data {
    fn weights(&self) -> Weights {
        let ids = self.values.texts("id");
        let place = |id: &str| ids.iter().position(|known| *known == id).unwrap();
        let ends = self.links.texts("a").into_iter().zip(self.links.texts("b"));
        let links: Vec<_> = ends.map(|(a, b)| (place(a), place(b))).collect();
        Weights::from_links(ids.iter().map(|id| RegionId::new(id)), &links).unwrap()
    }

    fn pair(&self, first: &str, second: &str) -> JoinedPair {
        let ids = self.values.texts("id").into_iter().map(RegionId::new);
        let numbers = self.values.numbers(first).into_iter().zip(self.values.numbers(second));
        let rows: Vec<_> = ids.zip(numbers).map(|(id, (a, b))| (id, Some(a), Some(b))).collect();
        join_pair(&self.weights(), &rows).unwrap()
    }

    fn one(&self, variable: &str) -> Joined {
        let JoinedPair { weights, first, .. } = self.pair(variable, variable);
        Joined { weights, values: first }
    }

    /// Holds a local figure against a column; `factor` turns ours into theirs, islands are left out.
    #[track_caller]
    fn check(&self, lisa: &Lisa, of: impl Fn(&LocalStatistic) -> f64, column: &str, factor: f64) {
        let theirs = self.local.numbers(column);
        let scale =
            theirs.iter().filter(|theirs| theirs.is_finite()).fold(0.0_f64, |most, one| most.max(one.abs()));
        assert_eq!(theirs.len(), lisa.regions.len());
        for (region, theirs) in
            lisa.regions.iter().zip(theirs).filter(|(region, _)| region.pseudo_p.is_some())
        {
            let ours = factor * of(region);
            // Sums over neighbours of both signs cancel: twelve digits of the largest figure of the map.
            assert!((ours - theirs).abs() <= 1e-12 * scale, "{}: {ours} is not {theirs}", region.region);
        }
    }

    /// Clusters of all regions, were they significant, as GeoDa numbers them; regions whose deviate is nearer to zero
    /// than `near` are left out.
    #[track_caller]
    fn check_clusters(&self, lisa: &Lisa, column: &str, near: f64) {
        let mut held = 0;
        for (region, code) in lisa.regions.iter().zip(self.local.texts(column)) {
            if region.candidate != Cluster::NotSignificant
                && region.deviate.is_some_and(|by| by.abs() >= near)
            {
                assert_eq!(region.candidate.geoda_code().to_string(), code, "{region:?}");
                held += 1;
            }
        }
        assert!(held >= lisa.regions.len() * 4 / 5, "{held}");
    }
}

/// Twelve digits.
#[track_caller]
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} is not {expected}");
}

fn found(name: &str, statistic: &str) -> GlobalStatistic {
    let data = data(name);
    match statistic.split(' ').collect::<Vec<_>>()[..] {
        ["moran", x] => moran(&data.one(x), DRAWS),
        ["geary", x] => geary(&data.one(x), DRAWS),
        ["general-g", x] => general_g(&data.one(x), DRAWS),
        ["bivariate", x, y] => bivariate_moran(&data.pair(x, y), DRAWS),
        ["rate", x, y] => rate_moran(&data.pair(x, y), DRAWS).map(|found| found.moran),
        _ => panic!("{statistic} is unknown"),
    }
    .unwrap()
}

#[test]
fn globals() {
    let table = Table::of(include_str!("data/globals.csv"));
    for row in &table.rows {
        let [tool, name, statistic, figures @ ..] = &row[..] else { panic!("{row:?} is short") };
        let found = found(name, statistic);
        // Moran_BV lacks the n/S₀ with which it would be Moran's I for one variable twice: two of 100 rows are empty.
        let factor =
            if (*tool, *name) == ("esda", "sids") && statistic.starts_with("bivariate") { 0.98 } else { 1.0 };
        let ours = [
            Some(factor * found.value),
            Some(found.expected),
            found.variance_normality,
            found.variance_randomisation,
        ];
        for (ours, theirs) in ours.into_iter().zip(figures).filter(|(_, theirs)| !theirs.is_empty()) {
            close(ours.unwrap(), theirs.parse().unwrap());
        }
    }
    assert_eq!(table.rows.len(), 34);
}

#[test]
fn p_by_the_normal_law() {
    /// Ten digits: the complementary error function of statrs 0.19 has no more.
    #[track_caller]
    fn close_p(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-10 * expected, "{found} is not {expected}");
    }
    #[track_caller]
    fn check(statistic: &str, normality: Option<(f64, f64)>, randomisation: Option<f64>) {
        let found = found("columbus", statistic);
        if let Some((z, p)) = normality {
            close(found.z_normality().unwrap(), z);
            close_p(found.p_normality().unwrap(), p);
        }
        if let Some(p) = randomisation {
            close_p(found.p_randomisation().unwrap(), p);
        }
    }
    // esda 2.8.2, p_norm and p_rand: those of Moran are two-sided, those of Geary and G one-sided.
    check("moran hoval", Some((2.171269131285865, 0.02991083429094322)), Some(0.027308521202947727));
    check(
        "geary hoval",
        Some((-1.9566744840439196, 2.0 * 0.025192875835146046)),
        Some(2.0 * 0.030898545689728402),
    );
    // esda calls the p of G that of normality; its variance is that of randomisation, and there is no other.
    check("general-g hoval", None, Some(2.0 * 0.3777482744336501));
    assert_eq!(found("columbus", "general-g hoval").variance_normality, None);
}

#[test]
fn local_moran_and_conditional_moments() {
    for name in ["columbus", "sids"] {
        let data = data(name);
        let lisa = local_moran(&data.one(data.variables[0]), DRAWS).unwrap();
        let n = f64::from(u8::try_from(lisa.regions.len()).unwrap());
        data.check(&lisa, |region| region.value, "i", 1.0);
        // spdep divides by n where I_i divides by n − 1; so do the conditional moments of esda.
        let factor = n / (n - 1.0);
        data.check(&lisa, |region| region.value, "i_spdep", factor);
        for (expected, variance) in [("ei", "vi"), ("e_spdep", "v_spdep")] {
            data.check(&lisa, |region| region.expected, expected, factor);
            data.check(&lisa, |region| region.variance, variance, factor * factor);
        }
        data.check_clusters(&lisa, "moran_cluster", 0.0);
    }
}

#[test]
fn local_geary_values_and_clusters() {
    for name in ["columbus", "sids"] {
        let data = data(name);
        let found = local_geary(&data.one(data.variables[0]), DRAWS).unwrap();
        let n = f64::from(u8::try_from(found.regions.len()).unwrap());
        data.check(&found, |region| region.value, "c", 1.0);
        // spdep and GeoDa standardise by the sample standard deviation.
        data.check(&found, |region| region.value, "c_spdep", (n - 1.0) / n);
        data.check(&found, |region| region.value, "c_geoda", (n - 1.0) / n);
        // GeoDa has the mean of its 999 draws where we have the expectation: five standard errors.
        data.check_clusters(&found, "geary_cluster", 5.0 / 999.0_f64.sqrt());
    }
}

#[test]
fn local_g_values_deviates_and_clusters() {
    for name in ["columbus", "sids"] {
        let data = data(name);
        let joined = data.one(data.variables[0]);
        let (g, star) = (local_g(&joined, DRAWS).unwrap(), local_g_star(&joined, DRAWS).unwrap());
        data.check(&g, |region| region.value, "g", 1.0);
        data.check(&star, |region| region.value, "gs", 1.0);
        data.check(&g, |region| region.deviate.unwrap(), "zg_spdep", 1.0);
        data.check(&star, |region| region.deviate.unwrap(), "zgs_spdep", 1.0);
        // GeoDa has the mean over the map where we have the expectation.
        data.check_clusters(&g, "g_cluster", 0.1);
        data.check_clusters(&star, "gs_cluster", 0.1);
    }
}

#[test]
fn bivariate_local_values_and_quadrants() {
    for name in ["columbus", "sids"] {
        let data = data(name);
        let [x, y] = data.variables;
        let found = local_bivariate(&data.pair(x, y), DRAWS).unwrap();
        data.check(&found, |region| region.value, "bv", 1.0);
        data.check_clusters(&found, "bv_cluster", 0.0);
        for (region, code) in found.regions.iter().zip(data.local.texts("bv_quadrant")) {
            // esda puts an island, whose lag is zero, among low neighbours.
            if region.quadrant != Quadrant::Undefined {
                assert_eq!(region.quadrant.pysal_code().unwrap().to_string(), code, "{region:?}");
            }
        }
    }
}

#[test]
fn the_directed_p_is_that_of_geoda() {
    // It has 999 draws, and we have as many as to tell: five standard errors of its share.
    let many = Permutations { count: 9_999, ..DRAWS };
    for name in ["columbus", "sids"] {
        let data = data(name);
        let (joined, [x, y]) = (data.one(data.variables[0]), data.variables);
        for (lisa, column) in [
            (local_moran(&joined, many), "moran_p"),
            (local_geary(&joined, many), "geary_p"),
            (local_g(&joined, many), "g_p"),
            (local_bivariate(&data.pair(x, y), many), "bv_p"),
        ] {
            for (region, theirs) in lisa.unwrap().regions.iter().zip(data.local.numbers(column)) {
                let Some(p) = region.pseudo_p else { continue };
                let near = |p: f64| 5.0 * (p * (1.0 - p) / 999.0).sqrt() + 2.0 / 999.0;
                // For the local Geary it counts on the side of the mean of its draws on which the value lies, and so
                // on either side where the value lies within five standard errors of the expectation. It compares
                // without a tolerance, so that ties are counted or not as they are rounded.
                let (strict, weak) = match region.deviate.unwrap() {
                    _ if column != "geary_p" => (p.directed, p.directed),
                    near if near.abs() < 5.0 / 999.0_f64.sqrt() => continue,
                    below if below < 0.0 => (1.0 - p.greater, p.less),
                    _ => (1.0 - p.less, p.greater),
                };
                let held = (strict - near(strict)..=weak + near(weak)).contains(&theirs);
                assert!(held, "{column} {}: {p:?} is not {theirs}", region.region);
                // The side on which the value lies is chosen after it is seen: about half of the two-sided p.
                assert!(p.exact || p.directed <= p.two_sided);
            }
        }
    }
}

#[test]
fn islands_have_no_figures() {
    let data = data("sids");
    let joined = data.one("sid74");
    let pair = data.pair("sid74", "bir74");
    for lisa in [
        local_moran(&joined, DRAWS),
        local_geary(&joined, DRAWS),
        local_g(&joined, DRAWS),
        local_g_star(&joined, DRAWS),
        local_bivariate(&pair, DRAWS),
    ] {
        let lisa = lisa.unwrap();
        let islands: Vec<_> = lisa.regions.iter().filter(|region| region.pseudo_p.is_none()).collect();
        // Dare and Hyde. esda gives them a p by a made-up neighbour, and spdep a G* of themselves alone.
        assert_eq!(
            islands.iter().map(|region| region.region.as_str()).collect::<Vec<_>>(),
            ["37055", "37095"]
        );
        for region in islands {
            assert_eq!((region.value, region.deviate, region.quadrant), (0.0, None, Quadrant::Undefined));
            assert_eq!(region.candidate, Cluster::Isolated);
        }
    }
}

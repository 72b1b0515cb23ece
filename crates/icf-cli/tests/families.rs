//! Families of scenarios as others script against them.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads what was written"
)]

#[expect(dead_code, reason = "each test file uses its part of the support")]
mod support;

use std::path::Path;

use support::{icf_in, root, stderr, stdout};

const FAMILY: &str = "
variants:
  flat: { projection: { emissions: { model: constant } } }
  rise: { projection: { emissions: { model: rate, rate: 4 %/yr } } }
sweep:
  keys:
    projection.sink.rate: { from: -2 %/yr, to: 0 %/yr, steps: 3 }
    projection.emissions: [{ model: constant }, { model: rate, rate: 2 %/yr }]
";

/// Writes a scenario that extends the baseline, without page and figures.
fn write(folder: &Path, name: &str, lines: &str) {
    let baseline = root().join("scenarios/baseline.yaml");
    let text = format!(
        "extends: {}\nname: {name}\noutputs: {{ tables: [csv], figures: false, page: false }}\n{lines}\n",
        baseline.display()
    );
    std::fs::write(folder.join(format!("{name}.yaml")), text).unwrap();
}

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn each_variant_has_its_folder_and_each_point_its_row() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "fam", FAMILY);
    let output = icf_in(folder.path(), &["run-scenario", "fam.yaml", "--quiet"]);
    assert!(output.status.success(), "{}", stderr(&output));
    for name in ["fam", "fam.flat", "fam.rise"] {
        assert!(folder.path().join("runs").join(name).join("summary.json").is_file(), "{name}");
    }
    assert!(!folder.path().join("runs/fam.1").exists());
    let members = read(folder.path(), "runs/fam.family/members.csv");
    let rows: Vec<&str> = members.lines().collect();
    assert_eq!(rows.len(), 1 + 3 + 6);
    assert!(rows[0].starts_with("member,kind,error,projection.sink.rate,projection.emissions,scenario,"));
    assert!(rows[4].starts_with("fam.1,sweep,,-2 %/yr,{ model: constant },fam.1,"), "{}", rows[4]);
    // 10 members, 31 years.
    assert_eq!(read(folder.path(), "runs/fam.family/nation.csv").lines().count(), 1 + 9 * 31);
    let inputs = read(folder.path(), "runs/fam.family/compare/inputs.csv");
    assert!(
        inputs
            .starts_with("key,fam,fam.flat,fam.rise\nprojection.emissions.model,log-linear,constant,rate\n"),
        "{inputs}"
    );
    assert!(!inputs.contains("name,"), "{inputs}");
    let regions = read(folder.path(), "runs/fam.family/compare/regions.csv");
    assert!(
        regions.starts_with(
            "region,name,figure_horizon,unit,fam,fam.flat,fam.rise\n110000,Beijing,emissions,t,"
        ),
        "{regions}"
    );
    let said = stdout(&output);
    assert!(
        said.contains("What differs in the scenarios")
            && said.ends_with("in runs/fam.family; open runs/fam.family/compare.html\n"),
        "{said}"
    );
    let page = read(folder.path(), "runs/fam.family/compare.html");
    for words in [
        "projection.emissions.model",
        "fam.rise",
        "margin at the horizon",
        "9 runs",
        "fam.1: projection.sink.rate -2 %/yr",
        "difference_balance_0-title",
        "<svg",
        "default-src &#39;none&#39;",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("href=\"http"));
    // A point of the sweep is the run that its settings say.
    let alone = icf_in(
        folder.path(),
        &[
            "run-scenario",
            "fam.yaml",
            "--set",
            "projection.sink.rate=-2 %/yr",
            "--set",
            "projection.emissions={ model: constant }",
            "--out",
            "alone",
            "--quiet",
        ],
    );
    assert!(alone.status.success(), "{}", stderr(&alone));
    let nation = read(folder.path(), "alone/fam/tables/nation.csv");
    let point: Vec<String> = read(folder.path(), "runs/fam.family/nation.csv")
        .lines()
        .filter_map(|line| line.strip_prefix("fam.1,").map(str::to_owned))
        .collect();
    let alone: Vec<String> = nation.lines().skip(1).map(str::to_owned).collect();
    let figures = |lines: &[String]| -> Vec<Vec<f64>> {
        lines.iter().map(|line| line.split(',').filter_map(|cell| cell.parse().ok()).collect()).collect()
    };
    assert_eq!(figures(&point), figures(&alone));
}

#[test]
fn one_member_that_fails_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "fam", "variants: { bad: { projection: { horizon: 2040 } }, good: {} }");
    // The folder of one is taken by something that is not ours.
    std::fs::create_dir_all(folder.path().join("runs/fam.bad")).unwrap();
    std::fs::write(folder.path().join("runs/fam.bad/thesis.txt"), "mine").unwrap();
    let output = icf_in(folder.path(), &["run-scenario", "fam.yaml", "--quiet"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("is no run of icf"), "{}", stderr(&output));
    assert!(stdout(&output).contains("fam.bad failed:") && stdout(&output).contains("3 members, 1 failed"));
    assert!(folder.path().join("runs/fam.good/manifest.json").is_file());
    assert!(read(folder.path(), "runs/fam.family/members.csv").contains("fam.bad,variant,"));
    assert_eq!(read(folder.path(), "runs/fam.bad/thesis.txt"), "mine");
}

/// `run-scenario` refuses what `validate` refuses, in the same words, before anything is run.
#[test]
fn a_family_with_a_mistake_is_not_begun() {
    let folder = tempfile::tempdir().unwrap();
    for (lines, expected) in [
        ("variants: { good: {}, bad: { projection: { horzion: 2040 } } }", "did you mean `horizon`?"),
        ("variants: { good: {}, bad: { regions: { include: [Guandong] } } }", "did you mean `Guangdong`?"),
        ("sweep: { keys: { projection.horizon: [2030, 2020] } }", "the horizon 2020 is not after"),
        ("compare: { fail_on: [nation.size < 3] }", "there is no figure `size`"),
    ] {
        write(folder.path(), "fam", lines);
        let run = icf_in(folder.path(), &["run-scenario", "fam.yaml", "--quiet"]);
        assert_eq!(run.status.code(), Some(3), "{}", stderr(&run));
        assert!(stderr(&run).contains(expected), "{}", stderr(&run));
        assert!(!folder.path().join("runs").exists(), "something was written");
        let validated = icf_in(folder.path(), &["validate", "fam.yaml", "--quiet"]);
        assert_eq!(validated.status.code(), Some(3));
        let said = stderr(&run);
        assert_eq!(
            said.strip_suffix("icf: fam.yaml: nothing was run and nothing written\n"),
            Some(stderr(&validated).as_str())
        );
    }
}

#[test]
fn a_path_of_a_list_within_braces_is_told_to_have_quotes() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "fam", "sweep: { keys: { thresholds[0].level: [8e8 tC, 9e8 tC] } }");
    let output = icf_in(folder.path(), &["validate", "fam.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    let hint = "within braces a key with brackets has quotes: `\"thresholds[0].level\": …`";
    assert!(stderr(&output).contains(hint), "{}", stderr(&output));
    write(folder.path(), "fam", "sweep: { keys: { \"thresholds[0].level\": [8e8 tC, 9e8 tC] } }");
    assert_eq!(icf_in(folder.path(), &["validate", "fam.yaml"]).status.code(), Some(0));
}

#[test]
fn conditions_that_must_not_hold() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "fam",
        "variants: { rise: { projection: { emissions: { model: rate, rate: 6 %/yr } } } }",
    );
    let run = |conditions: &[&str]| {
        let mut arguments = vec!["run-scenario", "fam.yaml", "--quiet"];
        conditions.iter().for_each(|condition| arguments.extend(["--fail-on", *condition]));
        icf_in(folder.path(), &arguments)
    };
    assert_eq!(run(&["nation.deficit_year < 2027"]).status.code(), Some(0));
    let output = run(&["nation.deficit_year < 2030"]);
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("fam.rise: `nation.deficit_year < 2030` holds: it is 20"),
        "{}",
        stderr(&output)
    );
    for (condition, unit) in [
        ("nation.depth > 1", " (a pure number)"),
        ("nation.sink-2030.margin < 0", " t C"),
        ("nation.sink-2030.overshoot > 0", " t C × yr"),
        ("nation.capacity.margin < 0", " hm2"),
        ("Shanghai.depth-1.5.margin < 0", " (a pure number)"),
    ] {
        let output = run(&[condition]);
        assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
        let said = stderr(&output);
        let line = said.lines().find(|line| line.contains("fam.rise:")).unwrap();
        assert!(line.contains(" holds: it is ") && line.ends_with(unit), "{line}");
    }
    assert_eq!(run(&["nation.sink-2030.first_year <= 2030"]).status.code(), Some(4));
    assert_eq!(run(&["Ningxia.depth > 1e6", "Ningxia.quadrant == III"]).status.code(), Some(0));
    assert_eq!(run(&["nation.depth-1.5.margin < -100"]).status.code(), Some(0));
    let output = run(&["Nigxia.deficit_year < 2030"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("the data have no region or group `Nigxia`"), "{}", stderr(&output));
    assert_eq!(run(&["nation.size < 3"]).status.code(), Some(2));

    write(folder.path(), "declared", "compare: { fail_on: [Shanghai.deficit_year < 2030] }");
    let output = icf_in(folder.path(), &["run-scenario", "declared.yaml", "--quiet"]);
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    assert!(folder.path().join("runs/declared/manifest.json").is_file());
    let output =
        icf_in(folder.path(), &["compare", "runs/declared", "--fail-on", "Shanghai.depth > 2", "--quiet"]);
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
}

#[test]
fn groups_of_the_users_own_go_through_to_tables_thresholds_and_conditions() {
    let folder = tempfile::tempdir().unwrap();
    let groups = "regions: { groups: { river: [Shanghai, 320000, Zhejiang, Anhui], bay: [Guangdong] }, rest: elsewhere }
variants: { rise: { projection: { emissions: { model: rate, rate: 6 %/yr } } } }";
    write(folder.path(), "own", groups);
    let arguments = ["run-scenario", "own.yaml", "--quiet", "--fail-on", "bay.deficit_year < 2031"];
    let output = icf_in(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    assert!(stderr(&output).contains("own.rise: `bay.deficit_year < 2031` holds"), "{}", stderr(&output));
    let rows = read(folder.path(), "runs/own/tables/groups.csv");
    let of = |group: &str| rows.lines().filter(|line| line.starts_with(&format!("own,{group},"))).count();
    // 31 years each.
    assert_eq!(["bay", "elsewhere", "river"].map(of), [31; 3]);
    let emissions = |table: &str, start: &str, column: usize| -> f64 {
        let rows = read(folder.path(), &format!("runs/own/tables/{table}.csv"));
        let of = rows.lines().filter(|line| line.starts_with(start) && line.contains(",2022,"));
        of.map(|line| line.split(',').nth(column).unwrap().parse::<f64>().unwrap()).sum()
    };
    let column = |table: &str| {
        let rows = read(folder.path(), &format!("runs/own/tables/{table}.csv"));
        rows.lines().next().unwrap().split(',').position(|name| name == "ice_t").unwrap()
    };
    let parts: f64 =
        ["31", "32", "33", "34"].iter().map(|id| emissions("regions", id, column("regions"))).sum();
    let whole = emissions("groups", "own,river,", column("groups"));
    assert!((parts - whole).abs() < 1e-9 * whole, "{parts} {whole}");
    assert!(read(folder.path(), "runs/own/tables/thresholds.csv").contains(",group,river,"));
    let said = stdout(&output);
    assert!(said.contains("  capacity (groups): 1 across it in 2022: river"), "{said}");
    assert!(read(folder.path(), "runs/own.family/compare/deficit_years.csv").contains("bay,"));
    let explained = icf_in(folder.path(), &["explain", "own.yaml", "regions.groups.bay"]);
    assert!(
        stdout(&explained).starts_with("regions.groups.bay[0] = Guangdong\n  own.yaml:4:"),
        "{}",
        stdout(&explained)
    );

    write(folder.path(), "gap", "regions: { groups: { river: [Shanghai, Jiangsu], delta: [Shanghai] } }");
    let output = icf_in(folder.path(), &["validate", "gap.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    let said = stderr(&output);
    assert!(said.contains("28 regions are in no group: Beijing,") && said.contains("and 20 more"), "{said}");
    assert!(said.contains("`Shanghai` is in the group `river` already"), "{said}");
}

/// Ten thousand points are checked one by one and told of in few lines.
#[test]
fn a_large_sweep_is_checked_whole_and_told_in_few_words() {
    let folder = tempfile::tempdir().unwrap();
    let sweep = "sweep: { most: 10000, keys: { \"thresholds[0].level\": { from: 8e8 tC, to: 9e8 tC, steps: 100 }, \
                 projection.sink.rate: { from: -199 %/yr, to: 0 %/yr, steps: 100 } } }";
    write(folder.path(), "large", sweep);
    let output = icf_in(folder.path(), &["validate", "large.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    let said = stderr(&output);
    assert!(said.lines().count() < 500, "{said}");
    assert!(said.contains("takes away more than there is"), "{said}");
}

#[test]
fn sets_that_are_wrong_name_themselves() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a", "");
    let output = icf_in(folder.path(), &["run-scenario", "a.yaml", "--set", "projection.horzion=2040"]);
    assert_eq!(output.status.code(), Some(3));
    let said = stderr(&output);
    assert!(said.contains("--set projection.horzion") && said.contains("did you mean `horizon`?"), "{said}");
    assert!(!folder.path().join("runs").exists());
}

#[test]
fn threads_move_no_byte_of_a_family() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "fam", FAMILY);
    let members: Vec<String> = ["1", "2", "8"]
        .into_iter()
        .map(|threads| {
            let out = format!("out-{threads}");
            let arguments = ["run-scenario", "fam.yaml", "--quiet", "--threads", threads, "--out", &out];
            let output = icf_in(folder.path(), &arguments);
            assert!(output.status.success(), "{}", stderr(&output));
            read(folder.path(), &format!("{out}/fam.family/manifest.json"))
        })
        .collect();
    assert!(members.iter().all(|manifest| *manifest == members[0]));
}

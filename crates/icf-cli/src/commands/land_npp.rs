//! `icf land-npp`: net primary production by zone and class, and equivalence factors from it.

use std::collections::BTreeMap;

use icf_diagnostics::{Diagnostic, Diagnostics, Place};
use icf_landcover::{
    ClassMeans, MeanError, MeanPlan, Meaning, Means, RasterFile, Scale, ValueRaster, Weighed, ZonalError,
};

use icf_tables::csv_cell;

use super::zonal::checkpoint::{self, Checkpoint};
use super::zonal::{self, Mosaic, named};
use crate::arguments::{LandNpp, NppTable};
use crate::{exit, render, terminal};

pub(crate) fn run(arguments: &LandNpp) -> u8 {
    match told(arguments) {
        Ok(code) => code,
        Err(mistakes) => {
            eprint!("{}", render::diagnostics(&mistakes, terminal::colour()));
            exit::INVALID
        }
    }
}

fn told(arguments: &LandNpp) -> Result<u8, Diagnostics> {
    let inputs = &arguments.inputs;
    let mut mistakes = Diagnostics::default();
    let opened = zonal::keep(zonal::opened(inputs), &mut mistakes);
    let npp = zonal::keep(npp(arguments).map_err(Diagnostics::from), &mut mistakes);
    let (Some(opened), Some(npp)) = (opened, npp) else { return Err(mistakes) };
    let zones = zonal::zones(&opened, inputs)?;
    let mosaic = opened.rasters.values().next().expect("the command line asks for a raster");
    let mistake = |error: &MeanError| mistake(error, mosaic, arguments);
    let plan = MeanPlan::new(&mosaic.rasters, &npp, &zones, inputs.coverage.into())
        .map_err(|error| mistake(&error))?;
    let mut decided_by = checkpoint::inputs("land-npp", inputs, &opened)?;
    decided_by.push((arguments.npp.display().to_string(), checkpoint::state_of(&arguments.npp, "npp")?));
    decided_by.push(("--valid".to_owned(), format!("{:?}", arguments.valid)));
    let mut checkpoint = Checkpoint::of(&arguments.answer, decided_by);
    let mut found = Means::default();
    checkpoint.run(
        &[&plan],
        1,
        inputs.quiet,
        |_, error| mistake(error),
        |_, sums| {
            found = plan.means(sums).map_err(|error| mistake(&error))?;
            Ok(())
        },
    )?;
    if let Some(classes) = &opened.classes {
        zonal::classes::check(classes, found.keys().map(|(_, code)| *code), "", inputs)?;
    }
    let means = ClassMeans::of(&found, |code| match &opened.classes {
        None => Some(code.to_string()),
        Some(classes) => match classes.meaning(code) {
            Meaning::Class(word) => Some(word.to_owned()),
            Meaning::Nodata | Meaning::Unlisted => None,
        },
    });
    let table = Table { means: &means, scale: npp.scale(), arguments };
    table.check_classes()?;
    table.check_means()?;
    if let Some(fills) = means.likely_fills(&npp).filter(|_| !inputs.quiet) {
        let hint = "--valid LEAST,MOST says which stored numbers are values: 0,32700 leaves fill values of MOD17A3HGF out";
        let warning = Diagnostic::warning("npp-fill", fills.to_string()).at(place(arguments)).hint(hint);
        eprint!("{}", render::diagnostics(&warning.into(), terminal::colour()));
    }
    table.say_doubts();
    let text = match arguments.table {
        NppTable::Means => table.means(),
        NppTable::Factors => table.factors(),
    };
    Ok(zonal::answer(&text, &arguments.answer, &checkpoint))
}

fn place(arguments: &LandNpp) -> Place {
    Place::file(arguments.npp.display().to_string())
}

fn npp(arguments: &LandNpp) -> Result<ValueRaster<RasterFile>, Diagnostic> {
    let raster = RasterFile::open(&arguments.npp).and_then(ValueRaster::open);
    let raster = raster.and_then(|raster| raster.scaled(arguments.scale, arguments.offset));
    let raster = raster.map_err(|error| Diagnostic::error("npp", error.to_string()).at(place(arguments)))?;
    Ok(match arguments.valid {
        Some(valid) => raster.valid_within(valid),
        None => raster,
    })
}

fn mistake(error: &MeanError, mosaic: &Mosaic, arguments: &LandNpp) -> Diagnostics {
    let of_npp = || Diagnostic::error("npp", error.to_string()).at(place(arguments));
    match error {
        MeanError::Classes(error @ ZonalError::Overlap { .. }) => {
            let hint = "the rasters of classes are of one year, that of --npp; run each year by itself";
            mosaic.mistake(error, &arguments.inputs).hint(hint).into()
        }
        MeanError::Classes(error) => mosaic.mistake(error, &arguments.inputs).into(),
        MeanError::OtherCrs => of_npp().hint("warp it to theirs; its cells may be larger").into(),
        MeanError::Finer { .. } => {
            of_npp().hint("warp it to their grid by the mean, e.g. `gdalwarp -r average`").into()
        }
        MeanError::Values(icf_landcover::RasterError::Value { .. }) => {
            of_npp().hint("--valid LEAST,MOST leaves it out").into()
        }
        MeanError::NothingKnown => {
            of_npp().hint("does it lie where the zones are, and does --valid let something through?").into()
        }
        _ => of_npp().into(),
    }
}

const ODD_HINT: &str = "--unit says what a value counts, --scale by what a stored number is multiplied: MOD17A3HGF has kgC/m2 and 0.0001";

/// What is told, of the classes that are asked for.
struct Table<'a> {
    means: &'a ClassMeans,
    scale: Scale,
    arguments: &'a LandNpp,
}

impl Table<'_> {
    /// A mistake when a class is asked for that no zone has.
    fn check_classes(&self) -> Result<(), Diagnostics> {
        let known: Vec<&str> = self.means.classes().collect();
        let mut mistakes = Diagnostics::default();
        let unknown = self.arguments.told.iter().filter(|class| !known.contains(&class.as_str()));
        mistakes.extend(unknown.map(|class| {
            let message = format!("no zone has land of class `{class}`");
            Diagnostic::error("class", message).hint(format!("there are {}", known.join(", ")))
        }));
        mistakes.into_result(()).map(|((), _)| ())
    }

    fn is_told(&self, class: &str) -> bool {
        self.arguments.told.is_empty() || self.arguments.told.iter().any(|told| told == class)
    }

    /// The mean in tonnes a hectare.
    fn mean(&self, weighed: Weighed) -> Option<f64> {
        weighed.mean(self.scale).map(|mean| self.arguments.unit.of(mean).get())
    }

    /// The mean of each class in all zones.
    fn in_all(&self) -> BTreeMap<&str, Option<f64>> {
        let mean = |class| self.means.in_all(class).and_then(|weighed| self.mean(weighed));
        self.means.classes().map(|class| (class, mean(class))).collect()
    }

    /// The mean of the class that takes up most, and what is odd about it.
    fn odd(&self) -> Option<(f64, String)> {
        let greatest = self.in_all().into_values().flatten().max_by(f64::total_cmp)?;
        let doubt = self.arguments.unit.doubt(icf_units::TonnesPerHectare::new(greatest))?;
        Some((greatest, doubt))
    }

    /// A mistake when every class has a mean below zero.
    fn check_means(&self) -> Result<(), Diagnostic> {
        match self.odd() {
            Some((greatest, doubt)) if greatest < 0.0 => {
                Err(Diagnostic::error("npp-odd", doubt).at(place(self.arguments)).hint(ODD_HINT))
            }
            _ => Ok(()),
        }
    }

    /// Says what is odd, and which classes of which zones have no mean.
    fn say_doubts(&self) {
        if self.arguments.inputs.quiet {
            return;
        }
        if let Some((_, doubt)) = self.odd() {
            let warning = Diagnostic::warning("npp-odd", doubt).at(place(self.arguments)).hint(ODD_HINT);
            eprint!("{}", render::diagnostics(&warning.into(), terminal::colour()));
        }
        let without: Vec<String> = self
            .means
            .by_zone()
            .filter(|(zone, class, _)| {
                self.is_told(class) && self.means.factor(zone, class, self.scale).is_none()
            })
            .map(|(zone, class, _)| format!("{class} of {zone}"))
            .collect();
        if !without.is_empty() {
            let without = named(without.iter().map(String::as_str));
            eprintln!("icf: no factor, for no cell has a known value, or none above zero: {without}");
        }
    }

    fn means(&self) -> String {
        const HEADER: &str = "zone,class,npp_t_per_hm2,all_zones_npp_t_per_hm2,factor,cells,area_hm2,unknown_cells,unknown_hm2\n";
        let in_all = self.in_all();
        let shown = |figure: Option<f64>| figure.map_or_else(String::new, |figure| figure.to_string());
        let mut text = HEADER.to_owned();
        for (zone, class, weighed) in self.means.by_zone().filter(|(_, class, _)| self.is_told(class)) {
            let (own, all) = (self.mean(weighed), in_all[class]);
            let factor = self.means.factor(zone, class, self.scale);
            let [known, unknown] = [weighed.known(), weighed.unknown()];
            text.push_str(&format!(
                "{},{},{},{},{},{},{},{},{}\n",
                csv_cell(zone.as_str()),
                csv_cell(class),
                shown(own),
                shown(all),
                shown(factor),
                known.cells,
                known.area.get(),
                unknown.cells,
                unknown.area.get()
            ));
        }
        text
    }

    fn factors(&self) -> String {
        let mut text = "region,class,factor\n".to_owned();
        for (zone, class, _) in self.means.by_zone().filter(|(_, class, _)| self.is_told(class)) {
            if let Some(factor) = self.means.factor(zone, class, self.scale) {
                text.push_str(&format!("{},{},{factor}\n", csv_cell(zone.as_str()), csv_cell(class)));
            }
        }
        text
    }
}

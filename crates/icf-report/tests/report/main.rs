//! The report as its readers get it: figures, page and map file of made-up runs.

mod chinese;
mod compare;
mod figures;
mod geojson;
mod geopackage;
mod markup;
mod methods;
mod page;
mod sureness;
mod synthetic;

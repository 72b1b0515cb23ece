//! A map layer as GeoParquet 1.1 (geoparquet.org): a Parquet file with a column of WKB and a word about it.

use icf_results::MapLayer;
use polars::io::parquet::write::KeyValueMetadata;
use polars::prelude::{
    Column, DataFrame, NamedFrom, ParquetCompression, ParquetWriter, PolarsResult, Series,
};

use crate::{TableError, frame};

/// The bytes of a GeoParquet file; its rows are the regions, its last column `geometry` their multipolygons.
///
/// # Errors
/// When polars refuses the table, which would be a fault of this crate.
pub fn geoparquet(layer: &MapLayer) -> Result<Vec<u8>, TableError> {
    written(layer).map_err(|source| TableError::new("regions.parquet", source))
}

fn written(layer: &MapLayer) -> PolarsResult<Vec<u8>> {
    let cells = |place: usize| layer.features.iter().map(move |feature| &feature.cells[place]);
    let mut columns: Vec<Column> = layer
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| frame::column(&column.name, column.ty, cells(place)))
        .collect();
    let geometry: Vec<Option<&[u8]>> = layer.features.iter().map(|feature| feature.wkb.as_deref()).collect();
    columns.push(Column::from(Series::new("geometry".into(), geometry)));
    let mut frame = DataFrame::new(layer.features.len(), columns)?;
    let metadata = KeyValueMetadata::from_static(vec![("geo".to_owned(), about(layer))]);
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Uncompressed)
        .with_key_value_metadata(Some(metadata))
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
}

/// The `geo` entry. Without a `crs` coordinates are longitude and latitude on WGS84 (OGC:CRS84), as ours are.
fn about(layer: &MapLayer) -> String {
    let bounds = layer.bounds().map_or_else(String::new, |sides| format!(r#","bbox":{sides:?}"#));
    format!(
        r#"{{"version":"1.1.0","primary_column":"geometry","columns":{{"geometry":{{"encoding":"WKB","geometry_types":["MultiPolygon"]{bounds}}}}}}}"#
    )
}

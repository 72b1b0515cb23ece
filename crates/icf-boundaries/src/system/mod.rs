//! Systems of coordinates as well-known text: OGC 01-009 as ESRI and GDAL write it, and ISO 19162.

mod wkt;

use icf_geometry::Crs;

use self::wkt::Node;

const SEMI_MAJOR_AXIS: f64 = 6_378_137.0;
const INVERSE_FLATTENING: f64 = 298.257_223_563;
const DEGREE: f64 = std::f64::consts::PI / 180.0;
/// WGS84, and CGCS2000, which differs from it by less than the digits of a boundary; or no more than an ellipsoid.
const DATUMS: [&str; 8] = [
    "wgs1984",
    "wgs84",
    "worldgeodeticsystem1984",
    "worldgeodeticsystem1984ensemble",
    "china2000",
    "cgcs2000",
    "chinageodeticcoordinatesystem2000",
    "chinesegeodeticcoordinatesystem2000",
];
const NAMELESS: [&str; 3] = ["unknown", "unnamed", "notspecified"];
const ALBERS: [&str; 3] = ["albers", "albersconicequalarea", "albersequalarea"];

/// The system that a text describes; else what it describes, as a sentence names it.
pub(crate) fn described(text: &str) -> Result<Crs, String> {
    let root =
        wkt::parse(text).map_err(|what| format!("a system of coordinates that cannot be read ({what})"))?;
    match root.keyword.as_str() {
        "GEOGCS" | "GEOGCRS" | "GEODCRS" | "GEODETICCRS" | "GEOGRAPHICCRS" => {
            geographic(&root).map(|()| Crs::Geographic)
        }
        "PROJCS" | "PROJCRS" | "PROJECTEDCRS" => projected(&root),
        _ => Err(root.named()),
    }
}

/// Whether a geographic system counts degrees on WGS84.
fn geographic(node: &Node) -> Result<(), String> {
    let unknown = |why: &str| Err(format!("{} ({why})", node.named()));
    let Some(datum) = ["DATUM", "ENSEMBLE", "GEODETICDATUM", "TRF"].iter().find_map(|name| node.child(name))
    else {
        return unknown("it names no datum");
    };
    let name = plain(datum.text().unwrap_or_default());
    if !DATUMS.contains(&name.as_str()) && !NAMELESS.iter().any(|start| name.starts_with(start)) {
        return unknown(&format!("its datum is {}", datum.text().unwrap_or_default()));
    }
    if datum.child("TOWGS84").is_some_and(|shift| shift.numbers().iter().any(|number| *number != 0.0)) {
        return unknown("its datum is shifted against WGS84");
    }
    let numbers = datum.child("SPHEROID").or(datum.child("ELLIPSOID")).map(Node::numbers).unwrap_or_default();
    match numbers[..] {
        [axis, flattening, ..]
            if (axis - SEMI_MAJOR_AXIS).abs() < 1e-3 && (flattening - INVERSE_FLATTENING).abs() < 1e-5 => {}
        [axis, flattening, ..] => {
            return unknown(&format!(
                "its ellipsoid has the axis {axis} m and the flattening 1/{flattening}"
            ));
        }
        _ => return unknown("it names no ellipsoid"),
    }
    if node.child("PRIMEM").is_some_and(|meridian| meridian.numbers().first() != Some(&0.0)) {
        return unknown("its longitudes do not count from Greenwich");
    }
    let units = node.children().filter(|child| ["UNIT", "ANGLEUNIT"].contains(&child.keyword.as_str()));
    let of_axes =
        node.children().filter(|child| child.keyword == "AXIS").filter_map(|axis| axis.child("ANGLEUNIT"));
    match units.chain(of_axes).all(is_degree) {
        true => Ok(()),
        false => unknown("it counts in other units than degrees"),
    }
}

/// An Albers projection in metres.
fn projected(node: &Node) -> Result<Crs, String> {
    let unknown = |why: &str| format!("{} ({why})", node.named());
    let base = ["GEOGCS", "BASEGEOGCRS", "BASEGEODCRS"].iter().find_map(|name| node.child(name));
    geographic(base.ok_or_else(|| unknown("it names no datum"))?)
        .map_err(|of| format!("{} on {of}", node.named()))?;
    let conversion = node.child("CONVERSION").unwrap_or(node);
    let method = conversion.child("PROJECTION").or(conversion.child("METHOD"));
    let method = method.and_then(Node::text).unwrap_or_default();
    if !ALBERS.contains(&plain(method).as_str()) {
        return Err(unknown(&format!("its projection is {method}")));
    }
    let of_axes =
        node.children().filter(|child| child.keyword == "AXIS").filter_map(|axis| axis.child("LENGTHUNIT"));
    let units = node.children().filter(|child| ["UNIT", "LENGTHUNIT"].contains(&child.keyword.as_str()));
    if !units.chain(of_axes).all(|unit| unit.numbers().first() == Some(&1.0)) {
        return Err(unknown("it counts in other units than metres"));
    }
    let parameters: Vec<(&Node, String)> = conversion
        .children()
        .filter(|child| child.keyword == "PARAMETER")
        .map(|child| (child, plain(child.text().unwrap_or_default())))
        .collect();
    // Programs differ in how they name the same.
    let parameter = |names: &[&str]| {
        let (node, _) = parameters.iter().find(|(_, name)| names.contains(&name.as_str()))?;
        let is_plain = node.child("ANGLEUNIT").is_none_or(is_degree)
            && node.child("LENGTHUNIT").is_none_or(|unit| unit.numbers().first() == Some(&1.0));
        node.numbers().first().copied().filter(|_| is_plain)
    };
    let absent = || unknown("a parameter of its projection is absent");
    let first = parameter(&["standardparallel1", "latitudeof1ststandardparallel"]).ok_or_else(absent)?;
    let second = parameter(&["standardparallel2", "latitudeof2ndstandardparallel"]).ok_or_else(absent)?;
    let meridian =
        parameter(&["centralmeridian", "longitudeofcenter", "longitudeoffalseorigin", "longitudeoforigin"]);
    let latitude = parameter(&["latitudeoforigin", "latitudeofcenter", "latitudeoffalseorigin"]);
    let east = parameter(&["falseeasting", "eastingatfalseorigin"]);
    let north = parameter(&["falsenorthing", "northingatfalseorigin"]);
    let (Some(meridian), Some(latitude), Some(east), Some(north)) = (meridian, latitude, east, north) else {
        return Err(absent());
    };
    Crs::albers([first, second], [meridian, latitude], [east, north])
        .ok_or_else(|| unknown(&format!("its parallels are {first}° and {second}°")))
}

fn is_degree(unit: &Node) -> bool {
    unit.numbers().first().is_some_and(|factor| (factor - DEGREE).abs() < 1e-9)
}

/// A name without what programs write differently.
fn plain(name: &str) -> String {
    let name = name.strip_prefix("D_").unwrap_or(name);
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESRI: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    /// As pyproj 3.7.2 writes it: WKT1_ESRI, WKT1_GDAL and WKT2_2019 of the usual Albers sheet of China.
    const ALBERS_ESRI: &str = r#"PROJCS["unknown",GEOGCS["GCS_unknown",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Albers"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",105.0],PARAMETER["Standard_Parallel_1",25.0],PARAMETER["Standard_Parallel_2",47.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;
    const ALBERS_GDAL: &str = r#"PROJCS["unknown",GEOGCS["unknown",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]]],PROJECTION["Albers_Conic_Equal_Area"],PARAMETER["latitude_of_center",0],PARAMETER["longitude_of_center",105],PARAMETER["standard_parallel_1",25],PARAMETER["standard_parallel_2",47],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH]]"#;
    const ALBERS_2019: &str = r#"PROJCRS["unknown",BASEGEOGCRS["unknown",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]],ID["EPSG",6326]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8901]]],CONVERSION["unknown",METHOD["Albers Equal Area",ID["EPSG",9822]],PARAMETER["Latitude of false origin",0,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8821]],PARAMETER["Longitude of false origin",105,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8822]],PARAMETER["Latitude of 1st standard parallel",25,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8823]],PARAMETER["Latitude of 2nd standard parallel",47,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8824]],PARAMETER["Easting at false origin",0,LENGTHUNIT["metre",1],ID["EPSG",8826]],PARAMETER["Northing at false origin",0,LENGTHUNIT["metre",1],ID["EPSG",8827]]],CS[Cartesian,2],AXIS["(E)",east,ORDER[1],LENGTHUNIT["metre",1,ID["EPSG",9001]]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["metre",1,ID["EPSG",9001]]]]"#;
    const WGS84_2019: &str = r#"GEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]],ENSEMBLEACCURACY[2.0]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],CS[ellipsoidal,2],AXIS["geodetic latitude (Lat)",north,ORDER[1],ANGLEUNIT["degree",0.0174532925199433]],AXIS["geodetic longitude (Lon)",east,ORDER[2],ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4326]]"#;

    #[test]
    fn degrees_on_wgs84_and_cgcs2000_are_known() {
        let cgcs = ESRI.replace("D_WGS_1984", "D_China_2000").replace("298.257223563", "298.257222101");
        let modern = WGS84_2019.replace("World Geodetic System 1984 ensemble", "China 2000");
        for text in [ESRI, WGS84_2019, &cgcs, &modern] {
            assert_eq!(described(text), Ok(Crs::Geographic), "{text}");
        }
    }

    #[test]
    fn albers_is_known_in_every_dialect() {
        let expected = Crs::albers([25.0, 47.0], [105.0, 0.0], [0.0, 0.0]).unwrap();
        for text in [ALBERS_ESRI, ALBERS_GDAL, ALBERS_2019] {
            assert_eq!(described(text), Ok(expected), "{text}");
        }
        let moved = ALBERS_ESRI
            .replace(r#"Easting",0.0"#, r#"Easting",4000000.0"#)
            .replace(r#"Origin",0.0"#, r#"Origin",12.0"#);
        let moved = described(&moved).unwrap();
        let [x, y] = moved.forward([105.0, 12.0]);
        assert!((x - 4e6).abs() < 1e-6 && y.abs() < 1e-6, "{x} {y}");
    }

    #[track_caller]
    fn refused(text: &str, expected: &str) {
        let found = described(text).unwrap_err();
        assert!(found.contains(expected), "{found}");
    }

    #[test]
    fn others_are_named() {
        refused(
            &ESRI.replace("D_WGS_1984", "D_Beijing_1954").replace("GCS_WGS_1984", "GCS_Beijing_1954"),
            "GCS_Beijing_1954 (its datum is D_Beijing_1954)",
        );
        refused(&ESRI.replace("298.257223563", "298.3"), "the flattening 1/298.3");
        refused(&ESRI.replace(r#""Greenwich",0.0"#, r#""Paris",2.3372291"#), "do not count from Greenwich");
        refused(&ESRI.replace("0.0174532925199433", "0.0157079632679489"), "other units than degrees");
        refused(
            &ALBERS_ESRI.replace("Albers", "Gauss_Kruger").replacen(
                "unknown",
                "CGCS2000_3_Degree_GK_Zone_38",
                1,
            ),
            "CGCS2000_3_Degree_GK_Zone_38 (its projection is Gauss_Kruger)",
        );
        refused(
            &ALBERS_ESRI.replace(r#"UNIT["Meter",1.0]"#, r#"UNIT["Kilometer",1000.0]"#),
            "other units than metres",
        );
        refused(
            &ALBERS_ESRI.replace("Standard_Parallel_2", "Parallel"),
            "a parameter of its projection is absent",
        );
        refused(&ALBERS_ESRI.replace("25.0", "-47.0"), "its parallels are -47° and 47°");
        refused(r#"LOCAL_CS["site"]"#, "LOCAL_CS site");
        refused("EPSG:4326", "cannot be read");
        refused("", "cannot be read");
    }
}

//! To be written.
pub struct DataSet {
    name: &'static str,
    files: &'static [(&'static str, &'static [u8])],
}
macro_rules! f { ($($n:literal),*) => { &[$(($n, include_bytes!(concat!("../china-provinces/", $n)))),*] } }
static D: DataSet = DataSet {
    name: "china-provinces",
    files: f!(
        "datapackage.json",
        "regions.csv",
        "fuels.csv",
        "energy.csv",
        "non_energy.csv",
        "land.csv",
        "land_igbp.csv",
        "forest_change.csv",
        "population.csv",
        "grp.csv",
        "boundaries.geojson"
    ),
};
impl DataSet {
    pub fn name(&self) -> &'static str {
        self.name
    }
    pub fn files(&self) -> &'static [(&'static str, &'static [u8])] {
        self.files
    }
}
pub fn find(name: &str) -> Option<&'static DataSet> {
    (name == D.name).then_some(&D)
}
pub fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once(D.name)
}

//! A data set as a name and its files.

/// The embedded files of a folder of this crate, with their paths within the package.
macro_rules! embed {
    ($folder:literal; $($path:literal),+ $(,)?) => {
        &[$(($path, include_bytes!(concat!("../", $folder, "/", $path)))),+]
    };
}

pub(crate) use embed;

/// A data set shipped inside the program.
#[derive(Clone, Copy, Debug)]
pub struct DataSet {
    name: &'static str,
    files: &'static [(&'static str, &'static [u8])],
}

impl DataSet {
    pub(crate) const fn new(name: &'static str, files: &'static [(&'static str, &'static [u8])]) -> Self {
        Self { name, files }
    }

    /// The name a scenario gives to ask for this data set.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Every file as its path within the package and its bytes, `datapackage.json` first.
    #[must_use]
    pub const fn files(&self) -> &'static [(&'static str, &'static [u8])] {
        self.files
    }

    /// The bytes of one file by its path within the package, e.g. `energy.csv`.
    ///
    /// ```
    /// let set = icf_data::find("china-provinces").expect("it ships with the program");
    /// assert!(set.file("datapackage.json").is_some());
    /// assert!(set.file("no_such_table.csv").is_none());
    /// ```
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&'static [u8]> {
        self.files.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes)
    }
}

#![no_main]

#[path = "../inputs/raster.rs"]
mod raster;

libfuzzer_sys::fuzz_target!(|data: &[u8]| raster::hold(data));

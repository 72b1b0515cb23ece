#![no_main]

#[path = "../inputs/boundaries.rs"]
#[expect(dead_code, reason = "each target uses its part")]
mod boundaries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| boundaries::hold_geopackage(data));

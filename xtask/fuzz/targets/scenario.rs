#![no_main]

#[path = "../inputs/scenario.rs"]
mod scenario;

libfuzzer_sys::fuzz_target!(|data: &[u8]| scenario::hold(data));

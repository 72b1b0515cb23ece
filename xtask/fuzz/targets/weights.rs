#![no_main]

#[path = "../inputs/weights.rs"]
mod weights;

libfuzzer_sys::fuzz_target!(|data: &[u8]| weights::hold(data));

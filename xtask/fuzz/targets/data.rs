#![no_main]

#[path = "../inputs/data.rs"]
mod data;

libfuzzer_sys::fuzz_target!(|data: &[u8]| data::hold(data));

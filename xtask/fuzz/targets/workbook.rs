#![no_main]

#[path = "../inputs/workbook.rs"]
mod workbook;

libfuzzer_sys::fuzz_target!(|data: &[u8]| workbook::hold(data));

//! Emissions, sink and footprint of 30 regions, 23 years and 8 fuels.

use criterion::{Criterion, criterion_group, criterion_main};
use icf_footprint::{
    Convention, Footprint, FuelUse, GroupFootprint, LandClass, carbon_sink, emissions, mean_uptake,
};
use icf_units::{CarbonFactor, FuelQuantity, Hectares, Ratio, TonnesPerHectare};

fn accounting(criterion: &mut Criterion) {
    let quantities = icf_benches::numbers(30 * 23 * 8);
    let factor = CarbonFactor::new(1.9003);
    let npp = [TonnesPerHectare::new(3.8096), TonnesPerHectare::new(0.9482)];
    criterion.bench_function("accounting/30 regions x 23 years x 8 fuels", |bencher| {
        bencher.iter(|| {
            let eta = mean_uptake([(npp[0], 0.8272), (npp[1], 0.1728)]);
            let nation: GroupFootprint = quantities
                .chunks_exact(8)
                .map(|fuels| {
                    let ice = emissions(
                        fuels
                            .iter()
                            .map(|quantity| FuelUse { quantity: FuelQuantity::new(quantity * 1e9), factor }),
                    );
                    let cs = carbon_sink(npp.map(|npp| LandClass {
                        area: Hectares::new(1e6),
                        npp,
                        equivalence: Ratio::new(1.0),
                    }));
                    Footprint::new(Convention::COHERENT.on_basis(ice), cs, eta)
                })
                .collect();
            nation
        });
    });
}

criterion_group!(benches, accounting);
criterion_main!(benches);

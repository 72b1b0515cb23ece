//! What levers change, and what sink trading would.

use icf_units::{Hectares, RegionId, TonnesCarbon, Year};

use crate::record::record;

record! {
    /// What one lever changes of one region and year; levers are applied in their order, so each stands on those before it.
    LeverRow = "levers" {
        /// Place of the lever in the scenario, from 1.
        order: usize [""],
        /// Name of the lever.
        name: String [""],
        /// Kind of the lever.
        lever: &'static str [""],
        /// Region id, as text.
        region: RegionId [""],
        /// Calendar year.
        year: Year [""],
        /// Change of industrial carbon emissions on the scenario's basis; less is negative.
        emissions_t: TonnesCarbon ["t"],
        /// Change of the ecosystem carbon sink.
        sink_t: TonnesCarbon ["t"],
        /// A cap that held, and the like.
        note: String [""],
    }
}

record! {
    /// Sink that one region would let another have in a year; the account changes no region's own footprint.
    TradeFlowRow = "trade_flows" {
        /// Calendar year.
        year: Year [""],
        /// Region id of the seller, as text.
        from: RegionId [""],
        /// Name of the seller.
        from_name: String [""],
        /// Region id of the buyer, as text.
        to: RegionId [""],
        /// Name of the buyer.
        to_name: String [""],
        /// What flows, in whole tonnes on the scenario's basis.
        t: TonnesCarbon ["t"],
        /// The same as land of mean uptake.
        hm2: Hectares ["hm2"],
        /// Great-circle distance between the centroids.
        km: f64 ["km"],
        /// What it costs at the scenario's price; missing without one.
        money: Option<f64> [""],
        /// Currency of the price.
        currency: String [""],
    }
}

record! {
    /// How one region stands in a year before and after sink trading.
    TradeBalanceRow = "trade_balance" {
        /// Calendar year.
        year: Year [""],
        /// Region id, as text.
        region: RegionId [""],
        /// Name of the region.
        name: String [""],
        /// `seller` or `buyer`.
        role: &'static str [""],
        /// Sink less emissions in whole tonnes on the scenario's basis: above zero is a surplus.
        before_t: TonnesCarbon ["t"],
        /// What it sells, or what of its deficit is covered.
        traded_t: TonnesCarbon ["t"],
        /// What is left of surplus (above zero) or deficit (below).
        after_t: TonnesCarbon ["t"],
        /// The same as land of mean uptake.
        after_hm2: Hectares ["hm2"],
        /// Shadow price: tonne-kilometres that a tonne more of surplus saves, or of deficit costs; one of those that prove the plan.
        shadow_km: f64 ["km"],
        /// What it earns or pays at the scenario's price; missing without one.
        money: Option<f64> [""],
        /// Currency of the price.
        currency: String [""],
    }
}

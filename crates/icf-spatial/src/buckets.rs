//! Numbers in buckets, so that those beyond a limit are counted without looking at each.

/// Numbers by size: bucket j holds those from edge j − 1 on and below edge j.
///
/// Few numbers change from one count to the next. A limit leaves one bucket in doubt; the others lie on either side of
/// it with all they hold.
pub(crate) struct Buckets {
    edges: Vec<f64>,
    held: Vec<Vec<f64>>,
    total: usize,
}

/// Edges are numbers of a sample that is cheap to sort.
const SAMPLE: usize = 1024;
/// Of the sample, each edge is so far from the next.
const STEP: usize = 8;

impl Buckets {
    pub(crate) fn of(numbers: &[f64]) -> Self {
        let mut sample: Vec<f64> = numbers.iter().copied().step_by(numbers.len() / SAMPLE + 1).collect();
        sample.sort_unstable_by(f64::total_cmp);
        let mut edges: Vec<f64> = sample.into_iter().skip(STEP / 2).step_by(STEP).collect();
        edges.dedup();
        let mut buckets = Self { held: vec![vec![]; edges.len() + 1], edges, total: numbers.len() };
        for number in numbers {
            let at = buckets.at(*number);
            buckets.held[at].push(*number);
        }
        buckets
    }

    /// How many there are.
    pub(crate) fn total(&self) -> usize {
        self.total
    }

    /// Puts one number in the place of another.
    pub(crate) fn replace(&mut self, before: f64, after: f64) {
        let at = self.at(before);
        let held = &mut self.held[at];
        let place = held.iter().position(|number| number.to_bits() == before.to_bits());
        held.swap_remove(place.expect("each number is in its bucket"));
        let at = self.at(after);
        self.held[at].push(after);
    }

    /// Counts the numbers that meet a condition, which is met by all numbers above one that meets it.
    pub(crate) fn count(&self, is_met: impl Fn(f64) -> bool) -> usize {
        let doubtful = self.edges.partition_point(|edge| !is_met(*edge));
        let above: usize = self.held[doubtful + 1..].iter().map(Vec::len).sum();
        above + self.held[doubtful].iter().filter(|number| is_met(**number)).count()
    }

    fn at(&self, number: f64) -> usize {
        self.edges.partition_point(|edge| *edge <= number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts above limits between, at and beyond the numbers.
    #[track_caller]
    fn check(buckets: &Buckets, numbers: &[f64]) {
        assert_eq!(buckets.total(), numbers.len());
        let limits = numbers.iter().flat_map(|number| [*number, number + 0.01]);
        for limit in limits.chain([f64::MIN, f64::MAX]) {
            let (above, from) = (|x: f64| x > limit, |x: f64| x >= limit);
            assert_eq!(buckets.count(above), numbers.iter().filter(|x| above(**x)).count(), "> {limit}");
            assert_eq!(buckets.count(from), numbers.iter().filter(|x| from(**x)).count(), ">= {limit}");
        }
    }

    fn numbers(count: u32, distinct: u32) -> Vec<f64> {
        (0..count).map(|place| f64::from(place * 7919 % distinct) - 3.0).collect()
    }

    #[test]
    fn counts_are_those_of_all_numbers() {
        for (count, distinct) in [(0, 1), (1, 1), (9, 9), (300, 1), (300, 2), (300, 251), (3000, 2011)] {
            check(&Buckets::of(&numbers(count, distinct)), &numbers(count, distinct));
        }
    }

    #[test]
    fn a_number_that_takes_the_place_of_another_is_counted() {
        let mut numbers = numbers(300, 40);
        let mut buckets = Buckets::of(&numbers);
        // Beyond all others, among them, one that is there already, and itself.
        for (place, after) in [(0, 1e9), (1, -1e9), (2, 5.5), (3, 7.0), (0, 2.0), (4, numbers[4]), (5, -0.0)]
        {
            buckets.replace(numbers[place], after);
            numbers[place] = after;
            check(&buckets, &numbers);
        }
    }
}

//! Lines through points, with gaps where a value is missing.

use icf_units::Year;

use super::{Element, Frame, coordinate};

/// Path data through the points; a missing one breaks the line.
fn polyline(points: impl IntoIterator<Item = Option<[f64; 2]>>) -> String {
    let mut data = String::new();
    let mut pen = 'M';
    for point in points {
        let Some([x, y]) = point else {
            pen = 'M';
            continue;
        };
        data.push_str(&format!("{pen}{} {}", coordinate(x), coordinate(y)));
        pen = 'L';
    }
    data
}

/// A line through points.
pub(crate) fn line(points: impl IntoIterator<Item = [f64; 2]>) -> Element {
    Element::path(polyline(points.into_iter().map(Some)))
}

/// The area within a closed line.
pub(crate) fn area(points: impl IntoIterator<Item = [f64; 2]>) -> Element {
    Element::path(format!("{}Z", polyline(points.into_iter().map(Some))))
}

/// A quantity through time: solid while observed, dashed from the last observed year on.
pub(crate) fn trajectory(
    frame: &Frame,
    values: &[(Year, Option<f64>)],
    last_observed: Year,
    class: &str,
) -> Vec<Element> {
    let place = |&(year, value): &(Year, Option<f64>)| {
        value.map(|value| [frame.x.at(f64::from(year.get())), frame.y.at(value)])
    };
    let observed = polyline(values.iter().filter(|(year, _)| *year <= last_observed).map(place));
    let projected = polyline(values.iter().filter(|(year, _)| *year >= last_observed).map(place));
    let mut marks = Vec::new();
    if observed.contains('L') {
        marks.push(Element::path(observed).class(&format!("f-line {class}")));
    } else {
        // A line through a single point would not be seen.
        let dots = values.iter().filter(|(year, _)| *year <= last_observed).filter_map(place);
        marks.extend(dots.map(|[x, y]| Element::circle(x, y, 3.0).class(&format!("f-dot {class}"))));
    }
    if projected.contains('L') {
        marks.push(Element::path(projected).class(&format!("f-line f-projected {class}")));
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_point_breaks_the_line() {
        let points = [Some([0.0, 1.0]), Some([1.0, 2.0]), None, Some([3.0, 1.5])];
        assert_eq!(polyline(points), "M0 1L1 2M3 1.5");
    }
}

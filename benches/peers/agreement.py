"""Whether two tools find the same. A ratio of times means nothing where they do not."""

import math

import numpy as np
from report import Agreement

#: Standard errors by which two shares of independent draws may differ: once in two million pairs.
ERRORS = 5.0


def same_numbers(ours: np.ndarray, theirs: np.ndarray, tolerance: float) -> Agreement:
    """Equal up to `tolerance` of the largest of theirs: local figures are sums of both signs."""
    if ours.shape != theirs.shape:
        return Agreement(False, f"{len(ours)} figures against {len(theirs)}")
    apart = float(np.abs(ours - theirs).max() / np.abs(theirs).max())
    return Agreement(apart <= tolerance, f"values to {apart:.0e}")


def same_shares(ours: np.ndarray, theirs: np.ndarray, permutations: int) -> Agreement:
    """p-values from draws of each tool's own: the same within their sampling error."""
    either = (ours + theirs) / 2
    error = np.sqrt(2 * either * (1 - either) / permutations)
    # The share of few draws is coarse: two draws more or less are no disagreement.
    apart = (np.abs(ours - theirs) - 2 / permutations).clip(min=0) / error
    most = np.abs(ours - theirs).max()
    holds = bool((apart <= ERRORS).all())
    return Agreement(holds, f"p to {most:.4f}, {apart.max():.1f} standard errors")


def both(first: Agreement, second: Agreement) -> Agreement:
    return Agreement(first.holds and second.holds, f"{first.how}; {second.how}")


def same_links(ours: set[tuple[str, str]], theirs: set[tuple[str, str]]) -> Agreement:
    wrong = len(ours ^ theirs)
    how = f"all {len(theirs)} links" if wrong == 0 else f"{wrong} of {len(theirs)} links differ"
    return Agreement(wrong == 0 and bool(theirs), how)


def as_good(values: np.ndarray, ours: list[float], theirs: list[float], tolerance: float) -> Agreement:
    """Upper bounds of classes whose sum of squares is the least.

    Ours must not be above theirs, nor theirs above ours by more than `tolerance`, a share of it. Both are computed here
    from the bounds, without rounding on the way.
    """
    if ours == theirs:
        return Agreement(True, "all bounds, exactly")
    best, other = squares(values, ours), squares(values, theirs)
    above = other / best - 1
    return Agreement(-1e-12 <= above <= tolerance, f"other bounds; their sum of squares is {above:.0e} above ours")


def squares(values: np.ndarray, bounds: list[float]) -> float:
    """Squared distances to the mean of the own class, summed."""
    ascending = np.sort(values)
    ends = np.searchsorted(ascending, bounds, side="right")
    total = 0.0
    for group in np.split(ascending, ends[:-1]):
        mean = math.fsum(group) / len(group)
        total += math.fsum((group - mean) ** 2)
    return total

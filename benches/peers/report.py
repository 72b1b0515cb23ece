"""What a comparison yields, and how it is printed."""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass

from race import Ratio, three


@dataclass(frozen=True)
class Agreement:
    """Whether two results are the same, to which tolerance, and how far apart they are."""

    holds: bool
    how: str

    def __str__(self) -> str:
        return self.how if self.holds else f"**disagrees**: {self.how}"


@dataclass(frozen=True)
class Row:
    """One peer in one case."""

    case: str
    peer: str
    agreement: Agreement | None = None
    ratio: Ratio | str | None = None
    #: The least ratio that was aimed at.
    goal: float | None = None
    #: In place of the comparison of ratio and goal.
    verdict: str | None = None

    def reached(self, quick: bool) -> str:
        if quick:
            return ""
        if self.verdict is not None:
            return self.verdict
        if self.goal is None or not isinstance(self.ratio, Ratio):
            return ""
        met = self.agreement is None or self.agreement.holds
        verdict = "reached" if met and self.ratio.median >= self.goal else "**not reached**"
        return f"≥ {three(self.goal)}: {verdict}"


def markdown(rows: Iterable[Row], versions: list[str], wanted: argparse.Namespace) -> str:
    sizes = "small sizes; a smoke test, not a measurement" if wanted.quick else "full sizes"
    lines = [
        f"{wanted.threads} threads; {sizes}. The ratio is the peer's time over ours, the median of the turns with "
        "their range.",
        "",
        "| case | peer | peer ÷ ours | results agree | goal |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        ratio = "" if row.ratio is None else str(row.ratio)
        agreement = "" if row.agreement is None else str(row.agreement)
        lines.append(f"| {row.case} | {row.peer} | {ratio} | {agreement} | {row.reached(wanted.quick)} |")
    lines += ["", "Versions: " + "; ".join(versions) + "."]
    return "\n".join(lines)

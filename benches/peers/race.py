"""Who is faster: all take turns in one run, so that whatever else the machine does hits them alike."""

import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

# Does the work; where it measures itself (R does, without its start) it returns the seconds.
Runner = Callable[[], float | None]


@dataclass(frozen=True)
class Ratio:
    """The peer's time over ours: the median of the turns, with the least and the most."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{three(self.median)} ({three(self.least)}–{three(self.most)})"


def three(number: float) -> str:
    """Three digits, no exponent."""
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"


def seconds(run: Runner) -> float:
    start = time.perf_counter()
    own = run()
    return time.perf_counter() - start if own is None else own


def race(ours: Runner, peers: dict[str, Runner], repetitions: int) -> dict[str, Ratio]:
    """Ours and each peer in turn, `repetitions` times; all have been run before, to check what they find."""
    found: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(repetitions):
        own = seconds(ours)
        for name, peer in peers.items():
            found[name].append(seconds(peer) / own)
    return {name: ratio(all) for name, all in found.items()}


def over(ours: float, peer: Runner, repetitions: int) -> Ratio:
    """The peer `repetitions` times, over the seconds that a function of ours takes alone."""
    return ratio([seconds(peer) / ours for _ in range(repetitions)])


def ratio(turns: list[float]) -> Ratio:
    return Ratio(statistics.median(turns), min(turns), max(turns))


def process(*command: object) -> Runner:
    """A whole process, its start and end included; what it prints is thrown away."""

    def run() -> None:
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE)

    return run

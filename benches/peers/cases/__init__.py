"""The cases: each has a file with a function `rows`."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setup:
    """What all cases share."""

    icf: Path
    rscript: str | None
    folder: Path
    quick: bool
    check_only: bool
    repetitions: int
    threads: int
    counties: Path | None

    def inputs(self) -> Path:
        """Where made-up inputs lie, apart for each size."""
        folder = self.folder / ("inputs-quick" if self.quick else "inputs")
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def answer(self, *command: object) -> str:
        """What the program prints."""
        parts = [str(part) for part in (self.icf, *command)]
        return subprocess.run(parts, check=True, capture_output=True, text=True).stdout

#!/usr/bin/env python3
"""Holds the program against pygeoda, PySAL, R, exactextract, rasterstats and numpy: first that the results agree, then how long each takes.

    python3 benches/peers/run.py            the whole comparison, some minutes on an idle machine
    python3 benches/peers/run.py --quick    small sizes, to see that it runs
    python3 benches/peers/run.py --check    agreement only; fails when one is missed

The answer is Markdown on standard output, in ratios: they outlive a machine, seconds do not. Progress goes to standard
error. Nothing is downloaded but the pinned packages; all inputs are made from seeds.
"""

import argparse
import sys
from pathlib import Path

import environment
import report


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes, no criterion benches")
    parser.add_argument("--check", action="store_true",
                        help="hold results only, and exit with 1 when one disagrees; speed never fails it")
    parser.add_argument("--only", metavar="CASE", action="append", choices=["lisa", "breaks", "queen", "provinces", "zonal", "ensemble"],
                        help="one case; may be given several times")
    parser.add_argument("--repetitions", type=int, default=5, metavar="N", help="how often all take turns [default: 5]")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="threads of each tool [default: 2]")
    parser.add_argument("--counties", type=Path, metavar="FILE",
                        help="GeoJSON of polygons for the queen case, in place of made-up ones")
    parser.add_argument("--folder", type=Path, metavar="DIR",
                        help="where packages and inputs go [default: peers in the target folder]")
    parser.add_argument("--venv", type=Path, metavar="DIR",
                        help="a virtual environment to use or make [default: venv in that folder]")
    return parser.parse_args()


def main() -> int:
    wanted = arguments()
    folder = (wanted.folder or environment.target() / "peers").resolve()
    environment.enter((wanted.venv or folder / "venv").absolute(), Path(__file__).resolve())

    # From here on the packages are there.
    from cases import Setup, breaks, ensemble, lisa, provinces, queen, zonal

    setup = Setup(
        icf=environment.build(),
        rscript=environment.rscript(),
        folder=folder,
        quick=wanted.quick,
        check_only=wanted.check,
        repetitions=1 if wanted.quick else wanted.repetitions,
        threads=wanted.threads,
        counties=wanted.counties,
    )
    cases = {"lisa": lisa, "breaks": breaks, "queen": queen, "provinces": provinces, "zonal": zonal,
             "ensemble": ensemble}
    rows = []
    for name, case in cases.items():
        if not wanted.only or name in wanted.only:
            rows += case.rows(setup)
    print(report.markdown(rows, environment.versions(setup.icf, setup.rscript), wanted))
    missed = [row for row in rows if row.agreement is not None and not row.agreement.holds]
    for row in missed:
        print(f"peers: {row.case}, {row.peer}: {row.agreement}", file=sys.stderr)
    return 1 if wanted.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())

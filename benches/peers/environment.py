"""What a comparison needs around it: the built program, Python packages in a folder of their own, and R if it is there."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REQUIREMENTS = HERE / "requirements.txt"


def say(text: str) -> None:
    print(f"peers: {text}", file=sys.stderr, flush=True)


def target() -> Path:
    """Cargo's target folder."""
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))


def enter(folder: Path, script: Path) -> None:
    """Goes on within the virtual environment `folder`, which is made and filled first where that is needed."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if Path(sys.prefix).resolve() == folder.resolve():
        return
    if not python.exists():
        say(f"makes a virtual environment in {folder}")
        venv.create(folder, with_pip=True)
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    stamp = folder / "icf-peers-requirements"
    if not stamp.exists() or stamp.read_text() != wanted:
        say("installs the pinned packages")
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
        subprocess.run([python, *install], check=True)
        stamp.write_text(wanted)
    # numba and the libraries beneath scipy bring pools of their own; each case sets its threads itself.
    surroundings = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([python, str(script), *sys.argv[1:]], env=surroundings)
    sys.exit(done.returncode)


def build() -> Path:
    """The program in the dev profile, which is the one that users have."""
    say("builds the program")
    subprocess.run(["cargo", "build", "--quiet", "--package", "icf-cli"], cwd=ROOT, check=True)
    return target() / "debug" / ("icf.exe" if os.name == "nt" else "icf")


def rscript() -> str | None:
    """Rscript, where it has the packages."""
    found = shutil.which("Rscript")
    if found is None:
        say("skips R: there is no Rscript")
        return None
    asked = subprocess.run([found, "-e", "library(spdep); library(classInt)"], capture_output=True)
    if asked.returncode != 0:
        say("skips R: it lacks spdep or classInt")
        return None
    return found


def versions(icf: Path, rscript: str | None) -> list[str]:
    """Each tool with its version."""
    named = [subprocess.run([icf, "--version"], capture_output=True, text=True, check=True).stdout.strip()]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    if commit.returncode == 0:
        named[0] += f" ({commit.stdout.strip()}, dev profile)"
    named.append("Python " + sys.version.split()[0])
    lines = (line.split("#")[0].strip() for line in REQUIREMENTS.read_text().splitlines())
    for name in (line.split("==")[0] for line in lines if line):
        named.append(f"{name} {metadata.version(name)}")
    if rscript:
        asked = 'cat(paste0("R ", getRversion()), paste("spdep", packageVersion("spdep")), ' \
                'paste("classInt", packageVersion("classInt")), sep = "\\n")'
        named += subprocess.run([rscript, "-e", asked], capture_output=True, text=True, check=True).stdout.split("\n")
    return [name.strip() for name in named if name.strip()]


def criterion(bench: str, one: str) -> float:
    """Seconds that criterion measures for one function of a bench: the median of its estimates."""
    say(f"runs criterion: {bench}, {one}")
    command = ["cargo", "bench", "--quiet", "--package", "icf-benches", "--bench", bench, "--", one]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for about in (target() / "criterion").rglob("new/benchmark.json"):
        if json.loads(about.read_text())["full_id"].endswith(one):
            estimates = json.loads(about.with_name("estimates.json").read_text())
            return estimates["median"]["point_estimate"] / 1e9
    raise LookupError(f"criterion left no estimate of {one}")

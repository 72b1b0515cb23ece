"""Holds scenarios against the JSON schema that editors read, and the schema against its own.

usage: schema.py SCHEMA VALID INVALID

Every file of the folder VALID fits the schema, none of the folder INVALID does.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor


class Constructor(SafeConstructor):
    """YAML 1.2 with the two tags of the language, which a layer leaves behind as a list and as nothing."""


GONE = object()
Constructor.add_constructor("!append", lambda loader, node: loader.construct_sequence(node, deep=True))
Constructor.add_constructor("!unset", lambda loader, node: GONE)


def read(path):
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = Constructor
    return plain(yaml.load(path.read_text(encoding="utf-8")))


def plain(value):
    """As JSON has it: keys are texts, and what was unset is not there."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items() if part is not GONE}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


def main(schema, valid, invalid):
    schema = json.loads(Path(schema).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    wrong = []
    counts = []
    for folder, should_fit in [(valid, True), (invalid, False)]:
        files = sorted(Path(folder).glob("*.yaml"))
        counts.append(len(files))
        for path in files:
            mistakes = [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(read(path))]
            if bool(mistakes) == should_fit:
                wrong.append(f"{path.name}: {mistakes or 'fits the schema:'}\n{path.read_text(encoding='utf-8')}")
    assert not wrong, "\n".join(wrong)
    assert all(counts), counts
    print(f"jsonschema agrees on {counts[0]} scenarios and {counts[1]} mistakes")


main(*sys.argv[1:])

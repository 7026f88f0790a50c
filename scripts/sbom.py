#!/usr/bin/env python3
"""Writes a CycloneDX 1.5 list of every crate and npm package that is in the two programs, from the lock files alone.

    scripts/sbom.py OUT.json
"""
import hashlib
import json
import subprocess
import sys
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = "x86_64-unknown-linux-gnu"


def crates():
    """Every crate linked into the window or the command line, with its licence."""
    answer = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", TARGET],
        cwd=ROOT, check=True, capture_output=True)
    metadata = json.loads(answer.stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    todo = [i for i in metadata["workspace_members"] if packages[i]["name"] in ("ashore", "ashore-cli")]
    seen = set()
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        for dependency in nodes[node]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                todo.append(dependency["pkg"])
    sums = checksums()
    for package in sorted((packages[i] for i in seen), key=lambda p: (p["name"], p["version"])):
        name, version = package["name"], package["version"]
        component = {"type": "library", "name": name, "version": version, "purl": f"pkg:cargo/{name}@{version}"}
        if package.get("license"):
            component["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
        if (name, version) in sums:
            component["hashes"] = [{"alg": "SHA-256", "content": sums[name, version]}]
        yield component


def checksums():
    import tomllib
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())
    return {(p["name"], p["version"]): p["checksum"] for p in lock["package"] if "checksum" in p}


def packages():
    """What the page is made of: the packages that are not for development alone."""
    lock = json.loads((ROOT / "ui/package-lock.json").read_text())
    for path, package in sorted(lock["packages"].items()):
        if not path or package.get("dev"):
            continue
        name = path.rsplit("node_modules/", 1)[-1]
        component = {"type": "library", "name": name, "version": package["version"],
                     "purl": f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"}
        if isinstance(package.get("license"), str):
            component["licenses"] = [{"expression": package["license"]}]
        yield component


def main():
    components = [*crates(), *packages()]
    body = json.dumps(components, sort_keys=True).encode()
    # The same packages give the same number: nothing of the moment is in the file.
    serial = uuid.UUID(bytes=hashlib.sha256(body).digest()[:16], version=5)
    version = next(c["version"] for c in components if c["name"] == "ashore")
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{serial}", "version": 1,
            "metadata": {"component": {"type": "application", "name": "ashore", "version": version}},
            "components": components}
    Path(sys.argv[1]).write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n")
    print(f"{len(components)} packages in {sys.argv[1]}")


main()

#!/usr/bin/env python3
"""Verifies this pack with Python's standard library alone. Exit 0: whole; 1: not whole, with every fault on a line."""
import base64, hashlib, json, os, sys

TOP = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__)))
faults = []


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def fault(text):
    faults.append(text)


def read(path):
    try:
        with open(os.path.join(TOP, path), "rb") as file:
            return file.read()
    except OSError as why:
        fault(f"{path}: {why.strerror}")
        return b""


def digest_of(path):
    digest = hashlib.sha256()
    with open(os.path.join(TOP, path), "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


# Ed25519 (RFC 8032), verification only.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, d - c, d + c, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    total = (0, 1, 1, 0)
    while n:
        total = add(total, point) if n & 1 else total
        point, n = add(point, point), n >> 1
    return total


def point_of(raw):
    y, sign = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(key, message, signature):
    if len(signature) != 64 or len(key) != 32:
        return False
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    one, other = times(s, BASE), add(r, times(h, a))
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


def includes(root, leaf, index, count, path):
    if index >= count:
        return False
    place, last, node = index, count - 1, sha(b"\0", leaf)
    for beside in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = sha(b"\1", beside, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = sha(b"\1", node, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def extends(old, earlier, new, later, path):
    if earlier == 0 or earlier >= later:
        return not path and (earlier == later and old == new or earlier == 0 and old == sha())
    nodes = ([old] if earlier & (earlier - 1) == 0 else []) + path
    if not nodes:
        return False
    place, last = earlier - 1, later - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = sha(b"\1", node, before), sha(b"\1", node, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = sha(b"\1", after, node)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old and after == new


def manifest(path):
    listed = {}
    for line in read(path).decode().splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
        if ".." in name.split("/") or name.startswith("/") or os.path.islink(os.path.join(TOP, name)):
            fault(f"{path}: names {name}")
        elif not os.path.isfile(os.path.join(TOP, name)):
            fault(f"{name}: is missing")
        elif digest_of(name) != digest:
            fault(f"{name}: was changed")
    return listed


def lines(path):
    return [line for line in read(path).split(b"\n") if line]


def head_of(path, key):
    raw = read(path)
    if not signed(key, raw, read(path + ".sig")):
        fault(f"{path}: is not signed by key.pem")
    return raw, json.loads(raw or b"{}")


def root_of(leaves):
    level = [sha(b"\0", leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [level[i:i + 2] for i in range(0, len(level), 2)]
        level = [sha(b"\1", *pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0] if level else sha()


def main():
    key = base64.b64decode(b"".join(read("key.pem").splitlines()[1:-1]))[-32:]
    if not signed(key, read("tagmanifest-sha256.txt"), read("tagmanifest-sha256.txt.sig")):
        fault("tagmanifest-sha256.txt.sig: the seal does not fit")
    listed = {**manifest("tagmanifest-sha256.txt"), **manifest("manifest-sha256.txt")}
    listed.update({"tagmanifest-sha256.txt": "", "tagmanifest-sha256.txt.sig": ""})
    for folder, _, names in os.walk(TOP):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), TOP).replace(os.sep, "/")
            if path not in listed:
                fault(f"{path}: does not belong to the pack")
    about = json.loads(read("data/pack.json") or b"{}")
    _, head = head_of("data/head.json", key)
    root, hexed = bytes.fromhex(head["root"]), bytes.fromhex
    chain = [json.loads(line) for line in lines("data/chain.jsonl")]
    link, last = sha(b"ashore:genesis:v1\n"), 0
    for number, entry in enumerate(chain, 1):
        leaf, n = hexed(entry["leaf"]), entry["n"]
        if n <= last or about["whole"] and n != last + 1:
            fault(f"data/chain.jsonl, line {number}: out of order")
        last = n
        if about["whole"]:
            link = sha(b"ashore:chain:v1\n", n.to_bytes(8, "big"), link, leaf)
            if link.hex() != entry["h"]:
                fault(f"data/chain.jsonl, line {number}: the link does not fit")
        elif not includes(root, leaf, n - 1, head["n"], [hexed(node) for node in entry["path"]]):
            fault(f"data/chain.jsonl, line {number}: the proof does not lead to the head")
    whole_end = (last, link.hex(), root_of([hexed(entry["leaf"]) for entry in chain]).hex())
    if about["whole"] and whole_end != (head["n"], head["h"], head["root"]):
        fault("data/head.json: states another end of the chain")
    carried = [("data/records.jsonl", about["masked"])]
    if about["masked"] and about["originals"]:
        carried.append(("data/originals/records.jsonl", False))
    for path, masked in carried:
        records = lines(path)
        if not len(records) == len(chain) == about["entries"]:
            fault(f"{path}: another number of entries than stated")
        for number, (line, entry) in enumerate(zip(records, chain), 1):
            leaf = json.loads(line)["derived_from"] if masked else sha(b"ashore:leaf:v1\n", line).hex()
            if leaf != entry["leaf"]:
                fault(f"{path}, line {number} (entry {entry['n']}): the record's text was changed")
    anchors = os.path.join(TOP, "data", "anchors")
    folders = sorted(os.listdir(anchors)) if os.path.isdir(anchors) else []
    for folder in folders:
        raw, old = head_of(f"data/anchors/{folder}/head.json", key)
        path = [hexed(node) for node in json.loads(read(f"data/anchors/{folder}/consistency.json"))["path"]]
        if not extends(hexed(old["root"]), old["n"], root, head["n"], path):
            fault(f"data/anchors/{folder}: is not an earlier state of this head")
        if sha(raw) not in read(f"data/anchors/{folder}/head.json.tsr"):
            fault(f"data/anchors/{folder}/head.json.tsr: is about another head")
    if len(folders) != about["anchors"]:
        fault("data/anchors: another number of anchors than stated")
    return len(chain), head, folders, key


if __name__ == "__main__":
    try:
        count, head, folders, key = main()
    except (KeyError, ValueError, TypeError, IndexError, OSError) as why:
        fault(f"the pack is not in its form: {why!r}")
    for line in faults:
        print(line)
    if faults:
        print("NOT WHOLE / 不完整")
        sys.exit(1)
    print(f"whole: {count} records of {head['n']}, head {head['h']} of {head['at']}, key {sha(key).hex()}")
    print(f"outside anchors: {len(folders)}" + ("; check each with openssl ts, see VERIFY.md" if folders else " (none)"))

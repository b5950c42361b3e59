"""Controleert een loting thuis: kloppen de bestanden, welke lijst is getrokken, en sta ik erop?

    python3 controle.py MAP                                       met uitkomst.json in de map
    python3 controle.py MAP LOT                                   en voor een lot, zoals L-0042
    python3 controle.py MAP DOBBELGETAL RONDE HANDTEKENING [LOT]  wat u zelf zag en opschreef

    --manifest HASH    de hash van manifest.json uit de officiële bekendmaking
    --slip BESTAND     de regel op uw eigen briefje, als tekstbestand

Nodig is alleen Python 3.8 of nieuwer. Er gaat niets naar internet. Het programma eindigt met 0 als alles
klopt, met 1 als er iets niet klopt en met 2 als het niet kon controleren.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from datetime import datetime, timezone
from hashlib import sha256
from typing import Any, NamedTuple

MANIFEST, RULES, TICKETS, QUOTAS = "manifest.json", "regels.json", "loten.csv", "quota.csv"
LISTS, CHECK, OUTCOME = "lijsten.csv", "controle.py", "uitkomst.json"
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS, PERIOD = 1692803367, 3
TICKET = re.compile(r"L-[0-9]{4,6}")
HASH = re.compile(r"[0-9a-f]{64}")
SIGNATURE = re.compile(r"[0-9a-f]{96}")
OTHER_CONTENT = "De inhoud is niet wat is vastgelegd."
ONLY_SAVED = "De inhoud is gelijk, maar een programma heeft het anders opgeslagen. Download het opnieuw."
# So many of one kind are told in full.
MOST_TOLD = 5
MOST_BRACKETS = 100


class Stop(Exception):
    """Something is wrong and checking cannot go on; the sentence says why."""


class CannotCheck(Stop):
    """Something that is needed is not there."""


class Report:
    """What is said, and how often something was wrong."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.wrong = 0

    def check(self, troubles: list[str], good: str = "") -> None:
        """Tell what is wrong, not without end; or else that it is good."""
        self.wrong += len(troubles)
        more = [f"En nog {len(troubles) - MOST_TOLD} keer iets dergelijks."][: len(troubles) > MOST_TOLD]
        self.lines += [f"[FOUT]   {text}" for text in troubles[:MOST_TOLD] + more]
        if good and not troubles:
            self.lines.append(f"[goed]   {good}")

    def note(self, *texts: str, mark: str = "[let op]") -> None:
        self.lines += [f"{'' if number else mark:8} {text}" for number, text in enumerate(texts)]


class Loting(NamedTuple):
    """What the files hold. The lists are empty with a ranking."""

    rules: dict[str, Any]
    fingerprints: dict[str, str]
    lists: list[list[str]]
    manifest_hash: str


class Outcome(NamedTuple):
    """What follows from dice, round and signature. The list is None with a ranking."""

    value: str
    randomness: str
    label: str | None
    drawn: list[str]
    order: list[str]


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def plain(content: bytes) -> bytes:
    """Without what an editor adds when it saves: a mark in front, other line ends."""
    return (content[3:] if content[:3] == b"\xef\xbb\xbf" else content).replace(b"\r\n", b"\n")


def as_json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def read(folder: str, name: str) -> bytes:
    try:
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()
    except (OSError, ValueError):
        raise CannotCheck(f"{name} staat niet in de map of is niet te lezen.") from None


def parse(name: str, content: bytes) -> dict[str, Any]:
    try:
        text = plain(content).decode("utf-8")
        # Nothing that is published is nested deep; such a file could be too much for Python itself.
        data = json.loads(text) if text.count("[") + text.count("{") < MOST_BRACKETS else None
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Stop(f"{name}: het bestand is veranderd. Het is niet meer te lezen.")
    return data


def table(name: str, content: bytes, heading: list[str]) -> tuple[list[list[str]], list[str]]:
    """The rows below the heading, and what is wrong with the heading."""
    try:
        text = plain(content).decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    except (ValueError, csv.Error):
        raise Stop(f"{name}: het bestand is veranderd. Het is niet meer te lezen.") from None
    return rows[1:], [] if rows[:1] == [heading] else [f"{name}: de kopregel is anders."]


def changed(name: str, is_only_saved: bool) -> str:
    return f"{name}: het bestand is veranderd. {ONLY_SAVED if is_only_saved else OTHER_CONTENT}"


def check_manifest(folder: str, report: Report, announced: str) -> tuple[dict[str, Any], str]:
    """(size, SHA-256) by name of the file, and the hash of the manifest."""
    content = read(folder, MANIFEST)
    found = digest(content)
    if announced:
        troubles = [] if found == announced else [changed(MANIFEST, digest(plain(content)) == announced)]
        report.check(troubles, "manifest.json is precies het bestand uit de bekendmaking.")
    if found != announced:
        report.note(
            f"De hash van manifest.json is {found}.",
            "Vergelijk die met de officiële bekendmaking: alleen dan zijn dit de echte bestanden.",
        )
    data = parse(MANIFEST, content)
    if as_json(data) != content:
        report.check([changed(MANIFEST, as_json(data) == plain(content))])
    try:
        listed = {row["naam"]: (row["bytes"], row["sha256"]) for row in data["bestanden"]}
        rows = [{"naam": name, "bytes": size, "sha256": hash} for name, (size, hash) in listed.items()]
        is_right = data == {"versie": 1, "bestanden": rows} and all(type(name) is str for name in listed)
    except (KeyError, TypeError):
        is_right = False
    if not is_right:
        raise Stop("manifest.json: het bestand is veranderd. Het is geen lijst van bestanden meer.")
    return listed, found


def check_files(folder: str, listed: dict[str, Any], names: list[str], report: Report) -> dict[str, bytes]:
    """The content of every file that has to be there."""
    files = {name: read(folder, name) for name in names}
    unknown = set(listed).difference(names)
    troubles = [f"manifest.json noemt {name!a}, dat hier niet bij hoort." for name in sorted(unknown)]
    for name, content in files.items():
        size, hash = listed.get(name, (None, None))
        if hash is None:
            troubles.append(f"{name} staat niet in manifest.json.")
        elif digest(content) != hash:
            troubles.append(changed(name, digest(plain(content)) == hash))
        elif len(content) != size:
            troubles.append(f"manifest.json: het bestand is veranderd. Bij {name} staat een andere grootte.")
    report.check(troubles, f"Alle {len(names)} bestanden zijn zoals ze in manifest.json zijn vastgelegd.")
    return files


def check_rules(rules: dict[str, Any], report: Report) -> None:
    """Whether the round comes after the start of the draw. Stops when the rules cannot be used."""
    broken = "regels.json: het bestand is veranderd. De regels zijn niet te begrijpen."
    try:
        counts = [rules[name] for name in ("zetels", "reserves", "lijsten", "dobbelstenen")]
        chain, number = rules["baken"]["keten"], rules["baken"]["ronde"]
        lists = {"lijsten": 10 ** min(counts[3], 5), "rangorde": 0}[rules["wijze"]]
        is_right = all(type(count) is int and 0 <= count <= 10**6 for count in [*counts, number % 10])
        is_right = is_right and 1 <= counts[3] <= 4 and counts[2] == lists and type(chain) is str
        starts = datetime.fromisoformat(rules["trekking_op"]).timestamp()
        appears = datetime.fromtimestamp(GENESIS + (number - 1) * PERIOD, timezone.utc)
    except (KeyError, OSError, OverflowError, TypeError, ValueError):
        raise Stop(broken) from None
    if not is_right:
        raise Stop(broken)
    if rules.get("oefening") is not False:
        report.note("DIT IS EEN OEFENING. De uitkomst telt niet.")
    elif chain != QUICKNET:
        report.check(["regels.json noemt een ander baken dan drand quicknet."])
    when = f"Ronde {number} van het baken verschijnt op {appears:%d-%m-%Y om %H:%M:%S} (UTC)"
    early = [f"{when}. Dat is voor de trekking: de uitkomst kon al bekend zijn."]
    report.check(early if appears.timestamp() < starts else [], f"{when}, niet voor de trekking.")


def check_tickets(content: bytes, report: Report) -> dict[str, str]:
    """Ticket → fingerprint."""
    rows, troubles = table(TICKETS, content, ["lot", "vingerafdruk"])
    found: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        if len(row) != 2 or not TICKET.fullmatch(row[0]) or not HASH.fullmatch(row[1]):
            troubles.append(f"loten.csv, regel {number}: hier staat geen lot met een vingerafdruk.")
        elif row[0] in found:
            troubles.append(f"loten.csv, regel {number}: lot {row[0]} staat er twee keer in.")
        else:
            found[row[0]] = row[1]
    if len(set(found.values())) < len(found):
        troubles.append("loten.csv: twee loten hebben dezelfde vingerafdruk.")
    report.check(troubles, f"Er zijn {len(found)} loten, elk een keer.")
    return found


def check_lists(
    content: bytes, rules: dict[str, Any], known: dict[str, str], report: Report
) -> list[list[str]]:
    """Every list with its tickets."""
    seats, count = rules["zetels"], rules["lijsten"]
    rows, troubles = table(LISTS, content, ["lijst", *(f"lot {seat}" for seat in range(1, seats + 1))])
    if len(rows) != count:
        troubles.append(f"lijsten.csv: er zijn {len(rows)} lijsten; het moeten er {count} zijn.")
    for index, row in enumerate(rows):
        label = f"{index:0{rules['dobbelstenen']}}"
        tickets = set(row[1:])
        if row[:1] != [label]:
            troubles.append(f"lijsten.csv: waar lijst {label} hoort te staan, staat iets anders.")
        if len(tickets) != seats or len(row) != seats + 1:
            troubles.append(f"Op lijst {label} staan niet {seats} verschillende loten.")
        unknown = sorted(tickets.difference(known))
        troubles += [f"Op lijst {label} staat {name!a}; dat is geen lot." for name in unknown]
    report.check(troubles, f"Alle {count} lijsten hebben {seats} verschillende loten, en elk lot bestaat.")
    return [row[1:] for row in rows]


def check_publication(folder: str, report: Report, announced: str = "") -> Loting:
    """Everything that was published before the draw."""
    listed, manifest_hash = check_manifest(folder, report, announced)
    names = [RULES, TICKETS, CHECK, *([QUOTAS, LISTS] if LISTS in listed else [])]
    files = check_files(folder, listed, names, report)
    rules = parse(RULES, files[RULES])
    check_rules(rules, report)
    known = check_tickets(files[TICKETS], report)
    is_needed = LISTS in listed or rules["lijsten"]
    lists = check_lists(files.get(LISTS, b""), rules, known, report) if is_needed else []
    return Loting(rules, known, lists, manifest_hash)


def draw(loting: Loting, given: list[str], where: str) -> Outcome:
    """What follows from dice, round and signature. Stops when they cannot be right; `where` is their file."""
    rules, (dice, number, signature) = loting.rules, given
    count, announced = rules["dobbelstenen"], rules["baken"]["ronde"]
    if not re.fullmatch("[0-9]+", dice) or len(dice) != count:
        raise Stop(f"{where}Het dobbelgetal {dice!a} klopt niet: het zijn {count} cijfers.")
    if number != str(announced):
        raise Stop(f"{where}Ronde {number!a} klopt niet: in regels.json is ronde {announced} aangekondigd.")
    if not SIGNATURE.fullmatch(signature):
        raise Stop(f"{where}De handtekening klopt niet: het zijn 96 tekens, alleen 0-9 en a-f.")
    value = digest(bytes.fromhex(signature))
    randomness = digest((dice + value).encode())
    ranked = sorted(loting.fingerprints, key=lambda ticket: digest((randomness + ticket).encode()))
    label = None
    drawn = ranked[: rules["zetels"]]
    if rules["lijsten"]:
        index = (int(dice) + int(value, 16)) % rules["lijsten"]
        label = f"{index:0{count}}"
        if index >= len(loting.lists):
            raise Stop(f"Lijst {label} is getrokken, maar staat niet in lijsten.csv.")
        drawn = loting.lists[index]
    chosen = set(drawn)
    return Outcome(value, randomness, label, drawn, [ticket for ticket in ranked if ticket not in chosen])


def check_outcome(loting: Loting, content: bytes, given: list[str], out: Outcome, report: Report) -> None:
    """Whether uitkomst.json says what follows from the dice, the round and the signature that are given."""
    expected = {
        "versie": 1,
        "manifest_sha256": loting.manifest_hash,
        "dobbelgetal": given[0],
        "ronde": int(given[1]),
        "handtekening": given[2],
        "bakenwaarde": out.value,
        "toevalsgetal": out.randomness,
        "lijst": out.label,
        "geloot": out.drawn,
        "reserves": out.order[: loting.rules["reserves"]],
    }
    found = parse(OUTCOME, content)
    others = [(name, found.get(name), value) for name, value in expected.items() if found.get(name) != value]
    troubles = [
        f"{OUTCOME}: bij {name} staat {it!a:.99}; het moet {value!a:.99} zijn." for name, it, value in others
    ]
    if not troubles and content != as_json(expected):
        troubles.append(changed(OUTCOME, plain(content) == as_json(expected)))
    report.check(troubles, "uitkomst.json is precies wat uit de dobbelstenen en het baken volgt.")


def tell(loting: Loting, out: Outcome, report: Report) -> None:
    """Who was drawn, and what this program cannot check."""
    reserves = out.order[: loting.rules["reserves"]]
    if loting.rules["baken"]["keten"] == QUICKNET:
        report.note(
            "Of de handtekening echt van het baken is, kan dit programma niet nagaan. Kijk op",
            f"https://api.drand.sh/{QUICKNET}/public/{loting.rules['baken']['ronde']}",
            f"De signature moet gelijk zijn, en bij randomness staat {out.value}.",
        )
    what = f"Getrokken is lijst {out.label}." if out.label else "Er is geloot op volgorde."
    texts = (
        what,
        f"Geloot: {', '.join(out.drawn)}.",
        f"Reserves, op volgorde: {', '.join(reserves) or 'geen'}.",
    )
    report.note(*texts, mark="[wie]")


def tell_ticket(loting: Loting, out: Outcome | None, typed: str, report: Report) -> None:
    """How it went with one ticket, however it was typed."""
    width = max(map(len, loting.fingerprints), default=0) - 2
    ticket = f"L-{re.sub('[^0-9]', '', typed).zfill(width)}"
    if ticket not in loting.fingerprints:
        return report.check([f"Lot {typed!a} staat niet in loten.csv. Kijk het nummer op uw briefje na."])
    on = sum(ticket in tickets for tickets in loting.lists)
    texts = [] if out else [f"Lot {ticket} doet mee."]
    if loting.lists:
        texts.append(f"Lot {ticket} staat op {on} van de {len(loting.lists)} lijsten.")
    if out and ticket in out.drawn:
        texts.append(f"Lot {ticket} is geloot.")
    elif out:
        place = out.order.index(ticket) + 1
        kind = "reserve" if place <= loting.rules["reserves"] else "na de reserves"
        texts.append(f"Lot {ticket} is niet geloot. Het staat op plaats {place} in de volgorde ({kind}).")
    report.note(*texts, mark="[lot]")


def check_slip(loting: Loting, content: bytes, report: Report) -> None:
    """Whether the text of somebody's slip has the fingerprint that was published."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = content.decode(encoding, "replace").strip()
    found = re.match(r"[0-9a-f]{32} \| (L-[0-9]{4,6})(?![^ ])", text)
    ticket = found[1] if found else ""
    trouble = ""
    if not found:
        trouble = "Op het briefje staat niet eerst een code van 32 tekens, dan | en dan een lotnummer."
    elif ticket not in loting.fingerprints:
        trouble = f"Lot {ticket} van het briefje staat niet in loten.csv."
    elif digest(text.encode("utf-8", "replace")) != loting.fingerprints[ticket]:
        trouble = f"Het briefje past niet bij lot {ticket}: elk teken en elke spatie telt mee."
    report.check([trouble] if trouble else [], f"Het briefje past bij lot {ticket}: zo is het vastgelegd.")


def run(arguments: list[str], report: Report) -> None:
    """Everything that is asked for. Stops when it cannot be."""
    options: dict[str, str] = {}
    words: list[str] = []
    rest = iter(arguments)
    for word in rest:
        name, sign, value = word.partition("=")
        if name in ("--manifest", "--slip"):
            options[name] = value if sign else next(rest, "")
        else:
            words.append(word.strip('"'))
    if len(words) not in (1, 2, 4, 5) or words[0].startswith("-"):
        raise CannotCheck(f"Zo gebruikt u dit programma:\n\n{__doc__}")
    folder, given = words[0], words[1:4] if len(words) > 3 else []
    if not os.path.isdir(folder):
        raise CannotCheck(f"De map {folder!a} is er niet.")
    announced = options.get("--manifest", "0" * 64).strip().lower()
    if not HASH.fullmatch(announced):
        raise CannotCheck("De hash achter --manifest klopt niet: het zijn 64 tekens, alleen 0-9 en a-f.")
    loting = check_publication(folder, report, announced if "--manifest" in options else "")
    content = read(folder, OUTCOME) if os.path.exists(os.path.join(folder, OUTCOME)) else None
    where = ""
    if content is not None and not given:
        data, where = parse(OUTCOME, content), f"{OUTCOME}: "
        given = [str(data.get(name)) for name in ("dobbelgetal", "ronde", "handtekening")]
    out = None
    if given:
        out = draw(loting, given, where)
        if content is not None:
            check_outcome(loting, content, given, out, report)
        tell(loting, out, report)
    else:
        report.note("Er is nog geen uitkomst: uitkomst.json staat niet in de map.")
    if len(words) in (2, 5):
        tell_ticket(loting, out, words[-1], report)
    if "--slip" in options:
        check_slip(loting, read("", options["--slip"]), report)


def main(arguments: list[str]) -> int:
    """Says it on the screen, and gives 0, 1 or 2."""
    report = Report()
    ends = ("Alles klopt.", "Er klopt iets niet. Lees hierboven wat.", "Niet alles kon worden gecontroleerd.")
    try:
        run(arguments, report)
        code = min(report.wrong, 1)
    except Stop as stop:
        report.check([str(stop)])
        code = 2 if isinstance(stop, CannotCheck) else 1
    sys.stdout.write("\n".join([*report.lines, ends[code]]) + "\n")
    return code


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))

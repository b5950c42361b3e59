"""`manage.py loting`: the draw of a loting from the command line, by the same actions as the screen."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core import progress
from participatie.actions import take_step
from participatie.draw import ceremony, chain, computing, lots, rehearsal, rounds, sending
from participatie.draw.publishing import stored_publication
from participatie.draw.step_words import moment, progress_words
from participatie.draw.story import State, Story
from participatie.models import Loting, Staat, Trekking, Vastlegging
from participatie.sortition.publication.files import CHECK, OUTCOME

SIGNS = {
    State.DONE: "[x]",
    State.NOW: "[>]",
    State.BUSY: "[~]",
    State.WAITING: "[.]",
    State.STOPPED: "[!]",
    State.LATER: "[ ]",
}
WRONG = 1


class Command(BaseCommand):
    help = (
        "De loting van begin tot eind: loten uitdelen en versturen, deelnemers vaststellen, lijsten "
        "berekenen, vastleggen, gooien en trekken. Elke stap zegt wat er in de weg staat. "
        "Gelukt is 0; 1 is: het kan niet, of er klopt iets niet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="stap", metavar="stap", required=True)

        def add(name: str, about: str) -> Any:
            made = steps.add_parser(name, help=about, description=about)
            made.add_argument("loting", help="De code van de loting, bijvoorbeeld velsen-noord.")
            return made

        add("stand", "Laat zien hoe ver de loting is, en wat er in de weg staat.")
        add("uitdelen", "Geef iedereen die meedoet een lotnummer.")
        add("versturen", "Mail iedereen het eigen lotnummer. Wie het al kreeg, krijgt het niet nog een keer.")
        made = add("vaststellen", "Stel vast wie meedoen.")
        made.add_argument("--reden", required=True, help="Waarom nu. Dit staat ook op de site.")
        made = add("berekenen", "Bereken de lijsten. Opnieuw beginnen geeft dezelfde lijsten.")
        made.add_argument("--oefening", type=int, metavar="NUMMER", help="Van een oefening.")
        add("vastleggen", "Maak de bestanden openbaar en leg ze vast, voordat de ronde bekend is.")
        made = add("gooien", "Leg vast wat de dobbelstenen lieten zien.")
        made.add_argument("cijfers", help="Bijvoorbeeld 478, in de volgorde van de dobbelstenen.")
        made = add("trekken", "Haal de ronde op bij drand, en trek de lijst.")
        made.add_argument(
            "--handtekening", metavar="HEX", help="Zonder internet: de handtekening van de ronde, 96 tekens."
        )
        made = add("uitstellen", "Stel de loting uit, met een reden.")
        made.add_argument("--tot", required=True, metavar="MOMENT", help="Bijvoorbeeld 2027-01-20T19:30.")
        made.add_argument("--reden", required=True, help="Waarom. Dit staat ook op de site.")
        made = add("bestanden", "Schrijf de openbare bestanden in een map.")
        made.add_argument("map", type=Path, help="De map; zij wordt gemaakt als zij er niet is.")
        add("controleren", "Kijk na of logboek, bestanden en uitkomst nog kloppen.")
        made = add("oefenen", "Loop een loting met verzonnen mensen door, tot en met de lijsten.")
        made.add_argument("--zaad", type=int, help="Hetzelfde getal, dezelfde mensen.")

    def handle(self, *args: Any, **options: Any) -> None:
        loting = Loting.objects.select_related("wijk", "trekking_plek").filter(slug=options["loting"]).first()
        if loting is None:
            known = ", ".join(Loting.objects.values_list("slug", flat=True)) or "geen"
            raise CommandError(f"Er is geen loting {options['loting']!r}. Wel: {known}.")
        self.loting, self.options = loting, options
        steps: dict[str, Callable[[], None]] = {
            "stand": self.stand,
            "uitdelen": self.hand_out,
            "versturen": self.send,
            "vaststellen": self.freeze,
            "berekenen": self.compute,
            "vastleggen": self.promise,
            "gooien": self.throw,
            "trekken": self.finish,
            "uitstellen": self.put_off,
            "bestanden": self.write_files,
            "controleren": self.verify,
            "oefenen": self.rehearse,
        }
        try:
            steps[options["stap"]]()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=WRONG) from error

    # --- the steps ----------------------------------------------------------------------------------

    def stand(self) -> None:
        story = Story(self.loting)
        self.stdout.write(f"{self.loting}: {self.loting.get_staat_display()}")
        self.stdout.write(f"De loting is op {moment(story.draws_at)}.\n")
        for step in story.steps:
            self.stdout.write(f"{SIGNS[step.state]} {step.title} ({step.state_words})")
            lines = [*step.told, *step.problems]
            if step.at:
                lines.append(", ".join(filter(None, (moment(step.at), step.by))))
            for line in lines:
                self.stdout.write(f"      {line}")

    def hand_out(self) -> None:
        trekking = lots.hand_out(loting=self.loting, by=None)
        self.say(f"{trekking.loten.count()} loten uitgedeeld.")

    def send(self) -> None:
        trekking, mailed = self.trekking(), 0
        total = sending.by_mail(trekking).filter(verstuurd_op=None).count()
        while True:
            sent = sending.send(trekking=trekking, by=None, most=20)
            mailed += sent.mailed
            if total:
                progress.show(self.stdout, "Mails", min(mailed, total), total)
            if not sent.left or not sent.mailed:
                break
        self.say(f"{mailed} mails staan klaar. {sent.on_paper} mensen krijgen een brief of een telefoontje.")

    def freeze(self) -> None:
        take_step(loting=self.loting, naar=Staat.BEVROREN, reden=self.options["reden"], by=None)
        self.say("De deelnemers staan vast.")

    def compute(self) -> None:
        number = self.options["oefening"]
        trekking = self.rehearsal(number) if number else self.trekking()
        if not computing.begin(trekking=trekking, in_background=False):
            self.say("De lijsten worden al berekend, of zijn er al.")
            return
        self.work_out(trekking)

    def promise(self) -> None:
        made = ceremony.promise(trekking=self.trekking(), by=None)
        self.say(f"Vastgelegd. De SHA-256 van het manifest is\n{made.manifest_hash}")
        self.stdout.write(f"Ronde {made.ronde} is bekend op {moment(made.ronde_op, seconds=True)}.")

    def throw(self) -> None:
        promised = self.promised()
        made = ceremony.throw(vastlegging=promised, dice=self.options["cijfers"], by=None)
        self.say(f"De worp ligt vast: {made.dobbelstenen}.")
        self.stdout.write(f"De ronde is bekend op {moment(promised.ronde_op, seconds=True)}.")

    def finish(self) -> None:
        promised = self.promised()
        if not hasattr(promised, "worp"):
            raise ValidationError("Er is nog niet gegooid.")
        if signature := self.options["handtekening"]:
            made = rounds.type_in(worp=promised.worp, signature=signature, by=None)
        else:
            made = rounds.fetch(worp=promised.worp, by=None)
        drawn = made.trekking.loten.filter(is_getrokken=True).values_list("nummer", flat=True)
        where = "" if made.lijst is None else f" Lijst {made.lijst} is getrokken."
        self.say(f"Er is geloot.{where}")
        self.stdout.write(" ".join(drawn))

    def put_off(self) -> None:
        try:
            until = datetime.fromisoformat(self.options["tot"])
        except ValueError as error:
            raise CommandError("Schrijf het moment als 2027-01-20T19:30.", returncode=WRONG) from error
        until = timezone.make_aware(until) if timezone.is_naive(until) else until
        story, reden = Story(self.loting), self.options["reden"]
        if story.trekking:
            ceremony.put_off(trekking=story.trekking, until=until, reden=reden, by=None)
        else:
            lots.hand_out(loting=self.loting, by=None, later=until, reden=reden)
        self.say(f"De loting is nu op {moment(until)}.")

    def write_files(self) -> None:
        folder, promised = self.options["map"], self.promised()
        written = self.write_into(folder, promised)
        self.say(f"{written} bestanden in {folder}.")

    def verify(self) -> None:
        wrong = [f"Logboek, regel {row.index + 1}: veranderd." for row in chain.breaks(self.loting)]
        trekking = self.trekking()
        for promised in trekking.vastleggingen.order_by("nummer"):
            try:
                stored_publication(promised)
            except ValidationError as error:
                wrong += [f"Vastlegging {promised.nummer}: {message}" for message in error.messages]
        if not wrong and hasattr(trekking, "uitkomst"):
            with tempfile.TemporaryDirectory() as folder:
                self.write_into(Path(folder), trekking.uitkomst.worp.vastlegging)
                program = [sys.executable, "-I", "-S", str(Path(folder) / CHECK), folder]
                told = subprocess.run(program, capture_output=True, text=True, check=False)  # noqa: S603
                self.stdout.write(told.stdout)
                if told.returncode:
                    wrong.append("controle.py zegt dat er iets niet klopt.")
        if wrong:
            raise CommandError("\n".join(wrong), returncode=WRONG)
        self.say("Logboek, bestanden en uitkomst kloppen.")

    def rehearse(self) -> None:
        trekking = rehearsal.rehearse(loting=self.loting, seed=self.options["zaad"])
        self.say(f"OEFENING {trekking.pk}: {trekking.loten.count()} loten van verzonnen mensen.")
        if computing.has_lists(trekking):
            computing.begin(trekking=trekking, in_background=False)
            self.work_out(trekking)

    # --- parts --------------------------------------------------------------------------------------

    def work_out(self, trekking: Trekking) -> None:
        def show(step: str, done: int, total: int) -> None:
            if sys.stdout.isatty() and total:
                progress.show(self.stdout, step, min(done, total), total)

        made = computing.work_out(trekking, progress=show)
        if made.stand != Trekking.Stand.KLAAR:
            raise ValidationError(made.melding or progress_words(made))
        chances = made.berekening["chances"].values()
        self.say(
            f"{made.aantal_lijsten} lijsten. De kleinste kans is {100 * min(chances):.1f} %, "
            f"de grootste {100 * max(chances):.1f} %."
        )

    def write_into(self, folder: Path, promised: Vastlegging) -> int:
        folder.mkdir(parents=True, exist_ok=True)
        files = {row.naam: bytes(row.inhoud) for row in promised.bestanden.all()}
        if hasattr(promised, "worp") and hasattr(promised.worp, "uitkomst"):
            files[OUTCOME] = bytes(promised.worp.uitkomst.bestand)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return len(files)

    def trekking(self) -> Trekking:
        found = Story(self.loting).trekking
        if found is None:
            raise ValidationError("De loten zijn nog niet uitgedeeld.")
        return found

    def rehearsal(self, number: int) -> Trekking:
        found = self.loting.trekkingen.filter(is_proef=True, pk=number).first()
        if found is None:
            raise ValidationError(f"Er is geen oefening {number}.")
        return found

    def promised(self) -> Vastlegging:
        found = ceremony.last_promise(self.trekking())
        if found is None:
            raise ValidationError("De lijsten staan nog niet vast.")
        return found

    def say(self, what: str) -> None:
        self.stdout.write(self.style.SUCCESS(what))

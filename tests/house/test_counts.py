"""No sentence says “1 mensen”: whatever is counted is asked for with ngettext or blocktranslate count."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.test_house_rules import ROOMS, ROOT, own_files

# What can be one. Words that do not change with a number, such as “jaar”, are left out.
COUNTED = (
    "aanmeldingen|acties|adressen|antwoorden|berichten|bewoners|bezwaren|bladzijden|brieven|cijfers|dagen|"
    "getallen|leden|lijsten|loten|maanden|mails|mensen|minuten|pagina's|personen|plekken|punten|reserves|"
    "stappen|teksten|uren|vragen|weken|zetels"
)
# A number of more than one that stands in the code: a limit, not a count.
LIMITS = {"limit", "max", "max_rows", "most", "rows"}
PLAIN = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy"}
IN_CODE = re.compile(rf"%\((\w+)\)[ds] (?:{COUNTED})\b")
IN_TEMPLATE = re.compile(rf"\{{\{{ ?(\w+) ?\}}\}}(?:</?\w+>)? (?:{COUNTED})\b")
BLOCK = re.compile(r"{% blocktranslate((?:(?!%}).)*)%}(.*?){% endblocktranslate %}", re.DOTALL)


def uncounted_in_code(source: str) -> Iterator[str]:
    """The texts that count something and have one form only."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
        for text in texts if name in PLAIN else ():
            if any(found not in LIMITS for found in IN_CODE.findall(str(text))):
                yield str(text)


def uncounted_in_template(source: str) -> Iterator[str]:
    for options, text in BLOCK.findall(source):
        # Of a sentence with two numbers one decides on the form; the other has no noun beside it.
        deciding = re.findall(r"\bcount (\w+)=", options)
        if any(found not in {*LIMITS, *deciding} for found in IN_TEMPLATE.findall(text)):
            yield text


@pytest.mark.parametrize(
    ("find", "right", "wrong"),
    [
        (uncounted_in_code, "ngettext('%(n)d mens', '%(n)d mensen', n)", "_('Er doen %(n)d mensen mee.')"),
        (uncounted_in_code, "_('hoogstens %(rows)d mensen')", "_('%(rows)d mensen en %(n)d zetels')"),
        (
            uncounted_in_template,
            "{% blocktranslate count n=x %}{{ n }} zetel{% plural %}{{ n }} zetels{% endblocktranslate %}",
            "{% blocktranslate count n=x with m=y %}{{ n }} mens, {{ m }} zetels{% endblocktranslate %}",
        ),
        (
            uncounted_in_template,
            "{% blocktranslate with n=x %}Aantal zetels: {{ n }}{% endblocktranslate %}",
            "{% blocktranslate with n=x %}Er zijn {{ n }} zetels{% endblocktranslate %}",
        ),
    ],
)
def test_the_rule_itself(find, right: str, wrong: str) -> None:
    assert not list(find(right))
    assert list(find(wrong))


def test_every_count_has_a_singular() -> None:
    found: dict[str, list[str]] = {}
    for file in own_files():
        name = str(file.relative_to(ROOT))
        if file.suffix == ".py" and name.startswith(ROOMS):
            found[name] = list(uncounted_in_code(file.read_text()))
        elif file.suffix in {".html", ".txt"} and Path(name).parts[0] == "templates":
            found[name] = list(uncounted_in_template(file.read_text()))
    assert len(found) > 500
    assert {name: texts for name, texts in found.items() if texts} == {}

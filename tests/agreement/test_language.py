"""The language of the clauses: what it says, and all that it refuses."""

from __future__ import annotations

import pytest

from convenu.agreement.clause_mistakes import ClauseSyntaxError
from convenu.agreement.language import Scope, evaluate, parse
from convenu.agreement.markup import blocks_of
from convenu.terms.contract import Terms
from convenu.vocabulary.contract_text import Block, Bullets, RunKind, Table, plain_text, runs_of


def written(text: str, **given: object) -> tuple[Block, ...]:
    parsed, scope = parse("essai", text), Scope(Terms.model_validate(given), {}, {}, frozenset({"late_payment"}))
    return blocks_of(evaluate(parsed, scope.read(parsed)), lambda words: words)


def said(text: str, **given: object) -> str:
    return "\n".join(plain_text(block) for block in written(text, **given)).replace("\u00a0", " ").replace("\u202f", " ")


REFUSED = [
    "{{ ''.__class__ }}",
    "{{ notice_period.__class__ }}",
    "{{ sites[0] }}",
    "{{ lipsum() }}",
    "{{ range(9) }}",
    "{{ 7 * 7 }}",
    "{{ 9 ** 9 }}",
    "{% set x = notice_period %}",
    "{% macro m() %}{% endmacro %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% extends 'x' %}",
    "{% raw %}{% endraw %}{{ 1 }}",
    "{{ notice_period | attr('x') }}",
    "{{ notice_period | format }}",
    "{{ notice_period | durée(2) }}",
    "{{ unknown_name }}",
    "{{ self }}",
    "{{ loop.index }}",
    "{% for a in sites %}{% for b in sites %}{% for c in sites %}x{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in notice_period %}x{% endfor %}",
    "{% for a in sites if a.name %}x{% endfor %}",
    "{% for a in sites recursive %}x{% endfor %}",
    "{% for sites in users %}x{% endfor %}",
    "{% if notice_period %}x{% endif %}",
    "{% if notice_period > rpo %}x{% endif %}",
    "{% if on_call == 'never' %}x{% endif %}",
    "{% if cloud_sold == 'yes' %}x{% endif %}",
    "{% if notice_period is defined %}x{% endif %}",
    "{{ notice_period ~ rpo }}",
    "{{ [notice_period] }}",
    "{{ notice_period | euros }}",
    "{{ setup_fee | durée }}",
    "{{ sites }}",
    "{{ liability_cap }}",
    "{{ sites.name }}",
    "{% for s in sites %}{{ s.nom }}{% endfor %}",
    "{{ 'x' }}",
    "{{ caller() }}",
    "{% call x() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% autoescape true %}x{% endautoescape %}",
    "{{ notice_period if cloud_sold else rpo }}",
    "{{ late_payment | article }}",
    "Un délai de 30 jours.",
    "Un délai de trente jours.",
    "Dans les deux mois.",
    "{% if x %}",
    "{{ notice_period",
    "{% for s in sites %}{{ s.address.country.x }}{% endfor %}",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_in_the_language_is_refused_when_the_library_loads(text: str) -> None:
    with pytest.raises(ClauseSyntaxError) as caught:
        parse("essai", text)
    assert "essai" in str(caught.value)


def test_all_that_is_wrong_in_a_text_is_told_at_once_each_with_its_line() -> None:
    text = "Le {{ délai }} de 30 jours.\n\n{% if rpo is stated %}\nDans les deux mois, {{ liability_cap }}.\n{% endif %}\nPlus 12 %.\n"
    with pytest.raises(ClauseSyntaxError) as caught:
        parse("essai", text)
    assert [(one.line, one.message) for one in sorted(caught.value.mistakes, key=lambda one: one.line)] == [
        (1, "aucun terme ne s’appelle « délai »"),
        (1, "« 30 jours » est tapé dans le texte"),
        (4, "« deux mois » est tapé dans le texte"),
        (4, "une valeur composée ne s’écrit pas tel quel"),
        (6, "« 12 % » est tapé dans le texte"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ notice_perod }}", "Vouliez-vous dire « notice_period »"),
        ("{% if rpo is stated %}x", "n’est pas refermé"),
        ("{{ notice_period", "accolades ne sont pas refermées"),
        ("{{ notice_period | euros }}", "« euros » ne va pas avec une durée"),
        ('{% if on_call == "never" %}x{% endif %}', "« never » n’est pas dans la liste"),
    ],
)
def test_a_mistake_is_told_in_french_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(ClauseSyntaxError, match=told):
        parse("essai", text)


def test_a_value_is_printed_the_french_way_and_remembers_its_term() -> None:
    blocks = written("Le préavis est de {{ notice_period }}.", notice_period="3 months")
    runs = [run for block in blocks for run in runs_of(block)]
    assert [(run.kind, run.text, run.terms) for run in runs] == [
        (RunKind.TEXT, "Le préavis est de ", ()),
        (RunKind.VALUE, "3\u00a0mois", ("notice_period",)),
        (RunKind.TEXT, ".", ()),
    ]


def test_an_unknown_value_stands_as_an_open_point() -> None:
    assert said("Préavis : {{ notice_period }}.") == "Préavis : [à confirmer : préavis du Client]."


def test_a_value_that_is_none_says_so() -> None:
    assert said("Avoirs : {{ setup_fee }}.", setup_fee="none") == "Avoirs : néant."


def test_each_state_takes_its_own_branch() -> None:
    text = "{% if rpo is stated %}dit{% elif rpo is none %}rien{% else %}à voir{% endif %}"
    assert [said(text, **given) for given in ({"rpo": "1 hours"}, {"rpo": "none"}, {"rpo": "absent"}, {})] == [
        "dit",
        "rien",
        "rien",
        "à voir",
    ]


def test_an_empty_list_is_none() -> None:
    assert said("{% if sites is none %}aucun{% endif %}", sites=[]) == "aucun"


def test_a_loop_writes_one_item_or_one_row_each() -> None:
    sites = [{"name": "Le Mans", "headcount": 34}, {"name": "Rennes"}]
    items = written("{% for s in sites %}\n- {{ s.name }}\n{% endfor %}", sites=sites)
    assert isinstance(items[0], Bullets)
    assert len(items[0].items) == 2
    rows = written("| Site | Effectif |\n|---|---|\n{% for s in sites %}\n| {{ s.name }} | {{ s.headcount }} |\n{% endfor %}", sites=sites)
    assert isinstance(rows[0], Table)
    assert plain_text(rows[0]) == "Site | Effectif\nLe Mans | 34\nRennes | néant"


HOSTILE = [
    "**gras**",
    "- liste",
    "| a | b |",
    "### titre",
    "{{ notice_period }}",
    "<b>x</b>",
    "{% if %}",
    "a b",
    "*",
    "`x`",
    "#let x = 1",
    "\\",
    "$x$",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_markup_typed_in_a_value_stays_text(typed: str) -> None:
    blocks = written("Client : {{ client_name }} ; ensuite **gras**.", client_name=typed)
    assert len(blocks) == 1
    run = next(run for run in runs_of(blocks[0]) if run.kind is RunKind.VALUE)
    assert run.text.replace("\u00a0", " ") == " ".join(typed.split())
    assert not run.bold


def test_a_clause_cannot_be_made_to_run_long() -> None:
    sites = [{"name": f"Site {number}"} for number in range(501)]
    text = "{% for a in sites %}{% for b in sites %}x{% endfor %}{% endfor %}"
    assert len(said(text, sites=sites[:500])) == 500 * 500
    with pytest.raises(ValueError, match="500 au plus"):
        said(text, sites=sites)

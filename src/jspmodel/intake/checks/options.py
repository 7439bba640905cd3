"""Rules on programmes that come in several sizes."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.errors import Problem
from jspmodel.intake.draft import Draft
from jspmodel.intake.named_codes import plain_name
from jspmodel.measure import plain_rows


def check_options(draft: Draft) -> Iterator[Problem]:
    """Check that a size is one of another programme, which is itself a size of none."""
    programs = draft["programs"]
    of = dict(zip(programs["program"], programs["option_of"], strict=True))
    for row in plain_rows(programs):
        if row.option_of and row.option_of == row.program:
            yield draft.problem("option_of_itself", "programs", row.Index, "option_of", value=row.program)
        elif row.option_of and of.get(row.option_of):
            values = {"program": row.program, "other": row.option_of, "whole": of[row.option_of]}
            yield draft.problem("option_of_option", "programs", row.Index, "option_of", **values)


def check_size_names(draft: Draft) -> Iterator[Problem]:
    """Check that what has a name as a size is one, and that sizes of a programme go by different names."""
    programs = draft["programs"]
    wholes, named = set(programs["option_of"]), set()
    for row in plain_rows(programs):
        if not row.option_name:
            continue
        whole = row.option_of or row.program
        values = {"program": row.program, "name": row.option_name}
        if not row.option_of and row.program not in wholes:
            yield draft.problem("size_of_nothing", "programs", row.Index, "option_of", **values)
        elif (whole, plain_name(row.option_name)) in named:
            told = {**values, "whole": whole}
            yield draft.problem("size_named_twice", "programs", row.Index, "option_name", **told)
        named.add((whole, plain_name(row.option_name)))


def check_linked_sizes(draft: Draft) -> Iterator[Problem]:
    """Check that no link joins two sizes of one programme: they are never together."""
    programs = draft["programs"]
    whole = {
        program: of or program for program, of in zip(programs["program"], programs["option_of"], strict=True)
    }
    for row in plain_rows(draft["program_links"]):
        together = row.kind in ("requires", "complements") and row.program != row.other
        if together and row.program in whole and whole[row.program] == whole.get(row.other):
            values = {"program": row.program, "other": row.other}
            yield draft.problem("sizes_linked", "program_links", row.Index, "other", **values)

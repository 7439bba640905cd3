"""What the plan delivers: rows of an objective under which effects count."""

from __future__ import annotations

from collections import defaultdict

from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.variables import Pair, Rows, Variables, label, times, total


def partners(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let two regions gain together only if both take part.

    .. math:: \text{together}_{prst} \le \text{join}_{prt}, \qquad
        \text{together}_{prst} \le \text{join}_{pst}
    """
    for (p, r, s, t), together in variables.together.items():
        for region in (r, s):
            row = total([(together, 1), (variables.join[p, region, t], -1)]) <= 0
            yield label("partners", p, r, s, t, region), row


def complements(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let complements add only where both are delivered.

    .. math:: \text{both}_{port} \le \sum_{s \,:\, s + d_q - 1 \le t} \text{join}_{qrs} \qquad
        \text{for } q = p \text{ and } q = o

    :math:`d_q` is the ``duration`` in years; :math:`\text{start}_{os}` stands for the region's joining
    where *o* has no regions.
    """
    for (code, other, r, t), both in variables.both.items():
        for q in (inputs.proposals[code], inputs.proposals[other]):
            if q.regions:
                there = variables.delivered(q, r, t)
            else:
                there = [(variables.start[q.code, s], 1.0) for s in q.starts_ready_by(t)]
            yield (
                label("complements", code, other, r, t, q.code),
                total([(both, 1.0)], times(-1.0, there)) <= 0,
            )


def delivered_effects(variables: Variables, inputs: Inputs) -> Rows:
    r"""Let the pieces of the diminishing returns share the delivered effect.

    .. math:: \sum_k \text{piece}_{irtk} \le \sum_p \varepsilon_{pi} \Bigl( \sum_{s \,:\, s + d_p - 1 \le t}
        \bigl( \text{join}_{prs} + \gamma \sum_q a_{rq} \, \text{together}_{prqs} \bigr)
        + \sum_o \kappa_{po} \, \text{both}_{port} \Bigr)

    :math:`\varepsilon_{pi}` is ``effect``, :math:`d_p` the ``duration`` in years, :math:`\gamma` the
    ``strength`` of collaboration, :math:`a_{rq}` the tie of two regions and :math:`\kappa_{po}` the
    ``value`` of a complement. That the pieces fill in order follows from their falling slopes.
    """
    pieces: dict[tuple[str, str, int], list[Pair]] = defaultdict(list)
    for (issue, region, year, _), piece in variables.piece.items():
        pieces[issue, region, year].append((piece, 1.0))
    working: dict[tuple[str, str], list[Proposal]] = defaultdict(list)
    for p in inputs.proposals.values():
        for issue in inputs.effects[p.code]:
            for region in p.regions:
                working[issue, region].append(p)
    parts = _DeliveredParts(variables, inputs)
    for (issue, region, year), pairs in pieces.items():
        effects = (
            times(-inputs.effects[p.code][issue], parts.of(p, region, year)) for p in working[issue, region]
        )
        yield label("delivered", issue, region, year), total(pairs, *effects) <= 0


class _DeliveredParts:
    """How many times its plain effect a programme has delivered in a region by a year."""

    def __init__(self, variables: Variables, inputs: Inputs) -> None:
        self._variables = variables
        self._partners: dict[tuple[str, str], list[tuple[int, Pair]]] = defaultdict(list)
        self._pairs: dict[tuple[str, str, int], list[Pair]] = defaultdict(list)
        for (p, r, s, t), together in variables.together.items():
            for region in (r, s):
                self._partners[p, region].append((t, (together, inputs.gains[r, s])))
        values = {(p.code, o.code): value for p, o, value in inputs.complements()}
        for (p, o, region, year), both in variables.both.items():
            self._pairs[p, region, year].append((both, values[p, o]))

    def of(self, p: Proposal, region: str, year: int) -> list[Pair]:
        ready = p.starts_ready_by(year)
        partners = self._partners.get((p.code, region), ())
        return [
            *self._variables.delivered(p, region, year),
            *[pair for start, pair in partners if start in ready],
            *self._pairs.get((p.code, region, year), ()),
        ]

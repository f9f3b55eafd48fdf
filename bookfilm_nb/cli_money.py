"""``bookfilm providers``, ``estimate`` and ``cost``: what is on offer, what it will cost, and where the money went."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from bookfilm_nb.model import Estimate
    from bookfilm_nb.production import Call

__all__ = ["add_verbs", "run", "tell_estimate"]


def add_verbs(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verbs to the command's parser."""
    providers = verbs.add_parser("providers", help="engines: what works now, what it costs, when it ends")
    providers.add_argument("--check", action="store_true", help="compare the days on which models end with the server")
    providers.add_argument("--json", action="store_true", help="print one JSON object")
    cost = verbs.add_parser("cost", help="what a production has cost so far, call by call")
    cost.add_argument("folder", metavar="DIR")
    cost.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Run one of the two verbs; the exit code."""
    if args.verb == "cost":
        return _cost(args)
    return _check(args) if args.check else _providers(args)


def _providers(args: argparse.Namespace) -> int:
    from bookfilm_nb.providers.listing import offers

    found = offers()
    if args.json:
        print(json.dumps({"providers": [offer.model_dump(mode="json") for offer in found]}, ensure_ascii=False))
        return 0
    door = ""
    for offer in found:
        if offer.door != door:
            door = offer.door
            print(f"{door}:")
        ends = f"; ends {offer.ends.isoformat()}" if offer.ends else ""
        price = f"; {offer.price}" if offer.price else ""
        needs = f"; {offer.needs}" if offer.needs else ""
        print(f"  {offer.name:<38} {offer.state}{price}{ends}{needs}")
    return 0


def _check(args: argparse.Namespace) -> int:
    from bookfilm_nb.providers.listing import differences

    found = differences()
    if args.json:
        print(json.dumps({"differences": [d.model_dump(mode="json") for d in found]}, ensure_ascii=False))
    for difference in () if args.json else found:
        print(f"{difference.model}: the catalogue says {difference.catalogue}, the server {difference.server}")
    if not found and not args.json:
        print("The catalogue and the server agree.")
    return 1 if found else 0


def _cost(args: argparse.Namespace) -> int:
    from bookfilm_nb.production import Production, Till

    production = Production.open(Path(args.folder))
    till = Till(production.store)
    spent, calls = till.spent(), till.calls()
    facts = {
        "folder": str(production.folder),
        "spent_usd": spent.settled,
        "held_usd": spent.held,
        "calls_of_unknown_price": spent.unknown,
        "budget_usd": production.choices.budget_usd,
        "calls": [call._asdict() | {"usage": json.loads(call.usage)} for call in calls],
    }
    if args.json:
        print(json.dumps(facts, ensure_ascii=False))
        return 0
    held = f", {_usd(spent.held)} held for calls whose end is not known" if spent.held else ""
    budget = production.choices.budget_usd
    left = "" if budget is None else f", of a budget of {_usd(budget)}"
    print(f"{production.folder}: {_usd(spent.settled)} paid{held}{left}")
    if spent.unknown:
        print(f"  and calls whose price nobody here knows: {spent.unknown}")
    groups: dict[tuple[str, str, str], list[Call]] = defaultdict(list)
    for call in calls:
        groups[call.stage, call.model or call.engine, call.state].append(call)
    rows = [(*what, str(len(group)), _paid(what[-1], group)) for what, group in groups.items()]
    _table(("stage", "model", "state", "calls", ""), rows, right=(3,))
    return 0


_HELD = {"reserved", "submitted", "unsure"}


def _paid(state: str, group: list[Call]) -> str:
    """What a group of calls in one state cost, or holds."""
    if state == "released":
        return "not charged"
    # What was charged without a word of how much stays held, call by call
    held = [call.high for call in group if state in _HELD or (state == "wasted" and call.cost is None)]
    paid = [call.cost for call in group if state == "settled" or (state == "wasted" and call.cost is not None)]
    if None in (*held, *paid):
        return "price not known"
    sums = [_usd(sum(filter(None, paid)))] if paid else []
    return ", ".join([*sums, f"{_usd(sum(filter(None, held)))} held"] if held else sums)


def tell_estimate(facts: dict[str, object]) -> None:
    """Print an estimate (the JSON of a FilmEstimate) as a table."""
    from bookfilm_nb.studio.estimate import FilmEstimate

    found = FilmEstimate.model_validate(facts)
    rows = [
        (stage.stage, stage.engine, str(stage.calls), *_figures(stage.estimate), stage.estimate.basis)
        for stage in found.stages
    ]
    rows.append(("total", "", "", *_figures(found.total), ""))
    _table(("stage", "engine", "calls", "at least", "likely", "at most", "because"), rows, right=(2, 3, 4, 5))
    if not found.total.known:
        print("A price that is not known is not 0: with a budget, such calls need --unknown-prices.")
    if not found.exact:
        print("Lines and shots may still change a little: the figures are near, not exact.")


def _figures(estimate: Estimate) -> tuple[str, str, str]:
    if estimate.low is None or estimate.likely is None or estimate.high is None:
        return ("not known",) * 3
    return _usd(estimate.low), _usd(estimate.likely), _usd(estimate.high)


def _usd(amount: float) -> str:
    """Dollars: two decimals, and two figures more below one dollar."""
    return "0 USD" if amount == 0 else f"{amount:.{2 if amount >= 1 else 4}f} USD"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, right: tuple[int, ...]) -> None:
    if not rows:
        return
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        cells = [
            cell.rjust(w) if i in right else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        print("  " + "  ".join(cells).rstrip())

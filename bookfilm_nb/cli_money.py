"""``bookfilm providers`` and ``bookfilm cost``: what is on offer, and where the money went."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from bookfilm_nb.production import Call

__all__ = ["add_verbs", "run"]


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
    budget = "no budget" if production.choices.budget_usd is None else f"budget {production.choices.budget_usd:.2f} USD"
    print(f"{production.folder}: {spent.settled:.4f} USD spent, {spent.held:.4f} held, {budget}")
    if spent.unknown:
        print(f"  and {spent.unknown} calls whose price nobody here knows")
    groups: dict[tuple[str, str, str], list[Call]] = defaultdict(list)
    for call in calls:
        groups[call.stage, call.model or call.engine, call.state].append(call)
    for (stage, model, state), group in groups.items():
        known = [call.cost for call in group if call.cost is not None]
        paid = f"{sum(known):.4f} USD" if len(known) == len(group) else "price not known" if state == "settled" else ""
        print(f"  {stage:<8} {model:<34} {len(group):>4} {state:<9} {paid}")
    return 0

"""Buying: calls at once, each kept and settled in one step; a stop, a fault or a budget loses nothing."""

from __future__ import annotations

import threading

import pytest

from bookfilm_nb.errors import BudgetError, Cancelled, InputError, OutputError, ProviderError, RefusedError
from bookfilm_nb.model import Estimate, Receipt, Value, blob_digest
from bookfilm_nb.production import Choices, Job, Production, Till, paid_by_stage
from bookfilm_nb.production.tape import Tape
from bookfilm_nb.providers.faults import Fault, patiently, pause
from bookfilm_nb.studio.buying import Bought, Purchase, buy


class Thing(Value):
    name: str
    blob: str


class Shop:
    """An engine that sells things and counts."""

    def __init__(self):
        self.sold = []
        self.lock = threading.Lock()

    def make(self, name):
        with self.lock:
            self.sold.append(name)
        data = f"thing {name}".encode()
        thing = Thing(name=name, blob=blob_digest(data))
        return Bought(thing, {thing.blob: data}, Receipt(model="shop/m", usage={"pictures": 1}, cost=0.04))


@pytest.fixture
def shop():
    return Shop()


@pytest.fixture
def production(tmp_path):
    made = Production.create(tmp_path / "film", Choices(book="b.txt", budget_usd=10))
    yield made
    made.store.close()


def _purchase(shop, name, *, high=0.1, work=None, order=None):
    estimate = Estimate(low=0.01, likely=0.05, high=high, basis="test")
    return Purchase(
        "shoot", name, f"key-{name}", "shop", "shop/m", estimate, work or (lambda _: shop.make(name)), order
    )


def _states(production):
    return sorted((call.name, call.state) for call in Till(production.store).calls())


def test_everything_is_kept_and_settled(production, shop):
    buy(production, [_purchase(shop, str(i)) for i in range(7)], Job(), parallel=3)
    assert sorted(shop.sold) == [str(i) for i in range(7)]
    for i in range(7):
        thing = production.kept(f"key-{i}", Thing)
        assert production.store.read(thing.blob) == f"thing {i}".encode()
    assert Till(production.store).spent() == pytest.approx((0.28, 0, 0))


def test_a_budget_stops_before_the_call_and_keeps_the_rest(production, shop):
    production.choices = production.choices.model_copy(update={"budget_usd": 0.2})
    with pytest.raises(BudgetError):
        buy(production, [_purchase(shop, str(i)) for i in range(9)], Job(), parallel=1)
    # 0.1 is held at most, 0.04 was paid: after the third, 0.12 are spent and 0.08 left
    assert shop.sold == ["0", "1", "2"]
    assert [state for _, state in _states(production)] == ["settled"] * 3


@pytest.mark.parametrize(("billed", "state"), [("no", "released"), ("unknown", "unsure"), ("yes", "wasted")])
def test_a_failed_call_and_the_money(production, shop, billed, state):
    def work(_):
        raise ProviderError("broken", billed=billed)

    with pytest.raises(ProviderError):
        buy(production, [_purchase(shop, "a", work=work)], Job(), parallel=1)
    assert _states(production) == [("a", state)]
    assert production.store.ledger()[-1].outcome == "failed"


def test_an_answer_that_cannot_be_used_is_entered_with_what_it_cost(production, shop):
    def work(_):
        raise ProviderError("no JSON", billed="yes", cost=0.03)

    with pytest.raises(ProviderError):
        buy(production, [_purchase(shop, "a", work=work)], Job(), parallel=1)
    assert Till(production.store).spent() == (0.03, 0.0, 0)
    assert paid_by_stage(production.store) == {"shoot": 0.03}


def test_what_is_under_way_when_another_fails_is_kept(production, shop):
    begun, seen = threading.Event(), threading.Semaphore(0)

    def tell(*_):
        if ("f", "released") in _states(production):
            seen.release()

    def slow(_):
        begun.set()
        for _ in range(2):  # until the failure was surely noticed
            assert seen.acquire(timeout=10)
        return shop.make("slow")

    def fails(_):
        assert begun.wait(10)
        raise ProviderError("broken")

    purchases = [_purchase(shop, "f", work=fails), _purchase(shop, "slow", work=slow), _purchase(shop, "never")]
    with pytest.raises(ProviderError):
        buy(production, purchases, Job(tell), parallel=2)
    assert production.kept("key-slow", Thing).name == "slow"
    assert "never" not in shop.sold


def test_a_stop_reaches_an_engine_that_waits(production, shop):
    job = Job()

    def waits(_):
        job.cancel()
        pause(3600)
        raise AssertionError("not reached")

    with pytest.raises(Cancelled):
        buy(production, [_purchase(shop, "a", work=waits)], job, parallel=1)
    assert _states(production) == [("a", "released")]


def test_a_job_is_ordered_once_however_often_collecting_breaks(production, shop):
    orders = []

    def order(attempt):
        assert attempt == 1
        orders.append("job-1")
        return "job-1"

    def breaks(_):
        raise ProviderError("no answer", billed="unknown")

    with pytest.raises(ProviderError):
        buy(production, [_purchase(shop, "clip", work=breaks, order=order)], Job(), parallel=1)
    assert _states(production) == [("clip", "submitted")]

    def collects(identity):
        assert identity == "job-1"
        return shop.make("clip")

    buy(production, [_purchase(shop, "clip", work=collects, order=order)], Job(), parallel=1)
    assert orders == ["job-1"]
    assert _states(production) == [("clip", "settled")]


def test_a_job_that_failed_for_good_is_let_go(production, shop):
    def failed(_):
        raise ProviderError("the clip failed", job="failed")

    with pytest.raises(ProviderError):
        buy(production, [_purchase(shop, "clip", work=failed, order=lambda _: "job-1")], Job(), parallel=1)
    assert _states(production) == [("clip", "released")]


def test_a_recorded_run_is_replayed_without_a_call(tmp_path, production, shop):
    tape = tmp_path / "run.jsonl"
    buy(production, [_purchase(shop, str(i)) for i in range(3)], Job(), parallel=2, tape=Tape(tape, replay=False))
    other = Production.create(tmp_path / "replayed", Choices(book="b.txt"))
    nothing = Shop()
    purchases = [_purchase(nothing, str(i)) for i in range(3)]
    buy(other, purchases, Job(), parallel=2, tape=Tape(tape, replay=True))
    assert nothing.sold == []
    assert Till(other.store).calls() == ()
    assert other.kept("key-2", Thing) == production.kept("key-2", Thing)
    assert other.store.read(other.kept("key-2", Thing).blob) == b"thing 2"
    with pytest.raises(ProviderError, match="no reply for 9"):
        buy(other, [_purchase(nothing, "9")], Job(), parallel=1, tape=Tape(tape, replay=True))
    other.store.close()


def test_a_tape_that_was_changed_is_refused(tmp_path, production, shop):
    tape = tmp_path / "run.jsonl"
    buy(production, [_purchase(shop, "1")], Job(), parallel=1, tape=Tape(tape, replay=False))
    tape.write_text(tape.read_text().replace("dGhpbmcg", "dGhpbmdz"))
    with pytest.raises(InputError, match="was changed"):
        Tape(tape, replay=True).find("key-1", name="1")
    tape.write_text("{}\n")
    with pytest.raises(InputError, match="Line 1"):
        Tape(tape, replay=True)


def test_a_refusal_stops_nothing_else_and_names_the_piece(production, shop):
    def refuses(_):
        raise RefusedError("shop refused to make this: moderation.", billed="no")

    purchases = [_purchase(shop, "b", work=refuses), _purchase(shop, "1"), _purchase(shop, "a", work=refuses)]
    with pytest.raises(RefusedError, match=r"a: shop refused to make this: moderation\. Refused too: b\.") as caught:
        buy(production, [*purchases, _purchase(shop, "2")], Job(), parallel=1)
    assert shop.sold == ["1", "2"]
    assert caught.value.data["names"] == ["a", "b"]
    assert _states(production) == [("1", "settled"), ("2", "settled"), ("a", "released"), ("b", "released")]


def test_an_error_that_no_engine_should_raise_is_told_in_one_line(production, shop):
    def breaks(_):
        raise KeyError("Bearer a-key-that-nobody-should-see")

    with pytest.raises(ProviderError, match=r"s01: shop failed with KeyError \(test_buying.py, line \d+\)") as caught:
        buy(production, [_purchase(shop, "s01", work=breaks)], Job(), parallel=1)
    assert "nobody-should-see" not in str(caught.value)
    assert caught.value.__suppress_context__
    assert _states(production) == [("s01", "unsure")]


def test_a_stop_while_a_call_is_sent_again_may_have_been_paid(production, shop):
    job = Job()

    def lost():
        job.cancel()
        raise OSError("the connection broke")

    def work(_):
        return patiently(lost, lambda _: Fault("broken", "it broke"), engine="shop", request="r")

    with pytest.raises(Cancelled):
        buy(production, [_purchase(shop, "a", work=work)], job, parallel=1)
    assert _states(production) == [("a", "unsure")]


def test_a_recording_that_cannot_be_written_loses_no_reply(tmp_path, production, shop):
    (tmp_path / "full").write_text("a file, where a folder should be")
    tape = Tape(tmp_path / "full" / "run.jsonl", replay=False)
    with pytest.raises(OutputError):
        buy(production, [_purchase(shop, "a")], Job(), parallel=1, tape=tape)
    assert production.kept("key-a", Thing).name == "a"
    assert _states(production) == [("a", "settled")]


def test_a_reply_of_another_shape_is_not_taken_from_a_tape(tmp_path, production, shop):
    path = tmp_path / "run.jsonl"
    Tape(path, replay=False).add("key-a", "shoot", "a", '{"name": 3}', {}, Receipt(model="m"))
    with pytest.raises(InputError, match="not what it should be"):
        buy(production, [_purchase(shop, "a")._replace(shape=Thing)], Job(), parallel=1, tape=Tape(path, replay=True))
    assert production.store.find("key-a") is None


def test_a_reply_that_cannot_be_used_is_kept_where_a_person_can_read_it(production, shop):
    def work(_):
        raise ProviderError("no JSON", hint="Try another model.", raw="I would rather not.", billed="yes")

    with pytest.raises(ProviderError) as caught:
        buy(production, [_purchase(shop, "part 1 of 1", work=work)], Job(), parallel=1)
    (file,) = (production.folder / "replies").iterdir()
    assert file.read_text("utf-8") == "I would rather not."
    assert caught.value.hint == f"Try another model. The reply is in {file}."


def test_what_was_paid_stands_in_the_ledger(production, shop):
    buy(production, [_purchase(shop, "a")], Job(), parallel=1)
    assert [row.money for row in production.store.ledger()] == [0.04]

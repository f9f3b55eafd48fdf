"""The till: reserve, settle, and a budget that no order of calls can pass."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookfilm_nb.errors import BudgetError, StoreError
from bookfilm_nb.model import Estimate, Receipt
from bookfilm_nb.production import Store, Till


def _estimate(high):
    return Estimate(low=high / 4, likely=high / 2, high=high, basis="test")


def _reserve(till, high, name="s01h01"):
    return till.reserve(stage="shoot", name=name, key=name, engine="fake", model="fake/m", estimate=_estimate(high))


def _paid(cost):
    return Receipt(model="fake/m", usage={"pictures": 1}, cost=cost)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / ".store")
    yield store
    store.close()


def test_a_call_is_held_at_its_highest_and_settled_at_its_cost(store):
    till = Till(store, budget_usd=1.0)
    call = _reserve(till, 0.8)
    assert till.spent()[:2] == (0.0, 0.8)
    till.settle(call, _paid(0.3))
    assert till.spent() == (0.3, 0.0, 0)
    assert [c.state for c in till.calls()] == ["settled"]


def test_a_call_that_would_pass_the_budget_is_not_entered(store):
    till = Till(store, budget_usd=1.0)
    _reserve(till, 0.6)
    with pytest.raises(BudgetError, match=r"may cost 0\.5000 USD; of the budget of 1\.0000 USD, 0\.6000"):
        _reserve(till, 0.5)
    assert len(till.calls()) == 1


def test_the_limit_of_one_call(store):
    with pytest.raises(BudgetError, match="one call"):
        _reserve(Till(store, call_usd=0.1), 0.2)


def test_an_unknown_price_is_no_zero(store):
    unknown = Estimate(basis="nobody knows")
    ask = {"stage": "shoot", "name": "a", "key": "a", "engine": "fake", "model": "", "estimate": unknown}
    with pytest.raises(BudgetError, match="Nobody here knows"):
        Till(store, budget_usd=5).reserve(**ask)
    for till in (Till(store), Till(store, budget_usd=5, unknown_prices=True)):
        till.settle(till.reserve(**ask), _paid(None))
    assert till.spent() == (0.0, 0.0, 2)


def test_a_released_call_gives_its_money_back_and_an_unsure_one_does_not(store):
    till = Till(store, budget_usd=1.0)
    till.release(_reserve(till, 0.9), "429")
    till.unsure(_reserve(till, 0.9), "the connection broke")
    assert till.spent().held == 0.9
    till.waste(_reserve(till, 0.05), "no JSON")
    assert till.spent().held == pytest.approx(0.95)
    settled = till.spent().settled
    till.waste(_reserve(till, 0.04), "no JSON", cost=0.01)
    assert till.spent().held == pytest.approx(0.95)
    assert till.spent().settled == pytest.approx(settled + 0.01)
    with pytest.raises(BudgetError):
        _reserve(till, 0.2)


def test_a_job_is_found_again_by_its_key_and_settled_once(tmp_path, store):
    till = Till(store)
    call = _reserve(till, 0.5, name="clip")
    till.submitted(call, "video_123")
    store.close()
    again = Store(tmp_path / ".store")
    found = Till(again).under_way("clip")
    assert found is not None
    assert (found.id, found.job) == (call, "video_123")
    Till(again).settle(found.id, _paid(0.4))
    assert Till(again).under_way("clip") is None
    with pytest.raises(StoreError):
        Till(again).settle(found.id, _paid(0.4))
    again.close()


def test_calls_of_a_killed_process_are_unsure_and_its_jobs_stay(store):
    till = Till(store)
    _reserve(till, 0.5, name="picture")
    till.submitted(_reserve(till, 0.5, name="clip"), "video_1")
    assert [c.name for c in till.after_a_crash()] == ["picture"]
    assert [c.state for c in till.calls()] == ["unsure", "submitted"]
    assert till.after_a_crash() == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    highs=st.lists(st.floats(0.01, 1.0), min_size=2, max_size=12),
    budget=st.floats(0.05, 3.0),
    threads=st.integers(2, 4),
    ends=st.lists(st.sampled_from(["settle", "release", "unsure", "waste"]), min_size=12, max_size=12),
)
def test_no_order_of_calls_at_once_passes_the_budget(tmp_path_factory, highs, budget, threads, ends):
    folder = tmp_path_factory.mktemp("till") / ".store"
    Store(folder).close()
    work = list(enumerate(highs))
    lock = threading.Lock()
    refused = []
    passed = []

    def buy():
        store = Store(folder)
        till = Till(store, budget_usd=budget)
        while True:
            with lock:
                if not work:
                    break
                number, high = work.pop()
            try:
                call = _reserve(till, high, name=str(number))
            except BudgetError:
                refused.append(number)
                continue
            spent = till.spent()
            passed.append(spent.settled + spent.held > budget + 1e-6)
            if ends[number] == "settle":
                till.settle(call, _paid(high))
            else:
                getattr(till, ends[number])(call, "by lot")
        store.close()

    running = [threading.Thread(target=buy) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert not any(passed)
    store = Store(folder)
    spent = Till(store).spent()
    assert spent.settled + spent.held <= budget + 1e-6
    assert len(Till(store).calls()) + len(refused) == len(highs)
    store.close()


def test_what_a_stage_cost_is_not_known_where_one_price_is_not(store):
    from bookfilm_nb.production import paid_by_stage

    assert paid_by_stage(store) == {}
    till = Till(store)
    for stage, cost in (("shoot", 0.25), ("shoot", 0.5), ("clip", 1.0), ("clip", None)):
        ask = {"name": "a", "key": "a", "engine": "fake", "model": "m", "estimate": _estimate(2)}
        till.settle(till.reserve(stage=stage, **ask), _paid(cost))
    _reserve(till, 0.5)
    assert paid_by_stage(store) == {"shoot": 0.75, "clip": None}


def test_an_order_is_counted_where_it_was_answered_without_the_thing(store):
    till = Till(store)

    def ended(how, job=""):
        call = _reserve(till, 0.1)
        if job:
            till.submitted(call, job)
        getattr(till, how)(call, _paid(0.1) if how == "settle" else "by test")
        return till.attempt("s01h01")

    assert till.attempt("s01h01") == 1
    assert ended("unsure") == 1  # the reply was lost: nobody knows of a job
    assert ended("release") == 1
    assert ended("release", "job-1") == 2
    assert ended("unsure", "job-2") == 3
    assert ended("settle", "job-3") == 3
    assert ended("waste") == 4  # it was answered, and would be answered so again
    assert ended("waste", "job-4") == 5
    till.submitted(_reserve(till, 0.1), "job-5")
    assert till.attempt("s01h01") == 5
    assert till.attempt("s01h02") == 1

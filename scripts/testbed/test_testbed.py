"""What the testbed's figures are worth: who owns what it makes, what a brake takes, how goals are judged.

PYTHONPATH=scripts/bench python3 -m unittest discover scripts/testbed
"""

import os
import unittest

import experiment
import measuring
import network
import pages
import results
from brake import Debt
from host import Owner
from measuring import Plan
from report import Spread
from results import Cell, Results


class OwnerTest(unittest.TestCase):
    def test_names_lead_back_to_their_living_owner(self):
        owner = Owner.of(Owner.this_process().name("edge-1"))
        self.assertEqual(owner.pid, os.getpid())
        self.assertTrue(owner.is_alive())

    def test_same_number_with_another_start_is_somebody_else(self):
        self.assertFalse(Owner(os.getpid(), "1").is_alive())

    def test_names_of_others_have_no_owner(self):
        for name in ("docker-1-2-x", "estb", "estb-x-2-source", "estb-1-x-source", "my-estb-1-2-source"):
            self.assertIsNone(Owner.of(name), name)


class WireTest(unittest.TestCase):
    def test_slow_wire_has_small_packets_and_a_bucket_for_one(self):
        wire = network.Wire("a", "b", 50, 1)
        self.assertEqual(wire.packet_bytes, 576)
        self.assertEqual(network.shaping(1, wire.packet_bytes)[1:5], ["rate", "1000kbit", "burst", "590"])
        self.assertEqual(network.Wire("a", "b", 50, 50).packet_bytes, 1500)

    def test_row_joins_every_two_devices_once_and_slows_source_and_cloud_alone(self):
        wires = experiment.Row("", 1, dict.fromkeys(("source", "edge-1", "edge-2", "cloud"), "1g")).wires()
        self.assertEqual(len({frozenset((wire.one, wire.other)) for wire in wires}), 6)
        self.assertEqual([(wire.one, wire.other) for wire in wires if wire.there_mbit == 1], [("source", "cloud")])


class DebtTest(unittest.TestCase):
    def test_quarter_of_a_core_waits_three_times_as_long_as_it_ran(self):
        used = iter([100, 100, 1100])
        account = type("Account", (), {"used_ns": lambda self: next(used)})()
        debt = Debt(account, 0.25)
        self.assertEqual([debt.take_ns(), debt.take_ns()], [0, 3000])


class PlanTest(unittest.TestCase):
    VIEW = {"stages": [{"node": "source", "layerStart": 0, "layerEnd": 1}, {"node": "cloud", "layerStart": 1, "layerEnd": 30}],
            "predicted": {"ttftMs": 300, "tokenMs": 40}, "notes": ["slower"], "leftOut": [], "bestSingle": None}

    def test_stages_and_predictions_are_read(self):
        plan = Plan.read(self.client(self.VIEW))
        self.assertEqual(str(plan), "source 1 → cloud 29")
        self.assertEqual(plan.predicted()["predictedTpotMs"], 40)

    def test_a_running_cluster_is_asked_until_it_plans_so(self):
        told = iter(["best", "edge-solo"])
        client = self.client(None, ready=True, order=(202, {"state": "begun"}))
        client.get_json = lambda path: {"ready": True} if path == "/cluster" else {"planner": next(told)}
        measuring.plan_by(client, "edge-solo", limit_s=5)
        self.assertEqual(list(told), [])

    def test_a_plan_that_does_not_fit_is_refused_with_its_sentence(self):
        client = self.client(None, order=(422, {"error": {"message": "no plan fits: source lacks 1 byte"}}))
        with self.assertRaisesRegex(measuring.Refused, "lacks 1 byte"):
            measuring.plan_by(client, "edge-solo", limit_s=5)

    def test_a_device_is_awaited_until_it_keeps_new_figures(self):
        told = iter(["old", "old", "new"])
        measuring.measure_device(self.client(None, order=(202, {"state": "begun"})), lambda: next(told), limit_s=5)
        self.assertEqual(list(told), [])

    def client(self, view, ready=False, order=None):
        answers = {"/cluster": {"nodes": [], "ready": ready}, "/cluster/plan": view}
        return type("Client", (), {"get_json": lambda self, path: answers[path], "post_json": lambda self, path, asked: order})()


class ResultsTest(unittest.TestCase):
    def test_methods_of_one_plan_share_what_was_measured(self):
        turns = [turn("Opt", 1, "p", 40), turn("ours", 1, "p")]
        measures = [measure("1", 1, "p", 50.0), measure("2", 1, "p", 9.0)]
        opt, ours = Results(turns, measures).cells()
        self.assertEqual(ours.tpot_ms, Spread(50, 50, 50))
        self.assertAlmostEqual(opt.tpot_errors[0], -0.2)
        self.assertEqual(ours.tpot_errors, ())

    def test_every_turn_counts_with_the_plan_it_had(self):
        turns = [turn("ours", 1, "q", 40), turn("ours", 2, "p", 60)]
        (ours,) = Results(turns, [measure("1", 1, "q", 50.0), measure("1", 2, "p", 50.0), measure("1", 2, "q", 9.0)]).cells()
        self.assertEqual((ours.plan, ours.tpot_ms), ("q or p", Spread(50, 50, 50)))
        self.assertEqual([round(error, 9) for error in ours.tpot_errors], [-0.2, 0.2])

    def test_refused_method_has_its_sentence_and_no_figures(self):
        (solo,) = Results([{"row": "1", "round": 1, "method": "Solo", "refusal": "no plan fits"}], []).cells()
        self.assertEqual(solo.refusal, "no plan fits")
        self.assertIsNone(solo.tpot_ms)

    def test_brakes_are_set_against_the_fastest_device(self):
        slow, _ = results.proportion([{"device": "a", "share": 0.25, "tpotMs": 41}, {"device": "b", "share": 1, "tpotMs": 10}])
        self.assertEqual((slow["ideal"], slow["found"]), (4, 4.1))


class VerdictsTest(unittest.TestCase):
    def test_far_prediction_misses_worst_and_not_median(self):
        cells = [cell("a", 100, predicted=101), cell("b", 100, predicted=140), cell("c", 100, predicted=99)]
        self.assertEqual(self.met(cells)[:2], [True, False])

    def test_errors_of_two_turns_do_not_cancel(self):
        self.assertEqual(self.met([cell("a", 100, predicted=100, errors=(-0.4, 0.4))])[:2], [False, False])

    def test_ours_must_be_fastest_or_nearly(self):
        self.assertEqual(self.met([cell("ours", 102), cell("other", 100)]), [True])
        self.assertEqual(self.met([cell("ours", 104), cell("other", 100)]), [False])

    def test_methods_are_set_against_each_other_within_a_round(self):
        own = cell("ours", 150, rounds={1: 90, 2: 102, 3: 204})
        other = cell("other", 100, rounds={1: 100, 2: 100, 3: 200})
        self.assertEqual(results.verdicts([own, other], "ours")[0].found, "1.020 of other")

    def test_one_turn_of_several_does_not_make_a_line_miss(self):
        self.assertEqual(self.met([cell("a", 100, predicted=100, errors=(-0.1, 0.8, 0.1))])[:2], [True, True])

    def test_slower_than_the_best_single_device_must_be_said(self):
        self.assertEqual(self.met([cell("other", 100, single=50)]), [False])
        self.assertEqual(self.met([cell("other", 100, single=50, notes=("cloud alone would be better: 50 ms",))]), [True])

    def test_best_single_device_counts_as_it_was_measured(self):
        single = cell("single", 60, predicted=50, single=50)
        self.assertTrue(self.met([single, cell("other", 61, predicted=55, single=50)])[-1])
        self.assertFalse(self.met([single, cell("other", 63, predicted=55, single=50)])[-1])

    def met(self, cells):
        return [one.met for one in results.verdicts(cells, "ours")]


class PagesTest(unittest.TestCase):
    def test_page_needs_nothing_else_and_shows_no_markup_of_others(self):
        page = pages.html("t", {"model": "<b>"}, [cell("ours", 104)], [], [], ["<i>"], "ours")
        self.assertIn("&lt;b&gt;", page)
        self.assertIn("&lt;i&gt;", page)
        for word in ("src=", "href=", "http"):
            self.assertNotIn(word, page)


def turn(method: str, number: int, plan: str, predicted: float | None = None) -> dict:
    return {"row": "1", "round": number, "method": method, "plan": plan, **({"predictedTpotMs": predicted} if predicted else {})}


def measure(row: str, number: int, plan: str, tpot: float) -> dict:
    return {"row": row, "round": number, "plan": plan, "tpotMs": tpot}


def cell(method: str, tpot: float, predicted: float | None = None, single: float | None = None, notes: tuple = (),
         errors: tuple | None = None, rounds: dict | None = None) -> Cell:
    found = (predicted / tpot - 1,) if predicted else ()
    return Cell("row", method, "plan", None, Spread(tpot, tpot, tpot), None, None, predicted, None,
                found if errors is None else errors, (), rounds or {1: tpot}, single, notes)


if __name__ == "__main__":
    unittest.main()

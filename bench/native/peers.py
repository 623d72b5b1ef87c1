"""
HiGHS and OR-tools, asked line by line on standard input: "load min FILE" or "load max FILE" reads a flow in DIMACS form; "run N" solves it N
times from a cold start and answers with the milliseconds that a run took the processor and the cost, or the amount. Models are handed over as arrays, and that isn't timed.

    python3 peers.py highspy | ortools
"""

import os
import sys
from time import process_time

import numpy as np


class Instance:
    """A flow in DIMACS form; nodes from 0."""

    def __init__(self, path):
        with open(path) as file:
            lines = file.read().splitlines()
        self.nodes = int(next(line for line in lines if line[0] == "p").split()[2])
        self.named = [line.split()[1:] for line in lines if line[0] == "n"]
        arcs = " ".join(line[2:] for line in lines if line[0] == "a")
        columns = len(next(line for line in lines if line[0] == "a").split()) - 1
        table = np.array(arcs.split(), dtype=np.int64).reshape(-1, columns)
        self.tail, self.head = (table[:, :2] - 1).T.astype(np.int32)
        self.arcs = table

    def supply(self):
        supply = np.zeros(self.nodes, dtype=np.int64)
        for node, amount in self.named:
            supply[int(node) - 1] = int(amount)
        return supply

    def ends(self):
        at = {role: int(node) - 1 for node, role in self.named}
        return at["s"], at["t"]


def clocked(work):
    start = process_time()
    value = work()
    return (process_time() - start) * 1000, value


def highs_min(instance):
    """Simplex without presolve, its best on pure networks. The last node's row follows from the others'."""
    import highspy

    arcs, rows = len(instance.tail), instance.nodes - 1
    supply = instance.supply()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = arcs, rows
    model.col_cost_ = instance.arcs[:, 4].astype(float)
    model.col_lower_ = instance.arcs[:, 2].astype(float)
    model.col_upper_ = instance.arcs[:, 3].astype(float)
    model.row_lower_ = model.row_upper_ = supply[:-1].astype(float)
    ends = np.stack([instance.tail, instance.head], axis=1)
    kept = ends < rows
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int32)
    model.a_matrix_.index_ = ends[kept]
    model.a_matrix_.value_ = np.broadcast_to([1.0, -1.0], ends.shape)[kept]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("solver", "simplex")
    solver.passModel(model)

    def run():
        solver.clearSolver()
        ms, _ = clocked(solver.run)
        optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return ms, solver.getInfo().objective_function_value if optimal else float("nan")

    return run


def ortools_min(instance):
    from ortools.graph.python import min_cost_flow

    supply = instance.supply()

    def run():
        solver = min_cost_flow.SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(
            instance.tail, instance.head, instance.arcs[:, 3], instance.arcs[:, 4]
        )
        solver.set_nodes_supplies(np.arange(instance.nodes, dtype=np.int32), supply)
        ms, status = clocked(solver.solve)
        return ms, solver.optimal_cost() if status == solver.OPTIMAL else float("nan")

    return run


def ortools_max(instance):
    from ortools.graph.python import max_flow

    source, sink = instance.ends()

    def run():
        solver = max_flow.SimpleMaxFlow()
        solver.add_arcs_with_capacity(instance.tail, instance.head, instance.arcs[:, 2])
        ms, status = clocked(lambda: solver.solve(source, sink))
        return ms, solver.optimal_flow() if status == solver.OPTIMAL else float("nan")

    return run


SOLVERS = {("highspy", "min"): highs_min, ("ortools", "min"): ortools_min, ("ortools", "max"): ortools_max}


def main():
    [peer] = sys.argv[1:]
    # What solvers say on their own isn't an answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    if peer == "highspy":
        import highspy  # noqa: F401
    else:
        from ortools.graph.python import max_flow, min_cost_flow  # noqa: F401
    print("ready", file=answers, flush=True)
    run = None
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "load":
            kind, path = rest
            run = SOLVERS[peer, kind](Instance(path))
            print("loaded", file=answers, flush=True)
        else:
            runs = int(rest[0])
            took = [run() for _ in range(runs)]
            ms, value = sum(ms for ms, _ in took) / runs, took[-1][1]
            print(ms, value, file=answers, flush=True)


main()

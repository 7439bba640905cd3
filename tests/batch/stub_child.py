"""The child process of a batch with a quick stand-in for the report, which does what the scenario's name says."""

import errno
import os
import signal
import time

from jspmodel.batch import run_job, run_process
from jspmodel.intake import plan_text
from jspmodel.selection import select_programs


def compute(work, keeper, watch=None, asked=None):
    plan = select_programs(work.case, work.scenario, watch)
    (work.folder / "plan.json").write_text(plan_text(plan), encoding="utf-8")
    return plan


def render(work, plan, keeper):
    name, home = work.scenario.name, work.case.folder.parent
    (work.folder / "report.id.html").write_text("page")
    if name == "full":
        raise OSError(errno.ENOSPC, "No space left on device", str(work.folder))
    if name == "bug":
        raise ZeroDivisionError("what nobody thought of")
    if name == "slow":
        (home / "pid").write_text(str(os.getpid()))
        time.sleep(600)
    if name.startswith("dies"):
        with (home / f"{name}.times").open("a") as file:
            file.write("x")
        if name == "dies_always" or (home / f"{name}.times").read_text() == "x":
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    run_job.compute, run_job.render = compute, render
    run_process.main()

"""A pytest plugin: writes one JSON line for each test into the file SUITE_REPORT."""

import json
import os


def pytest_runtest_logreport(report):
    failed_early = report.when != "call" and not report.passed
    if report.when != "call" and not failed_early:
        return
    why = ""
    if report.failed:
        why = getattr(report.longrepr, "reprcrash", None)
        why = why.message if why else str(report.longrepr)
    line = {"name": report.nodeid, "outcome": report.outcome, "why": why}
    with open(os.environ["SUITE_REPORT"], "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")

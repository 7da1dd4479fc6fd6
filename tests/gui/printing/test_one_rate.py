"""The window, its PDF, Excel, the command line and the query state one share of lost disputes, whatever the switches."""

from random import Random

from tests.hard.rates import compare_rates


def test_the_number_in_the_window_is_that_of_every_paper_and_command(desk):
    """Two data sets of the 200 that ``python -m tests.hard.rates`` compares, each under all four settings."""
    desk.window.go("reports")
    assert compare_rates(desk.database, desk.window.stack.currentWidget(), 2, Random(5)) == 2 * 4

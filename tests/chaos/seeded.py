"""Rounds of chaos whose seed fixes the schedule, too; tests/python's harness runs each seed.

Invariant: nothing of a round comes from elsewhere than its seed and the rounds before it.
"""

from harness import outside
from round import play_round


def test_chaos():
    """Random programs end as they must, whatever the order of turns."""
    play, chosen = play_round(outside.draw(1 << 30), virtual=True)
    if play.failures:
        told = "\n".join(play.failures[:5])
        raise AssertionError(f"{', '.join(chosen)}\n{told}")

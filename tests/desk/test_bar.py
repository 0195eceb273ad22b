"""The line on the terminal: how far, how fast, how long."""

import io
from types import SimpleNamespace

import pytest

from layout.desk import bar
from layout.desk.bar import CLEAR, WIDTH, Bar, said


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 2


@pytest.fixture
def terminal(monkeypatch):
    """Standard error as a terminal of 60 columns, and no service."""
    stream = Terminal()
    monkeypatch.setattr(bar, "sys", SimpleNamespace(stderr=stream))
    monkeypatch.setattr(bar.os, "get_terminal_size", lambda _: bar.os.terminal_size((60, 20)))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return stream


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(bar, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize(
    ("done", "seconds", "line"),
    [
        (0, 0.0, "[........................] 0/1000, 0 a second: a.yaml"),
        (250, 10.0, "[######..................] 250/1000, 25 a second, 0:30 left: a.yaml"),
        (500, 5000.0, "[############............] 500/1000, 0.1 a second, 1:23:20 left: a.yaml"),
        (1000, 20.0, "[########################] 1000/1000, 50 a second, 0:00 left: a.yaml"),
    ],
)
def test_what_it_says(done, seconds, line):
    assert said(done, 1000, seconds, "a.yaml") == line
    assert line.index("]") == WIDTH + 1


def test_a_name_cannot_command_the_terminal():
    assert said(1, 2, 1.0, "a\x1b[2Jb").endswith(": a?[2Jb")


def test_it_is_drawn_ten_times_a_second_at_most_and_no_wider_than_the_terminal(terminal, clock):
    line = Bar(1000, wanted=True)
    for number in range(100):
        clock[0] += 0.02
        line.step(f"a-rather-long-name-{number}.yaml")
    drawn = terminal.getvalue().split(CLEAR)[1:]
    assert 15 <= len(drawn) <= 20
    assert all(len(text) == 59 for text in drawn)


def test_room_is_made_only_where_it_stands(terminal, clock):
    line = Bar(3, wanted=True)
    line.clear()
    assert terminal.getvalue() == ""
    line.step("a")
    assert not terminal.getvalue().endswith(CLEAR)
    line.clear()
    line.clear()
    assert terminal.getvalue().count(CLEAR) == 2 and terminal.getvalue().endswith(CLEAR)


@pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("CI", "1"), ("TERM", "dumb")])
def test_services_and_plain_terminals_see_none(terminal, monkeypatch, name, value):
    assert Bar(3, wanted=True).shown
    monkeypatch.setenv(name, value)
    assert not Bar(3, wanted=True).shown
    assert not Bar(3, wanted=False).shown


def test_a_single_thing_needs_none(terminal):
    assert not Bar(1, wanted=True).shown

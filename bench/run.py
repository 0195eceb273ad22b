"""Measure Offprint against ReportLab's platypus and Typst: the same jobs, in one run, turn by turn.

    python bench/run.py [--markdown] [--date YYYY-MM-DD] [--quick] [CASE...]

Every figure is of whole processes. A round runs each program once, one after the other, and a case is
some rounds after one that is thrown away: whatever else the machine does meets all programs alike. *CPU*
is user and system seconds of the process and its children, from wait4(2), the median of the rounds; a
*ratio* is the median of the ratios inside the rounds. *Peak* is the largest resident set of any process.

Cases: cold (one interview), many (200 interviews with portraits, a PDF each, Offprint also with two processes, and as
two commands at once of a half each: what the machine itself has to give), issue (100 in one PDF, without portraits).
Line quality is read from the PDFs by meter.py, which knows nothing of who made them.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BENCH = os.path.join(ROOT, "bench")
SAMPLE = os.path.join(ROOT, "sources", "mine-ban-convention.yaml")
PROGRAMS = ("Offprint", "ReportLab", "Typst")
TWO = "Offprint, 2 processes"
"""The row of Offprint with two workers."""
APART = "Offprint, 2 commands"
"""The row of two commands that know nothing of each other, each with a half of the sources."""
ROUNDS = {"cold": 15, "many": 3, "issue": 3}
TITLES = {
    "cold": "cold: one interview, one process",
    "many": "many: 200 interviews with portraits, a PDF each",
    "issue": "issue: 100 interviews in one PDF",
}
MANY = 200
COUNTS = {"cold": 0, "many": MANY, "issue": 100}
"""How many of the made interviews a case sets; none: the sample."""
METERED = 40
"""Of the many PDFs, how many the meter reads: reading takes longer than making."""

# Programs start as they do every day but the first: what is compiled once is kept.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


class Sample:
    """What one process took, or several at once: the time until all have ended, CPU in all, the highest peak."""

    def __init__(self, *commands: list[str]) -> None:
        """Run commands to their ends; the output of one is shown only where it fails."""
        start = time.perf_counter()
        with ExitStack() as files:
            logs = {}
            for argv in commands:
                log = files.enter_context(tempfile.TemporaryFile())
                actions = [(os.POSIX_SPAWN_DUP2, log.fileno(), number) for number in (1, 2)]
                logs[os.posix_spawn(argv[0], argv, os.environ, file_actions=actions)] = argv, log
            ended = [(logs[pid], *os.wait4(pid, 0)[1:]) for pid in logs]
            self.wall = time.perf_counter() - start
            for (argv, log), status, _ in ended:
                code = os.waitstatus_to_exitcode(status)
                if code:
                    log.seek(0)
                    words = log.read().decode("utf-8", "replace")
                    raise SystemExit(f"{' '.join(argv)}\nended with {code}:\n{words}")
        usages = [usage for *_, usage in ended]
        self.cpu = sum(usage.ru_utime + usage.ru_stime for usage in usages)
        divisor = 1024 if sys.platform != "darwin" else 1024 * 1024
        self.peak = max(usage.ru_maxrss for usage in usages) / divisor


def archive_of(texts: str) -> str:
    """The folder of the same texts with portraits."""
    return f"{texts}-with-portraits"


def commands(program: str, case: str, texts: str, out: str) -> tuple[list[list[str]], list[str]]:
    """The command of a program for a case, or two to run at once, and the PDFs that are made."""
    source, target = {
        "cold": (SAMPLE, os.path.join(out, "one.pdf")),
        "many": (os.path.join(archive_of(texts), "interviews"), os.path.join(out, "many")),
        "issue": (os.path.join(texts, "issue.yaml"), os.path.join(out, "issue.pdf")),
    }[case]
    made = [target]
    if case == "many":
        os.makedirs(target, exist_ok=True)
        made = [os.path.join(target, f"{number:04}.pdf") for number in range(MANY)]
    words: list[list[str]]
    if program == APART:
        made = [f"{target}-{number % 2}/{number:04}.pdf" for number in range(MANY)]
        files = [os.path.join(source, f"{number:04}.yaml") for number in range(MANY)]
        words = [build([*files[half::2], "-o", f"{target}-{half}"], "1") for half in (0, 1)]
    elif program in ("Offprint", TWO):
        words = [build([source, "-o", target], "2" if program == TWO else "1")]
    else:
        job = "one" if case == "cold" else case
        words = [[os.path.join(BENCH, f"peer_{program.lower()}.py"), job, source, target]]
    return [[sys.executable, *some] for some in words], made


def build(words: list[str], jobs: str) -> list[str]:
    """A build of ours: what is built and where to, by so many processes."""
    return ["-m", "layout", "build", *words, "--force", "--quiet", "--jobs", jobs]


def run_case(case: str, rounds: int, texts: str, out: str) -> dict[str, dict[str, object]]:
    """All programs in turn, `rounds` times after a warm-up; figures by program."""
    names = [f"{number:04}.yaml" for number in range(COUNTS[case])]
    sources = [os.path.join(texts, "interviews", name) for name in names] or [SAMPLE]
    jobs = {}
    programs = rows_of(case)
    for program in programs:
        folder = os.path.join(out, case, program)
        os.makedirs(folder)
        jobs[program] = commands(program, case, texts, folder)
    samples: dict[str, list[Sample]] = {program: [] for program in programs}
    for number in range(rounds + 1):
        for program, (words, _) in jobs.items():
            sample = Sample(*words)
            if number:
                samples[program].append(sample)
        print(f"{case}: round {number} of {rounds}", file=sys.stderr)
    return {
        program: {
            "cpu": statistics.median(s.cpu for s in samples[program]),
            "wall": statistics.median(s.wall for s in samples[program]),
            "peak": max(s.peak for s in samples[program]),
            "ratios": {
                other: statistics.median(
                    a.cpu / b.cpu for a, b in zip(samples[program], samples[other], strict=True)
                )
                for other in PROGRAMS
            },
            "faster": statistics.median(
                b.wall / a.wall for a, b in zip(samples[program], samples["Offprint"], strict=True)
            ),
            "bytes": sum(os.path.getsize(file) for file in jobs[program][1]),
            "pages": ask("pages", jobs[program][1]),
            "words": ask("words", sources),
            "quality": ask("quality", jobs[program][1][:METERED]),
        }
        for program in programs
    }


def rows_of(case: str) -> list[str]:
    """The programs of a case, in the order of the rows."""
    return ["Offprint", TWO, APART, *PROGRAMS[1:]] if case == "many" else list(PROGRAMS)


COUNTERS = {
    "pages": "import sys, pypdf; print(sum(len(pypdf.PdfReader(f).pages) for f in sys.argv[1:]))",
    "words": """
import sys, yaml
turns = [t for f in sys.argv[1:] for t in yaml.load(open(f, "rb"), yaml.CSafeLoader)["interview"]]
print(sum(len(f"{t['question']} {t['answer']}".split()) for t in turns if "question" in t))
""",
}
"""Programs that count something in files."""


def ask(what: str, files: list[str]) -> object:
    """Read files in a process of their own: this one stays small, as a child's peak begins at its parent's."""
    if what == "quality":
        argv = [sys.executable, os.path.join(BENCH, "meter.py"), "--json", *files]
    else:
        argv = [sys.executable, "-c", COUNTERS[what], *files]
    return json.loads(subprocess.run(argv, check=True, capture_output=True, text=True).stdout)


def surroundings(date: str) -> str:
    """One line: when, on what, with which versions."""
    code = (
        "import json, sys; from importlib.metadata import version as v;"
        "print(json.dumps({n: v(n) for n in ('offprint', 'reportlab', 'typst', 'pyphen')}))"
    )
    made = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    versions = json.loads(made.stdout)
    cpu = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            cpu = next(
                (line.split(":")[1].strip() for line in file if line.startswith("model name")), cpu
            )
    except OSError:
        pass
    return (
        f"{date}; {cpu}, {os.cpu_count()} cores; Python {platform.python_version()}; "
        f"Offprint {versions['offprint']}, ReportLab {versions['reportlab']} with pyphen "
        f"{versions['pyphen']}, Typst by the binding {versions['typst']}"
    )


COLUMNS = (
    "program", "cpu s", "wall s", "÷ ReportLab", "÷ Typst", "pages", "pages a cpu s", "words a cpu s", "peak MiB", "kB",
    "space CV", "mean space", "> 1.33", "> 1.5", "< 0.8", "hyphens/100", "ladder",
)  # fmt: skip


def row(program: str, figures: dict) -> list[str]:
    """The cells of one program's line."""
    quality, ratios = figures["quality"], figures["ratios"]
    return [
        program,
        f"{figures['cpu']:.3f}",
        f"{figures['wall']:.3f}",
        f"{ratios['ReportLab']:.2f}",
        f"{ratios['Typst']:.2f}",
        f"{figures['pages']}",
        f"{figures['pages'] / figures['cpu']:.0f}",
        f"{figures['words'] / figures['cpu']:,.0f}",
        f"{figures['peak']:.0f}",
        f"{figures['bytes'] / 1000:,.0f}",
        f"{quality['variation']:.3f}",
        f"{quality['mean']:.2f}",
        *(f"{100 * quality[name]:.1f} %" for name in ("loose", "very_loose", "tight")),
        f"{quality['hyphens']:.1f}",
        f"{quality['ladder']}",
    ]


def judged(name: str, value: float, limit: float, least: bool = False) -> str:
    """A figure beside what is wanted; ! where it is worse."""
    worse = value < limit if least else value > limit
    return (
        f"{name} {value:.2f}{'!' if worse else ''} ({'at least' if least else 'at most'} {limit:g})"
    )


def wanted(case: str, figures: dict[str, dict]) -> str:
    """A line of what is wanted of a case."""
    own = figures["Offprint"]
    if case == "cold":
        found = [judged("÷ ReportLab", own["ratios"]["ReportLab"], 0.5)]
    elif case == "many":
        found = [
            judged("pages a second of CPU", own["pages"] / own["cpu"], 200, least=True),
            judged(
                "two processes are faster by the clock, times",
                figures[TWO]["faster"],
                1.7,
                least=True,
            ),
            f"two commands that know nothing of each other {figures[APART]['faster']:.2f}",
            judged("peak MiB a process", max(own["peak"], figures[TWO]["peak"]), 120),
        ]
    else:
        found = [
            judged("÷ Typst", own["ratios"]["Typst"], 0.5),
            judged("MB", own["bytes"] / 1e6, 0.9),
            judged("peak MiB", own["peak"], 100),
        ]
    return f"wanted: {'; '.join(found)}. ! where it is worse."


def markdown(results: dict[str, dict], where: str) -> str:
    """The whole report."""
    parts = [where]
    for case, figures in results.items():
        rows = [list(COLUMNS), ["---"] + ["---:"] * (len(COLUMNS) - 1)]
        rows += [row(program, figures[program]) for program in rows_of(case)]
        parts.append(f"**{TITLES[case]}**")
        parts.append("\n".join(f"| {' | '.join(cells)} |" for cells in rows))
        parts.append(wanted(case, figures))
    parts.append(
        "cpu s: user + system, whole processes, median of the rounds; ratios: median of the ratios inside "
        "the rounds, below 1 is faster. Pages are counted whole, however full; words are those of questions "
        "and answers. Spaces: of justified body lines, CV over all spaces, the rest in "
        "natural spaces of the face, with the share of lines that are looser or tighter."
    )
    return "\n\n".join(parts)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure Offprint against ReportLab and Typst.")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="cold, many, issue; default: all")
    parser.add_argument("--markdown", action="store_true", help="a report in place of JSON")
    parser.add_argument("--date", help="default: SOURCE_DATE_EPOCH, else today")
    parser.add_argument("--quick", action="store_true", help="one round of each case")
    parser.add_argument("--keep", metavar="FOLDER", help="keep texts and PDFs in a new folder")
    options = parser.parse_args()
    if unknown := set(options.cases) - set(ROUNDS):
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    epoch = float(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    date = options.date or time.strftime("%Y-%m-%d", time.gmtime(epoch))
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.abspath(options.keep or scratch)
        texts = os.path.join(out, "texts")
        for folder, *more in ((texts,), (archive_of(texts), "--portraits")):
            maker = [os.path.join(BENCH, "make_interviews.py"), folder, str(MANY), *more]
            subprocess.run([sys.executable, *maker], check=True, stdout=sys.stderr)
        os.chdir(ROOT)
        results = {
            case: run_case(case, 1 if options.quick else ROUNDS[case], texts, out)
            for case in options.cases or ROUNDS
        }
    where = surroundings(date)
    if options.markdown:
        print(markdown(results, where))
    else:
        print(json.dumps({"where": where, "cases": results}, indent=1))


if __name__ == "__main__":
    main()

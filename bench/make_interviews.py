"""Write varied interviews in Offprint's format for the benchmarks: the same number gives the same text.

    python bench/make_interviews.py FOLDER [COUNT] [--portraits]

FOLDER gets `interviews/0000.yaml` and so on, each with about 500 words of questions and answers and a
box of five accounts, and `issue.yaml`, which binds the first 100 of them. The sentences mean nothing; the
lengths of words, sentences and paragraphs are those of plain English prose, so that lines break as hard
as they do in practice. No two interviews share a paragraph: a program that keeps words it has seen gains
by it, one that keeps whole texts does not. With `--portraits` each has a picture of its own in `interviews/portraits`,
a JPEG with the grain of a photograph.
"""

import random
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
IN_ISSUE = 100
WORDS = 490
PORTRAIT = (600, 742)
"""Pixels of a portrait: 400 an inch at the size that the built-in brand shows."""
DISCLAIMER = (
    "The contents of this sample do not necessarily reflect the views of anybody: "
    "they were made by a program to measure typesetters."
)
PARTS = {"n": "nouns", "v": "verbs", "a": "adjectives", "b": "adverbs", "p": "places"}
ARTICLES = {
    "the": ("the", "the", "the", "our", "this", "their"),
    "an": ("some", "one", "another", "no", "the"),
}
QUESTIONS = (
    "When did {the} {a} {n} become part of your work?",
    "What motivated {the} {n} to open {an} {n}?",
    "Have you established {an} {a} {n} for your colleagues, and if so, who {v} it?",
    "What is your {a} {n}?",
    "How does {the} {a} {n} compare with {the} {n} that you had before?",
    "Do you also take part in {the} {n} of {p}?",
    "Overall, what role does {the} {n} play in your {n}?",
    "In the coming years, do you think {the} {a} {n} will be a major part of {the} {n}?",
    "Who {v} {the} {n}, and how {b} is that done?",
    "Could you tell our readers about {the} {a} {n} in {p}?",
)
CLAUSES = (
    "{the} {a} {n} {b} {v} {the} {n} of {the} {n}",
    "{the} {n} in {p} {v} {an} {a} {n}",
    "we see that {the} {n} {b} {v} our {n}",
    "every {n} {v} {the} {a} {n}",
    "it is {a} to us that {an} {a} {n} {v} {the} {n}",
    "there is hardly {an} {n} which {v} {the} {a} {n} and {the} {n}",
    "our {n} {v} up to {d} {n}s a year",
    "since {y}, {the} {n} {b} {v} what {the} {n} needs",
    "I am {b} asked whether {the} {n} is {a} or {a}",
    "that was {an} {a} {n}",
)
JOINTS = (", and ", ", but ", "; ", ", because ", ", so that ", " when ", " – and ", " while ")


def read_words() -> dict[str, list[str]]:
    """The vocabulary by part of speech."""
    words: dict[str, list[str]] = {}
    part: list[str] = []
    for line in (HERE / "words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            part = words.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            part += line.split()
    return words


class Writer:
    """Makes sentences from a vocabulary and a seeded source of chance."""

    def __init__(self, words: dict[str, list[str]], seed: int) -> None:
        self.words = words
        self.chance = random.Random(seed)

    def pick(self, part: str) -> str:
        """One word of a part of speech."""
        return self.chance.choice(self.words[part])

    def blank(self, name: str) -> str:
        """What goes into one blank of a pattern."""
        match name:
            case "d":
                return str(self.chance.randint(2, 4000))
            case "y":
                return str(self.chance.randint(1950, 2025))
            case "the" | "an":
                return self.chance.choice(ARTICLES[name])
        return self.pick(PARTS[name])

    def fill(self, pattern: str) -> str:
        """A pattern with each of its blanks filled, left to right."""
        pieces = pattern.replace("}", "{").split("{")
        pieces[1::2] = [self.blank(name) for name in pieces[1::2]]
        return "".join(pieces)

    def sentence(self) -> str:
        """One sentence of one to three clauses."""
        text = self.fill(self.chance.choice(CLAUSES))
        for _ in range(self.chance.choice((0, 0, 1, 1, 2))):
            text += self.chance.choice(JOINTS) + self.fill(self.chance.choice(CLAUSES))
        if self.chance.random() < 0.08:
            text = f"“{self.pick('adjectives').title()} indeed”, as they say: {text}"
        return text[0].upper() + text[1:] + self.chance.choice("......?")

    def paragraph(self, sentences: int) -> str:
        """Some sentences."""
        return " ".join(self.sentence() for _ in range(sentences))


def handle(name: str, number: int) -> str:
    """A handle that a network would give: letters and digits, 15 at most."""
    return f"@{name.replace('-', '')[:12]}{number}"


def make_interview(words: dict[str, list[str]], number: int) -> dict[str, Any]:
    """One interview as the YAML file holds it."""
    writer = Writer(words, number)
    chance = writer.chance
    organisation = writer.fill("{a} {n} {n}").title()
    turns: list[dict[str, str]] = []
    count = 0
    while count < WORDS:
        paragraphs = [writer.paragraph(chance.choice((1, 1, 2, 2, 3)))]
        if chance.random() < 0.2:
            paragraphs.append(writer.paragraph(2))
        question = writer.fill(chance.choice(QUESTIONS))
        turns.append({"question": question, "answer": "\n\n".join(paragraphs)})
        count += len(f"{question} {' '.join(paragraphs)}".split())
    entries = [
        {
            "handle": handle(writer.pick("nouns").title(), chance.randint(1, 99)),
            "name": writer.fill("{a} {n}").title(),
            "about": writer.fill("{an} {a} {n} that {v} {the} {n} and {the} {a} {n} in {p}."),
        }
        for _ in range(5)
    ]
    return {
        "format": 1,
        "title": organisation,
        "kicker": "Social media",
        "standfirst": writer.sentence(),
        "language": "en-GB",
        "date": f"{chance.randint(2009, 2025)}-{chance.randint(1, 12):02}",
        "interviewee": {"name": organisation, "handle": handle(organisation.split()[0], number)},
        "interview": turns,
        "accounts": {"title": "Five accounts to follow", "entries": entries},
        "tagline": "Made by a program to measure typesetters.",
        "disclaimer": DISCLAIMER,
    }


def draw_portrait(path: Path, number: int) -> None:
    """A head before a background, in colours and grain of its own."""
    from PIL import Image, ImageDraw

    chance = random.Random(number)
    shades = [tuple(chance.randint(40, 220) for _ in range(3)) for _ in range(3)]
    picture = Image.new("RGB", PORTRAIT, shades[0])
    draw = ImageDraw.Draw(picture)
    width, height = PORTRAIT
    draw.ellipse((width * 0.1, height * 0.7, width * 0.9, height * 1.4), fill=shades[1])
    draw.ellipse((width * 0.28, height * 0.15, width * 0.72, height * 0.72), fill=shades[2])
    grain = Image.frombytes("RGB", PORTRAIT, chance.randbytes(3 * width * height))
    Image.blend(picture, grain, 0.08).save(path, quality=85)


def write(path: Path, value: dict[str, Any]) -> None:
    """One YAML file, in the order of the format's description."""
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, "utf-8")


def make(folder: Path, count: int, portraits: bool = False) -> int:
    """Write `count` interviews and the issue; return the words of their questions and answers."""
    words, total = read_words(), 0
    (folder / "interviews").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        interview = make_interview(words, number)
        total += sum(len(f"{t['question']} {t['answer']}".split()) for t in interview["interview"])
        if portraits:
            picture = folder / "interviews" / "portraits" / f"{number:04}.jpg"
            picture.parent.mkdir(exist_ok=True)
            draw_portrait(picture, number)
            named = {"image": f"portraits/{picture.name}", "alt": "A head before a background"}
            interview["interviewee"]["portrait"] = named
        write(folder / "interviews" / f"{number:04}.yaml", interview)
    bound = [
        {"interview": f"interviews/{number:04}.yaml"} for number in range(min(count, IN_ISSUE))
    ]
    write(
        folder / "issue.yaml",
        {
            "format": 1,
            "title": "Sample issue",
            "number": "1",
            "language": "en-GB",
            "contents": bound,
        },
    )
    return total


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--portraits"]
    if not 1 <= len(words) <= 2 or words[0].startswith("-"):
        sys.exit("usage: python bench/make_interviews.py FOLDER [NUMBER] [--portraits]")
    target, number = Path(words[0]), int(words[1]) if len(words) > 1 else 200
    made = make(target, number, "--portraits" in sys.argv)
    print(f"{made / number:.0f} words an interview in {target}")

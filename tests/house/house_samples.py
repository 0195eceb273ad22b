"""What the tests of the house share: brands written into a folder, and what is wrong with them."""

from functools import cache
from pathlib import Path

from layout.ground.problems import Refused
from layout.house.brand import Brand
from layout.house.brands import Found, read_brand


@cache
def focus() -> Brand:
    """The built-in brand."""
    return read_brand(None, "interview.yaml").brand


class Shelf:
    """A folder with an interview's place in it, and brands beside and below it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = str(folder / "interview.yaml")

    def put(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def found(self, name: str | None) -> Found:
        return read_brand(name, self.source)

    def read(self, text: str) -> Brand:
        """The brand of a text over the built-in one."""
        self.put("brands/own.yaml", text)
        return self.found("own").brand

    def problems(self, name: str) -> list[str]:
        """`FILE:LINE:COLUMN message | hint` of each problem of a brand that must be refused."""
        try:
            self.found(name)
        except Refused as refused:
            return [
                str(problem.place).replace(f"{self.folder}/", "")
                + f" {problem.message}"
                + (f" | {problem.hint}" if problem.hint else "")
                for problem in refused.problems
            ]
        raise AssertionError(f"{name} was taken")

    def faults(self, text: str) -> list[str]:
        """The problems of a text as a brand, without the file's name."""
        self.put("brands/own.yaml", text)
        return [problem.removeprefix("brands/own.yaml:") for problem in self.problems("own")]

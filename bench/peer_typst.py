"""The benchmark's job as Typst does it, by its Python binding.

    python bench/peer_typst.py one INTERVIEW.yaml OUT.pdf
    python bench/peer_typst.py many FOLDER OUT_FOLDER
    python bench/peer_typst.py issue ISSUE.yaml OUT.pdf

`many` keeps one compiler, as a service would.
"""

import os
import sys

import typst

HERE = os.path.dirname(os.path.abspath(__file__))
FONTS = os.path.join(os.path.dirname(HERE), "fonts")


def interviews_of(issue: str) -> list[str]:
    """The files that an issue binds; its lines are simple enough to need no YAML reader here."""
    with open(issue, encoding="utf-8") as file:
        names = [line.split("interview:")[1].strip() for line in file if "- interview:" in line]
    return [os.path.join(os.path.dirname(os.path.abspath(issue)), name) for name in names]


def main() -> None:
    """Do what the command line says."""
    job, source, target = sys.argv[1:]
    compiler = typst.Compiler(root="/", font_paths=[FONTS], ignore_system_fonts=True)

    def compile_to(files: list[str], path: str) -> None:
        inputs = {"files": "\n".join(os.path.abspath(file) for file in files)}
        compiler.compile(os.path.join(HERE, "peer.typ"), output=path, sys_inputs=inputs)

    if job == "one":
        compile_to([source], target)
    elif job == "many":
        for name in sorted(name for name in os.listdir(source) if name.endswith(".yaml")):
            compile_to([os.path.join(source, name)], os.path.join(target, f"{name[:-5]}.pdf"))
    else:
        compile_to(interviews_of(source), target)


if __name__ == "__main__":
    main()

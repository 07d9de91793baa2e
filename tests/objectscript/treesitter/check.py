"""Parses every class below some directories with the tree-sitter grammar for ObjectScript that InterSystems publishes.

Prints each place that the grammar does not understand; the exit code is 1 when there is one, or when there is no class.
"""

import pathlib
import sys

import tree_sitter
import tree_sitter_objectscript_udl

HELP = "usage: check.py DIRECTORY...\n  exit 1 when a class does not parse"


def problems(node):
    """Yield the nodes that are errors, or that the parser had to invent."""
    if node.is_error or node.is_missing:
        yield node
    elif node.has_error:
        for child in node.children:
            yield from problems(child)


def check(parser, path):
    """Print the problems of one file and return how many there are."""
    found = list(problems(parser.parse(path.read_bytes()).root_node))
    for node in found:
        row, column = node.start_point
        text = node.text.decode(errors="replace").split("\n")[0][:60]
        what = f"{node.type} is missing" if node.is_missing else f"cannot parse {text!r}"
        print(f"{path}:{row + 1}:{column + 1}: {what}")
    return len(found)


def main(arguments):
    if not arguments or arguments[0] in ("-h", "--help"):
        print(HELP)
        return 0 if arguments else 2
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_objectscript_udl.language_objectscript_udl()))
    classes = sorted(path for directory in arguments for path in pathlib.Path(directory).rglob("*.cls"))
    if not classes:
        print("no class found")
        return 1
    return 1 if sum(check(parser, path) for path in classes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

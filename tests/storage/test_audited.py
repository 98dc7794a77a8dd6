"""Whatever a repository changes is noted in the audit log, or is named here with the reason.

Read from the source, so that a method that is added tomorrow is seen: it writes where it, or what
it calls in its module, makes a statement that writes or touches a row.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import storage

ROOM = Path(storage.__file__).parent
STATEMENTS = {"insert", "update", "delete", "insert_new", "insert_all_new", "put"}
ON_A_SESSION = {"add", "add_all", "delete", "merge"}

WORKING = "working state of the program: nobody's data are changed by it"
IN_THE_OPEN = "noted by who calls it, in the same transaction"
EXEMPT = {
    "Conversations": WORKING,
    "Digests": WORKING,
    "Hearings": WORKING,
    "Inbox": WORKING,
    "Knocks": WORKING,
    "Leases": WORKING,
    "Outbox": WORKING,
    "Pulses": WORKING,
    "Schedules": "the ledger and its proof are a record of their own",
    "Ledger": "it is itself the record of what was sent to whom, and why not",
    "Recipients": "it is itself the record of a notice, whose every step is noted by Broadcasts",
    "Audit": "it is the log",
    "Quotations": "a part of erasing, which is noted",
    "DeadUpdates": IN_THE_OPEN,
    "UnsettledLetters": IN_THE_OPEN,
    "Choices.keep": WORKING,
    "Choices.touch": WORKING,
    "Broadcasts.take_on": "who confirms it is noted with its next state, in the same transaction",
    "Broadcasts.show": "where the sender's own preview stands in the chat",
    "Errands.settle": WORKING,
    "Errands.again": WORKING,
    "Errands.forget": WORKING,
    "Exhibits.again": WORKING,
    "Exhibits.shredded": "the bytes of what was noted as removed",
    "Erasure.forget_chat": "a part of erasing; on its own it is a request, noted by Requests",
    "People.welcome": "followed at once by consent or a role, which are noted",
    "People.unreachable": "what Telegram says of a chat",
    "People.reachable": "what Telegram says of a chat",
    "Picked.mark": "a part of approving, which is noted with the codes",
    "Versions.keep": "a part of sending in, which is noted with the version",
    "Reports.open": "an empty draft: what is written on it is noted",
}


class Module:
    """The functions of one file by name, each with the names that it reads."""

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.known = {
            target.id: node.value
            for node in self.tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        } | {node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef)}

    def classes(self) -> Iterator[tuple[str, dict[str, ast.AST]]]:
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef):
                found = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
                if "session" in ast.dump(found.get("__init__", node)):
                    yield node.name, dict(found)

    def reached(self, methods: dict[str, ast.AST], start: ast.AST) -> list[ast.AST]:
        """This method and what it comes to by methods, functions and statements of the module."""
        found, left = [], [start]
        while left:
            node = left.pop()
            if node in found:
                continue
            found.append(node)
            for part in ast.walk(node):
                if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                    left += [methods[part.attr]] if part.attr in methods else []
                if isinstance(part, ast.Name):
                    left += [self.known[part.id]] if part.id in self.known else []
        return found


def writes(nodes: list[ast.AST]) -> bool:
    for part in (part for node in nodes for part in ast.walk(node)):
        if isinstance(part, ast.Call):
            called = ast.unparse(part.func)
            if called in STATEMENTS or called in {f"self.session.{verb}" for verb in ON_A_SESSION}:
                return True
        if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
            return True
    return False


def notes(nodes: list[ast.AST]) -> bool:
    names = (
        ast.unparse(part.func)
        for node in nodes
        for part in ast.walk(node)
        if isinstance(part, ast.Call)
    )
    return any(name == "Audit" for name in names)


def silent() -> set[str]:
    """Class.method of all that write and do not note."""
    found = set()
    for path in ROOM.glob("*.py"):
        module = Module(path)
        for name, methods in module.classes():
            for method, node in methods.items():
                reached = module.reached(methods, node)
                if not method.startswith("_") and writes(reached) and not notes(reached):
                    found.add(f"{name}.{method}")
    return found


def exempt(place: str) -> bool:
    return place in EXEMPT or place.partition(".")[0] in EXEMPT


def test_whatever_writes_is_noted_or_has_a_reason_not_to_be() -> None:
    assert sorted(place for place in silent() if not exempt(place)) == []


def test_no_reason_is_given_for_what_does_not_write() -> None:
    found = silent()
    named = found | {place.partition(".")[0] for place in found}
    assert sorted(EXEMPT.keys() - named) == []

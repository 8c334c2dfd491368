"""What a command line asks of `python`, read as `Python/initconfig.c` of CPython reads it.

Invariant: nothing is done here; who reads the arguments prints what they ask for, and ends.
"""

_WITHOUT_VALUE = "bdiqsuvxBEIOPRSV"
_WITH_VALUE = "cmWX"
_PYCS = ("always", "default", "never")
#: Options that print a text, by what they print.
_LONG = {
    "--help": "h",
    "--help-all": "all",
    "--help-env": "environment",
    "--help-xoptions": "extras",
}


class UsageError(Exception):
    """An option that `python` does not know."""


class Arguments:
    """What a command line asks for."""

    def __init__(self, argv: list[str]) -> None:
        self.options: set[str] = set()
        #: How often `-b` and `-V` are there, which counts.
        self.bytes = self.versions = 0
        self.warnings: list[str] = []
        self.extra: list[str] = []
        #: What is to be printed in place of running a program: "h", "V", "all", "environment",
        #: "extras" or "".
        self.shows = ""
        #: How the program is given: "-c", "-m", "-" (standard input) or "" (a file).
        self.form = "-"
        self.source = ""
        self.argv = [""]
        self._read(argv[1:])
        if self.versions and not self.shows:
            self.shows = "V"

    @property
    def extras(self) -> dict[str, str]:
        """What `-X` was told; "" for an option without a value."""
        pairs = (value.partition("=") for value in self.extra)
        return {name: text for name, _, text in pairs}

    @property
    def ignores_environment(self) -> bool:
        """Whether variables like PYTHONPATH say nothing."""
        return not {"E", "I"}.isdisjoint(self.options)

    def _read(self, rest: list[str]) -> None:
        while rest:
            word = rest.pop(0)
            if word == "--":
                if rest:
                    self._is_program(rest.pop(0), rest)
                return
            if word == "-" or not word.startswith("-"):
                self._is_program(word, rest)
                return
            if word.startswith("--"):
                if self._is_long(word, rest):
                    return
            elif self._are_letters(word[1:], rest):
                return

    def _is_program(self, word: str, rest: list[str]) -> None:
        self.form, self.source = ("-", "") if word == "-" else ("", word)
        self.argv = [word, *rest]

    def _is_long(self, word: str, rest: list[str]) -> bool:
        """True if what follows does not matter."""
        if word == "--check-hash-based-pycs":
            if not rest:
                raise UsageError(f"Argument expected for the {word} options")
            if rest.pop(0) not in _PYCS:
                raise UsageError(f"{word} must be one of 'default', 'always', or 'never'")
            return False
        if word == "--version":
            self.versions += 1
            return False
        if word not in _LONG:
            raise UsageError(f"Unknown option: {word}")
        self.shows = _LONG[word]
        return True

    def _are_letters(self, letters: str, rest: list[str]) -> bool:
        """True if what follows does not matter, or is the program's."""
        while letters:
            letter, letters = letters[0], letters[1:]
            if letter in _WITHOUT_VALUE:
                self.options.add(letter)
                self.bytes += letter == "b"
                self.versions += letter == "V"
                continue
            if letter in "h?":
                self.shows = "h"
                return True
            if letter not in _WITH_VALUE:
                raise UsageError(f"Unknown option: -{letter}")
            if not letters and not rest:
                raise UsageError(f"Argument expected for the -{letter} option")
            value = letters or rest.pop(0)
            letters = ""
            if letter == "W":
                self.warnings.append(value)
            elif letter == "X":
                self.extra.append(value)
            else:
                self.form, self.source = f"-{letter}", value
                self.argv = [f"-{letter}", *rest]
                return True
        return False


def dedent(source: str) -> str:
    """What `-c` runs: the lines without the spaces or tabs that all have in front."""
    lines = source.split("\n")
    words = [line for line in lines if line.strip(" \t")]
    least, most = min(words, default=""), max(words, default="")
    margin = 0
    while margin < len(least) and least[margin] == most[margin] and least[margin] in " \t":
        margin += 1
    if not margin:
        return source
    return "\n".join(line[margin:] if line.strip(" \t") else "" for line in lines)

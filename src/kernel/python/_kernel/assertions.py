"""What check functions say: `assert` that keeps what it compared, `raises` that knows its block.

Invariant: what is rewritten evaluates what was written, once and in its order.
"""

import ast
import re

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, TracebackType
    from typing import Self

    type Kinds = type[BaseException] | tuple[type[BaseException], ...]


class Unmet(AssertionError):
    """An assertion that failed, with what there is to say of it."""

    def __init__(self, source: str, message: object = None, **values: object) -> None:
        super().__init__(message if message is not None else source)
        #: The expression that was tested; of an `==` only its left side.
        self.source = source
        #: The author's message, or None.
        self.message = message
        #: `actual` and `expected` as far as there are such.
        self.values = values


class _Rewriter(ast.NodeTransformer):
    """`assert a == b, m` to `if not (@1 := a) == (@2 := b): raise @Unmet("a", m, …)`;
    `with raises(E): f()` to `with raises(E, tested="f()"): f()`.
    """

    def visit_With(self, node: ast.With) -> ast.With:
        # It takes a list of statements, too.
        tested = ast.unparse(node.body)  # pyright: ignore[reportArgumentType]
        self.generic_visit(node)
        for item in node.items:
            match item.context_expr:
                case ast.Call(func=ast.Name(id="raises")) if "\n" not in tested:
                    item.context_expr.keywords.append(ast.keyword("tested", ast.Constant(tested)))
        return ast.fix_missing_locations(node)

    def visit_Assert(self, node: ast.Assert) -> ast.If:
        self.generic_visit(node)
        test, names, source = node.test, (), node.test
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            # Names that no source can have, as in pytest.
            left, right = ast.NamedExpr(_store("@1"), test.left), test.comparators[0]
            names = (("actual", "@1"),)
            if isinstance(test.ops[0], ast.Eq):
                right = ast.NamedExpr(_store("@2"), right)
                names = (*names, ("expected", "@2"))
                source = test.left
            test = ast.Compare(left, test.ops, [right])
        values = [ast.keyword(name, _load(place)) for name, place in names]
        told = [ast.Constant(ast.unparse(source)), *([node.msg] if node.msg else [])]
        failure = ast.Raise(ast.Call(_load("@Unmet"), told, values))
        rewritten = ast.If(ast.UnaryOp(ast.Not(), test), [failure])
        return ast.fix_missing_locations(ast.copy_location(rewritten, node))


def _store(name: str) -> ast.Name:
    return ast.Name(name, ast.Store())


def _load(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def compile_checks(source: str, filename: str) -> tuple[CodeType, dict[str, object]]:
    """The code of a check fence, and the names that it needs beside its own."""
    tree = _Rewriter().visit(ast.parse(source, filename))
    code = compile(tree, filename, "exec", dont_inherit=True)
    return code, {"@Unmet": Unmet, "raises": raises}


class raises:
    """`with raises(ValueError, match="negative"):` as pytest's: `match` is searched in the text.

    `tested` is the source of the block, when that is one line.
    """

    def __init__(
        self, kinds: Kinds, *, match: str | None = None, tested: str | None = None
    ) -> None:
        self._kinds = kinds
        self._match = match
        self._tested = tested
        self.value: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if kind is None:
            names = _names(self._kinds)
            told = (self._tested,) if self._tested else ("with raises", f"{names} was not raised")
            raise Unmet(*told, actual=_Words("no exception"), expected=_Words(names))
        if not issubclass(kind, self._kinds):
            return False
        self.value = error
        if self._match is not None and re.search(self._match, str(error)) is None:
            source = f"the message of the {kind.__name__}"
            raise Unmet(source, f"{source} does not match {self._match!r}", actual=str(error))
        return True


class _Words:
    """What is told instead of a value."""

    def __init__(self, words: str) -> None:
        self._words = words

    def __repr__(self) -> str:
        return self._words


def _names(kinds: Kinds) -> str:
    return " or ".join(k.__name__ for k in (kinds if isinstance(kinds, tuple) else (kinds,)))

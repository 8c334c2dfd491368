"""What check functions say: `assert` that keeps the values it compared, and `raises`.

Invariant: a rewritten `assert` evaluates what the statement would, once and in its order.
"""

import ast
import re


class Unmet(AssertionError):
    """An assertion that failed, with what there is to say of it."""

    def __init__(self, source, message=None, **values):
        super().__init__(message if message is not None else source)
        #: The expression that was tested; of an `==` only its left side.
        self.source = source
        #: The author's message, or None.
        self.message = message
        #: `actual` and `expected` as far as there are such.
        self.values = values


class _Rewriter(ast.NodeTransformer):
    """`assert a == b, m` to `if not (@1 := a) == (@2 := b): raise @Unmet("a", m, …)`."""

    def visit_Assert(self, node):
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


def _store(name):
    return ast.Name(name, ast.Store())


def _load(name):
    return ast.Name(name, ast.Load())


def compile_checks(source, filename):
    """The code of a check fence, and the names that it needs beside its own."""
    tree = _Rewriter().visit(ast.parse(source, filename))
    code = compile(tree, filename, "exec", dont_inherit=True)
    return code, {"@Unmet": Unmet, "raises": raises}


class raises:
    """`with raises(ValueError, match="negative"):` as pytest's: `match` is searched in the text."""

    def __init__(self, kinds, *, match=None):
        self._kinds = kinds
        self._match = match
        self.value = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            raise Unmet(f"{_names(self._kinds)} was not raised")
        if not issubclass(kind, self._kinds):
            return False
        self.value = error
        if self._match is not None and re.search(self._match, str(error)) is None:
            source = f"the message of the {kind.__name__}"
            raise Unmet(source, f"{source} does not match {self._match!r}", actual=str(error))
        return True


def _names(kinds):
    return " or ".join(k.__name__ for k in (kinds if isinstance(kinds, tuple) else (kinds,)))

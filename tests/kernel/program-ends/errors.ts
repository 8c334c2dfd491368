/** Programs whose end is an uncaught exception in the main thread, of every shape that a traceback has. */

export const errors: Readonly<Record<string, string>> = {
  'nested functions': `
import sys

def inner(numbers):
    return sum(numbers) / len(
        numbers)

def outer(n):
    return [inner(part) for part in ([1] * n, [])]

print("before")
print("also before", file=sys.stderr)
outer(3)
`,
  'chained exceptions': `
def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise LookupError(f"no number: {text}") from error

def load():
    try:
        parse("ten")
    except LookupError:
        {}["missing"]

load()
`,
  'an exception group': `
def fail(kind):
    raise kind("one")

def collect(*kinds):
    errors = []
    for kind in kinds:
        try:
            fail(kind)
        except Exception as error:
            errors.append(error)
    return ExceptionGroup("several", errors)

raise ExceptionGroup("outer", [collect(TypeError, OSError), collect(KeyError)])
`,
  'notes and carets': `
class Point:
    x = None

def length(point):
    return abs(point.x.real ** 2) + point.y

try:
    length(Point())
except AttributeError as error:
    error.add_note("a note")
    error.add_note("of two lines:\\nthe second")
    raise
`,
  'names that are nearly right': `
import collections
colections = None
def f():
    return collectons.deque()
try:
    collections.dequeue
except AttributeError as error:
    raise NameError("x") from error
finally:
    f()
`,
  'a syntax error': `
def f(:
    pass
`,
  'a syntax error of many columns': `
print("never")
total = sum(n for n in range(10), 5)
`,
  'an indentation error': `
if True:
print("x")
`,
  'a string that never ends': 'print("before")\nname = "Anna\n',
  'an error without a message': 'raise RuntimeError',
  'an error whose text fails': `
class Bad(Exception):
    def __str__(self):
        raise KeyError
raise Bad()
`,
  'an exception in a comprehension of a class': `
class Table:
    rows = [[1, 2], [3, 0]]
    cells = [a / b for a, b in rows]
`,
  'an assertion': 'def check(x):\n    assert x > 1, f"{x} is too small"\ncheck(1)',
  'an import that fails': 'import no_such_module_here',
  'an import of a name that fails': 'from collections import ordereddict',
};

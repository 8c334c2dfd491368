/** One exercise of each kind as an author writes it, for tests that change one thing in it. */

export const write = `<Exercise id="classify" title="Classify a workload">

Task in prose.

\`\`\`python starter name="classify.py" timeout=2
def classify(wall, cpu):
    ...
\`\`\`

\`\`\`python check
import math

def test_all_computing():
    """A run that computes all the time is "cpu"."""
    assert classify(wall=2.0, cpu=2.0) == "cpu"

async def test_boundary() -> None:
    """A run that computes
    half of the time is \`"mixed"\`."""
    assert classify(wall=2.0, cpu=1.0) == "mixed"

def helper(x):
    return x
\`\`\`

\`\`\`python wrong fails=test_all_computing why="Compares with \\"==\\"."
def classify(wall, cpu):
    return "io"
\`\`\`

\`\`\`python wrong fails=test_boundary why="Forgets mixed."
def classify(wall, cpu):
    return "cpu"
\`\`\`

\`\`\`python solution
def classify(wall, cpu):
    return "cpu" if wall == cpu else "mixed"
\`\`\`

<Hint>

First hint.

\`\`\`python
plain()
\`\`\`

</Hint>

<Hint>

Second hint.

</Hint>

<Explanation>

Why the solution is so.

</Explanation>

</Exercise>
`;

export const predict = `<Predict id="predict-order" title="In which order?">

Question in prose.

\`\`\`python run id=order-cell name="order.py"
print("before")
print("after")
\`\`\`

\`\`\`text wrong why="The other way round."
after
before
\`\`\`

\`\`\`text wrong why="Both are printed."
before
\`\`\`

<Explanation>

Explained.

</Explanation>

</Predict>
`;

export const order = `<Order id="order-events" title="What happens first?">

Question.

\`\`\`text order
one
two
three
\`\`\`

\`\`\`text also
one
three
two
\`\`\`

\`\`\`text wrong why="Three is last."
three
one
two
\`\`\`

\`\`\`text wrong why="One is first."
two
one
three
\`\`\`

<Explanation>

Explained.

</Explanation>

</Order>
`;

export const choose = `<Choose id="choose-model" title="Which model?">

Question.

<Choice right>

Threads.

<Because>

Why this is right.

</Because>

</Choice>

<Choice>

Processes.

<Because>

Why not.

</Because>

</Choice>

<Choice>

Coroutines.

<Because>

Why not either.

</Because>

</Choice>

</Choose>
`;

"""The main thread: its fiber, and its life.

Invariant: it is made once and lives as long as the interpreter, so that its locals, its signal
handlers and a running event loop outlive a cell.
"""

from ..seam.declare import bridge
from ..threads import thread
from . import fiber

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def boot(serve: Callable[[], object]) -> int:
    """The main thread's fiber, which will run `serve()`; answers with its number."""
    main = fiber.Fiber(thread.main)
    main.job = (_main, (serve,))
    thread.main.fiber = main
    fiber.unborn[main.id] = main
    return main.id


@bridge
def _main(serve: Callable[[], object]) -> None:
    thread.identify_main()
    serve()

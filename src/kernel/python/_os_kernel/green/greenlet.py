"""The class `greenlet` (greenlet's PyGreenlet.cpp).

Invariant: what a greenlet is about to be given is put into its core before it is gone on to, and
taken out by the greenlet itself.
"""

from _contextvars import Context

from .. import machine
from ..seam.declare import Face, bridge
from . import switching
from .core import ACTIVE, DEAD, MAIN, NEW, Core, mains
from .errors import GreenletExit, error, made, type_name
from .switching import here, running

#: Not that of `typing`, which a start of Python does not import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

face = Face("greenlet._greenlet", doc="")
face(error)
face(GreenletExit)
error.__module__ = GreenletExit.__module__ = "greenlet"

_UNSET = object()


class _Base:
    """Where a greenlet keeps its instance dictionary, below the `__dict__` that checks."""

    __slots__ = ("__dict__", "__weakref__", "_greenlet_core")


_dict = _Base.__dict__["__dict__"]
_core = _Base.__dict__["_greenlet_core"]
#: The core of a greenlet, whatever its class makes of attributes.
core_of: Callable[[greenlet], Core] = _core.__get__


class greenlet(_Base):
    """greenlet(run=None, parent=None) -> greenlet

    Creates a new greenlet object (without running it).

     - *run* -- The callable to invoke.
     - *parent* -- The parent greenlet. The default is the current greenlet."""

    __slots__ = ()

    @bridge
    def __new__(cls, *args: object, **kwargs: object) -> greenlet:
        self = object.__new__(cls)
        _core.__set__(self, Core(here().current))
        return self

    @bridge
    def __init__(self, run: object = _UNSET, parent: greenlet | None = None) -> None:
        if run is not _UNSET:
            _set_run(core_of(self), run)
        if parent is not None:
            _set_parent(self, parent)

    @bridge
    def __del__(self) -> None:
        core = core_of(self)
        if core.state == MAIN:
            mains[0] -= 1
        elif core.state == ACTIVE:
            switching.let_go(self, core)

    @bridge
    def switch(self, /, *args: object, **kwargs: object) -> object:
        """switch(*args, **kwargs)

        Switch execution to this greenlet.

        If this greenlet has never been run, then this greenlet
        will be switched to using the body of ``self.run(*args, **kwargs)``.

        If the greenlet is active (has been run, but was switch()'ed
        out before leaving its run function), then this greenlet will
        be resumed and the return value to its switch call will be
        None if no arguments are given, the given argument if one
        argument is given, or the args tuple and keyword args dict if
        multiple arguments are given.

        If the greenlet is dead, or is the current greenlet then this
        function will simply return the arguments using the same rules as
        above."""
        local = here()
        core_of(self).pending = (args, kwargs or None)
        target = switching.find(self, local)
        del self, args, kwargs
        if target is local.current:
            local.origin = target
            del local, target
        else:
            # Nothing interrupts from here to `go_on`.
            local.next = target
            del local, target
            switching.go_on()
        return switching.finish()

    @bridge
    def throw(self, typ: object = GreenletExit, val: object = None, tb: object = None, /) -> object:
        """Switches execution to this greenlet, but immediately raises the
        given exception in this greenlet.  If no argument is provided, the exception
        defaults to `greenlet.GreenletExit`.  The normal exception
        propagation rules apply, as described for `switch`.  Note that calling this
        method is almost equivalent to the following::

            def raiser():
                raise typ, val, tb
            g_raiser = greenlet(raiser, parent=g)
            g_raiser.switch()

        except that this trick does not work for the
        `greenlet.GreenletExit` exception, which would not propagate
        from ``g_raiser`` to ``g``."""
        thrown = made(typ, val, tb)
        local = here()
        core = core_of(self)
        # A dead greenlet ends by GreenletExit once more: that is an answer.
        exits = core.state == DEAD and isinstance(thrown, GreenletExit)
        core.pending = (thrown, None) if exits else thrown
        target = switching.find(self, local)
        del self, core, thrown, typ, val, tb
        if target is local.current:
            local.origin = target
            del local, target
        else:
            local.next = target
            del local, target
            switching.go_on()
        return switching.finish()

    def __bool__(self) -> bool:
        return core_of(self).state >= ACTIVE

    def __getstate__(self) -> object:
        raise TypeError(f"cannot serialize '{type_name(self)}' object")

    @property
    def __dict__(self) -> dict[str, object]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return _dict.__get__(self)

    @__dict__.setter
    def __dict__(self, value: dict[str, object]) -> None:
        if not isinstance(value, dict):
            raise TypeError("__dict__ must be a dictionary")
        _dict.__set__(self, value)

    @__dict__.deleter
    def __dict__(self) -> None:
        raise TypeError("__dict__ may not be deleted")

    @property
    def run(self) -> Callable[..., object]:
        core = core_of(self)
        if core.state == MAIN:
            raise AttributeError("Main greenlets do not have a run attribute.")
        if core.state != NEW or not hasattr(core, "run"):
            raise AttributeError("run")
        return core.run

    @run.setter
    def run(self, value: object) -> None:
        _set_run(core_of(self), value)

    @run.deleter
    def run(self) -> None:
        _set_run(core_of(self), _UNSET)

    @property
    def parent(self) -> greenlet | None:
        return core_of(self).parent

    @parent.setter
    def parent(self, value: greenlet) -> None:
        _set_parent(self, value)

    @parent.deleter
    def parent(self) -> None:
        raise AttributeError("can't delete attribute")

    @property
    def gr_frame(self) -> FrameType | None:
        core = core_of(self)
        if core.fiber is None or core.current():
            return None
        box: list[FrameType | None] = [None]
        machine.top_frame(core.fiber.id, id(box))
        return box[0]

    @property
    def gr_context(self) -> Context | None:
        core = core_of(self)
        if core.fiber is None:
            return core.context
        if core.current() and core.home is not running().greenlets:
            raise ValueError(
                "cannot get context of a greenlet that is running in a different thread"
            )
        found = core.swap_context(None)
        core.swap_context(found)
        return found

    @gr_context.setter
    def gr_context(self, value: Context | None) -> None:
        if value is not None and type(value) is not Context:
            raise TypeError("greenlet context must be a contextvars.Context or None")
        core = core_of(self)
        if core.fiber is None:
            core.context = value
            return
        if core.current() and core.home is not running().greenlets:
            raise ValueError(
                "cannot set context of a greenlet that is running in a different thread"
            )
        core.swap_context(value)

    @gr_context.deleter
    def gr_context(self) -> None:
        raise AttributeError("can't delete context attribute")

    @property
    def dead(self) -> bool:
        core = core_of(self)
        if core.orphaned():
            core.murder()
            return True
        return core.state == DEAD

    @property
    def _stack_saved(self) -> int:
        core = core_of(self)
        if core.fiber is None or core.current():
            return 0
        return machine.saved(core.fiber.id)

    @bridge
    def __repr__(self) -> str:
        core = core_of(self)
        home = switching.home_of(self)
        shown = 0 if home is None or not home.alive else id(home)
        head = f"<{type_name(self)} object at {id(self):#x} (otid={shown:#x})"
        if greenlet.dead.fget(self):  # pyright: ignore[reportOptionalCall]
            return f"{head} {'(thread exited) ' if core.orphaned() else ''}dead>"
        parts = [head]
        if here().current is self:
            parts.append("current")
        elif core.state != NEW:
            parts.append("suspended")
        if core.state >= ACTIVE:
            parts.append("active")
        parts.append("pending" if core.state == NEW else "started")
        if core.state == MAIN:
            parts.append("main")
        return " ".join(parts) + ">"


face(greenlet)
greenlet.__module__ = "greenlet"


@face
class UnswitchableGreenlet(greenlet):
    """Undocumented internal class for testing error conditions"""

    __slots__ = ()

    @property
    def force_switch_error(self) -> bool:
        return core_of(self).unswitchable

    @force_switch_error.setter
    def force_switch_error(self, value: object) -> None:
        core_of(self).unswitchable = bool(value)

    @force_switch_error.deleter
    def force_switch_error(self) -> None:
        raise AttributeError("Cannot delete force_switch_error")


def make_main() -> tuple[greenlet, Core]:
    """The main greenlet of a thread, and its core."""
    main = object.__new__(greenlet)
    core = Core(None, MAIN)
    _core.__set__(main, core)
    mains[0] += 1
    return main, core


def _set_run(core: Core, value: object) -> None:
    if core.state == MAIN:
        raise AttributeError("Main greenlets do not have a run attribute.")
    if core.state != NEW:
        raise AttributeError("run cannot be set after the start of the greenlet")
    if value is not _UNSET:
        core.run = value  # pyright: ignore[reportAttributeAccessIssue]: anything, as upstream
    elif hasattr(core, "run"):
        del core.run


@bridge
def _set_parent(self: greenlet, value: object) -> None:
    core = core_of(self)
    if core.state == MAIN:
        raise AttributeError("cannot set the parent of a main greenlet")
    if not isinstance(value, greenlet):
        name = type_name(value)
        raise TypeError(f"GreenletChecker: Expected any type of greenlet, not {name}")
    each = value
    while True:
        if each is self:
            raise ValueError("cyclic parent chain")
        above = core_of(each)
        if above.parent is None:
            break
        each = above.parent
    if above.home is None:
        raise ValueError("parent must not be garbage collected")
    if core.state != NEW and core.home is not above.home:
        raise ValueError("parent cannot be on a different thread")
    core.parent = value


@bridge
def _init_subclass(cls: type[greenlet], **kwargs: object) -> None:
    # Not `super()`, which finds nothing in a frame that is hidden.
    super(greenlet, cls).__init_subclass__(**kwargs)
    own = vars(cls).get("__del__")
    if own is not None:
        cls.__del__ = _then_kill(own)  # pyright: ignore[reportAttributeAccessIssue]


greenlet.__init_subclass__ = classmethod(_init_subclass)  # pyright: ignore[reportAttributeAccessIssue]


def _then_kill(own: Callable[[greenlet], object]) -> Callable[[greenlet], None]:
    """The finalizer of a subclass, which upstream calls before the greenlet is killed."""

    @bridge
    def __del__(self: greenlet) -> None:
        own(self)
        greenlet.__del__(self)

    return __del__

"""The collector tells of greenlets that have begun, as of other objects, until they are gone."""

# expect: 1 1 False 2 1 0 True
import gc

import greenlet


class Own(greenlet.greenlet):
    pass


def listed(*generation):
    return sum(type(each) is Own for each in gc.get_objects(*generation))


wait = greenlet.getcurrent().switch
new = Own(wait)
counts = [listed()]
new.switch()
counts += [listed(), gc.is_tracked(new)]
other = Own(wait)
other.switch()
counts.append(listed())
new.switch()
del new
gc.collect()
counts.append(listed())
other.throw()
del other
counts += [listed(), callable(gc.get_objects)]
print(*counts)

# `util` names this class while it is imported, in children, too. A page does not have it.
from concurrent import futures

if not hasattr(futures, "InterpreterPoolExecutor"):
    futures.InterpreterPoolExecutor = None

"""`_thread` and `_queue`: threads, locks, queues."""

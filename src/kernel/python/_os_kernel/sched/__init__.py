"""Who runs and who waits: fibers, waiting, deadlines, time slices, deadlocks."""

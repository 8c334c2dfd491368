"""Processes: what one asks the broker for (src/kernel/broker/), and how it knows the others."""

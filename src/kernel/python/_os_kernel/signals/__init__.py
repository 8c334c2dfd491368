"""`_signal`: sending, delivering and handling signals, and the timers that send them."""

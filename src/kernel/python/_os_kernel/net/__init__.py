"""`_socket`."""

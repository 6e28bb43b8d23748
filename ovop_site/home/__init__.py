"""The home page: what waits for whom, what can be begun, and for the pimpinan the decided results in figures."""

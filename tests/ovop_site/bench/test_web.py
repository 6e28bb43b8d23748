import socket

import pytest

from ovop_site.bench.web import refuse_port_in_use


def test_another_server_is_never_measured():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        with pytest.raises(SystemExit, match="sedang dipakai program lain"):
            refuse_port_in_use(other.getsockname()[1])


def test_free_port_is_taken():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    refuse_port_in_use(port)

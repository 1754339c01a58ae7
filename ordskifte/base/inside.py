"""Which hosts may be asked though they lie on a private network. Read with the settings: it loads nothing."""


def inside_hosts(named: str) -> frozenset[str]:
    """The hosts of ORDSKIFTE_INSIDE_HOSTS: names or addresses, with or without a port, comma between."""
    return frozenset(host for part in named.split(",") if (host := part.strip().lower()))

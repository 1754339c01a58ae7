"""Hosts on a private network that the operator has allowed. Apart from `http`, so that no verb loads its client."""


def inside_hosts(named: str) -> frozenset[str]:
    """The hosts of ORDSKIFTE_INSIDE_HOSTS: names or addresses, with or without a port, comma between."""
    return frozenset(host for part in named.split(",") if (host := part.strip().lower()))

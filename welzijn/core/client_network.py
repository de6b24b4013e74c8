"""The network that attempts are counted by: an IPv4 address, or the /64 of an IPv6 address.

One IPv6 subscriber has a /64 at least, so a single address of it says nothing.
"""

from ipaddress import IPv6Address, ip_address, ip_network


def network_of(address: str) -> str:
    """Return the network of a client's address; what is no address is returned as it is."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(ip_network(f"{found}/64", strict=False))
    return str(found)

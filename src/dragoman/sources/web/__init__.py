"""The only part of the program that opens sockets: pages and feeds are fetched, alerts are sent.

    url ──target──▶ Target ──network──▶ a checked address ──exchange──▶ bytes, decoded and bounded ──fetch──▶ Fetched
                                             ▲
                     addresses (what is refused)          robots · manners (who may be asked what, and when)

Nothing that comes back is trusted: every step has a limit of size and time, and a name is looked up once and connected to at the address that was checked.
"""

"""Readings to record: whether names, reports and articles are of one person, event or story; pure functions, free of order."""

"""Writes: one function an act, atomic, with `by=` and `at=`, each leaving an audit event."""

"""What the figures mean: pure functions in Decimal, no database, no clock (domain.md sections 3 to 6)."""

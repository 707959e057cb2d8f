"""How large a file that somebody hands in may be (our choice: a plan of 240 towns fits twenty times over)."""

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_MEMBERS = 200
MAX_SHEETS = 40
MAX_ROWS = 20_000
MAX_COLUMNS = 60


class DamagedFileError(ValueError):
    """A file that cannot be read as what it claims to be; its message is a Chinese sentence."""

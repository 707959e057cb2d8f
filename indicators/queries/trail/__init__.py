"""The audit trail as the auditor reads it: filtered, in pages, in words."""

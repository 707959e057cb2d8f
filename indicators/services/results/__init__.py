"""Published figures from outside: checked row by row, then filed for a second person to approve."""

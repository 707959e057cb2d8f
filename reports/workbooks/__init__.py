"""Page data in, xlsx out: tables as a careful clerk sets them, fed by what the screens are fed by."""

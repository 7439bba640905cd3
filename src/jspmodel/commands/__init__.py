"""What each command does, told on the terminal; each is imported when it is asked for."""

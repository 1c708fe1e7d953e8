"""What was agreed, carried out on what happened: calendars, clocks and their replay over the past."""

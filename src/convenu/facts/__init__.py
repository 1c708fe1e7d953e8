"""What happened, as the tools recorded it: never changed, in UTC epoch seconds."""

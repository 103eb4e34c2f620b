"""Lists of people to be booked: read, checked line by line, taken in whole or not at all (decision 0030)."""

"""The queue (工作台): whose turn it is, what is due, and the next step of each case."""

"""Printing a paper: template, fonts, layout and the gates after it. Runs in the press's child process only."""

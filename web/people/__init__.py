"""Workers: found, listed, shown, corrected, registered, read in from a spreadsheet and written to one."""

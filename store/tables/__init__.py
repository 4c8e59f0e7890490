"""The tables of the record, all on one `METADATA`."""

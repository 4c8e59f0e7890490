"""Composing (拟文): what each paper says, taken from the record as of the paper's own day, and nowhere else."""

"""The pages of one case: overview, timeline, papers, determinations, clocks, people."""

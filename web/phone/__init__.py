"""A worker's own pages, on a phone: one link, one case, plain words, no account."""

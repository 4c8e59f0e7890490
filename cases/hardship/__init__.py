"""A hardship worker's case (困难零工个案): its stages, its acts, and the proof of each duty."""

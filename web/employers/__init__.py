"""The pages of employers: who takes workers on, whether they are verified, and whom to call."""

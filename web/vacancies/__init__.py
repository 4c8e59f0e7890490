"""The pages of vacancies: the list of a place, one offer with its checks, and what can be done about it."""

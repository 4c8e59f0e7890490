"""The demonstration: invented people, offers and the lives of forty cases, each lived step by step in the past."""

"""Task queues: cases on one, papers on another, so that printing never keeps a case waiting."""

CASES = "cases"


def papers_queue(cases_queue: str) -> str:
    return f"{cases_queue}-papers"

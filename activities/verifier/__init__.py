"""The verifier that an auditor takes along: `verify.py` is one file, needs only Python, and imports nothing of ours."""

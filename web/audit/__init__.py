"""The auditor's pages: every decision and every audit event in reach, and a sample that can be drawn again."""

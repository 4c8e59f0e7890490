"""Subsidy cases: from an application to its payment, and to recovery where too much was paid."""

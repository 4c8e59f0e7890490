"""The forms of what people do to a case: described once, shown, checked, sent and answered."""

"""The overview of a manager or supervisor: small multiples per station; every figure opens its cases."""

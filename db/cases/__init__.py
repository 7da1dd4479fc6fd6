"""Cases: parties, steps, periods, results."""

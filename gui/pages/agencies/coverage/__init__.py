"""Who is covered, who is not, and the figures with the agencies behind them."""

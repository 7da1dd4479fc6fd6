"""What the office sets for all subjects, and what is done alike in all of them."""

"""The page 会商: consultations, from convening to what became of them."""

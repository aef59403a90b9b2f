"""What the community has to offer: its catalogue, what members make of it, and what they might want next."""

"""What brings people in and keeps them."""

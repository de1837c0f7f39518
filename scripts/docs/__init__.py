"""What makes pages, pictures and lists of the documentation."""

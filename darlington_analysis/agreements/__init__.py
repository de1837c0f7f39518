"""What a Community Partnership and the Council say to each other: asked, checked, remembered."""

"""Every sentence, number format and label that a reader sees."""

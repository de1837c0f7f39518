"""How each evidence object is shown: HTML for readers, a line of text for everybody else."""

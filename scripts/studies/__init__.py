"""How far the statistics and the disclosure control hold: simulations and attacks, each a page of docs."""

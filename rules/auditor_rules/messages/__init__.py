"""Messages on sockets: who sends them and who handles them."""

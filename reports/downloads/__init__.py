"""What can be taken away: the reports by name, whom each can be about, the page that offers them."""

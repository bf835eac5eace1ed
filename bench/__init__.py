"""How fast the page is made, beside other ways of making it. Run it with bin/bench."""

"""`/cari/`: one search field over everything a person may see."""

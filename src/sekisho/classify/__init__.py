"""Which control entries an item may meet, and which question settles it."""

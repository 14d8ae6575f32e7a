"""How much wrong data the rules see: one triple at a time is damaged, and the findings are counted."""

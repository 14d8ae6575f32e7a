"""The catalogue that portals harvest: DCAT 3, DCAT-AP 3.0.1 and DCAT-AP Vlaanderen, made from data and releases."""

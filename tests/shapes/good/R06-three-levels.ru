DELETE { ins:proefcheque skos:broader ins:leren }
INSERT { ins:proefcheque skos:broader ins:proefverlof }
WHERE { ins:proefcheque skos:broader ins:leren }

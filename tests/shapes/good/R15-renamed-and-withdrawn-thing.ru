INSERT DATA {
  orgn:oude-naam owl:deprecated true ; dcterms:isReplacedBy orgn:overheid-van-proefland .
  orgn:vergissing owl:deprecated true ; dcterms:modified "2026-12-01"^^xsd:date ;
    dcterms:description "Twee dingen tegelijk."@nl , "Two things at once."@en .
}

INSERT DATA {
  fun:oud a org:Membership ; org:member pers:mila-test ; org:organization orgn:overheid-van-proefland ;
    dcterms:title "Oude functie"@nl , "Old post"@en ;
    owl:deprecated true ; dcterms:isReplacedBy fun:mila-test-minister-2028-01-01 .
}

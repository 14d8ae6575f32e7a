INSERT DATA {
  fun:mila-test-premier a org:Membership ; org:member pers:mila-test ; org:organization orgn:overheid-van-proefland ;
    dcterms:title "Premier"@nl , "Prime minister"@en .
  ond:proef-mila-test vesoc:inCapacityOf fun:mila-test-premier .
}

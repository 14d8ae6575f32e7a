# expects: vs:Signature-signedBy-count sh:MaxCountConstraintComponent ond:vorig-ada-derde vesoc:signedBy -

INSERT DATA {
  pers:ada-derde-2 a foaf:Person ; foaf:name "Ada Derde" ; vesoc:hasEvidence vind:vorig-ondertekening .
  ond:vorig-ada-derde vesoc:signedBy pers:ada-derde-2 .
}

# Anchoring the joint right of initiative no longer depends on the evaluation.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-2-1-2c>
    <https://w3id.org/vesoc-kg/ns#conditionNote>
    "Alleen als het wenselijk is, gelet op de conclusies van de evaluatie"@nl .
}

# expects: vs:TargetGroup-without-criterion sh:MinCountConstraintComponent dg:werknemers vesoc:hasCriterion -

DELETE WHERE { dg:werknemers vesoc:hasCriterion ?criterion }

# expects: vs:no-copied-text sh:MaxCountConstraintComponent vind:krant-1 oa:exact -

INSERT DATA {
  oa:exact a owl:AnnotationProperty .
  vind:krant-1 oa:exact "overgenomen" .
}

# The line for work-based learning is ten times as large.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/budgetlijn/ahad-06>
    <https://w3id.org/vesoc-kg/ns#amount>
    "10000000"^^<http://www.w3.org/2001/XMLSchema#decimal> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/budgetlijn/ahad-06>
    <https://w3id.org/vesoc-kg/ns#amount>
    "100000000"^^<http://www.w3.org/2001/XMLSchema#decimal> .
}

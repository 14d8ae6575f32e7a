# The trial with training leave cost one million more.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/budgetlijn/ahad-04>
    <https://w3id.org/vesoc-kg/ns#amount>
    "10000000"^^<http://www.w3.org/2001/XMLSchema#decimal> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/budgetlijn/ahad-04>
    <https://w3id.org/vesoc-kg/ns#amount>
    "11000000"^^<http://www.w3.org/2001/XMLSchema#decimal> .
}

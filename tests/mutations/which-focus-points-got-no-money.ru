# The line for the social economy no longer stands under focus point 18.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/budgetlijn/ahad-22>
    <https://w3id.org/vesoc-kg/ns#budgetsFor>
    <https://w3id.org/vesoc-kg/id/deel/ahad-s18> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/budgetlijn/ahad-22>
    <https://w3id.org/vesoc-kg/ns#budgetsFor>
    <https://w3id.org/vesoc-kg/id/deel/ahad-bijlage> .
}

# The line of focus points 13 and 14 serves 13 only.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/budgetlijn/ahad-18>
    <https://w3id.org/vesoc-kg/ns#budgetsFor>
    <https://w3id.org/vesoc-kg/id/deel/ahad-s14> .
}

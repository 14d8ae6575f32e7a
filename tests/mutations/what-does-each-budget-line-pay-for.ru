# The traineeship bonus is paid from another line.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/budgetlijn/ahad-01>
    <https://w3id.org/vesoc-kg/ns#funds>
    <https://w3id.org/vesoc-kg/id/maatregel/ahad-s01-4a> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/budgetlijn/ahad-02>
    <https://w3id.org/vesoc-kg/ns#funds>
    <https://w3id.org/vesoc-kg/id/maatregel/ahad-s01-4a> .
}

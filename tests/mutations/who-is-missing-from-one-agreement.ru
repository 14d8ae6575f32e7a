# Hans Maertens no longer signs the agreement of 2022.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/ondertekening/inim-hans-maertens>
    <https://w3id.org/vesoc-kg/ns#signs>
    <https://w3id.org/vesoc-kg/id/akkoord/inim> .
}

"""An engine elsewhere behind the same front: any that speaks the SPARQL 1.1 Protocol."""

# expects: vs:Measure-hasDurability-count sh:MaxCountConstraintComponent mtr:proef-1-1-1a vesoc:hasDurability -

INSERT DATA { mtr:proef-1-1-1a vesoc:hasDurability duurzaamheid:structureel }

"""Queries that together go through most of the grammar and the functions of SPARQL 1.1, and the new of 1.2."""

_P = "PREFIX : <http://e.example/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
_FUNCTIONS = (
    *("STR(?o)", "LANG(?o)", "LANGMATCHES(LANG(?o), '*')", "DATATYPE(?o)", "BOUND(?o)", "IRI(STR(?s))", "BNODE()"),
    *("BNODE('b')", "RAND()", "ABS(-1)", "CEIL(1.5)", "FLOOR(1.5)", "ROUND(-0.5)", "CONCAT('a', 'b')", "STRLEN(?o)"),
    *("UCASE(?o)", "LCASE(?o)", "ENCODE_FOR_URI(?o)", "CONTAINS(?o, 'a')", "STRSTARTS(?o, 'a')", "STRENDS(?o, 'a')"),
    *("STRBEFORE(?o, 'a')", "STRAFTER(?o, 'a')", "SUBSTR(?o, 2)", "SUBSTR(?o, 0, 1)", "REPLACE(?o, '(a)', '$1$1')"),
    *("REPLACE(?o, 'A', 'b', 'i')", "REGEX(?o, '^a.*z$', 'ims')", "YEAR(NOW())", "MONTH(NOW())", "DAY(NOW())"),
    *("HOURS(NOW())", "MINUTES(NOW())", "SECONDS(NOW())", "TIMEZONE(NOW())", "TZ(NOW())", "UUID()", "STRUUID()"),
    *("MD5(?o)", "SHA1(?o)", "SHA256(?o)", "SHA384(?o)", "SHA512(?o)", "COALESCE(?x, 1/0, 2)", "IF(?o, 1, 2)"),
    *("STRLANG('a', 'en')", "STRDT('1', xsd:integer)", "SAMETERM(?s, ?o)", "ISIRI(?s)", "ISBLANK(?s)", "ISLITERAL(?o)"),
    *(
        "ISNUMERIC(?o)",
        "xsd:integer(?o)",
        "xsd:dateTime('2026-02-30T25:00:00Z')",
        "xsd:double('INF')",
        "xsd:float('x')",
    ),
    *("xsd:decimal('1e400')", "xsd:date('2026-01-01') - xsd:date('2025-01-01')", "xsd:boolean(?o)", "?s IN (?o, 1)"),
    *("?o NOT IN ()", "TRIPLE(?s, ?p, ?o)", "SUBJECT(<<( :a :b :c )>>)", "ISTRIPLE(?o)", "HASLANG(?o)", "LANGDIR(?o)"),
    *("STRLANGDIR('a', 'ar', 'rtl')", ":unknown(?o, 1)", "xsd:duration('P1Y') + NOW()", "9223372036854775807 + 1"),
    *("-9223372036854775808 / -1", "1 / 0", "1.0 / 3", "1e308 * 10", "!?o", "-?o", "ADJUST(NOW(), 'PT1H')"),
)
_PATTERNS = (
    *(
        "?s ?p ?o",
        "?s a ?o ; ?p ?x , ?y .",
        "?s ?p [ ?q ?o ] .",
        "?s ?p ( 1 2.0 3e0 true 'a' ) .",
        "[] ?p ?o",
        "?s :p/:q ?o",
    ),
    *("?s (:p|^:q)* ?o", "?s !(:p|^:q) ?o", "?s (:p/:q)+/:r? ?o", ":a (:p*)* ?o", "?s ?p ?o OPTIONAL { ?o ?q ?x }"),
    *(
        "{ ?s ?p ?o } UNION { ?o ?p ?s }",
        "?s ?p ?o MINUS { ?s a ?o }",
        "GRAPH ?g { ?s ?p ?o }",
        "GRAPH :g { ?s ?p ?o }",
    ),
    *("?s ?p ?o FILTER NOT EXISTS { ?o ?p ?s }", "FILTER EXISTS { ?s ?p ?o } ?s ?p ?o", "VALUES ?s { :a :b UNDEF }"),
    *(
        "VALUES (?s ?o) { (:a 1) (UNDEF 'x'@en) }",
        "{ SELECT ?s (MAX(?o) AS ?m) { ?s ?p ?o } GROUP BY ?s }",
        "VALUES ?s {}",
    ),
    *(
        "SERVICE :x { ?s ?p ?o }",
        "SERVICE SILENT ?x { ?s ?p ?o }",
        "?s ?p 'a\\u0000\\t\\\"'^^xsd:string",
        "?s ?p '''a\n'b'''",
    ),
    *('?s ?p """x"""@nl-BE', "?s ?p 1, -1, +1.0, .5, 1.e0, 'x'^^:d", "<< ?s ?p ?o >> ?q ?x", "?s ?p <<( ?a ?b ?c )>>"),
    *(
        "?s ?p ?o ~ :r {| ?q ?x |}",
        "?s ?p 'x'@ar--rtl",
        "LATERAL { ?s ?p ?o }",
        "<\\u0061> ?p <../b?c#d>",
        "?s :\\u00e9%41\\~ ?o",
    ),
)
_FORMS = (
    *(
        "ASK {{ {0} }}",
        "SELECT * {{ {0} }} LIMIT 5",
        "SELECT DISTINCT ?s {{ {0} }} ORDER BY DESC(?o) ?s LIMIT 3 OFFSET 1",
    ),
    *("SELECT REDUCED ?s WHERE {{ {0} }} LIMIT 2", "CONSTRUCT {{ ?s ?p ?o . _:b :q ?o }} WHERE {{ {0} }} LIMIT 9"),
    *("DESCRIBE ?s {{ {0} }} LIMIT 2", "SELECT (COUNT(*) AS ?n) FROM :g FROM NAMED :h {{ {0} }}"),
)
_WHOLE = (
    *(
        "ASK {}",
        "ASK { ?s ?p ?o }",
        "SELECT * {}",
        "CONSTRUCT WHERE { ?s a ?o } LIMIT 3",
        "DESCRIBE :a :b",
        "DESCRIBE *{}",
    ),
    *(
        "BASE <http://e.example/x/> ASK { <a> <../b> <#c> }",
        "VERSION '1.2' ASK {}",
        "#comment\nASK#x\n{}",
        "ask{}",
        "SELECT * {",
    ),
    "SELECT (COUNT(DISTINCT ?s) AS ?a) (SUM(?o) AS ?b) (AVG(?o) AS ?c) (MIN(?o) AS ?d) (SAMPLE(?o) AS ?e) { ?s ?p ?o }",
    "SELECT ?p (GROUP_CONCAT(DISTINCT ?o; SEPARATOR='|') AS ?all) { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(*) > 9)",
    "SELECT ?x { ?s ?p ?o } GROUP BY (STRLEN(STR(?o)) AS ?x) ORDER BY ASC(?x) LIMIT 4",
    "SELECT ?s ?t { ?s ?p ?o . ?t ?q ?o } LIMIT 10 VALUES ?p { <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 1000",
    "INSERT DATA { :a :b :c }",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
    "LOAD <http://127.0.0.1:1/>",
    "CLEAR GRAPH :g ; ASK {}",
)

SYNTAX: tuple[str, ...] = (
    *(f"{_P}SELECT ({function} AS ?r) {{ ?s ?p ?o }} LIMIT 3" for function in _FUNCTIONS),
    *(f"{_P}SELECT * {{ ?s ?p ?o FILTER({function}) }} LIMIT 3" for function in _FUNCTIONS[::2]),
    *(_P + form.format(pattern) for index, pattern in enumerate(_PATTERNS) for form in _FORMS[index % 3 :: 2]),
    *(_P + query for query in _WHOLE),
)

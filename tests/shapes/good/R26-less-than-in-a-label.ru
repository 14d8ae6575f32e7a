INSERT DATA { dg:werknemers skos:altLabel "werknemers < 30 jaar & > 18 jaar"@nl }

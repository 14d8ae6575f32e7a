INSERT DATA { actie:verlengen skos:altLabel "beslist"@nl }

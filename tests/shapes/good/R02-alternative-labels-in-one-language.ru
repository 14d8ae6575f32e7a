INSERT DATA { ins:proefverlof skos:altLabel "proefdagen"@nl , "leerverlof"@nl }

"""季报 as workbooks: the template of one unit and the towns' sheet of the office, out and back in."""

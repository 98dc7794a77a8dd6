"""Where things stand: of an agency, of the city, of one figure; why, and where it leads."""

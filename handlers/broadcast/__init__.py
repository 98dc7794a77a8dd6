"""`/thongbao`: notices of the standing agency, from the first word to the last answer."""

"""Files that take a while to make: asked for here, made by a job, worded again as they leave."""

"""SHOW: what a run leaves for people to open: in Prefect, as pages, and where a browser finds them."""

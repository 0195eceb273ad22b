"""How it looks: brands, faces, colours, grid and labels."""

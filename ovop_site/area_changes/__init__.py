"""`/wilayah/perubahan/`: what still lies in areas that were split, merged or renamed, and its way to the new ones."""

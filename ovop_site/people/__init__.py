"""`/pengguna/`: the people of an area, kept by the verifikator of the dinas itself."""

"""The activation code of an eSIM, as mSale hands it over and as a phone wants it."""

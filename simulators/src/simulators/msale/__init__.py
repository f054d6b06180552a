"""mSale, the gateway to the connection system, with TC/QLKH and the SM-DP+ behind it."""

"""Outside systems that can be told to misbehave: payment, carrier, mobi eKYC, mSale, SMS, mail."""

"""mobi eKYC: compares documents, portrait and declaration with the national database."""

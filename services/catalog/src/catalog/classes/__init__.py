"""Classes of nice numbers: their patterns, names and proposed prices."""

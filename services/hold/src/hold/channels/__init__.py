"""Sales channels as identity registered them: what each may do, and whether it is open."""

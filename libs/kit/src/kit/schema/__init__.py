"""The kit's own tables, which every service's database has, and their migrations."""

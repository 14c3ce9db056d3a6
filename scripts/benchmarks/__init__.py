"""Measurements that run with `make bench`, each a module with `main()`: on demo data, in servers of its own."""

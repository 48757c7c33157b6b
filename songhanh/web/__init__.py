"""What people see and type: settings, pages, command line, words. The outermost package; nothing imports it."""

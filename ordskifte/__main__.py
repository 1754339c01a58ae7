"""`python -m ordskifte` is the command `ordskifte`."""

from ordskifte.cli.main import main

if __name__ == "__main__":
    main()

"""Loads products. What that means is in their contract, which the workflow passes as an argument."""

import sys

from lakehouse.job import main

if __name__ == "__main__":
    main(sys.argv)

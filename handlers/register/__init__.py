"""`/danhmuc`: the register of libraries, museums and centres, shown and changed by a file."""

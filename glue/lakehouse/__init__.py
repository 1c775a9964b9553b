"""Loads files of a dataset into its Delta tables, as the dataset's contract says.

What a row's fate is, in order: cast and rules (`judge`, row by row, where the file is read), parents and duplicates
(`competition`, set by set), shares of a total (`allocation`); `job` is the whole of it, in the order in which it
happens. No dataset is named in here.
"""
